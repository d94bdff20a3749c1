using CsCheck;
using RnnCourse.Notebooks.Comparing;

namespace RnnCourse.Notebooks.Tests.Comparing;

public sealed class TextComparisonTests
{
    [Theory]
    [InlineData("loss 0.30000000000000004", "loss 0.3")]
    [InlineData("0.123456789", "0.123456788")]
    [InlineData("[0.1,0.2]", "[0.1,0.20000000000000001]")]
    [InlineData("noise 1.1102230246251565E-16", "noise 2.220446049250313E-16")]
    [InlineData("  9.99999999 |", " 10.00000000 |")]
    [InlineData("0.123456789  right", "0.1234567891 right")]
    [InlineData("x −1.00000001", "x −1.00000002")]
    [InlineData("1", "1.0000000000000002")]
    public void Rounding_does_not_count_as_a_difference(string old, string now) =>
        Assert.Empty(TextComparison.Compare(old, now, Tolerance.Usual));

    // The last four: digits in words, versions and times.
    [Theory]
    [InlineData("37 of 40", "38 of 40")]
    [InlineData("1000000000 steps", "1000000001 steps")]
    [InlineData("1,000,000", "1,000,001")]
    [InlineData("loss 0.32", "loss 0.33")]
    [InlineData("81.5 %", "81.4 %")]
    [InlineData("accuracy 1.0", "accuracy 2.0")]
    [InlineData("0.5 right", "0.5 wrong")]
    [InlineData("True", "False")]
    [InlineData("a 1.5", "b 1.5")]
    [InlineData("0.1 0.2", "0.1")]
    [InlineData("NaN", "0.0")]
    [InlineData("-1.5", "1.5")]
    [InlineData("L06", "L07")]
    [InlineData("1.0.2", "1.0.3")]
    [InlineData("12:30", "12:31")]
    [InlineData("a  b", "a b")]
    [InlineData("0.123456788  right", "0.123456789 right")]
    public void A_changed_word_count_or_digit_is_a_difference(string old, string now) =>
        Assert.NotEmpty(TextComparison.Compare(old, now, Tolerance.Usual));

    [Theory]
    [InlineData("37 of 40", "38 of 40")]
    [InlineData("n = 5", "n = 6")]
    [InlineData("1,000", "1,001")]
    [InlineData("word", "ward")]
    public void No_tolerance_lets_a_count_or_a_word_pass(string old, string now) =>
        Assert.NotEmpty(TextComparison.Compare(old, now, new Tolerance(10, 10)));

    [Fact]
    public void A_declared_tolerance_is_for_decimals_in_their_place()
    {
        Assert.Empty(TextComparison.Compare("3.1 ms, 7 runs", "3.4 ms, 7 runs", new Tolerance(0.1, 0)));
        Assert.Equal(
            ["- 3.1 ms, 7 runs", "+ 3.9 ms, 7 runs", "  3.1 → 3.9: off by 0.8 (0.205 of it), 0.39 is allowed"],
            TextComparison.Compare("3.1 ms, 7 runs", "3.9 ms, 7 runs", new Tolerance(0.1, 0))
        );
    }

    [Fact]
    public void Only_lines_that_differ_are_reported_also_where_some_were_added() =>
        Assert.Equal(["+ new"], TextComparison.Compare("a 0.5\nb\nc", "a 0.50000000001\nnew\nb\nc", Tolerance.Usual));

    [Fact]
    public void Every_integer_that_changes_is_noticed() =>
        Gen.Select(Gen.Long, Gen.Long)
            .Where(pair => pair.Item1 != pair.Item2)
            .Sample(
                (a, b) =>
                    !TextComparison.AreSame(
                        FormattableString.Invariant($"n = {a}."),
                        FormattableString.Invariant($"n = {b}."),
                        new Tolerance(1, 1)
                    )
            );

    [Fact]
    public void Decimals_are_the_same_exactly_if_the_tolerance_allows_it() =>
        Gen.Select(Gen.Double[-1e6, 1e6], Gen.Double[-1e-3, 1e-3])
            .Sample(
                (value, change) =>
                {
                    var (old, now) = (value, value * (1 + change));
                    var allowed =
                        Tolerance.Usual.Allows(old, now) || old.ToString("R", null) == now.ToString("R", null);
                    return allowed
                        == TextComparison.AreSame(
                            FormattableString.Invariant($"x = {old:E16}"),
                            FormattableString.Invariant($"x = {now:E16}"),
                            Tolerance.Usual
                        );
                }
            );
}
