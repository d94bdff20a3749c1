using System.Text.Json;
using CsCheck;

namespace RnnCourse.Plotting.Tests.Charts;

public sealed class InteractiveChartTests
{
    [Fact]
    public void Lines_hold_their_data_axes_and_names() =>
        Gen.Int[-999999, 999999]
            .Select(i => i / 1000.0)
            .Array[1, 30]
            .Sample(values =>
            {
                var figure = Figure.Lines(
                    "T",
                    "epoch",
                    "loss (nats)",
                    new Series("first", [7.0]),
                    new Series("a", values)
                );
                using var json = JsonDocument.Parse(figure.ToPlotlyJson());
                var trace = json.RootElement.GetProperty("data")[1];
                Assert.Equal("scatter", trace.GetProperty("type").GetString());
                Assert.Equal("a", trace.GetProperty("name").GetString());
                Assert.Equal(values, trace.GetProperty("y").EnumerateArray().Select(v => v.GetDouble()));
                Assert.Equal(
                    Enumerable.Range(1, values.Length).Select(i => (double)i),
                    trace.GetProperty("x").EnumerateArray().Select(v => v.GetDouble())
                );
                Assert.Equal("epoch", Text(json, "xaxis"));
                Assert.Equal("loss (nats)", Text(json, "yaxis"));
            });

    [Fact]
    public void Gaps_are_null()
    {
        var figure = Figure.Lines("T", "x", "y", new Series("a", [1, double.NaN, double.NegativeInfinity, 4]));
        using var json = JsonDocument.Parse(figure.ToPlotlyJson());
        Assert.Equal("[1.0,null,null,4.0]", json.RootElement.GetProperty("data")[0].GetProperty("y").GetRawText());
    }

    [Fact]
    public void A_logarithmic_axis_is_one_here_too()
    {
        var figure = Figure.Lines("T", "x", "y", new Series("a", [1.0, 10])).WithLogX().WithLogY();
        using var json = JsonDocument.Parse(figure.ToPlotlyJson());
        Assert.Equal("log", Axis(json, "xaxis").GetProperty("type").GetString());
        Assert.Equal("log", Axis(json, "yaxis").GetProperty("type").GetString());
    }

    [Fact]
    public void Equal_axes_are_equal_here_too()
    {
        var figure = Figure.Lines("T", "x", "y", new Series("a", [1.0, 10]));
        using var json = JsonDocument.Parse(figure.WithEqualAxes().ToPlotlyJson());
        Assert.Equal("x", Axis(json, "yaxis").GetProperty("scaleanchor").GetString());
        using var plain = JsonDocument.Parse(figure.ToPlotlyJson());
        Assert.False(Axis(plain, "yaxis").TryGetProperty("scaleanchor", out _));
    }

    [Fact]
    public void Bars_of_equal_categories_keep_their_own_places()
    {
        var figure = Figure.Bars("T", "word", "y", ["the", "cat", "the"], new Series("a", [1.0, 2, 3]));
        using var json = JsonDocument.Parse(figure.ToPlotlyJson());
        var trace = json.RootElement.GetProperty("data")[0];
        Assert.Equal("[0,1,2]", trace.GetProperty("x").GetRawText());
        Assert.Equal("[\"the\",\"cat\",\"the\"]", trace.GetProperty("hovertext").GetRawText());
        Assert.Equal("[\"the\",\"cat\",\"the\"]", Axis(json, "xaxis").GetProperty("ticktext").GetRawText());
    }

    [Fact]
    public void Heat_maps_hold_rows_top_to_bottom_and_centre_signed_values_on_0()
    {
        var figure = Figure.HeatMap(
            "T",
            "x",
            "y",
            ["a", "b"],
            ["c", "d"],
            new[,]
            {
                { -3.0, 1 },
                { double.NaN, 2 },
            }
        );
        using var json = JsonDocument.Parse(figure.ToPlotlyJson());
        var trace = json.RootElement.GetProperty("data")[0];
        Assert.Equal("[[-3.0,1.0],[null,2.0]]", trace.GetProperty("z").GetRawText());
        Assert.Equal((-3.0, 3.0), (trace.GetProperty("zmin").GetDouble(), trace.GetProperty("zmax").GetDouble()));
        Assert.Equal("[1.5,-0.5]", Axis(json, "yaxis").GetProperty("range").GetRawText());
    }

    [Fact]
    public void Text_is_escaped_as_plotly_reads_html()
    {
        var figure = Figure.Lines("a<b & c", "<i>x</i>", "y", new Series("<b>", [1.0]));
        using var json = JsonDocument.Parse(figure.ToPlotlyJson());
        Assert.Equal("a&lt;b &amp; c", Axis(json, "title").GetProperty("text").GetString());
        Assert.Equal("&lt;i>x&lt;/i>", Text(json, "xaxis"));
        Assert.Equal("&lt;b>", json.RootElement.GetProperty("data")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void The_caption_stands_below_the_horizontal_axis()
    {
        const string Caption =
            "A loss < 1 says that s_i is of use; what follows is a sentence that goes on until it no "
            + "longer fits into one line.";
        Figure[] figures =
        [
            Figure.Lines("Loss", "epoch", "loss", new Series("a", [1.0, 2.0])),
            Figure.Bars("Loss", "epoch", "loss", ["first"], new Series("a", [1.0])),
            Figure.HeatMap(
                "Loss",
                "epoch",
                "loss",
                ["r"],
                ["c"],
                new[,]
                {
                    { 1.0 },
                }
            ),
        ];
        foreach (var figure in figures)
        {
            using var without = JsonDocument.Parse(figure.ToPlotlyJson());
            using var with = JsonDocument.Parse(figure.WithCaption(Caption).ToPlotlyJson());
            Assert.Equal("epoch", Text(without, "xaxis"));
            var text = Text(with, "xaxis")!;
            Assert.StartsWith(
                "epoch<br><br><span style=\"font-size:13px\">A loss &lt; 1 says that sᵢ is of use",
                text,
                StringComparison.Ordinal
            );
            Assert.EndsWith("</span>", text, StringComparison.Ordinal);
            Assert.Equal(3, text.Split("<br>").Length - 1);
            Assert.Equal("loss", Text(with, "yaxis"));
        }
    }

    [Fact]
    public void A_legend_of_long_names_gets_more_room_above_the_plot()
    {
        static int Margin(params string[] names)
        {
            var figure = Figure.Lines("Loss", "epoch", "loss", [.. names.Select(name => new Series(name, [1.0]))]);
            using var json = JsonDocument.Parse(figure.ToPlotlyJson());
            return json.RootElement.GetProperty("layout").GetProperty("margin").GetProperty("t").GetInt32();
        }

        Assert.Equal(Margin("one") + 24, Margin("one", "two", "three"));
        Assert.Equal(
            Margin("one") + 48,
            Margin("network, on its batches", "network, on the test names", "bigram, on the test names")
        );
    }

    [Fact]
    public void An_ordinary_figure_stays_small()
    {
        var values = Enumerable.Range(1, 200).Select(i => Math.Sin(i)).ToArray();
        var figure = Figure.Lines("Loss", "epoch", "loss", new Series("a", values), new Series("b", values));
        Assert.InRange(figure.ToPlotlyJson().Length, 1, 10_000);
        Assert.InRange(figure.ToSvg().Length, 1, 16_000);
    }

    private static JsonElement Axis(JsonDocument json, string axis) =>
        json.RootElement.GetProperty("layout").GetProperty(axis);

    private static string? Text(JsonDocument json, string axis) =>
        Axis(json, axis).GetProperty("title").GetProperty("text").GetString();
}
