namespace RnnCourse.Notebooks.Session.Language;

/// <summary>Finds the XML documentation of a library.</summary>
internal static class Documentation
{
    private static readonly Lazy<string?> ReferencePack = new(FindReferencePack);

    /// <summary>Finds the file beside the library or, for the framework, the file that comes with the SDK; null if
    /// there is none.</summary>
    public static string? FindFor(string library)
    {
        var beside = Path.ChangeExtension(library, ".xml");
        if (File.Exists(beside))
        {
            return beside;
        }

        // The framework's types are in one library but documented under the names of others.
        var name =
            Path.GetFileNameWithoutExtension(library) == "System.Private.CoreLib"
                ? "System.Runtime"
                : Path.GetFileNameWithoutExtension(library);
        var packed = ReferencePack.Value is { } folder ? Path.Combine(folder, name + ".xml") : null;
        return File.Exists(packed) ? packed : null;
    }

    // <root>/shared/Microsoft.NETCore.App/10.0.1/ has <root>/packs/Microsoft.NETCore.App.Ref/10.0.x/ref/net10.0/ for a
    // neighbour.
    private static string? FindReferencePack()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location);
        if (string.IsNullOrEmpty(runtime))
        {
            return null;
        }

        var packs = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        return !Directory.Exists(packs)
            ? null
            : Directory
                .EnumerateDirectories(packs)
                .Where(folder =>
                    Path.GetFileName(folder).StartsWith($"{Environment.Version.Major}.", StringComparison.Ordinal)
                )
                .Order(StringComparer.Ordinal)
                .Select(folder =>
                    Path.Combine(folder, "ref", $"net{Environment.Version.Major}.{Environment.Version.Minor}")
                )
                .LastOrDefault(Directory.Exists);
    }
}
