using System.Globalization;
using CsCheck;

namespace RnnCourse.Plotting.Tests.Charts;

public sealed class ChartAltTextTests
{
    // Quarters: exact in binary and in four digits, so that text and data can be compared.
    private static readonly Gen<double> Value = Gen.Int[-399, 399].Select(i => i / 4.0);
    private static readonly Gen<double[]> Values = Value.Array[1, 40];

    [Fact]
    public void A_line_chart_names_axes_ends_extremes_and_trend()
    {
        var figure = Figure.Lines("Loss", "epoch", "loss (nats)", new Series("rnn", [1.5, 0.25, 2, 0.5]));
        Assert.Equal(
            "Line chart “Loss”: loss (nats) against epoch. “rnn” falls with ups and downs from 1.5 at 1 to 0.5 at 4; "
                + "its least value is 0.25 at 2, its greatest 2 at 3.",
            figure.AltText
        );
    }

    [Fact]
    public void A_steady_line_says_so()
    {
        Assert.Contains("“a” rises steadily from 1 at 1 to 3 at 3, its least and greatest values.", Lines(1, 2, 3));
        Assert.Contains("“a” falls steadily from 3 at 1 to −1 at 2, its greatest and least values.", Lines(3, -1));
        Assert.Contains("“a” stays at 7 throughout, from 1 to 2.", Lines(7, 7));
        Assert.Contains("“a” goes up and down from 1 at 1 to 1 at 3; its least value is 1 at 1", Lines(1, 9, 1));
        Assert.Contains("“a” is the one value 4 at 1.", Lines(4));
    }

    [Fact]
    public void From_a_quarter_of_the_range_on_a_change_counts_as_a_trend()
    {
        Assert.Contains("“a” rises with ups and downs from 0 at 1 to 3 at 3", Lines(0, 10, 3));
        Assert.Contains("“a” goes up and down from 0 at 1 to 2 at 3", Lines(0, 10, 2));
    }

    [Fact]
    public void Up_to_six_bars_are_all_named()
    {
        static string Bars(int count) =>
            Figure
                .Bars(
                    "t",
                    "x",
                    "y",
                    Enumerable.Range(1, count).Select(k => $"c{k}"),
                    new Series("a", Enumerable.Range(1, count))
                )
                .AltText;
        Assert.Contains("“a” is 1 (c1), 2 (c2), 3 (c3), 4 (c4), 5 (c5), 6 (c6);", Bars(6), StringComparison.Ordinal);
        Assert.Contains("“a” is 1 (c1) first, 7 (c7) last;", Bars(7), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_cannot_be_drawn_are_mentioned()
    {
        Assert.Contains("; one value cannot be drawn.", Lines(1, double.NaN, 2));
        Assert.Contains("; 2 values cannot be drawn.", Lines(1, double.NaN, 2, double.PositiveInfinity));
        Assert.Contains("“a” has no value that can be drawn.", Lines(double.NaN));
        var log = Figure.Lines("t", "x", "y", new Series("a", [1.0, 0, -3, 10])).WithLogY();
        Assert.Contains("y (logarithmic scale) against x.", log.AltText, StringComparison.Ordinal);
        Assert.Contains("; 2 values cannot be drawn.", log.AltText, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_series_share_a_sentence_and_their_extremes_get_another()
    {
        var series = Enumerable.Range(1, 9).Select(k => new Series($"s{k}", [k, k * k])).ToArray();
        var text = Figure.Lines("t", "x", "y", series).AltText;
        Assert.Contains("9 series: “s1” stays at 1", text, StringComparison.Ordinal);
        Assert.Contains(
            "; and 1 more. Of all, the least value is 1 (“s1” at 1) and the greatest 81 (“s9” at 2).",
            text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Lines_mention_first_last_least_and_greatest() =>
        Values.Sample(values =>
        {
            var text = Lines(values);
            Assert.All([values[0], values[^1], values.Min(), values.Max()], v => Assert.Contains(Say(v), text));
        });

    [Fact]
    public void Bars_mention_the_extremes_with_their_categories() =>
        Values.Sample(values =>
        {
            var categories = values.Select((_, i) => $"word{i}").ToArray();
            var text = Figure.Bars("t", "x", "y", categories, new Series("a", values)).AltText;
            Assert.Contains($"{Say(values.Min())} (word{Array.IndexOf(values, values.Min())})", Bracketed(text));
            Assert.Contains($"{Say(values.Max())} (word{Array.IndexOf(values, values.Max())})", Bracketed(text));
        });

    [Fact]
    public void Clouds_of_points_mention_how_far_they_reach() =>
        Gen.Select(Value, Value)
            .Array[2, 40]
            .Sample(points =>
            {
                var x = points.Select(p => p.Item1).ToArray();
                var y = points.Select(p => p.Item2).ToArray();
                var text = Figure.Scatter("t", "x", "y", new Series("a", x, y)).AltText;
                Assert.Contains($"from {Say(x.Min())} to {Say(x.Max())} across", text);
                Assert.Contains($"from {Say(y.Min())} to {Say(y.Max())} up", text);
            });

    [Fact]
    public void Heat_maps_mention_size_and_the_extremes_with_their_places() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[2, 9])
            .SelectMany((rows, columns) => Value.Array2D[rows, columns])
            .Sample(values =>
            {
                var (rows, columns) = (values.GetLength(0), values.GetLength(1));
                var text = Figure
                    .HeatMap(
                        "t",
                        "x",
                        "y",
                        Enumerable.Range(0, rows).Select(r => $"r{r}"),
                        Enumerable.Range(0, columns).Select(c => $"c{c}"),
                        values
                    )
                    .AltText;
                var flat = values.Cast<double>().ToArray();
                Assert.Contains($"{rows} row", text);
                Assert.Contains($"{columns} columns", text);
                foreach (var extreme in (double[])[flat.Min(), flat.Max()])
                {
                    var at = Array.IndexOf(flat, extreme);
                    var place = flat.Min() == flat.Max() ? "" : $" in row “r{at / columns}”, column “c{at % columns}”";
                    Assert.Contains(Say(extreme) + place, text);
                }
            });

    private static string Lines(params double[] values) => Figure.Lines("t", "x", "y", new Series("a", values)).AltText;

    private static string Say(double value) =>
        value.ToString("0.####", CultureInfo.InvariantCulture).Replace("-", "−", StringComparison.Ordinal);

    // A single bar is described with "at" and without brackets.
    private static string Bracketed(string text) =>
        System.Text.RegularExpressions.Regex.Replace(text, @"value (\S+) at (word\d+)", "value $1 ($2)");
}
