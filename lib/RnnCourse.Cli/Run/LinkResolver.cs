namespace RnnCourse.Cli.Run;

/// <summary>Converts the links of a notebook, which are relative to its folder, to links that work on its page, which
/// is in another folder.</summary>
/// <param name="file">The notebook.</param>
/// <param name="page">The full path of its page.</param>
/// <param name="allNotebooks">The notebooks that have pages.</param>
/// <param name="output">The folder of the pages.</param>
internal sealed class LinkResolver(
    NotebookFile file,
    string page,
    IReadOnlyList<NotebookFile> allNotebooks,
    OutputFolder output
)
{
    /// <summary>The address to use on the page; null if the target does not exist, so that the page has no dead
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
            Path.Combine(Path.GetDirectoryName(file.FullPath)!, Uri.UnescapeDataString(path))
        );
        if (allNotebooks.FirstOrDefault(other => other.FullPath == target && WillHavePage(other)) is { } other)
        {
            return Relative(page, output.FileFor(other.Name, ".html")) + rest;
        }

        return File.Exists(target) || Directory.Exists(target) ? Relative(page, target) + rest : null;
    }

    private bool WillHavePage(NotebookFile other) =>
        other.Notebook is not null && (other.RunsNow || File.Exists(output.FileFor(other.Name, ".html")));

    /// <summary>The address of a file relative to a page, with special characters escaped.</summary>
    public static string Relative(string page, string target)
    {
        var path = Path.GetRelativePath(Path.GetDirectoryName(page)!, target);
        return Path.IsPathRooted(path)
            ? new Uri(path).AbsoluteUri // another drive of Windows
            : string.Join('/', path.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));
    }
}
