using System.Globalization;

namespace RnnCourse.Exercises.Checking;

/// <summary>Mistakes that are possible in any answer.</summary>
internal static class Findings
{
    public static Finding Endless { get; } =
        new(
            "endless",
            "The method computed for ten seconds without coming to its end, so it was left behind.",
            "Is there a loop whose end is never reached? Look at its condition, and at what changes "
                + "from one turn to the next.",
            "Restart the kernel before going on: what was left behind still runs. A loop over the steps "
                + "reads for (var i = 1; i <= n; i++)."
        );

    public static Finding Waiting { get; } =
        new(
            "waiting",
            "The method waits for something that does not come, so it was left behind. It has hardly "
                + "used the processor for minutes.",
            "What does it wait for: a text to be typed, a lock, a pause, a task? Look for "
                + "Console.ReadLine, lock, Sleep, Wait and Result, and ask who would end that.",
            "The method needs nothing but its arguments: take the line that waits away. If it waits for "
                + "a task, look for a loop in there whose end is never reached."
        );

    public static Finding AlwaysZero { get; } =
        new(
            "always-zero",
            "The formula gives 0 whatever the sizes are.",
            "Try it by hand for small numbers, such as 2 and 1. Where does the 0 come from?",
            "Look for a product with 0, a difference of two equal things, or a Min or Max with 0."
        );

    public static Finding Threw(Exception error, Exercise exercise)
    {
        var (when, e) = error is LearnerException { InnerException: { } inner }
            ? (" " + MessageOf(error), inner)
            : ("", error);
        var what = $"The method threw {e.GetType().Name}{when}: {MessageOf(e)}";
        return e switch
        {
            ArgumentException when IsAboutShapes(MessageOf(e)) => new(
                "shapes",
                what,
                "Two things that were multiplied or added don't fit each other. Write the shape of each "
                    + $"beside its name: {exercise.Shapes}.",
                "A product of shape (H, D) with (D) has shape (H). Only vectors of the same size can be added. "
                    + exercise.MoreHint
            ),
            IndexOutOfRangeException or ArgumentOutOfRangeException when IsBeforeStates(exercise) => new(
                "index",
                what,
                "An index is out of range. Is it a case with nothing in it, where no index is right? If not: C# counts "
                    + "from 0, so the last index is the length minus 1.",
                "Look at the first and the last turn of the loop, and at what happens for a length of 0."
            ),
            IndexOutOfRangeException or ArgumentOutOfRangeException => new(
                "index",
                what,
                "An index is out of range. Is it a case with nothing in it, where no index is right? If not: the "
                    + "lecture counts steps from 1 and C# from 0, so x_i is x[i - 1] and y_i is y[i - 1]; only the "
                    + "states have an s[0].",
                "Look at the first and the last turn of the loop, and at what happens for a sequence of length 0."
            ),
            InvalidOperationException when MessageOf(e).Contains("Nullable", StringComparison.Ordinal) => new(
                "null-value",
                what,
                "The value of a null was asked for. A target is null where the output is not read. What "
                    + "should happen there?",
                "if (targets[i - 1] is { } k) runs only where there is a target."
            ),
            InvalidOperationException when MessageOf(e).Contains("no elements", StringComparison.Ordinal) => new(
                "empty",
                what,
                "Average, Max and Aggregate without a first value throw where there is nothing. What should "
                    + "the answer be there?",
                "Put .DefaultIfEmpty(0) before it, or answer that case in a line of its own."
            ),
            NullReferenceException => new(
                "null",
                what,
                "Something was used before it was set.",
                "Give each variable that the loop reads a value before the loop: zeros, or an empty list."
            ),
            _ => new(
                "threw",
                what,
                "Run the method alone, on one small case, and look at the line that the error names.",
                exercise.MoreHint
            ),
        };
    }

    public static Finding Missing(string name) =>
        new(
            "missing",
            $"{name} is null.",
            $"Does each path through the method give {name} a value?",
            $"Look at the line that should compute {name}, and at the return."
        );

    public static Finding Shape(string name, string expected, string actual) =>
        new(
            "shape",
            $"{name} has {actual}, but should have {expected}.",
            "Write down the shape of each thing that goes into it.",
            $"{name} is right when each line's shapes fit: (rows, columns) times (columns) gives (rows)."
        );

    public static Finding Transposed(string name, string expected, string actual) =>
        new(
            "transposed-shape",
            $"{name} has {actual}, but should have {expected}: it lies on its side.",
            "In an outer product the order counts: the first vector gives the rows, the second the columns.",
            "A gradient has the shape of its parameter. Swap the two vectors of the outer product."
        );

    public static Finding Swapped(string name) =>
        new(
            "swapped",
            $"{name} has its rows and columns swapped. It is square, so no shape complains.",
            "da sᵀ and s daᵀ are each other's transposes. Which vector belongs to the rows of this "
                + "parameter, which to its columns?",
            $"The entry [r, c] of {name} belongs to the entry [r, c] of its parameter. Swap the two "
                + "vectors, or drop a transpose."
        );

    public static Finding NotFinite(string name, double value) =>
        new(
            "not-finite",
            $"{name} is {(double.IsNaN(value) ? "NaN" : "infinite")}.",
            "NaN comes from 0/0, from ∞ − ∞ or from the logarithm of a negative number; ∞ from exp of a "
                + "large number or a division by 0. Which of them can happen here?",
            "Print what goes into the line that computes it. What is the largest number there, and is "
                + "something divided by 0?"
        );

    public static Finding Changed(string name) =>
        new(
            "changed",
            $"The method changes {name}, which belongs to the caller.",
            $"Which line writes into {name}? With var p = q; both names mean the same object, and p += "
                + "… on a vector makes a new one, but p[0] = … and Clear() write into the old one.",
            $"Compute into a new vector, or start from {name}.Clone()."
        );

    public static Finding Differs(string name, string where, double actual, double expected, Exercise exercise) =>
        new(
            "differs",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name}{where} is {actual:G4}, but should be {expected:G4}: off by {actual - expected:G3}. "
                    + $"It looks like no mistake known to this check."
            ),
            exercise.Hint,
            exercise.MoreHint
        );

    public static Finding Scaled(string name, double factor) =>
        new(
            "scaled",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name} is {factor:G4} times what it should be, in every entry."
            ),
            factor < 0
                ? "The sign is the wrong way round. Which difference is taken, and in which order?"
                : "Is something divided or multiplied once too often, perhaps by a number of steps?",
            "A constant factor comes from outside the sums: look at the last line, and at the first line of the chain."
        );

    /// <summary>A number of things, in words: "1 input", "3 inputs".</summary>
    public static string Counted(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    /// <summary>How often something occurs, in words.</summary>
    public static string Times(int count) =>
        count switch
        {
            0 => "not at all",
            1 => "once",
            2 => "twice",
            _ => string.Create(CultureInfo.InvariantCulture, $"{count} times"),
        };

    /// <summary>Finds a simple relation of wrong numbers to the right ones: all zero, all a multiple of them, 1 minus
    /// them, or all too large by the same number.</summary>
    /// <param name="name">Their description, as the beginning of a sentence.</param>
    /// <param name="given">The numbers.</param>
    /// <param name="right">The right numbers; not all of them are equal.</param>
    public static Finding? Related(string name, double[] given, double[] right)
    {
        var limit = Quantity.Tolerance * Math.Max(1e-3, right.Select(Math.Abs).DefaultIfEmpty(0).Max());
        bool Is(Func<double, double> of) =>
            given.Zip(right).All(pair => Math.Abs(pair.First - of(pair.Second)) <= limit);
        if (right.All(value => Math.Abs(value) <= limit))
        {
            return null;
        }

        if (Is(_ => 0))
        {
            return new(
                "all-zero",
                $"{name} is 0 where it shouldn't be.",
                "Where does the 0 come from? Is something multiplied by 0, or never added?",
                "Print what goes into the last line: it is 0 already, or becomes 0 there."
            );
        }

        if (Is(value => 1 - value))
        {
            return new(
                "turned-round",
                $"{name} is 1 minus what it should be.",
                "What stands before the result, in the last line?",
                "Leave the 1 − out."
            );
        }

        foreach (var (factor, words) in new[] { (2.0, "twice"), (0.5, "half of"), (-1.0, "the negative of") })
        {
            if (Is(value => factor * value))
            {
                return new(
                    factor < 0 ? "sign" : "scaled",
                    $"{name} is {words} what it should be.",
                    factor < 0
                        ? "The sign is the wrong way round. Which difference is taken, and in which order?"
                        : "Is something counted, multiplied or divided once too often?",
                    "Look at the last line, and at the first line of the chain."
                );
            }
        }

        var shift = given.Zip(right, (a, b) => a - b).DefaultIfEmpty(0).First();
        return given.Length > 1 && Math.Abs(shift) > limit && Is(value => value + shift)
            ? new(
                "shifted",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name} is {Math.Abs(shift):G4} too {(shift > 0 ? "large" : "small")}, at every place alike."
                ),
                "Which number is added to all of them?",
                "Look for a + or − with a number in the last lines."
            )
            : null;
    }

    // States come in lesson 06.
    private static bool IsBeforeStates(Exercise exercise) => string.CompareOrdinal(exercise.Id, "06") < 0;

    private static bool IsAboutShapes(string message) =>
        message.Contains("dimension", StringComparison.OrdinalIgnoreCase)
        || message.Contains("same length", StringComparison.OrdinalIgnoreCase)
        || message.Contains("same size", StringComparison.OrdinalIgnoreCase)
        || message.Contains("must be square", StringComparison.OrdinalIgnoreCase);

    // An exception of the learner's own may throw when it is asked for its message, too.
    private static string MessageOf(Exception e)
    {
        try
        {
            var line = (e.Message ?? "").Split('\n')[0].Trim();
            return line.Length <= 200 ? line : line[..200] + "…";
        }
        catch (Exception)
        {
            return "(its message cannot be read)";
        }
    }
}
