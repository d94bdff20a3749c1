using System.Xml.Linq;
using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Tests.Text;

public sealed class MathTextTests
{
    [Theory]
    [InlineData("s_i = σ(U x_i + W s_{i−1} + b)", "si = σ(U xi + W si−1 + b)")]
    [InlineData("f_{100}", "f100")]
    [InlineData("plain", "plain")]
    [InlineData("a<b_{<}", "a<b<")]
    [InlineData("x_", "x_")]
    [InlineData("x_{", "x")]
    [InlineData("", "")]
    public void A_formula_keeps_its_characters(string formula, string read) => Assert.Equal(read, Parse(formula).Value);

    [Fact]
    public void A_subscript_goes_down_gets_smaller_and_what_follows_comes_back_up()
    {
        var spans = Parse("s_{i−1} + b").Elements().ToArray();
        Assert.Equal(["s", "i", "−1", " + ", "b"], spans.Select(s => s.Value));
        Assert.Equal(["", "5.6", "", "-5.6", ""], spans.Select(s => s.Attribute("dy")?.Value ?? ""));
        Assert.Equal([false, true, true, false, false], spans.Select(s => s.Attribute("font-size") is not null));
    }

    [Fact]
    public void Letters_slant_and_digits_do_not() =>
        Assert.Equal([true, false], Parse("s_0").Elements().Select(s => s.Attribute("font-style")?.Value == "italic"));

    private static XElement Parse(string formula) =>
        XElement.Parse($"<text>{MathText.ToSpans(formula, 20)}</text>", LoadOptions.PreserveWhitespace);
}
