using RnnCourse.Notebooks.Session.Display;

namespace RnnCourse.Notebooks.Tests.Session.Display;

public sealed class HtmlCleanerTests
{
    [Theory]
    [InlineData(500, "")]
    [InlineData(501, "…")]
    public void A_plain_text_is_cut_after_500_characters(int length, string end) =>
        Assert.Equal(new string('x', 500) + end, HtmlCleaner.ToPlainText($"<p>{new string('x', length)}</p>"));

    [Theory]
    [InlineData("<b>a</b>\n <i>b</i>", "a b")]
    [InlineData("a<script>alert(1)</script>b", "a b")]
    [InlineData("a<style>p { color: red }</style>b<!-- c -->", "a b")]
    [InlineData("1 &lt; 2 &amp; 3", "1 < 2 & 3")]
    [InlineData("", "")]
    public void The_words_are_what_a_reader_would_see(string html, string text) =>
        Assert.Equal(text, HtmlCleaner.ToPlainText(html));

    [Theory]
    [InlineData("<div class=\"dni-plaintext\"><pre>1</pre></div>", true)]
    [InlineData(" <span>one two</span> ", true)]
    [InlineData("<span>one <b>two</b></span>", false)]
    [InlineData("<table><tr><td>1</td></tr></table>", false)]
    public void Wrapped_text_is_told_from_markup(string html, bool isPlain) =>
        Assert.Equal(isPlain, HtmlCleaner.IsPlain(html));

    [Fact]
    public void The_style_sheet_of_the_formatter_is_left_out_and_others_stay() =>
        Assert.Equal(
            "<style>p {}</style><p>1</p>",
            HtmlCleaner.WithoutStyle("<style>p {}</style><p>1</p><style>\n.dni-code-hint { color: red }\n</style>")
        );
}
