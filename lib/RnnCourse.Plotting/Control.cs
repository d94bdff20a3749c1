using System.Globalization;
using RnnCourse.Plotting.Hosting;

namespace RnnCourse.Plotting;

/// <summary>
/// Values that a reader can change beside a cell: <c>var radius = Control.Slider("radius", 0.5, 1.5, 0.9);</c>. Where
/// the notebook's host knows controls (<c>rnn open</c>, and Jupyter where it has widgets), moving one runs its cell
/// again with the new value. Elsewhere, and in stored outputs, the value is the one that the code gives.
/// </summary>
/// <remarks>A control belongs to the cell that calls it and is known there by its name. Called again with the same
/// arguments in one run, it gives the same value and is shown once.</remarks>
public static class Control
{
    private const int LongestName = 80;
    private const int MaxChoices = 1_000;
    private const int MaxSteps = 1_000_000;

    /// <summary>A slider for a real number, which moves by a hundredth of its range, rounded.</summary>
    /// <param name="name">What is shown beside it.</param>
    /// <param name="min">The least value.</param>
    /// <param name="max">The greatest value.</param>
    /// <param name="value">The value until the reader moves the control.</param>
    /// <returns>The value of the slider.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException">The name is empty, too long or has a line break; a number isn't finite;
    /// <paramref name="min"/> isn't less than <paramref name="max"/>; or <paramref name="value"/> lies
    /// outside.</exception>
    public static double Slider(string name, double min, double max, double value) =>
        Slider(name, min, max, value, NiceStep(max - min));

    /// <summary>A slider for a real number.</summary>
    /// <param name="name">What is shown beside it.</param>
    /// <param name="min">The least value.</param>
    /// <param name="max">The greatest value.</param>
    /// <param name="value">The value until the reader moves the control.</param>
    /// <param name="step">The distance of neighbouring values.</param>
    /// <returns>The value of the slider.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException">The name is empty, too long or has a line break; a number isn't finite;
    /// <paramref name="min"/> isn't less than <paramref name="max"/>; <paramref name="value"/> lies outside; or
    /// <paramref name="step"/> isn't positive, greater than the range, or less than a millionth of it.</exception>
    public static double Slider(string name, double min, double max, double value, double step)
    {
        var call = Call(nameof(Slider), name);
        CheckRange(call, min, max, value);
        Demand(double.IsFinite(max - min), call, $"the range from {Write(min)} to {Write(max)} is too large.");
        Demand(double.IsFinite(step) && step > 0, call, $"the step must be greater than 0, and is {Write(step)}.");
        Demand(
            step <= max - min && (max - min) / step <= MaxSteps,
            call,
            $"a step of {Write(step)} doesn't fit the range from {Write(min)} to {Write(max)}."
        );
        return HostControl
            .Of("slider", name, value, $"a slider from {Write(min)} to {Write(max)}")
            .With("min", min)
            .With("max", max)
            .With("step", step)
            .AskNumber(value, min, max);
    }

    /// <summary>A slider for a whole number, which moves by 1.</summary>
    /// <param name="name">What is shown beside it.</param>
    /// <param name="min">The least value.</param>
    /// <param name="max">The greatest value.</param>
    /// <param name="value">The value until the reader moves the control.</param>
    /// <returns>The value of the slider.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException">As for the slider of real numbers.</exception>
    public static int Slider(string name, int min, int max, int value) => Slider(name, min, max, value, step: 1);

    /// <summary>A slider for a whole number.</summary>
    /// <param name="name">What is shown beside it.</param>
    /// <param name="min">The least value.</param>
    /// <param name="max">The greatest value.</param>
    /// <param name="value">The value until the reader moves the control.</param>
    /// <param name="step">The distance of neighbouring values.</param>
    /// <returns>The value of the slider.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException">As for the slider of real numbers.</exception>
    public static int Slider(string name, int min, int max, int value, int step)
    {
        var call = Call(nameof(Slider), name);
        CheckRange(call, min, max, value);
        Demand(step > 0, call, $"the step must be greater than 0, and is {Write(step)}.");
        Demand(
            step <= (long)max - min && ((long)max - min) / step <= MaxSteps,
            call,
            $"a step of {Write(step)} doesn't fit the range from {Write(min)} to {Write(max)}."
        );
        return (int)
            HostControl
                .Of("slider", name, value, $"a slider from {Write(min)} to {Write(max)}")
                .With("min", min)
                .With("max", max)
                .With("step", step)
                .AskNumber(value, min, max, isWhole: true);
    }

    /// <summary>A list to choose from; the first choice applies until the reader chooses.</summary>
    /// <param name="name">What is shown beside it.</param>
    /// <param name="choices">What there is to choose from; each is shown as its text.</param>
    /// <typeparam name="T">What is chosen.</typeparam>
    /// <returns>The choice.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The name is empty, too long or has a line break; there are no choices, or
    /// more than 1000; or two have the same text, or one has none.</exception>
    public static T Choice<T>(string name, IReadOnlyList<T> choices)
    {
        var call = Call(nameof(Choice), name);
        ArgumentNullException.ThrowIfNull(choices);
        Demand(choices.Count > 0, call, "there must be something to choose from.");
        return Choice(name, choices, choices[0]);
    }

    /// <summary>A list to choose from.</summary>
    /// <param name="name">What is shown beside it.</param>
    /// <param name="choices">What there is to choose from; each is shown as its text.</param>
    /// <param name="value">The choice until the reader chooses; one of the choices.</param>
    /// <typeparam name="T">What is chosen.</typeparam>
    /// <returns>The choice.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="choices"/> is
    /// null.</exception>
    /// <exception cref="ArgumentException">As for the other list; or <paramref name="value"/> isn't one of the
    /// choices.</exception>
    public static T Choice<T>(string name, IReadOnlyList<T> choices, T value)
    {
        var call = Call(nameof(Choice), name);
        ArgumentNullException.ThrowIfNull(choices);
        var texts = choices.Select(choice => Convert.ToString(choice, CultureInfo.InvariantCulture) ?? "").ToList();
        Demand(texts.Count is > 0 and <= MaxChoices, call, $"there must be 1 to {MaxChoices} choices.");
        Demand(!texts.Exists(string.IsNullOrWhiteSpace), call, "a choice has no text to show.");
        Demand(
            texts.Distinct(StringComparer.Ordinal).Count() == texts.Count,
            call,
            $"two choices are both shown as “{texts.GroupBy(text => text).MaxBy(same => same.Count())!.Key}”."
        );
        var at = choices.ToList().IndexOf(value);
        Demand(
            at >= 0,
            call,
            $"“{Convert.ToString(value, CultureInfo.InvariantCulture)}” isn't one of the choices: "
                + $"{string.Join(", ", texts.Take(20))}{(texts.Count > 20 ? ", …" : "")}."
        );
        var chosen = HostControl
            .Of(
                "choice",
                name,
                texts[at],
                $"a choice of {string.Join(", ", texts.Take(20))}{(texts.Count > 20 ? ", …" : "")}"
            )
            .With("choices", texts)
            .AskText(texts[at], texts.Contains);
        return choices[texts.IndexOf(chosen)];
    }

    /// <summary>A field for a real number.</summary>
    /// <param name="name">What is shown beside it.</param>
    /// <param name="value">The value until the reader enters another one.</param>
    /// <returns>The number in the field.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException">The name is empty, too long or has a line break; or the number isn't
    /// finite.</exception>
    public static double Number(string name, double value) => Number(name, value, -double.MaxValue, double.MaxValue);

    /// <summary>A field for a real number within limits.</summary>
    /// <param name="name">What is shown beside it.</param>
    /// <param name="value">The value until the reader enters another one.</param>
    /// <param name="min">The least value.</param>
    /// <param name="max">The greatest value.</param>
    /// <returns>The number in the field.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException">The name is empty, too long or has a line break; a number isn't finite;
    /// <paramref name="min"/> isn't less than <paramref name="max"/>; or <paramref name="value"/> lies
    /// outside.</exception>
    public static double Number(string name, double value, double min, double max)
    {
        var call = Call(nameof(Number), name);
        CheckRange(call, min, max, value);
        return HostControl
            .Of("number", name, value, "a number")
            .With("min", min)
            .With("max", max)
            .AskNumber(value, min, max);
    }

    /// <summary>A field for a whole number.</summary>
    /// <param name="name">What is shown beside it.</param>
    /// <param name="value">The value until the reader enters another one.</param>
    /// <returns>The number in the field.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException">The name is empty, too long or has a line break.</exception>
    public static int Number(string name, int value) => Number(name, value, int.MinValue, int.MaxValue);

    /// <summary>A field for a whole number within limits.</summary>
    /// <param name="name">What is shown beside it.</param>
    /// <param name="value">The value until the reader enters another one.</param>
    /// <param name="min">The least value.</param>
    /// <param name="max">The greatest value.</param>
    /// <returns>The number in the field.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException">As for the other field.</exception>
    public static int Number(string name, int value, int min, int max)
    {
        var call = Call(nameof(Number), name);
        CheckRange(call, min, max, value);
        return (int)
            HostControl
                .Of("number", name, value, "a whole number")
                .With("min", min)
                .With("max", max)
                .With("step", 1)
                .AskNumber(value, min, max, isWhole: true);
    }

    /// <summary>A field for one line of text.</summary>
    /// <param name="name">What is shown beside it.</param>
    /// <param name="value">The text until the reader enters another one.</param>
    /// <param name="maxLength">The greatest number of UTF-16 units.</param>
    /// <returns>The text in the field.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="value"/> is null.</exception>
    /// <exception cref="ArgumentException">The name is empty, too long or has a line break; <paramref
    /// name="maxLength"/> isn't from 1 to 10000; or the text is longer, or has a line break.</exception>
    public static string Text(string name, string value, int maxLength = 200)
    {
        var call = Call(nameof(Text), name);
        ArgumentNullException.ThrowIfNull(value);
        Demand(
            maxLength is > 0 and <= 10_000,
            call,
            $"the greatest length is from 1 to 10000, not {Write(maxLength)}."
        );
        Demand(IsLine(value), call, "the text must be one line.");
        Demand(
            value.Length <= maxLength,
            call,
            $"the text has {Write(value.Length)} letters, and {Write(maxLength)} are allowed."
        );
        return HostControl
            .Of("text", name, value, "a text")
            .With("maxLength", maxLength)
            .AskText(value, text => text.Length <= maxLength && IsLine(text));
    }

    // A hundredth of the range, as 1, 2 or 5 times a power of ten, so that the values read well.
    private static double NiceStep(double range)
    {
        var power = Math.Floor(Math.Log10(range / 100));
        var times = range / 100 / Math.Pow(10, power);
        var nice =
            times < 1.5 ? 1
            : times < 3.5 ? 2
            : times < 7.5 ? 5
            : 10;
        return power < 0 ? nice / Math.Pow(10, -power) : nice * Math.Pow(10, power);
    }

    private static string Call(string method, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var call = $"Control.{method}(\"{name}\", …)";
        Demand(!string.IsNullOrWhiteSpace(name), call, "a control needs a name, such as \"radius\".");
        Demand(
            name.Length <= LongestName && IsLine(name),
            $"Control.{method}(…)",
            $"the name of a control is one line of at most {LongestName} letters."
        );
        return call;
    }

    private static void CheckRange(string call, double min, double max, double value)
    {
        Demand(
            double.IsFinite(min) && double.IsFinite(max),
            call,
            $"the range must be finite, and goes from {Write(min)} to {Write(max)}."
        );
        Demand(min < max, call, $"the least value, {Write(min)}, must be less than the greatest, {Write(max)}.");
        Demand(
            value >= min && value <= max,
            call,
            $"the value {Write(value)} is outside the range {Write(min)} to {Write(max)}."
        );
    }

    private static bool IsLine(string text) => !text.Any(char.IsControl);

    private static void Demand(bool holds, string call, string otherwise)
    {
        if (!holds)
        {
            throw new ArgumentException($"{call}: {otherwise}");
        }
    }

    private static string Write(double number) => number.ToString(CultureInfo.InvariantCulture);
}
