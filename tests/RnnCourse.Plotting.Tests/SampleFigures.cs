using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Plotting.Tests;

/// <summary>One figure of each kind, and some with awkward data.</summary>
internal static class SampleFigures
{
    private static readonly string[] Words = ["the", "cat", "sees", "a", "dog"];
    private static readonly string[] Tags = ["DET", "NOUN", "VERB", "DET", "NOUN"];
    private static readonly double[] Losses = [1.5, 0.75, 0.5, 0.625, 0.25];

    public static Dictionary<string, Func<Figure>> All { get; } =
        new()
        {
            ["lines"] = () =>
                Figure.Lines(
                    "Loss while training",
                    "epoch",
                    "loss (nats)",
                    new Series("shared", Losses),
                    new Series("rnn", [1, 2, 3])
                ),
            ["log lines"] = () =>
                Figure.Lines("Norms", "lag", "norm", new Series("a", [1.0, 1e-3, 1e-9, 0, -2])).WithLogY().WithLogX(),
            ["lines with gaps"] = () =>
                Figure.Lines(
                    "Gaps",
                    "x",
                    "y",
                    new Series("a", [double.NaN, 1, double.PositiveInfinity, 2, double.NegativeInfinity])
                ),
            ["nothing to draw"] = () => Figure.Lines("Nothing", "x", "y", new Series("a", [double.NaN])),
            ["scatter"] = () => Figure.Scatter("States", "unit 1", "unit 2", new Series("noun", Losses, Losses)),
            ["bars"] = () => Figure.Bars("Loss per step", "word", "loss (nats)", Words, new Series("rnn", Losses)),
            ["log bars"] = () =>
                Figure.Bars("Counts", "n", "parameters", ["10", "100"], new Series("f", [121, 10201])).WithLogY(),
            ["many bars"] = () =>
                Figure.Bars(
                    "Many",
                    "word",
                    "value",
                    Enumerable.Range(1, 100).Select(i => $"a rather long label {i}"),
                    [.. Enumerable.Range(1, 9).Select(k => new Series($"series {k}", Enumerable.Range(-50, 100)))]
                ),
            ["heat map"] = () =>
                Figure.HeatMap(
                    "States",
                    "word",
                    "unit",
                    ["1", "2"],
                    Words,
                    Matrix<double>.Build.Dense(2, 5, (r, c) => r - (c / 4.0))
                ),
            ["unsigned heat map"] = () =>
                Figure.HeatMap(
                    "Counts",
                    "column",
                    "row",
                    ["r"],
                    ["a", "b"],
                    new[,]
                    {
                        { 3, double.NaN },
                    },
                    "count"
                ),
            ["heat map with paths"] = () =>
                Figure
                    .HeatMap(
                        "Map",
                        "b",
                        "w",
                        ["2", "1"],
                        Words,
                        Matrix<double>.Build.Dense(2, 5, (r, c) => r + c),
                        "loss"
                    )
                    .WithPaths(
                        new Series("free", [0, 1, 900], [0, 0.5, 1]),
                        new Series("clipped", [0.0, 0.5], [0.0, 1.0])
                    ),
            ["many rows"] = () =>
                Figure.HeatMap(
                    "Units, sorted",
                    "letter",
                    "unit",
                    Enumerable.Range(0, 32).Select(u => $"{u * 7 % 32}"),
                    Words,
                    Matrix<double>.Build.Dense(32, 5, (r, c) => r - c),
                    "state"
                ),
            ["two layers"] = () => Figure.TwoLayers("Two layers", 3, 8, 2),
            ["two small layers"] = () => Figure.TwoLayers("Two layers", 1, 12, 1),
            ["backward passes"] = () =>
                Figure.BackwardPasses(
                    "Three ways",
                    ("full", [1, 1, 1, 1]),
                    ("windows of two steps", [1, 0, 1, 0]),
                    ("cut at random", [1.25, 1.25, 0, 1.25]),
                    ("nothing", [0, 0, 0, 0])
                ),
            ["folded"] = () => Figure.FoldedNetwork("Folded"),
            ["unrolled"] = () => Figure.UnrolledNetwork("Unrolled", 5, Words, Tags),
            ["unrolled far"] = () => Figure.UnrolledNetwork("Unrolled", 1000),
            ["shared"] = () => Figure.SharedNetwork("Shared", 5, Words),
            ["gradient flow"] = () =>
                Figure.GradientFlow("Back", [1, 0.5, 0], [0.2, 0.3, 0.4], [0.2, 1.1, 0.8, 0], Words.Take(3)),
            ["gradient flow far"] = () =>
                Figure.GradientFlow(
                    "Exploded",
                    Enumerable.Repeat(1e-7, 50),
                    Enumerable.Repeat(double.PositiveInfinity, 50),
                    Enumerable.Repeat(double.NaN, 51)
                ),
            ["function per step"] = () => Figure.FunctionPerStep("Failed", 4),
            ["functions per step"] = () => Figure.FunctionPerStep("Failed", 100),
            ["timeline"] = () => Figure.Timeline("Tagging", Words, Tags),
            ["recurrent timeline"] = () => Figure.Timeline("Sentiment", Words, [null, null, null, "", "good"], true),
            ["video"] = () => Figure.VideoTimeline("Video", [Frame(0), Frame(1), Frame(2)], [null, null, "right"]),
            ["escapes"] = () =>
                Figure
                    .Lines("a < b & \"c\" > 'd'", "<x>", "&y;", new Series("]]> <script>alert(1)</script>", Losses))
                    .WithCaption("<b>not bold</b> & so on"),
            ["odd text"] = () =>
                Figure.Timeline(
                    "Zeichen \u0001\uD800 und 😀",
                    ["😀😀😀😀😀😀😀😀😀😀😀😀😀", "", "\t"],
                    ["<end>", null, "y_1"]
                ),
            ["long text"] = () =>
                Figure.Bars(
                    string.Join(' ', Enumerable.Repeat("long", 60)),
                    string.Join(' ', Enumerable.Repeat("axis", 60)),
                    string.Join(' ', Enumerable.Repeat("value", 60)),
                    [new string('x', 300), null!],
                    new Series(new string('n', 200), [1, 2]),
                    new Series("second", [2, 3])
                ),
        };

    public static TheoryData<string> Names => [.. All.Keys];

    private static double[,] Frame(int place)
    {
        var frame = new double[30, 40];
        frame[10, 10 + place] = 1;
        return frame;
    }
}
