using CsCheck;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages;

namespace RnnCourse.Notebooks.Tests.Pages.Markdown;

/// <summary>Through the one public door: a Markdown cell on a page.</summary>
public sealed class MarkdownRendererTests
{
    private static readonly string[] Pieces =
    [
        "# ",
        "## ",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "> ",
        "    ",
        "`",
        "```",
        "```csharp\n",
        "$",
        "$$",
        "\\",
        "_",
        "*",
        "**",
        "~~",
        "[",
        "](",
        ")",
        "![",
        "<b>",
        "</div>",
        "</main>",
        "<script>",
        "|",
        "|-|",
        "---",
        "a",
        "x^2",
        "http://x.y",
        "&lt;",
        "&",
        "attachment:x",
        "05.ipynb",
        "😀",
        "\t",
        "<details>",
        "<!--",
        "\0",
    ];

    private static string Page(string source) =>
        PageRenderer.Render(
            new Notebook
            {
                Cells =
                [
                    new MarkdownCell { Id = "a", Source = source },
                    new MarkdownCell { Id = "b", Source = "## End" },
                ],
            },
            new PageContext()
        );

    [Theory]
    [InlineData("see $x$, then", "<span class=\"with-marks\">", ",</span> then")]
    [InlineData("is $x$.\"", "<span class=\"with-marks\">", ".&quot;</span></p>")]
    [InlineData("is $x$ here", "<p>is <span>", "</span> here")]
    [InlineData(
        "a $s_t = f(U x_t + W s_{t-1} + b) + g(s_{t-2}) + h(s_{t-3})$, then",
        "<span class=\"long-formula\">",
        ",</span> then"
    )]
    public void A_mark_behind_a_formula_stays_on_its_line(string source, string start, string end)
    {
        var page = Page(source);
        Assert.Contains(start + "<math>", page, StringComparison.Ordinal);
        Assert.Contains("</math>" + end, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[a](")]
    [InlineData("*a ")]
    [InlineData("_a\n")]
    public void A_paragraph_that_would_take_too_long_is_shown_as_it_is(string piece)
    {
        var source = string.Concat(Enumerable.Repeat(piece, 8_001));
        Assert.Contains($"<pre>{piece}", Page(source), StringComparison.Ordinal);
        Assert.DoesNotContain("<pre>", Page(source.Insert(source.Length / 2, "\n\n")), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_stays_in_its_box() =>
        Gen.Int[0, Pieces.Length - 1]
            .Select(i => Pieces[i])
            .Array[0, 25]
            .Select(string.Concat)
            .Sample(
                source =>
                {
                    var page = Page(source);
                    Assert.Single(page.Split("</main>").Skip(1));
                    Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
                    Assert.EndsWith("</div>\n</main>\n</div>\n</body>\n</html>\n", page, StringComparison.Ordinal);
                    Assert.Contains("<div class=\"prose\">\n<h2 id=\"end", page, StringComparison.Ordinal);
                },
                iter: 2000
            );

    [Theory]
    [InlineData("[")]
    [InlineData("![](")]
    [InlineData("*a ")]
    [InlineData("`")]
    [InlineData("$")]
    [InlineData("|a")]
    [InlineData("<b>")]
    [InlineData("- ")]
    [InlineData("# a\n")]
    [InlineData("$x$ ")]
    public void A_great_number_of_any_piece_of_Markdown_is_rendered(string piece) =>
        Assert.EndsWith("</html>\n", Page(string.Concat(Enumerable.Repeat(piece, 5_000))), StringComparison.Ordinal);
}
