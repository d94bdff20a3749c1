using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Charts;

/// <summary>One series of a chart in words; where its values stand is said with the words of the chart.</summary>
internal sealed class SeriesDescription(DrawnSeries series, Func<int, string> place)
{
    private const int FewCategories = 6;

    private readonly int[] _drawn = [.. Enumerable.Range(0, series.Y.Length).Where(i => !double.IsNaN(series.Y[i]))];

    /// <summary>A line: where it starts and ends, its trend, its extremes.</summary>
    public string Line()
    {
        if (_drawn.Length < 2)
        {
            return OneOrNone();
        }

        var (first, last) = (_drawn[0], _drawn[^1]);
        var (least, greatest) = (_drawn.MinBy(i => series.Y[i]), _drawn.MaxBy(i => series.Y[i]));
        if (series.Y[least] == series.Y[greatest])
        {
            return $"{Name} stays at {Value(first)} throughout, from {place(first)} to {place(last)}{Gaps}";
        }

        var trend = $"{Name} {Trend()} from {Value(first)} at {place(first)} to {Value(last)} at {place(last)}";
        return IsSteady
            ? $"{trend}, its {(least == first ? "least and greatest" : "greatest and least")} values{Gaps}"
            : $"{trend}; its least value is {Value(least)} at {place(least)}, its greatest {Value(greatest)} at "
                + $"{place(greatest)}{Gaps}";
    }

    /// <summary>A cloud of points: how many, and how far they reach.</summary>
    public string Points()
    {
        if (_drawn.Length < 2)
        {
            return OneOrNone();
        }

        return $"{Name} has {_drawn.Length} points, {Range(series.X)} across and {Range(series.Y)} up{Gaps}";

        string Range(double[] values) =>
            $"from {NumberFormat.Format(_drawn.Min(i => values[i]))} "
            + $"to {NumberFormat.Format(_drawn.Max(i => values[i]))}";
    }

    /// <summary>Bars: all of them when they are few, else the first, the last and the extremes.</summary>
    public string Bars()
    {
        if (_drawn.Length < 2)
        {
            return OneOrNone();
        }

        var (least, greatest) = (_drawn.MinBy(i => series.Y[i]), _drawn.MaxBy(i => series.Y[i]));
        var values =
            _drawn.Length <= FewCategories
                ? string.Join(", ", _drawn.Select(i => $"{Value(i)} ({place(i)})"))
                : $"{Value(_drawn[0])} ({place(_drawn[0])}) first, {Value(_drawn[^1])} ({place(_drawn[^1])}) last";
        return $"{Name} is {values}; least {Value(least)} ({place(least)}), greatest {Value(greatest)} "
            + $"({place(greatest)}){Gaps}";
    }

    private string Gaps =>
        (series.Y.Length - _drawn.Length) switch
        {
            0 => "",
            1 => "; one value cannot be drawn",
            var n => $"; {n} values cannot be drawn",
        };

    private string Name => $"“{QuotedWords.Short(series.Name)}”";

    private int[] Steps => [.. _drawn.Zip(_drawn.Skip(1), (a, b) => Math.Sign(series.Y[b] - series.Y[a]))];

    private bool IsSteady => Steps.All(s => s >= 0) || Steps.All(s => s <= 0);

    private string Value(int index) => NumberFormat.Format(series.Y[index]);

    private string OneOrNone() =>
        _drawn.Length == 0
            ? $"{Name} has no value that can be drawn"
            : $"{Name} is the one value {Value(_drawn[0])} at {place(_drawn[0])}{Gaps}";

    private string Trend()
    {
        var change = series.Y[_drawn[^1]] - series.Y[_drawn[0]];
        if (IsSteady)
        {
            return change > 0 ? "rises steadily" : "falls steadily";
        }

        var range = _drawn.Max(i => series.Y[i]) - _drawn.Min(i => series.Y[i]);
        if (Math.Abs(change) < range / 4)
        {
            return "goes up and down";
        }

        return change > 0 ? "rises with ups and downs" : "falls with ups and downs";
    }
}
