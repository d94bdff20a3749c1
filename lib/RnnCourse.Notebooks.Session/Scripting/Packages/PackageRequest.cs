using System.Text.RegularExpressions;

namespace RnnCourse.Notebooks.Session.Scripting.Packages;

/// <summary>A package that a <c>#r "nuget: Name, Version"</c> line asks for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version as written; <see langword="null"/> for the newest one.</param>
internal sealed partial record PackageRequest(string Name, string? Version)
{
    private const string Prefix = "nuget:";

    /// <summary>Whether the version is a single version, not a range or the newest of several.</summary>
    public bool IsExact => Version is not null && ExactVersion().IsMatch(Version);

    /// <summary>Whether a version satisfies the request.</summary>
    public bool Admits(string version)
    {
        if (Version is null || Version == version || Version is "*" or "*-*")
        {
            return true;
        }

        if (IsExact)
        {
            return false;
        }

        if (Version[0] is not ('[' or '('))
        {
            return version.StartsWith(
                Version[..Version.IndexOf('*', StringComparison.Ordinal)],
                StringComparison.Ordinal
            );
        }

        var ends = Version[1..^1].Split(',');
        return Compare(version, ends[0]) is var low
            && Compare(version, ends[^1]) is var high
            && (low is null || low > 0 || (low == 0 && Version[0] == '['))
            && (high is null || high < 0 || (high == 0 && Version[^1] == ']'));
    }

    // Null if there is no upper end or nothing that can be compared.
    private static int? Compare(string version, string end) =>
        Numbers(version) is { } a && Numbers(end) is { } b ? a.CompareTo(b) : null;

    private static Version? Numbers(string version)
    {
        var numbers = version.Trim().Split('-', '+')[0];
        return System.Version.TryParse(
            numbers.Contains('.', StringComparison.Ordinal) ? numbers : numbers + ".0",
            out var found
        )
            ? new Version(found.Major, found.Minor, Math.Max(found.Build, 0), Math.Max(found.Revision, 0))
            : null;
    }

    /// <summary>Whether a <c>#r</c> argument names a package.</summary>
    public static bool IsPackage(string argument) =>
        argument.TrimStart().StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the argument of a <c>#r</c> or <c>#i</c> line without its prefix.</summary>
    public static string WithoutPrefix(string argument) =>
        IsPackage(argument) ? argument.Trim()[Prefix.Length..].Trim() : argument.Trim();

    /// <summary>Reads a package's name and version.</summary>
    /// <exception cref="IOException">The name or the version isn't valid for packages.</exception>
    public static PackageRequest Parse(string argument)
    {
        var parts = WithoutPrefix(argument).Split(',', 2);
        var name = parts[0].Trim();
        if (!PackageName().IsMatch(name))
        {
            throw new IOException(
                $"'{name}' can't be the name of a package, which has letters, digits, '.', '-' and '_' only. Write #r "
                    + "\"nuget: Package, 1.2.3\"."
            );
        }

        var version = parts.Length > 1 ? parts[1].Trim() : "";
        if (version.Length == 0)
        {
            return new PackageRequest(name, null);
        }

        return AnyVersion().IsMatch(version)
            ? new PackageRequest(name, version)
            : throw new IOException(
                $"'{version}' can't be a version of the package {name}: write one such as 1.2.3, 1.2.3-beta.1, "
                    + "1.* or [1.2,2.0)."
            );
    }

    /// <summary>The name and the version as one writes them in a <c>#r</c> line.</summary>
    public override string ToString() => Version is null ? Name : $"{Name}, {Version}";

    // The name and version are written into a file for the build tool, so nothing else may be in them.
    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.\-]{0,99}\z")]
    private static partial Regex PackageName();

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+){0,3}(-[0-9A-Za-z.\-]+)?(\+[0-9A-Za-z.\-]+)?\z")]
    private static partial Regex ExactVersion();

    [GeneratedRegex(
        @"^([0-9]+(\.[0-9]+){0,3}(\.\*)?(-[0-9A-Za-z.\-]*\*?)?(\+[0-9A-Za-z.\-]+)?|\*(-\*)?|"
            + @"[\[(][0-9A-Za-z.\-+]*(\s*,\s*[0-9A-Za-z.\-+]*)?[\])])\z"
    )]
    private static partial Regex AnyVersion();
}
