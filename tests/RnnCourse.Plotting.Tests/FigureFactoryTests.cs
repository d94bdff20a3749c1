namespace RnnCourse.Plotting.Tests;

/// <summary>Invalid input for figures, and the messages about it.</summary>
public sealed class FigureFactoryTests
{
    private static readonly Series Two = new("two", [1.0, 2]);

    [Fact]
    public void A_chart_needs_a_series_that_is_there()
    {
        Refuses("at least one series", () => Figure.Lines("t", "x", "y"));
        Refuses("index 1 is null", () => Figure.Scatter("t", "x", "y", Two, null!));
        Assert.Throws<ArgumentNullException>(() => Figure.Lines("t", "x", "y", null!));
    }

    [Fact]
    public void Titles_and_axis_labels_must_not_be_blank()
    {
        Assert.Throws<ArgumentException>(() => Figure.Lines(" ", "x", "y", Two));
        Assert.Throws<ArgumentException>(() => Figure.Lines("t", "", "y", Two));
        Assert.Throws<ArgumentNullException>(() => Figure.Lines("t", "x", null!, Two));
        Assert.Throws<ArgumentException>(() => Figure.FoldedNetwork(""));
    }

    [Fact]
    public void Bars_need_one_value_for_each_category()
    {
        Refuses("'two' has 2 values for 3 categories", () => Figure.Bars("t", "x", "y", ["a", "b", "c"], Two));
        Refuses("at least one category", () => Figure.Bars("t", "x", "y", [], Two));
    }

    [Fact]
    public void A_heat_map_needs_cells_and_a_label_for_each_row_and_column()
    {
        Refuses("at least one row", () => Figure.HeatMap("t", "x", "y", [], [], new double[0, 0]));
        Refuses(
            "2 by 3, but there are 3 row labels and 2 column labels",
            () => Figure.HeatMap("t", "x", "y", ["1", "2", "3"], ["a", "b"], new double[2, 3])
        );
    }

    [Fact]
    public void Paths_are_drawn_over_a_heat_map_only()
    {
        var map = Figure.HeatMap("t", "x", "y", ["1"], ["a"], new double[1, 1]);
        Assert.Throws<InvalidOperationException>(() => Figure.Lines("t", "x", "y", Two).WithPaths(Two));
        Refuses("at least one series", () => map.WithPaths());
        Assert.Contains("A path “two” of 2 points", map.WithPaths(Two).AltText, StringComparison.Ordinal);
        Assert.Contains("two", map.WithPaths(Two).ToPlotlyJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_of_two_layers_has_one_to_twelve_numbers_in_each()
    {
        Assert.Throws<ArgumentOutOfRangeException>("hidden", () => Figure.TwoLayers("t", 1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("outputs", () => Figure.TwoLayers("t", 1, 1, 13));
        Assert.Contains("24 weights", Figure.TwoLayers("t", 3, 8, 2).AltText, StringComparison.Ordinal);
    }

    [Fact]
    public void Backward_passes_are_equally_long_and_not_negative()
    {
        Refuses("same number of passes", () => Figure.BackwardPasses("t"));
        Refuses("same number of passes", () => Figure.BackwardPasses("t", ("a", [1, 1]), ("b", [1])));
        Refuses("0 or larger", () => Figure.BackwardPasses("t", ("a", [1, -1])));
        Assert.Contains(
            "none between s_3 and s_2",
            Figure.BackwardPasses("t", ("a", [1, 0])).AltText,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Labels_of_a_network_are_one_for_each_step_or_none()
    {
        Refuses("2 inputs for 3 steps", () => Figure.UnrolledNetwork("t", 3, ["a", "b"]));
        Refuses("1 outputs for 2 steps", () => Figure.SharedNetwork("t", 2, outputs: ["a"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Figure.UnrolledNetwork("t", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Figure.FunctionPerStep("t", 0));
    }

    [Fact]
    public void A_timeline_needs_as_many_outputs_as_inputs_and_at_least_one()
    {
        Refuses("1 outputs for 2 inputs", () => Figure.Timeline("t", ["a", "b"], ["x"]));
        Refuses("at least one input", () => Figure.Timeline("t", [], []));
        Refuses("at least one frame", () => Figure.VideoTimeline("t", [], []));
        Refuses(
            "frame at index 1 has no pixel",
            () => Figure.VideoTimeline("t", [new double[1, 1], new double[0, 2]], [null, null])
        );
        Refuses("frame at index 0 is null", () => Figure.VideoTimeline("t", [null!], [null]));
    }

    [Fact]
    public void A_chart_without_a_numeric_axis_has_no_logarithmic_axis()
    {
        var bars = Figure.Bars("the bars", "x", "y", ["a", "b"], Two);
        Assert.Contains(
            "'the bars'",
            Assert.Throws<InvalidOperationException>(bars.WithLogX).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<InvalidOperationException>(Figure.FoldedNetwork("t").WithLogY);
    }

    [Fact]
    public void Later_changes_of_a_matrix_do_not_reach_the_figure()
    {
        double[,] values =
        {
            { 1, 2 },
        };
        var figure = Figure.HeatMap("t", "x", "y", ["r"], ["a", "b"], values);
        var before = figure.ToSvg();
        values[0, 0] = 99;
        Assert.Equal(before, figure.ToSvg());
    }

    private static void Refuses(string message, Func<Figure> make) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);
}
