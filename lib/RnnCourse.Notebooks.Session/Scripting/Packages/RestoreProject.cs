using System.Runtime.InteropServices;
using System.Text;
using System.Xml.Linq;

namespace RnnCourse.Notebooks.Session.Scripting.Packages;

/// <summary>Writes the project with which the build tool finds packages; it contains only names, versions and
/// sources.</summary>
internal static class RestoreProject
{
    public const string FileName = "packages.csproj";

    /// <summary>Writes the project into its own folder.</summary>
    public static void Write(
        string folder,
        IEnumerable<PackageRequest> requests,
        IReadOnlyCollection<string> moreSources,
        string? onlySource
    )
    {
        var properties = new XElement(
            "PropertyGroup",
            new XElement("TargetFramework", $"net{Environment.Version.Major}.0"),
            new XElement("RuntimeIdentifier", RuntimeInformation.RuntimeIdentifier),
            new XElement("SelfContained", "false"),
            new XElement("UseAppHost", "false"),
            new XElement("NuGetAudit", "false"),
            new XElement("ManagePackageVersionsCentrally", "false"),
            new XElement("RestorePackagesWithLockFile", "false"),
            new XElement("TreatWarningsAsErrors", "false")
        );
        if (onlySource is not null)
        {
            properties.Add(new XElement("RestoreSources", Literal(onlySource)));
        }
        else if (moreSources.Count > 0)
        {
            properties.Add(
                new XElement("RestoreAdditionalProjectSources", string.Join(';', moreSources.Select(Literal)))
            );
        }

        var packages = requests.Select(request => new XElement(
            "PackageReference",
            new XAttribute("Include", request.Name),
            new XAttribute("Version", VersionRange(request))
        ));
        var project = new XElement(
            "Project",
            new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            properties,
            new XElement("ItemGroup", packages)
        );
        File.WriteAllText(Path.Combine(folder, FileName), project.ToString());

        // Otherwise the build tool would look for these files in all parent folders.
        foreach (var name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
        {
            File.WriteAllText(Path.Combine(folder, name), "<Project />");
        }
    }

    /// <summary>The text, with characters that are special to the build tool escaped.</summary>
    internal static string Literal(string text)
    {
        var literal = new StringBuilder();
        foreach (var c in text)
        {
            _ = "%$@'();?*".Contains(c, StringComparison.Ordinal)
                ? literal.Append('%').Append(((int)c).ToString("X2", System.Globalization.CultureInfo.InvariantCulture))
                : literal.Append(c);
        }

        return literal.ToString();
    }

    // A bare version would mean 'this one or newer'.
    private static string VersionRange(PackageRequest request) =>
        request.Version is null ? "*"
        : request.IsExact ? $"[{request.Version}]"
        : request.Version;
}
