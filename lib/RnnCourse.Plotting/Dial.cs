using System.Globalization;

namespace RnnCourse.Plotting;

/// <summary>An input of an <see cref="Explorable"/>: the values that a reader can choose among, and the one that is
/// shown first.</summary>
public sealed class Dial
{
    private const int MaxValues = 1_000;

    private Dial(string name, string kind, IReadOnlyList<double> values, IReadOnlyList<string>? labels, int at)
    {
        Name = name;
        Kind = kind;
        Values = values;
        Labels = labels;
        At = at;
    }

    /// <summary>The label beside it.</summary>
    public string Name { get; }

    /// <summary>The values in order; of a choice, their places from 0.</summary>
    public IReadOnlyList<double> Values { get; }

    internal string Kind { get; }

    internal IReadOnlyList<string>? Labels { get; }

    /// <summary>The place of the value that is shown first.</summary>
    internal int At { get; }

    /// <summary>The value that is shown first, in words.</summary>
    internal string Shown => $"{Name} = {Labels?[At] ?? Values[At].ToString(CultureInfo.InvariantCulture)}";

    /// <summary>A slider over evenly spaced values.</summary>
    /// <param name="name">The label beside it.</param>
    /// <param name="min">The least value.</param>
    /// <param name="max">The greatest value.</param>
    /// <param name="step">The distance of neighbouring values.</param>
    /// <param name="value">The value that is shown first; the nearest one of the slider is taken.</param>
    /// <returns>The input.</returns>
    /// <exception cref="ArgumentException">The name is blank; a number isn't finite; the step isn't positive or is
    /// greater than the range; there would be more than 1000 values; or <paramref name="value"/> lies
    /// outside.</exception>
    public static Dial Slider(string name, double min, double max, double step, double value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var count = Math.Floor(((max - min) / step) + 1e-9) + 1;
        if (!(step > 0 && count is >= 2 and <= MaxValues))
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Dial “{name}”: from {min} to {max} by steps of {step} must be 2 to {MaxValues} values."
                )
            );
        }

        if (!(value >= min && value <= max))
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Dial “{name}”: the value {value} must lie from {min} to {max}."
                )
            );
        }

        // Rounded, so that 0.1 + 2 · 0.1 is 0.3 on the page, too.
        double[] values = [.. Enumerable.Range(0, (int)count).Select(i => Math.Round(min + (i * step), 12))];
        var at = Array.IndexOf(values, values.MinBy(v => Math.Abs(v - value)));
        return new(name, "slider", values, null, at);
    }

    /// <summary>A slider over steps, 1 to a number.</summary>
    /// <param name="name">The label beside it.</param>
    /// <param name="count">How many steps, 2 to 1000.</param>
    /// <returns>The input, which begins at step 1.</returns>
    /// <exception cref="ArgumentException">The name is blank, or there are too few or too many steps.</exception>
    public static Dial Steps(string name, int count) => Slider(name, 1, count, 1, 1);

    /// <summary>A list to choose from. Its value is the place of the choice, from 0.</summary>
    /// <param name="name">The label beside it.</param>
    /// <param name="choices">The choices; the first one is shown first.</param>
    /// <returns>The input.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="choices"/> is null.</exception>
    /// <exception cref="ArgumentException">The name or a choice is blank, or there are none or more than
    /// 1000.</exception>
    public static Dial Choice(string name, params IReadOnlyList<string> choices)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(choices);
        if (choices.Count is 0 or > MaxValues || choices.Any(string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException($"Dial “{name}”: give 1 to {MaxValues} choices, each with a text.");
        }

        return new(name, "choice", [.. Enumerable.Range(0, choices.Count).Select(i => (double)i)], [.. choices], 0);
    }
}
