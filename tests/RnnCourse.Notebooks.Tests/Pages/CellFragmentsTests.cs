using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages;

namespace RnnCourse.Notebooks.Tests.Pages;

public sealed class CellFragmentsTests
{
    [Theory]
    [InlineData(
        "Stuck? <span class=\"elsewhere\" data-live=\"Press *Hint*.\">Put `.Hint()`\nbehind it.</span> On.",
        "<p>Stuck? Press <em>Hint</em>. On.</p>\n"
    )]
    [InlineData("<span class=\"elsewhere\">Only there. </span>Here.", "<p>Here.</p>\n")]
    [InlineData(
        "<span class=\"elsewhere\" data-live=\"A &lt;b&gt;\">x</span> "
            + "<span class=\"elsewhere\" data-live=\"B\">y</span>",
        "<p>A &lt;b&gt; B</p>\n"
    )]
    [InlineData("A <span class=\"other\">span</span>.", "<p>A <span class=\"other\">span</span>.</p>\n")]
    public void A_live_page_says_what_holds_there_in_place_of_what_holds_elsewhere(string markdown, string expected) =>
        Assert.Equal(expected, new CellFragments().Text(new MarkdownCell { Id = "t", Source = markdown }));

    [Fact]
    public void What_replaces_a_text_is_cleaned_like_any_text()
    {
        var html = new CellFragments().Text(
            new MarkdownCell
            {
                Id = "t",
                Source =
                    """<span class="elsewhere" data-live='<script>bad()</script>'>x</span> and """
                    + """<span class="elsewhere" data-live="[link](javascript:bad())">y</span>""",
            }
        );
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("javascript:", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Many_texts_that_are_never_closed_take_no_time_worth_speaking_of()
    {
        var markdown = string.Concat(Enumerable.Repeat("<span class=\"elsewhere\">x ", 20_000));
        var html = new CellFragments().Text(new MarkdownCell { Id = "t", Source = markdown });
        Assert.Contains("x", html, StringComparison.Ordinal);
    }
}
