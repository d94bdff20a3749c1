using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages;
using RnnCourse.Notebooks.Pages.Words;

namespace RnnCourse.Notebooks.Tests.Pages.Words;

public sealed class WordBookTests
{
    private const string Glossary = """
        # Glossary

        | term | meaning | lesson |
        |---|---|---|
        | bias | A number that is added, see [the table](x.md). | [04](04-a.ipynb) |
        | GRU / gated recurrent unit | A cell with `two` gates. | [14](14-b.ipynb) |
        | loss | Says how **bad** it is: "<so>". | [04](04-a.ipynb) |
        | hidden layer | Numbers in between. | [02](02-c.ipynb) |
        | layer | Some numbers. | [01](01-c.ipynb) |
        """;

    private const string Notation = """
        | symbol | meaning |
        |---|---|
        | $s_i$ | state at step $i$ |
        | $i$ | the time step |
        | $W$ | from state to state |
        | $U_i, b_i$ | the parameters of $f_i$ |
        | $f_i(x_1, x_2)$ | a function |

        From lesson 09 on.

        | symbol | meaning |
        |---|---|
        | $T$ | steps |
        | $T$ in $\mathrm{softmax}(z/T)$ | temperature |
        | $\frac{ds_i}{ds_{i-1}}$, $ds_i/ds_{i-1}$ | Jacobian |
        | $ds_i$ | derivative |
        | $b_i$ | what is added |

        ## In places

        | symbol | meaning | where |
        |---|---|---|
        | $T$ | temperature | [11](11-a.ipynb) |
        | $i$, $q$ | imaginary | 11 `a`, `b`; [12](12-a.ipynb) `c` |
        """;

    private const string Statements = """
        | | The lecture states | Cells |
        |---|---|---|
        | **L07** | s\_i is the state. | [06](06.ipynb) |
        """;

    [Theory]
    [InlineData(
        "The biases and a bias.",
        "The <abbr class=\"word\" title=\"bias: A number that is added, see the table.\" data-lesson=\"04\">"
            + "biases</abbr>"
            + " and a bias."
    )]
    [InlineData(
        "Loss",
        "<abbr class=\"word\" title=\"loss: Says how bad it is: &quot;&lt;so&gt;&quot;.\" data-lesson=\"04\">"
            + "Loss</abbr>"
    )]
    [InlineData(
        "a hidden layer",
        "a <abbr class=\"word\" title=\"hidden layer: Numbers in between.\" data-lesson=\"02\">hidden layer</abbr>"
    )]
    [InlineData("lossless unbiased loss-free losses_", "lossless unbiased loss-free losses_")]
    [InlineData(
        "by **L07**",
        "by <strong><abbr class=\"word\" title=\"The lecture states: s_i is the state.\">L07</abbr></strong>"
    )]
    [InlineData("L08 l07 XL07", "L08 l07 XL07")]
    public void A_word_is_marked_where_it_occurs_first(string text, string html) =>
        Assert.Equal($"<p>{html}</p>\n", Render(text));

    [Theory]
    [InlineData("## The loss")]
    [InlineData("`loss`")]
    [InlineData("[the loss](https://example.org/loss)")]
    [InlineData("```\nloss L07\n```")]
    public void Headings_code_and_links_stay_as_they_are(string text) =>
        Assert.DoesNotContain("<abbr", Render(text), StringComparison.Ordinal);

    [Fact]
    public void Words_are_marked_once_they_were_introduced()
    {
        Assert.DoesNotContain("<abbr", Render("the loss, a GRU", "04-a.ipynb"), StringComparison.Ordinal);
        Assert.Contains("title=\"loss", Render("the loss, a GRU", "05-a.ipynb"), StringComparison.Ordinal);
        Assert.DoesNotContain("title=\"GRU", Render("the loss, a GRU", "05-a.ipynb"), StringComparison.Ordinal);
        Assert.Contains("title=\"GRU", Render("the loss, a GRU", "any.ipynb"), StringComparison.Ordinal);
        Assert.DoesNotContain("title=\"GRU", Render("he grus", "any.ipynb"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$W s_i$", "W: from state to state\ns_i: state at step i")]
    [InlineData("$s_{i-1} + dW$", null)]
    [InlineData("$s _ i$", "s_i: state at step i")]
    [InlineData("$i + U_i$", "i: the time step\nU_i: the parameters of f_i")]
    [InlineData("$f_i(x_1, x_2)$", "f_i(x_1, x_2): a function")]
    [InlineData("$\\mathrm{softmax}(z / T)$", "T in softmax(z/T): temperature")]
    [InlineData("$T$", "T: steps")]
    [InlineData("$$\nW\n$$", "W: from state to state")]
    public void A_formula_tells_what_its_symbols_mean(string text, string? meanings)
    {
        var html = Render(text, "12-a.ipynb");
        if (meanings is null)
        {
            Assert.DoesNotContain("class=\"symbols\"", html, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains($"<span class=\"symbols\" title=\"{meanings}\"><math", html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("$T$", "11-a.ipynb", "a", "T: temperature")]
    [InlineData("$T$", "12-a.ipynb", "a", "T: steps")]
    [InlineData("$T$", "notes.ipynb", "a", "T: steps")]
    [InlineData("$i + q$", "11-a.ipynb", "a", "i: imaginary\nq: imaginary")]
    [InlineData("$i + q$", "11-a.ipynb", "c", "i: the time step")]
    [InlineData("$i + q$", "12-a.ipynb", "c", "i: imaginary\nq: imaginary")]
    [InlineData("$b_i$", "08-a.ipynb", "c", "b_i: the parameters of f_i")]
    [InlineData("$b_i$", "09-a.ipynb", "c", "b_i: what is added")]
    public void A_letter_with_two_meanings_has_that_of_its_place(
        string text,
        string notebook,
        string cell,
        string meanings
    ) => Assert.Contains($"title=\"{meanings}\"", Render(text, notebook, cell), StringComparison.Ordinal);

    [Theory]
    [InlineData("$W[r, i]$", "W: from state to state")]
    [InlineData("$W_{r,\\,i}$", null)]
    [InlineData("$\\sum_{k=i}^{9} W$", "W: from state to state")]
    [InlineData("$\\sum_{k=i} W$", "W: from state to state")]
    [InlineData("$W [i + 1]$", "W: from state to state\ni: the time step")]
    [InlineData("$\\frac{ds_i}{ds_{i-1}}$", "ds_i/ds_(i-1): Jacobian")]
    [InlineData("$ds_i/ds_{i-1}$", "ds_i/ds_(i-1): Jacobian")]
    [InlineData("$ds_i + \\frac{ds_i}{ds_{i-1}}$", "ds_i: derivative\nds_i/ds_(i-1): Jacobian")]
    public void An_index_is_not_a_symbol_and_a_fraction_is_not_its_parts(string text, string? meanings)
    {
        var html = Render(text, "12-a.ipynb");
        Assert.Equal(meanings is not null, html.Contains("class=\"symbols\"", StringComparison.Ordinal));
        Assert.Contains(meanings is null ? "<math" : $"title=\"{meanings}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_whole_page_each_cell_is_a_place_of_its_own()
    {
        var page = PageRenderer.Render(
            new Notebook
            {
                Cells = [new MarkdownCell { Id = "a", Source = "$i$" }, new MarkdownCell { Id = "c", Source = "$i$" }],
            },
            new PageContext { Words = (WordBook.Read(notation: Notation), "11-a.ipynb") }
        );
        Assert.Contains("title=\"i: imaginary\"", page, StringComparison.Ordinal);
        Assert.Contains("title=\"i: the time step\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Symbols_are_told_from_the_notebook_on_that_introduces_them() =>
        Assert.DoesNotContain("symbols", Render("$T$", "08-a.ipynb"), StringComparison.Ordinal);

    [Theory]
    [InlineData("<b>loss <i>loss</b> loss <")]
    [InlineData("a < b > loss & <br> loss &lt;loss&gt;")]
    [InlineData("<details><summary>loss</summary>loss</details>")]
    [InlineData("$\\undefined{$ loss <math><mi>loss</mi></math>")]
    public void Whatever_the_text_is_marks_only_add_to_it(string text)
    {
        var marked = Render(text);
        var plain = new CellFragments().Text(new MarkdownCell { Id = "t", Source = text });
        var without = System.Text.RegularExpressions.Regex.Replace(marked, "<abbr class=\"word\"[^>]*>|</abbr>", "");
        Assert.Equal(plain, without);
    }

    private static string Render(string text, string notebook = "any.ipynb", string cell = "t") =>
        new CellFragments(words: (WordBook.Read(Glossary, Notation, Statements), notebook)).Text(
            new MarkdownCell { Id = cell, Source = text }
        );
}
