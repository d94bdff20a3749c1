using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Plotting.Charts;

namespace RnnCourse.Plotting;

public abstract partial class Figure
{
    /// <summary>A line chart: one line for each series.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="xLabel">The horizontal axis, with its unit.</param>
    /// <param name="yLabel">The vertical axis, with its unit.</param>
    /// <param name="series">At least one series.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentNullException">An argument or a series is null.</exception>
    /// <exception cref="ArgumentException">There are no series, or a label is blank.</exception>
    public static Figure Lines(string title, string xLabel, string yLabel, params Series[] series) =>
        Of(new XyContent(ChartLabels.Check(title, xLabel, yLabel), XyKind.Lines, CheckSeries(series)));

    /// <summary>A scatter chart: one kind of point for each series.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="xLabel">The horizontal axis, with its unit.</param>
    /// <param name="yLabel">The vertical axis, with its unit.</param>
    /// <param name="series">At least one series.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentNullException">An argument or a series is null.</exception>
    /// <exception cref="ArgumentException">There are no series, or a label is blank.</exception>
    public static Figure Scatter(string title, string xLabel, string yLabel, params Series[] series) =>
        Of(new XyContent(ChartLabels.Check(title, xLabel, yLabel), XyKind.Points, CheckSeries(series)));

    /// <summary>A bar chart: at each category one bar for each series, side by side.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="xLabel">The horizontal axis: what the categories are.</param>
    /// <param name="yLabel">The vertical axis, with its unit.</param>
    /// <param name="categories">The labels of the categories, shape (K); a null one is drawn as empty.</param>
    /// <param name="series">At least one series, each of shape (K); their x values are not used.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentNullException">An argument or a series is null.</exception>
    /// <exception cref="ArgumentException">There are no series or no categories, a series does not have one value for
    /// each category, or a label is blank.
    /// </exception>
    public static Figure Bars(
        string title,
        string xLabel,
        string yLabel,
        IEnumerable<string> categories,
        params Series[] series
    )
    {
        ArgumentNullException.ThrowIfNull(categories);
        string[] names = [.. categories.Select(c => c ?? "")];
        if (names.Length == 0)
        {
            throw new ArgumentException("A bar chart needs at least one category.", nameof(categories));
        }

        var rows = CheckSeries(series);
        foreach (var row in rows)
        {
            if (row.Y.Count != names.Length)
            {
                throw new ArgumentException(
                    $"The series '{row.Name}' has {row.Y.Count} values for {names.Length} categories; "
                        + "give one value for each category.",
                    nameof(series)
                );
            }
        }

        return Of(new BarContent(ChartLabels.Check(title, xLabel, yLabel), names, rows));
    }

    /// <summary>
    /// A heat map: a matrix as coloured cells, row 0 at the top. Values of both signs get two colours that meet in
    /// white at 0; values of one sign get one colour, from light to dark.
    /// </summary>
    /// <param name="title">What it shows.</param>
    /// <param name="xLabel">What the columns are.</param>
    /// <param name="yLabel">What the rows are.</param>
    /// <param name="rowLabels">One label for each row, shape (R), top to bottom.</param>
    /// <param name="columnLabels">One label for each column, shape (C), left to right.</param>
    /// <param name="values">The values, shape (R, C). NaN and infinite values are drawn as grey cells.</param>
    /// <param name="valueLabel">What the values are, with their unit; written beside the colours.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The matrix is empty, the labels are not as many as the rows or the columns,
    /// or an axis label is blank.
    /// </exception>
    public static Figure HeatMap(
        string title,
        string xLabel,
        string yLabel,
        IEnumerable<string> rowLabels,
        IEnumerable<string> columnLabels,
        double[,] values,
        string valueLabel
    )
    {
        ArgumentNullException.ThrowIfNull(rowLabels);
        ArgumentNullException.ThrowIfNull(columnLabels);
        ArgumentNullException.ThrowIfNull(valueLabel);
        ArgumentNullException.ThrowIfNull(values);
        string[] rows = [.. rowLabels.Select(l => l ?? "")];
        string[] columns = [.. columnLabels.Select(l => l ?? "")];
        if (values.Length == 0)
        {
            throw new ArgumentException("A heat map needs at least one row and one column.", nameof(values));
        }

        if (rows.Length != values.GetLength(0) || columns.Length != values.GetLength(1))
        {
            throw new ArgumentException(
                $"The matrix is {values.GetLength(0)} by {values.GetLength(1)}, but there are {rows.Length} row "
                    + $"labels and {columns.Length} column labels; give one label for each row and each column."
            );
        }

        var labels = ChartLabels.Check(title, xLabel, yLabel);
        return Of(new HeatMapContent(labels, rows, columns, (double[,])values.Clone(), valueLabel));
    }

    /// <inheritdoc cref="HeatMap(string, string, string, IEnumerable{string}, IEnumerable{string}, double[,],
    /// string)"/>
    public static Figure HeatMap(
        string title,
        string xLabel,
        string yLabel,
        IEnumerable<string> rowLabels,
        IEnumerable<string> columnLabels,
        double[,] values
    ) => HeatMap(title, xLabel, yLabel, rowLabels, columnLabels, values, "");

    /// <inheritdoc cref="HeatMap(string, string, string, IEnumerable{string}, IEnumerable{string}, double[,],
    /// string)"/>
    public static Figure HeatMap(
        string title,
        string xLabel,
        string yLabel,
        IEnumerable<string> rowLabels,
        IEnumerable<string> columnLabels,
        Matrix<double> values
    ) => HeatMap(title, xLabel, yLabel, rowLabels, columnLabels, values, "");

    /// <inheritdoc cref="HeatMap(string, string, string, IEnumerable{string}, IEnumerable{string}, double[,],
    /// string)"/>
    public static Figure HeatMap(
        string title,
        string xLabel,
        string yLabel,
        IEnumerable<string> rowLabels,
        IEnumerable<string> columnLabels,
        Matrix<double> values,
        string valueLabel
    )
    {
        ArgumentNullException.ThrowIfNull(values);
        return HeatMap(title, xLabel, yLabel, rowLabels, columnLabels, values.ToArray(), valueLabel);
    }

    /// <summary>The same chart with a logarithmic vertical axis. Values that are not positive become gaps.</summary>
    /// <returns>A new figure.</returns>
    /// <exception cref="InvalidOperationException">The figure is neither lines, points nor bars, or its axes are
    /// equal.</exception>
    public Figure WithLogY() =>
        Content switch
        {
            XyContent { HasEqualAxes: false } xy => Of(xy with { LogY = true }, Caption),
            BarContent bars => Of(bars with { LogY = true }, Caption),
            _ => throw new InvalidOperationException($"The figure '{Title}' has no vertical axis of numbers."),
        };

    /// <summary>
    /// The same chart with a logarithmic horizontal axis. Points whose x is not positive become gaps.
    /// </summary>
    /// <returns>A new figure.</returns>
    /// <exception cref="InvalidOperationException">The figure is neither lines nor points, or its axes are
    /// equal.</exception>
    public Figure WithLogX() =>
        Content switch
        {
            XyContent { HasEqualAxes: false } xy => Of(xy with { LogX = true }, Caption),
            _ => throw new InvalidOperationException($"The figure '{Title}' has no horizontal axis of numbers."),
        };

    /// <summary>The same chart with axes on which one unit has the same length, so that a circle is round.</summary>
    /// <returns>A new figure.</returns>
    /// <exception cref="InvalidOperationException">The figure is neither lines nor points, or an axis is
    /// logarithmic.</exception>
    public Figure WithEqualAxes() =>
        Content switch
        {
            XyContent { LogX: false, LogY: false } xy => Of(xy with { HasEqualAxes = true }, Caption),
            _ => throw new InvalidOperationException($"The figure '{Title}' doesn't have two axes of plain numbers."),
        };

    /// <summary>The same heat map with paths drawn over its cells, such as the steps of a walk.</summary>
    /// <param name="paths">At least one series of points: x in columns and y in rows, both counted from 0, so that
    /// (0.5, 2) lies between the first two columns, in the third row. Points outside lie off the map.</param>
    /// <returns>A new figure.</returns>
    /// <exception cref="ArgumentNullException">An argument or a path is null.</exception>
    /// <exception cref="ArgumentException">There are no paths.</exception>
    /// <exception cref="InvalidOperationException">The figure is not a heat map.</exception>
    public Figure WithPaths(params Series[] paths) =>
        Content is HeatMapContent map
            ? Of(map with { Paths = CheckSeries(paths) }, Caption)
            : throw new InvalidOperationException($"The figure '{Title}' is not a heat map.");

    private static Series[] CheckSeries(Series[] series)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.Length == 0)
        {
            throw new ArgumentException("A chart needs at least one series.", nameof(series));
        }

        if (Array.IndexOf(series, null) is >= 0 and var place)
        {
            throw new ArgumentNullException(nameof(series), $"The series at index {place} is null.");
        }

        return [.. series];
    }
}
