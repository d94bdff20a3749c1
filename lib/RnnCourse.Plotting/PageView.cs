using System.Globalization;
using System.Text.Json.Nodes;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Plotting.Explorables;

namespace RnnCourse.Plotting;

/// <summary>One picture of what a <see cref="PageNetwork"/> computes from a text; <see cref="PageNetwork"/> lists the
/// names of what it computes.</summary>
public sealed class PageView
{
    private readonly string _title;
    private readonly string[] _needs;
    private readonly Func<TypedState, JsonObject> _panel;
    private readonly Func<TypedState, Figure> _still;
    private readonly bool _showsOneUnit;

    private PageView(
        string title,
        string[] needs,
        Func<TypedState, JsonObject> panel,
        Func<TypedState, Figure> still,
        bool showsOneUnit = false
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        (_title, _needs, _panel, _still, _showsOneUnit) = (title, needs, panel, still, showsOneUnit);
    }

    /// <summary>The numbers of each unit after each word or letter, as a heat map.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="of">What is shown, such as <c>s</c>, the states.</param>
    /// <param name="rowLabel">What the rows are.</param>
    /// <param name="rows">The rows' names; null for 1, 2, ….</param>
    /// <returns>The picture.</returns>
    /// <exception cref="ArgumentException">The title is blank.</exception>
    public static PageView States(
        string title,
        string of = "s",
        string rowLabel = "unit",
        IReadOnlyList<string>? rows = null
    )
    {
        IEnumerable<string> Rows(TypedState state) =>
            rows
            ?? Enumerable
                .Range(1, state.Run[of].Select(column => column.Count).FirstOrDefault())
                .Select(row => row.ToString(CultureInfo.InvariantCulture));

        return new(
            title,
            [of],
            state =>
                Panel("heat", title, "read", rowLabel)
                    .With("of", of)
                    .With("rows", ChartPanel.Texts(Rows(state)))
                    .Signed(),
            state => Figure.HeatMap(title, "read", rowLabel, Rows(state), state.Places, Columns(state.Run[of]))
        );
    }

    /// <summary>The most probable label of each word or letter, and how sure the network is.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="labels">What each output stands for.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="ArgumentException">The title is blank.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="labels"/> is null.</exception>
    public static PageView Labels(string title, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return new(
            title,
            ["y"],
            state =>
                Panel("tags", title, "read", "label")
                    .With("of", "y")
                    .With("labels", ChartPanel.Texts(OneForEachOutput(labels, state))),
            state => Figure.Timeline(title, state.Words, state.Run["y"].Select(y_i => labels[y_i.MaximumIndex()]))
        );
    }

    /// <summary>What comes next, as the network sees it at the end of the text: the most probable outputs.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="labels">What each output stands for.</param>
    /// <param name="most">How many are shown.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="ArgumentException">The title is blank.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="labels"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="most"/> is below 1.</exception>
    public static PageView Next(string title, IReadOnlyList<string> labels, int most = 12)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return new(
            title,
            ["y"],
            state =>
                Panel("next", title, "next", "probability")
                    .With("of", "y")
                    .With("labels", ChartPanel.Texts(OneForEachOutput(labels, state)))
                    .With("most", most)
                    .With("range", new JsonArray(0, 1)),
            state =>
            {
                var y = state.Run["y"][^1];
                int[] order = [.. Enumerable.Range(0, y.Count).OrderByDescending(k => y[k]).Take(most)];
                return Figure.Bars(
                    title,
                    "next",
                    "probability",
                    order.Select(k => labels[k]),
                    new Series("probability", order.Select(k => y[k]))
                );
            }
        );
    }

    /// <summary>The text itself, each word or letter coloured by one unit, its number below. A dial chooses the unit:
    /// <see cref="Explorable.WithUnit"/>.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="of">What is shown, such as <c>s</c>, the states.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="ArgumentException">The title is blank.</exception>
    public static PageView Coloured(string title, string of = "s") =>
        new(
            title,
            [of],
            _ => Panel("coloured", title, "read", "value").With("of", of).Signed(),
            state =>
                Figure.HeatMap(
                    title,
                    "read",
                    "unit",
                    [state.Unit.ToString(CultureInfo.InvariantCulture)],
                    state.Places,
                    Columns(state.Run[of]).SubMatrix(state.Unit, 1, 0, state.Words.Count)
                ),
            showsOneUnit: true
        );

    /// <summary>Numbers of one unit after each word or letter, as lines. A dial chooses the unit:
    /// <see cref="Explorable.WithUnit"/>; otherwise it is the first one.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="lines">What each line shows: the name in the network, and the one in the legend.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="ArgumentException">The title is blank.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="lines"/> is null.</exception>
    public static PageView Unit(string title, params IReadOnlyList<(string Of, string Name)> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return new(
            title,
            [.. lines.Select(line => line.Of)],
            _ =>
                Panel("traces", title, "read", "value")
                    .With("of", ChartPanel.Texts(lines.Select(line => line.Of)))
                    .With("names", ChartPanel.Texts(lines.Select(line => line.Name)))
                    .Signed(),
            state =>
                Figure.Lines(
                    title,
                    "read",
                    "value",
                    [
                        .. lines.Select(line => new Series(
                            line.Name,
                            state.Run[line.Of].Select(column => column[state.Unit])
                        )),
                    ]
                ),
            showsOneUnit: true
        );
    }

    /// <summary>Where each output of an attention model looks: its weights, in columns.</summary>
    /// <param name="title">What it shows.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="ArgumentException">The title is blank.</exception>
    public static PageView Attention(string title) =>
        new(
            title,
            ["z.weights"],
            _ =>
                Panel("heat", title, "output step", "read")
                    .With("of", "z.weights")
                    .With("range", new JsonArray(0, 1))
                    .With("numbered", true), // an output has a step, and no letter that was read
            state =>
                Figure.HeatMap(
                    title,
                    "output step",
                    "read",
                    state.Places,
                    Enumerable.Range(1, state.Run["z.weights"].Length).Select(i => $"{i}"),
                    Columns(state.Run["z.weights"])
                )
        );

    /// <summary>The panel of an explorable's data.</summary>
    internal JsonObject ToJson(TypedState state)
    {
        if (_needs.FirstOrDefault(name => !state.Run.Has(name)) is { } missing)
        {
            throw new ArgumentException($"The view “{_title}” shows “{missing}”, which this network doesn't compute.");
        }

        return _panel(state).With("unit", state.Unit);
    }

    /// <summary>How many units there are of which the view shows one; null if it shows all of them.</summary>
    internal int? CountUnits(TypedState state) => _showsOneUnit ? _needs.Min(name => state.Run[name][0].Count) : null;

    /// <summary>The still picture.</summary>
    internal Figure Still(TypedState state) => _still(state);

    private static JsonObject Panel(string kind, string title, string x, string y) =>
        new()
        {
            ["kind"] = kind,
            ["title"] = title,
            ["x"] = x,
            ["y"] = y,
        };

    private static IReadOnlyList<string> OneForEachOutput(IReadOnlyList<string> labels, TypedState state)
    {
        var outputs = state.Run["y"][0].Count;
        return labels.Count == outputs
            ? labels
            : throw new ArgumentException(
                $"The network has {outputs} outputs; give a label for each, in order. There are {labels.Count}."
            );
    }

    private static Matrix<double> Columns(Vector<double>[] columns) =>
        Matrix<double>.Build.DenseOfColumnVectors(columns);
}
