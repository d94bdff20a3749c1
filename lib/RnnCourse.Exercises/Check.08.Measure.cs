using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Exercises.Formulas;
using RnnCourse.Exercises.Lesson08;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks a numerical measurement of a gradient.</summary>
    /// <param name="measure">The learner's method: from a loss and the numbers that it reads, shape (N), to the slope
    /// with respect to each, shape (N). The numbers belong to the caller: they must be unchanged afterwards.</param>
    public static Feedback Measure(Func<Func<double>, double[], double[]>? measure) =>
        Attempt.Judge(
            Texts08.Measure,
            measure,
            () =>
            {
                double[] at = [0.7, -1.3, 0.4, 2.1];
                var values = (double[])at.Clone();
                // A long sequence often loses a hundred nats, which leaves fewer digits for a small step.
                double Loss() =>
                    100
                    + (values[0] * values[0] * values[1])
                    + Math.Exp(4 * values[2])
                    + Math.Sin(values[3])
                    + (values[1] * values[3]);
                var given =
                    Attempt.Call("for a function of four numbers", () => measure!(Loss, values))
                    ?? throw Attempt.Blank();
                if (given.Length != at.Length)
                {
                    return Findings.Shape("The gradient", $"the size {at.Length}", $"the size {given.Length}");
                }

                // The third bends so much that a one-sided difference shows, however short its step is.
                var bent = Math.Exp(4 * at[2]);
                double[] right = [2 * at[0] * at[1], (at[0] * at[0]) + at[3], 4 * bent, Math.Cos(at[3]) + at[1]];
                double[] second = [2 * at[1], 0, 16 * bent, -Math.Sin(at[3])];
                double[] third = [0, 0, 64 * bent, -Math.Cos(at[3])];
                if (values.Zip(at).Any(pair => Math.Abs(pair.First - pair.Second) > 1e-9))
                {
                    return MeasureFaults.NotPutBack;
                }

                var bad = Array.FindIndex(given, g => !double.IsFinite(g));
                if (bad >= 0)
                {
                    return Findings.NotFinite($"The slope by number {bad}", given[bad]);
                }

                if (
                    Texts08.Measure.RightIf.Tolerance.AreNear(
                        [new("slopes", given.Length, 0, given)],
                        [new("slopes", right.Length, 0, right)]
                    )
                )
                {
                    return null;
                }

                return MeasureFaults.Of(given, right, second, third, Texts08.Measure, at);
            }
        );
}

/// <summary>Known mistakes in measuring a gradient.</summary>
internal static class MeasureFaults
{
    private static readonly Computation Central = new(
        ["here", "h", "above", "below"],
        new Loop("k", 1, "n", 1, new Line("slope", 0, place: "k")),
        new Loop(
            "k",
            1,
            "n",
            1,
            new Line("here", new Name("values", "k")),
            new Line("above", new MethodResult("loss", new Name("here") + new Name("h"), LossAt)),
            new Line("below", new MethodResult("loss", new Name("here") - new Name("h"), LossAt)),
            new Line("slope", (new Name("above") - new Name("below")) / (2 * new Name("h")), place: "k")
        )
    );

    // The loss where the number k is another one.
    private static double LossAt(Memory memory, double value)
    {
        double[] v = [.. Enumerable.Range(1, 4).Select(k => memory[$"values[{k}]"]![0, 0])];
        var k = memory.NumberOf("k");
        if (k < 1 || k > v.Length)
        {
            throw new MiscomputedException();
        }

        v[k - 1] = value;
        return 100 + (v[0] * v[0] * v[1]) + Math.Exp(4 * v[2]) + Math.Sin(v[3]) + (v[1] * v[3]);
    }

    private static Memory Given(double[] at) =>
        Memory
            .With(("h", 1e-5), ("n", at.Length))
            .AndList("values", at.Select(value => Vector<double>.Build.Dense(1, value)));

    public static Finding NotPutBack { get; } =
        new(
            "not-put-back",
            "The numbers are not what they were before: the network would be another after the check.",
            "Which line gives a number its old value back, after the two runs?",
            "Keep it in a variable first: var here = values[k]; …; values[k] = here."
        );

    public static Finding Of(
        double[] given,
        double[] right,
        double[] second,
        double[] third,
        Exercise exercise,
        double[] at
    )
    {
        bool Is(Func<double, double> of) =>
            given
                .Zip(right)
                .All(pair => Math.Abs(pair.First - of(pair.Second)) <= 1e-4 * (1 + Math.Abs(of(pair.Second))));
        if (Is(r => 2 * r))
        {
            return new(
                "twice",
                "Every slope is twice what it should be.",
                "How far apart are the two places at which the loss was taken?",
                "From θ − h to θ + h it is 2h: divide by 2 * h."
            );
        }

        if (Is(r => r / 2))
        {
            return new(
                "half",
                "Every slope is half of what it should be.",
                "How far apart are the two places at which the loss was taken? By that distance it is divided.",
                "2 * h belongs to two sides: (f(θ + h) − f(θ − h)) / 2h."
            );
        }

        if (Is(r => -r))
        {
            return new(
                "sign",
                "Every slope has the wrong sign.",
                "Which of the two losses is subtracted from which?",
                "Loss at θ + h minus loss at θ − h."
            );
        }

        if (Is(_ => right.Sum()))
        {
            return new(
                "all-at-once",
                "Every slope is the sum of all four: the numbers are moved all at once.",
                "The slope by one number: what do the others do meanwhile?",
                "Move values[k] alone, and put it back before the next."
            );
        }

        var factor = given[2] / right[2];
        if (
            factor != 0
            && Math.Abs(factor) < 0.01
            && given
                .Zip(right)
                .All(pair => Math.Abs(pair.First - (factor * pair.Second)) <= 0.01 * Math.Abs(factor * pair.Second))
        )
        {
            return new(
                "not-divided-by-2h",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Every slope is {factor:0E-0} times what it should be: the difference is not divided by 2h."
                ),
                "C# goes from left to right: what does d / 2 * h do with h?",
                "Put brackets: d / (2 * h)."
            );
        }

        if (
            given
                .Zip(right)
                .All(pair => Math.Abs(pair.First - (factor * pair.Second)) <= 1e-3 * Math.Abs(factor * pair.Second))
            && Math.Abs(factor - 1) > 0.01
            && factor != 0
        )
        {
            return new(
                "scaled",
                string.Create(CultureInfo.InvariantCulture, $"Every slope is {factor:G3} times what it should be."),
                "How far apart are the two places at which the loss was taken, and which is subtracted from which?",
                "(f(θ + h) − f(θ − h)) / 2h."
            );
        }

        if (Is(_ => 0))
        {
            return new(
                "zero",
                "Every slope is 0.",
                "Does the loss see the moved number? It reads the array that it was given.",
                "Write into values[k] itself, not into a copy."
            );
        }
        // The error of a one-sided difference is h f''/2, that of a central one h² f'''/6: the step can be read off the
        // errors.
        var h = 2 * (given[0] - right[0]) / second[0];
        if (
            Math.Abs(h) > 1e-9
            && Enumerable
                .Range(0, 4)
                .All(k =>
                    Math.Abs(given[k] - right[k] - (h * second[k] / 2) - (h * h * third[k] / 6)) <= 0.05 * Math.Abs(h)
                )
        )
        {
            return new(
                "one-sided",
                "The difference is one-sided: the loss is taken at θ and at one place beside it.",
                "The curve bends. What happens to the error if you look to both sides equally far?",
                "(f(θ + h) − f(θ − h)) / 2h."
            );
        }

        var square = 6 * (given[2] - right[2]) / third[2];
        if (
            square > 1e-8
            && Enumerable.Range(0, 4).All(k => Math.Abs(given[k] - right[k] - (square * third[k] / 6)) <= 0.1 * square)
        )
        {
            return new(
                "step-too-long",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The step is about {Math.Sqrt(square):G1}: so long that the bend of the curve spoils the "
                        + $"seventh digit."
                ),
                "The error falls with the square of h. By what must you divide h to gain four digits?",
                "1e-5 is a good step here."
            );
        }

        // Nearly right answers are those of a bad step; the others may have a slip in a line.
        if (
            given.Zip(right).Any(pair => Math.Abs(pair.First - pair.Second) > 1e-3 * (1 + Math.Abs(pair.Second)))
            && Central.Diagnose(() => Given(at), [.. given.Select((value, k) => ($"slope[{k + 1}]", new[] { value }))])
                is { } slip
        )
        {
            return slip;
        }

        var largest = given.Zip(right, (g, r) => Math.Abs(g - r) / (1 + Math.Abs(r))).Max();
        if (largest < 0.5)
        {
            return new(
                "step-too-short",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The slopes are off by up to {largest:0.0E-0}, without a pattern: that is rounding. The "
                        + $"step is too short."
                ),
                "The loss is about 100, so its last digit is worth 1e-14. What becomes of that when it is "
                    + "divided by h?",
                "1e-5 is a good step here."
            );
        }

        var first = Enumerable.Range(0, 4).First(k => Math.Abs(given[k] - right[k]) > 1e-7 * (1 + Math.Abs(right[k])));
        return Findings.Differs(
            "The slope by number ",
            first.ToString(CultureInfo.InvariantCulture),
            given[first],
            right[first],
            exercise
        );
    }
}
