using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CsCheck;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages;

namespace RnnCourse.Notebooks.Tests.Pages.Sanitising;

/// <summary>What the parser of a browser makes of pages with hostile outputs and texts.</summary>
public sealed class BrowserReadingTests
{
    private static readonly string[] Acting =
    [
        "script",
        "iframe",
        "frame",
        "object",
        "embed",
        "applet",
        "form",
        "button",
        "input",
        "select",
        "textarea",
        "area",
        "map",
        "base",
        "link",
        "template",
        "noscript",
        "animate",
        "set",
        "discard",
        "foreignObject",
        "image",
        "feImage",
        "video",
        "audio",
        "source",
        "picture",
        "marquee",
        "maction",
        "annotation-xml",
    ];

    private static readonly string[] Loading =
    [
        "srcset",
        "action",
        "formaction",
        "background",
        "data",
        "poster",
        "ping",
        "srcdoc",
        "xlink:href",
        "http-equiv",
        "contenteditable",
        "autofocus",
        "tabindex",
    ];

    private static readonly string[] Names =
    [
        "div",
        "p",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "table",
        "tr",
        "td",
        "th",
        "caption",
        "tbody",
        "colgroup",
        "col",
        "a",
        "b",
        "i",
        "font",
        "span",
        "svg",
        "g",
        "desc",
        "title",
        "math",
        "mi",
        "mtext",
        "annotation",
        "pre",
        "section",
        "ruby",
        "rt",
        "rp",
        "center",
        "details",
        "summary",
        "hr",
        "br",
        "img",
        "blockquote",
        "nobr",
        "button",
        "form",
        "address",
        "style",
    ];

    private static readonly Gen<string> Tag = Gen.Select(
        Gen.Int[0, Names.Length - 1],
        Gen.Int[0, 11],
        (name, kind) =>
            kind switch
            {
                0 => $"<{Names[name]}/>",
                < 4 => $"</{Names[name]}>",
                < 7 => $"<{Names[name]}>x",
                _ => $"<{Names[name]}>",
            }
    );

    public static TheoryData<int> Pieces => [.. Enumerable.Range(0, HostilePieces.All.Length)];

    [Theory]
    [MemberData(nameof(Pieces))]
    public void Nothing_hostile_acts_loads_or_leaves_its_box(int piece)
    {
        var html = HostilePieces.All[piece];
        foreach (var page in new[] { WithOutput(html), WithText(html) })
        {
            AssertKeepsItsBox(page, html);
            // The page's own parts: the rule that forbids scripts, and its styles.
            foreach (var element in page.QuerySelectorAll("main *"))
            {
                Assert.DoesNotContain(element.LocalName, Acting);
                foreach (var attribute in element.Attributes)
                {
                    AssertHarmless(attribute);
                }

                if (element.LocalName == "style")
                {
                    Assert.Matches("^@scope{[^<]*}$", element.TextContent);
                }
            }
        }
    }

    [Fact]
    public void No_soup_of_tags_leaves_its_box() =>
        Tag.Array[2, 15].Select(string.Concat).Sample(html => AssertKeepsItsBox(WithOutput(html), html), iter: 3_000);

    private static void AssertHarmless(IAttr attribute)
    {
        Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase), attribute.Name);
        Assert.DoesNotContain(attribute.Name, Loading);
        if (attribute.Name == "href")
        {
            Assert.Matches("^(https?:|mailto:|#)", attribute.Value);
        }
        else if (attribute.Name == "src")
        {
            Assert.StartsWith("data:image/", attribute.Value, StringComparison.Ordinal);
        }
        else if (attribute.Name is not ("title" or "alt" or "id" or "class"))
        {
            Assert.DoesNotMatch("(?i)url\\((?!#)|javascript:|expression\\(|image-set\\(|src\\(", attribute.Value);
        }
    }

    private static void AssertKeepsItsBox(IDocument page, string html)
    {
        Assert.Equal(
            ["", "cell-before", "", "cell-after"],
            page.QuerySelector("main")!.Children.Select(child => child.Id ?? "")
        );
        Assert.Equal(
            ["DIV", "FOOTER"],
            page.Body!.Children.Select(child => child.TagName)
                .Where(name => name is "DIV" or "FOOTER" or "P" or "TABLE" or "SVG")
        );
        Assert.True(page.QuerySelectorAll("#cell-after").Length == 1, html);
    }

    private static IDocument WithOutput(string html) =>
        Parse(
            new CodeCell
            {
                Id = "hostile",
                Source = "x",
                Outputs = [new DisplayOutput(MimeBundle.OfText(("text/html", "<hr>" + html)))],
            }
        );

    private static IDocument WithText(string html) =>
        Parse(new MarkdownCell { Id = "hostile", Source = "<div>\n" + html + "\n" });

    private static IDocument Parse(Cell hostile)
    {
        var notebook = new Notebook
        {
            Cells =
            [
                new MarkdownCell { Id = "title", Source = "# T" },
                new CodeCell { Id = "before", Source = "1" },
                hostile,
                new CodeCell { Id = "after", Source = "2" },
            ],
        };
        var page = PageRenderer.Render(notebook, new PageContext { Next = new("next", "next.html") });
        var document = new HtmlParser(new HtmlParserOptions { IsScripting = true }).ParseDocument(page);
        // The box of an output has its own name; that of a text has none.
        document.QuerySelector("#cell-hostile")?.RemoveAttribute("id");
        return document;
    }
}
