using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages;

namespace RnnCourse.Notebooks.Tests.Pages;

public sealed class PageRendererTests
{
    private static MarkdownCell Text(string source, string id = "t") => new() { Id = id, Source = source };

    private static CodeCell Code(string source, params Output[] outputs) =>
        new()
        {
            Id = "c",
            Source = source,
            ExecutionCount = 3,
            Outputs = outputs,
        };

    private static string Page(params Cell[] cells) => Page(new PageContext(), cells);

    private static string Page(PageContext context, params Cell[] cells) =>
        PageRenderer.Render(new Notebook { Cells = cells }, context);

    private static string Content(params Cell[] cells)
    {
        var page = Page(cells);
        return page[page.IndexOf("<main", StringComparison.Ordinal)..];
    }

    private static void Holds(string page, params string[] parts) =>
        Assert.All(parts, part => Assert.Contains(part, page, StringComparison.Ordinal));

    private static DisplayOutput Shown(params (string, string)[] texts) => new(MimeBundle.OfText(texts));

    [Fact]
    public void A_page_forbids_scripts_and_loading_and_says_its_title_and_language()
    {
        var page = Page(
            new PageContext { Language = "de", Index = new("Kurs & mehr", "index.html") },
            Text("# Größe $n$\n\nText")
        );

        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"de\">\n", page, StringComparison.Ordinal);
        Holds(
            page,
            "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'",
            "<title>Größe n · Kurs &amp; mehr</title>",
            "<h1 id=\"größe-n\">"
        );
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http:", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_reader_is_to_predict_is_folded_below_its_question_unless_the_cell_failed()
    {
        var asks = Code("6 * 7", new StreamOutput("stdout", "42\n")) with
        {
            Metadata = new JsonObject { ["rnn"] = new JsonObject { ["predict"] = "More than <40>?" } },
        };

        var folded = Content(asks);
        Holds(folded, "<details class=\"folded\">", "Before you look:</span> More than &lt;40&gt;?</summary>");
        Assert.True(
            folded.IndexOf("<details", StringComparison.Ordinal) < folded.IndexOf("42", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("<details", Content(Code("6 * 7", [.. asks.Outputs])), StringComparison.Ordinal);
        Assert.DoesNotContain("<details", Content(asks with { Outputs = [] }), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "<details",
            Content(asks with { Outputs = [new ErrorOutput("E", "failed", [])] }),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("It was 42.\n\n- a\n- b\n\n## Next\n\nMore", true, "## Next")]
    [InlineData("It was 42.", true, null)]
    [InlineData("## Next\n\nIt was 42.", false, "## Next")]
    [InlineData("It was 42.\n\n> ## Next\n>\n> quoted", false, null)]
    public void What_the_next_text_says_of_a_folded_result_is_folded_with_it_up_to_a_heading(
        string next,
        bool isFolded,
        string? heading
    )
    {
        var page = Content(
            Code("6 * 7", new StreamOutput("stdout", "six times seven\n")) with
            {
                Metadata = new JsonObject { ["rnn"] = new JsonObject { ["predict"] = "How much?" } },
            },
            Text(next),
            Text("After it.", "u")
        );

        var end = page.IndexOf("</details>", StringComparison.Ordinal);
        Assert.Equal(isFolded, page.IndexOf("It was 42.", StringComparison.Ordinal) < end);
        Assert.True(page.IndexOf("six times seven", StringComparison.Ordinal) < end);
        Assert.True(page.IndexOf("After it.", StringComparison.Ordinal) > end);
        if (heading is not null)
        {
            Assert.True(page.IndexOf("id=\"next\"", StringComparison.Ordinal) > end);
        }

        // One more than it opens: the page's own element around the part that is checked here.
        Assert.Equal(page.Split("<div").Length + 1, page.Split("</div>").Length);
    }

    [Fact]
    public void What_is_said_elsewhere_stands_on_a_page_that_is_only_read()
    {
        var page = Content(Text("Stuck? <span class=\"elsewhere\" data-live=\"Press it.\">Put `.Hint()`.</span> On."));
        Holds(page, "Put <code>.Hint()</code>.", "On.");
        Assert.DoesNotContain("Press it", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_notebook_gives_the_same_page()
    {
        Cell[] cells = [Text("# A\n\n$x$"), Code("var x = 1;", new StreamOutput("stdout", "1\n"))];

        Assert.Equal(Page(cells), Page(cells));
    }

    [Fact]
    public void A_notebook_without_a_heading_gets_its_title_from_the_caller() =>
        Assert.Contains(
            "<h1>01 &amp; more</h1>",
            Page(new PageContext { Title = "01 & more" }, Text("Text")),
            StringComparison.Ordinal
        );

    [Fact]
    public void Neighbours_and_index_are_linked()
    {
        var page = Page(
            new PageContext
            {
                Index = new("All", "index.html"),
                Previous = new("05", "05.html"),
                Next = new("07", "07.html"),
            },
            Text("x")
        );

        Holds(
            page,
            "<a href=\"index.html\">All</a>",
            "<a href=\"05.html\" rel=\"prev\"><span>Previous</span>05</a>",
            "<a href=\"07.html\" rel=\"next\"><span>Next</span>07</a>"
        );
    }

    [Fact]
    public void Headings_are_listed_with_ids_of_their_own()
    {
        var page = Page(Text("# T\n\n## Same\n\n### In `code` and $x_1$", "a"), Text("## Same", "b"));

        Holds(
            page,
            "<li class=\"level-2\"><a href=\"#same\">Same</a></li>",
            "<li class=\"level-2\"><a href=\"#same-1\">Same</a></li>",
            "<li class=\"level-3\"><a href=\"#in-code-and-x_1\">In code and <math>"
        );
        Assert.DoesNotContain("<li class=\"level-1\">", page, StringComparison.Ordinal);
        Assert.Contains(
            "<h2 id=\"same-1\">Same<a class=\"anchor\" href=\"#same-1\" aria-label=\"Link to this section\">#</a></h2>",
            page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Links_lead_where_pages_are()
    {
        var context = new PageContext
        {
            ResolveLink = address => address == "../lib/a.cs" ? "https://example.org/a.cs" : null,
        };
        var page = Page(
            context,
            Text(
                "[a](05-x.ipynb) [b](./05-x.ipynb#The-End) [c](../lib/a.cs) [d](../gone) [e](#Some-Place) "
                    + "[f](https://example.org/) [g](javascript:alert(1))"
            )
        );

        Holds(
            page,
            "<a href=\"05-x.html\">a</a>",
            "<a href=\"05-x.html#the-end\">b</a>",
            "<a href=\"https://example.org/a.cs\">c</a>",
            "<a>d</a>",
            "<a href=\"#some-place\">e</a>",
            "<a href=\"https://example.org/\">f</a>",
            "<a>g</a>"
        );
    }

    [Fact]
    public void Text_has_tables_formulas_and_coloured_code()
    {
        var main = Content(
            Text(
                "| a | b |\n|---|--:|\n| 1 | $x$ |\n\n$$\ny\n$$\n\ntext $$z$$\n\n```csharp\nvar x = 1;\n"
                    + "```\n\n```\n<plain>\n```\n\n~~old~~"
            )
        );

        Holds(
            main,
            "<div class=\"scroll\">\n<table>",
            "<td style=\"text-align: right;\"><span><math><semantics>",
            "<div class=\"formula\"><math display=\"block\">",
            "<span class=\"formula\"><math display=\"block\">",
            "<pre><code><span class=\"keyword\">var</span> x = <span class=\"number\">1</span>;</code></pre>",
            "&lt;plain&gt;",
            "<del>old</del>"
        );
    }

    [Fact]
    public void Nothing_that_a_cell_says_ends_its_own_box()
    {
        var main = Content(Text("</div></div></main><script>alert(1)</script><b onclick='x()'>open"));

        Assert.Contains("<b>open", main, StringComparison.Ordinal);
        Assert.Single(main.Split("</main>").Skip(1));
        Assert.DoesNotContain("alert", main, StringComparison.Ordinal);
        Assert.DoesNotContain("onclick", main, StringComparison.Ordinal);
    }

    [Fact]
    public void Attached_pictures_stand_in_the_page()
    {
        var cell = Text(
            "![A cat](attachment:c.png) ![A dog](dog.png)\n\n"
                + "<img src=\"attachment:c.png\" width=\"40\"/> <img src='attachment:other.png' alt='Another'>"
        ) with
        {
            Attachments = new Dictionary<string, MimeBundle> { ["c.png"] = MimeBundle.OfText(("image/png", "aGk=\n")) },
        };
        var main = Content(cell);

        Holds(
            main,
            "<img src=\"data:image/png;base64,aGk=\" alt=\"A cat\">",
            "<span class=\"missing-picture\">A dog</span>",
            "<img src=\"data:image/png;base64,aGk=\" width=\"40\">",
            "<span class=\"missing-picture\">Another</span>"
        );
    }

    [Theory]
    [InlineData("<div style=\"position:absolute;inset:0;z-index:99999;background:red\">x</div>")]
    [InlineData("<div style=\"margin:-90vh -90vw;transform:scale(9)\">x</div>")]
    [InlineData("<style>.output, .rich, :scope { contain: none; position: absolute; inset: 0 }</style><p>x</p>")]
    [InlineData("<p class=\"skip\">x</p>")]
    public void What_is_shown_stays_in_a_box_that_its_own_styles_do_not_reach(string html)
    {
        var page = Page(Text($"{html}\n", "a"), Code("1", Shown(("text/plain", "x"), ("text/html", html))));
        var main = page[page.IndexOf("<main", StringComparison.Ordinal)..];

        Holds(page, ".output, .held { contain: paint; }");
        Holds(main, "<div class=\"held\">\n<div class=\"prose\">", "<div class=\"output\"><div class=\"rich\">");
    }

    [Theory]
    [InlineData("Plain *text* and `code` with $x$.\n\n| a |\n|--:|\n| 1 |\n")]
    [InlineData("```csharp\nvar top = \" style=\";\n```\n")]
    [InlineData("![A picture](x.png)")]
    public void Text_without_looks_of_its_own_stands_in_the_page_itself(string text) =>
        Assert.DoesNotContain("\"held\"", Content(Text(text)), StringComparison.Ordinal);

    [Fact]
    public void Code_shows_its_run_and_its_outputs_in_order()
    {
        var main = Content(
            Code(
                "1 + 1",
                new StreamOutput("stdout", "first <b>\n"),
                new StreamOutput("stderr", "second"),
                Shown(("text/plain", "third"))
            )
        );

        Holds(
            main,
            "id=\"cell-c\"",
            "<span class=\"count\" aria-hidden=\"true\">3</span>",
            "<pre class=\"output\">first &lt;b&gt;\n</pre>\n<pre class=\"output stderr\">second</pre>\n"
                + "<pre class=\"output\">third</pre>"
        );
    }

    [Theory]
    [InlineData("one line, however long it is", "output")]
    [InlineData("  indented\n  twice", "output")]
    [InlineData("word   share\nfish   0.5", "output columns")]
    public void Long_lines_are_wrapped_but_not_those_of_columns(string text, string looks)
    {
        Output[] both = [new StreamOutput("stdout", text), Shown(("text/plain", text))];
        Assert.All(both, output => Holds(Content(Code("x", output)), $"<pre class=\"{looks}\">{text}</pre>"));
    }

    [Fact]
    public void Colours_of_terminals_become_classes_and_their_codes_vanish()
    {
        var main = Content(
            Code(
                "x",
                new StreamOutput(
                    "stdout",
                    "\u001b[31mred\u001b[0m \u001b[1mbold\u001b[22m \u001b[2Kx \u001b[38;5;9my 10%\r100%\n"
                )
            )
        );

        Assert.Contains(
            "<span class=\"ansi-bold\">",
            Content(Code("x", new StreamOutput("stdout", "\u001b[1mbold"))),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "<span class=\"ansi-bold\">bold</span> plain",
            Content(Code("x", new StreamOutput("stdout", "\u001b[1mbold\u001b[22m plain"))),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("\u001b", main, StringComparison.Ordinal);
        Assert.Contains("<pre class=\"output\">100%\n</pre>", main, StringComparison.Ordinal);
        Assert.Contains(
            "<span class=\"ansi-red\">red</span> plain",
            Content(Code("x", new StreamOutput("stdout", "\u001b[31mred\u001b[0m plain"))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_error_is_boxed_and_told_at_the_top()
    {
        var page = Page(
            Text("# T"),
            Code("throw", new ErrorOutput("Boom", "it <broke>", ["\u001b[31mline 1\u001b[0m", "line 2"]))
        );

        Holds(
            page,
            "<a href=\"#cell-c\">see the cell</a>",
            "<div class=\"output error\"><p><strong>Boom</strong>: it &lt;broke&gt;</p><pre><span "
                + "class=\"ansi-red\">line 1</span>\nline 2</pre></div>"
        );
    }

    [Fact]
    public void Of_several_forms_the_best_static_one_is_shown()
    {
        var all = new (string, string)[]
        {
            ("text/html", "<i>html</i>"),
            ("image/svg+xml", "<svg/>"),
            ("image/png", "aGk="),
            ("text/markdown", "*md*"),
            ("text/latex", "$\\alpha$"),
            ("text/plain", "plain"),
        };
        string[] expected =
        [
            "<i>html</i>",
            "data:image/svg+xml;base64,PHN2Zy8+\" alt=\"plain\"",
            "data:image/png;base64,aGk=\" alt=\"plain\"",
            "<em>md</em>",
            "<mi>α</mi>",
            "<pre class=\"output\">plain</pre>",
        ];

        for (var i = 0; i < all.Length; i++)
        {
            Assert.Contains(expected[i], Content(Code("x", Shown(all[i..]))), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Html_that_is_only_a_script_gives_way_to_the_next_form() =>
        Assert.Contains(
            "plain",
            Content(Code("x", Shown(("text/html", "<div><script>draw()</script></div>"), ("text/plain", "plain")))),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_figure_keeps_its_alternative_text()
    {
        var main = Content(
            Code("x", Shown(("text/html", "<img alt='Loss falls from 2 to 1.' src='data:image/svg+xml;base64,AA=='>")))
        );

        Assert.Contains(
            "<img alt=\"Loss falls from 2 to 1.\" src=\"data:image/svg+xml;base64,AA==\">",
            main,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_output_that_no_page_can_show_is_named()
    {
        var bundle = new MimeBundle([new("application/vnd.plotly.v1+json", new MimeJson(new JsonObject()))]);

        Assert.Contains(
            "application/vnd.plotly.v1+json",
            Content(Code("x", new DisplayOutput(bundle))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Stored_outputs_of_any_length_leave_a_page_that_a_browser_can_show()
    {
        var much = new string('x', 5_000_000);
        var page = Page(
            Code("x", new StreamOutput(StreamOutput.StandardOutput, much), Shown(("text/plain", much))),
            Text(string.Concat(Enumerable.Repeat("word *", 500_000)))
        );

        Holds(page, "[4800000 further characters left out]");
        Assert.True(page.Length < 4_000_000, $"The page has {page.Length} characters.");
    }

    [Fact]
    public void Text_that_nests_without_end_is_shown_as_it_is() =>
        Assert.Contains(
            "<main",
            Page(Text(string.Concat(Enumerable.Repeat("> ", 20_000)) + "deep")),
            StringComparison.Ordinal
        );

    [Fact]
    public void An_empty_notebook_has_a_page() =>
        Assert.Contains("<h1>Notebook</h1>", Page(), StringComparison.Ordinal);
}
