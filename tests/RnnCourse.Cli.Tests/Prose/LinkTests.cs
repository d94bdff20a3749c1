using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace RnnCourse.Cli.Tests.Prose;

/// <summary>No link of a page that leads into the repository leads nowhere.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Pages => [.. Page.All];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_into_the_repository_leads_somewhere(string path)
    {
        var page = Page.Read(path);
        Assert.Empty(LinksOf(page).Select(link => Problem(page, link)).OfType<string>());
    }

    [Theory]
    [InlineData("[gone](no-such-file.md)", "no such file")]
    [InlineData("[out](../../elsewhere/x.md)", "no such file")]
    [InlineData("[no part](NOTATION.md#nowhere)", "no heading")]
    [InlineData("[no part of this page](#nowhere)", "no heading")]
    [InlineData("![picture](figures/gone.svg)", "no such file")]
    [InlineData("<img src=\"figures/gone.svg\" alt=\"x\">", "no such file")]
    [InlineData("[capitals](notation.md)", "no such file")]
    [InlineData(
        "[fine](NOTATION.md#sizes) [fine](https://nowhere.example/x) ![fine](figures/unrolled-network.svg) "
            + "[fine](solutions)",
        null
    )]
    public void A_link_that_leads_nowhere_is_found(string markdown, string? problem)
    {
        var page = new Page("notebooks/page.md", markdown);
        var found = LinksOf(page).Select(link => Problem(page, link)).OfType<string>().ToList();
        Assert.Equal(problem is null ? 0 : 1, found.Count);
        if (problem is not null)
        {
            Assert.Contains(problem, found[0], StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> LinksOf(Page page) =>
        page
            .Document.Descendants<LinkInline>()
            .Select(link => link.Url ?? "")
            .Concat(page.Document.Descendants<HtmlInline>().SelectMany(html => Addresses(html.Tag)))
            .Concat(page.Document.Descendants<HtmlBlock>().SelectMany(html => Addresses(html.Lines.ToString())));

    private static string? Problem(Page page, string link)
    {
        if (HasScheme().IsMatch(link))
        {
            return null;
        }

        var parts = Uri.UnescapeDataString(link).Split('#', 2);
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page.Path))!;
        var target =
            parts[0].Length == 0
                ? Path.Combine(Repository.Root, page.Path)
                : Path.GetFullPath(Path.Combine(folder, parts[0]));
        if (parts[0].Length > 0 && !ExistsAsWritten(target))
        {
            return $"{page.Path}: {link}: no such file";
        }

        if (parts.Length == 1)
        {
            return null;
        }

        var at =
            parts[0].Length == 0 ? page : Page.Read(Path.GetRelativePath(Repository.Root, target).Replace('\\', '/'));
        return at.Headings.Any(heading => Page.AnchorOf(heading.Text) == parts[1])
            ? null
            : $"{page.Path}: {link}: no heading with this name";
    }

    // A file system that ignores case would find files that another one doesn't.
    private static bool ExistsAsWritten(string target)
    {
        var relative = Path.GetRelativePath(Repository.Root, target);
        if (relative.StartsWith("..", StringComparison.Ordinal))
        {
            return false;
        }

        var at = Repository.Root;
        foreach (
            var name in relative
                .Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)
                .Where(name => name != ".")
        )
        {
            if (
                !Directory.Exists(at)
                || !Directory.EnumerateFileSystemEntries(at).Select(Path.GetFileName).Contains(name)
            )
            {
                return false;
            }

            at = Path.Combine(at, name);
        }

        return true;
    }

    private static IEnumerable<string> Addresses(string html) =>
        Address().Matches(html).Select(match => match.Groups[1].Value);

    [GeneratedRegex(
        """(?:src|href)\s*=\s*"([^"]*)" """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Address();

    [GeneratedRegex(@"^[a-z][a-z0-9+.-]*:", RegexOptions.IgnoreCase)]
    private static partial Regex HasScheme();
}
