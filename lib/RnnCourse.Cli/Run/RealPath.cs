namespace RnnCourse.Cli.Run;

/// <summary>Tells where a path leads when all links on the way are followed.</summary>
internal static class RealPath
{
    private const int MaximalLinks = 40;

    /// <summary>The path without links; what does not exist, or cannot be read, stays as it is.</summary>
    public static string Of(string path) => Follow(Path.GetFullPath(path), MaximalLinks);

    private static string Follow(string path, int links)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return path;
        }

        var here = Path.Combine(Follow(parent, links), Path.GetFileName(path));
        return links > 0 && Target(here) is { } target ? Follow(target, links - 1) : here;
    }

    private static string? Target(string path)
    {
        try
        {
            var target = new FileInfo(path).LinkTarget;
            return target is null ? null : Path.GetFullPath(target, Path.GetDirectoryName(path)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
