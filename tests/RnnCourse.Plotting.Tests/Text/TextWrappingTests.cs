using CsCheck;
using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Tests.Text;

public sealed class TextWrappingTests
{
    private static readonly Gen<string> Words = Gen.String[Gen.Char["abcdefghijWM "], 1, 120]
        .Where(s => !string.IsNullOrWhiteSpace(s));

    [Fact]
    public void No_line_is_wider_than_allowed() =>
        Words.Sample(text =>
            Assert.All(TextWrapping.Lines(text, 200, 20), line => Assert.True(TextWidth.Of(line, 20) <= 200))
        );

    [Fact]
    public void Words_that_fit_are_all_kept_in_order() =>
        Words.Sample(text =>
            Assert.Equal(
                text.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                string.Join(' ', TextWrapping.Lines(text, 20 * 120, 20)).Split(' ')
            )
        );

    [Fact]
    public void What_is_too_long_ends_in_an_ellipsis()
    {
        Assert.Equal("short", TextWrapping.Shorten("short", 200, 20));
        var cut = TextWrapping.Shorten(new string('x', 100), 200, 20);
        Assert.EndsWith("…", cut, StringComparison.Ordinal);
        Assert.InRange(TextWidth.Of(cut, 20), 150, 200);
    }

    [Fact]
    public void A_character_of_two_units_is_never_cut_in_half() =>
        Gen.Int[20, 300]
            .Sample(width =>
                Assert.DoesNotContain(
                    TextWrapping.Shorten(string.Concat(Enumerable.Repeat("😀", 40)), width, 20).EnumerateRunes(),
                    rune => rune == System.Text.Rune.ReplacementChar
                )
            );
}
