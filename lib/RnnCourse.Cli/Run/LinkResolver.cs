namespace RnnCourse.Cli.Run;

/// <summary>Makes the links of a notebook, which start from its folder, work on its page, which lies
/// elsewhere.</summary>
/// <param name="lesson">The notebook.</param>
/// <param name="page">Full path of its page.</param>
/// <param name="shelf">The notebooks that have pages.</param>
/// <param name="output">The folder of the pages.</param>
internal sealed class LinkResolver(Lesson lesson, string page, IReadOnlyList<Lesson> shelf, OutputFolder output)
{
    /// <summary>The address to use on the page; null if nothing is there, so that the page shows no dead
    /// link.</summary>
    public string? Resolve(string address)
    {
        var mark = address.AsSpan().IndexOfAny('#', '?');
        var path = mark < 0 ? address : address[..mark];
        var rest = mark < 0 ? "" : address[mark..];
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var target = Path.GetFullPath(
            Path.Combine(Path.GetDirectoryName(lesson.FullPath)!, Uri.UnescapeDataString(path))
        );
        if (shelf.FirstOrDefault(other => other.FullPath == target && WillHavePage(other)) is { } other)
        {
            return Relative(page, output.FileFor(other.Name, ".html")) + rest;
        }

        return File.Exists(target) || Directory.Exists(target) ? Relative(page, target) + rest : null;
    }

    private bool WillHavePage(Lesson other) =>
        other.Notebook is not null && (other.RunsNow || File.Exists(output.FileFor(other.Name, ".html")));

    /// <summary>The address of a file on a page, relative, with the characters escaped that an address may not
    /// hold.</summary>
    public static string Relative(string page, string target)
    {
        var path = Path.GetRelativePath(Path.GetDirectoryName(page)!, target);
        return Path.IsPathRooted(path)
            ? new Uri(path).AbsoluteUri // another drive of Windows
            : string.Join('/', path.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));
    }
}
