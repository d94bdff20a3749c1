using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Exercises.Formulas;

namespace RnnCourse.Exercises.Lesson00;

/// <summary>Known mistakes in reading a figure.</summary>
internal static class FigureReadingFaults
{
    public static Finding Unknown(string word) =>
        new(
            "unknown-word",
            $"“{word}” is not one of the words below the bars.",
            "The words stand below the bars, one for each.",
            "In small letters and between quotes, such as \"cook\"."
        );

    public static Finding Rarest(string word, int times) =>
        new(
            "rarest",
            $"“{word}” has the lowest bar: it occurs {times} times, and no word occurs less often.",
            "Is the commonest word the one with the lowest bar, or with the highest?",
            "Look at the figure again, or print the counts in a new cell, and take the largest."
        );

    public static Finding Rarer(string word, int times, int above) =>
        new(
            "rarer",
            $"“{word}” occurs {times} times, and "
                + $"{(above == 1 ? "one word occurs" : $"{above} words occur")} more often.",
            "Which bar is the highest? Follow the line from its top to the numbers on the left.",
            "In a new cell: counts.MaxBy(pair => pair.Value)"
        );
}

/// <summary>Known mistakes in a weighted sum.</summary>
internal static class SumFaults
{
    private delegate double Rule(double[] w, double[] x);

    public static IReadOnlyList<(double[] W, double[] X)> Cases { get; } =
    [([2, 3], [4, 5]), ([1, -2, 0.5], [3, 1, 4]), ([0.25], [8]), ([0.5, 1.5, -1, 2], [1, 0.5, 3, 0.25]), ([], [])];

    private static readonly (Finding Fault, Rule Rule)[] Suspects =
    [
        (
            new(
                "product-of-sums",
                "Here two sums are multiplied. What is asked for is the sum of the products.",
                "Take w = (2, 3) and x = (4, 5). Which numbers are multiplied, and which are added?",
                "2 · 4 + 3 · 5 = 23, but (2 + 3) · (4 + 5) = 45."
            ),
            (w, x) => w.Sum() * x.Sum()
        ),
        (
            new(
                "added",
                "Weights and numbers are added; each weight is to multiply its number.",
                "What does a weight of 0 do to its number?",
                "sum += w[k] * x[k]"
            ),
            (w, x) => w.Sum() + x.Sum()
        ),
        (
            new(
                "weights-ignored",
                "The weights make no difference.",
                "Where does the method use w?",
                "sum += w[k] * x[k]"
            ),
            (w, x) => x.Sum()
        ),
        (
            new(
                "numbers-ignored",
                "The numbers make no difference.",
                "Where does the method use x?",
                "sum += w[k] * x[k]"
            ),
            (w, x) => w.Sum()
        ),
        (
            new(
                "last-only",
                "Only the last product is left.",
                "Which of = and += keeps what was there before?",
                "sum += w[k] * x[k]"
            ),
            (w, x) => w.Length == 0 ? 0 : w[^1] * x[^1]
        ),
        (
            new(
                "last-forgotten",
                "The last product is missing.",
                "At which index does the loop end?",
                "for (var k = 0; k < w.Length; k++)"
            ),
            (w, x) => w.Zip(x, (a, b) => a * b).SkipLast(1).Sum()
        ),
        (
            new(
                "first-forgotten",
                "The first product is missing.",
                "C# counts from 0. At which index does the loop begin?",
                "for (var k = 0; k < w.Length; k++)"
            ),
            (w, x) => w.Zip(x, (a, b) => a * b).Skip(1).Sum()
        ),
        (
            new(
                "averaged",
                "This is the mean of the products. What is asked for is their sum.",
                "What is divided at the end?",
                "Leave the division out."
            ),
            (w, x) => w.Zip(x, (a, b) => a * b).Sum() / w.Length
        ),
        (
            new(
                "weighted-mean",
                "The sum is divided by the sum of the weights: that is a weighted mean.",
                "What is divided at the end?",
                "Leave the division out."
            ),
            (w, x) => w.Zip(x, (a, b) => a * b).Sum() / w.Sum()
        ),
        (
            new(
                "starts-at-one",
                "The result is 1 too large, even where there is nothing to add.",
                "What value does the variable have before the loop?",
                "var sum = 0.0;"
            ),
            (w, x) => 1 + w.Zip(x, (a, b) => a * b).Sum()
        ),
        (
            new(
                "first-only",
                "Only the first product is there.",
                "return ends the method. Does it stand inside the loop?",
                "The line with return belongs after the loop's closing brace."
            ),
            (w, x) => w.Length == 0 ? 0 : w[0] * x[0]
        ),
        (
            new(
                "whole-numbers",
                "Everything after the decimal point is lost.",
                "What type is the variable that holds the sum?",
                "var sum = 0.0; makes a double, var sum = 0; an int."
            ),
            (w, x) => w.Zip(x, (a, b) => (int)(a * b)).Sum()
        ),
    ];

    private static readonly Computation AsData = new(
        ["w[]", "x[]"],
        new Line("sum", 0),
        new Loop(
            "k",
            0,
            new IndexExpression(["n"], [], -1),
            1,
            new Line("sum", new Name("w", "k") * new Name("x", "k"), adds: true)
        )
    );

    public static Finding? Of(IReadOnlyList<(double[] W, double[] X, double Given)> cases)
    {
        static double Right(double[] w, double[] x) => w.Zip(x, (a, b) => a * b).Sum();
        bool Explains(Rule rule) => cases.All(c => Near(c.Given, rule(c.W, c.X)));
        if (Explains(Right))
        {
            return null;
        }

        if (Suspects.FirstOrDefault(suspect => Explains(suspect.Rule)).Fault is { } known)
        {
            return known;
        }

        if (
            AsData.DiagnoseAll([
                .. cases.Select(c =>
                    (
                        new Func<Memory>(() =>
                            Memory
                                .With(("n", c.W.Length))
                                .AndList("w", c.W.Select(value => Vector<double>.Build.Dense(1, value)), 0)
                                .AndList("x", c.X.Select(value => Vector<double>.Build.Dense(1, value)), 0)
                        ),
                        (IReadOnlyList<(string, double[])>)[("sum", new[] { c.Given })]
                    )
                ),
            ]) is
            { } slip
        )
        {
            return slip;
        }

        var (w, x, given) = cases.First(c => !Near(c.Given, Right(c.W, c.X)));
        return double.IsFinite(given)
            ? new(
                "differs",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"For w = ({Listed(w)}) and x = ({Listed(x)}) the method gives {given:G4}, but "
                        + $"{Right(w, x):G4} is right."
                ),
                Texts00.Sum.Hint,
                Texts00.Sum.MoreHint
            )
            : Findings.NotFinite("the sum", given);
    }

    private static bool Near(double given, double expected) =>
        double.IsNaN(expected) ? double.IsNaN(given) : Math.Abs(given - expected) <= 1e-5;

    private static string Listed(double[] values) =>
        string.Join(", ", values.Select(value => value.ToString(CultureInfo.InvariantCulture)));
}
