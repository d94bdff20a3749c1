using System.Globalization;
using RnnCourse.Exercises.Lesson14;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks the weights and the answer of an attention over three places, with keys (1, 0), (0, 1), (1, 1),
    /// values 10, 40, 30 and the query (√2 ln 3, 0).</summary>
    /// <param name="weights">α, shape (3).</param>
    /// <param name="context">The answer.</param>
    public static Feedback AttentionByHand(double[]? weights, double? context) =>
        Attempt.Judge(Texts14.Attention, weights is null, () => Criteria14.Attention.Fault((weights!, context)));
}

/// <summary>Known mistakes in attention by hand.</summary>
internal static class AttentionFaults
{
    private static readonly double Root = Math.Pow(3, Math.Sqrt(2));

    private static readonly double Half = Math.Pow(3, Math.Sqrt(0.5));

    // By hand: two digits.
    private static double Rounding => Criteria14.Attention.Tolerance.Limit;

    private static readonly Finding ThirdKey = new(
        "third-key",
        "The third key fits the query as well as the first one does, no better and no worse.",
        "What is (1, 1) · (√2 ln 3, 0)?",
        "k · q is the sum of the products, number by number: 1 · √2 ln 3 + 1 · 0."
    );

    private static readonly Finding OtherOrder = new(
        "other-order",
        "The right shares, at the wrong places.",
        "Which two keys fit the query?",
        "The first and the third place fit, the second doesn't."
    );

    private static readonly (Finding Fault, double[] Weights)[] Suspects =
    [
        (
            new(
                "not-normalised",
                "These are the exponentials. They don't sum to 1 yet.",
                "A mixture's shares sum to 1.",
                "Divide each by their sum."
            ),
            [3, 1, 3]
        ),
        (
            new(
                "root-forgotten",
                "The scores were not divided by the root of the key's size.",
                "How many numbers has a key? The scores are divided by the root of that.",
                "A key has two numbers: the scores are k · q / √2, which makes ln 3 of √2 ln 3."
            ),
            [Root / ((2 * Root) + 1), 1 / ((2 * Root) + 1), Root / ((2 * Root) + 1)]
        ),
        (
            new(
                "scores",
                "These are the scores, not yet the weights.",
                "Which function makes shares of scores?",
                "softmax: e^(ln 3) = 3 and e^0 = 1; then divide by the sum."
            ),
            [Math.Log(3), 0, Math.Log(3)]
        ),
        (
            new(
                "uniform",
                "All places get the same share: the query plays no part.",
                "Which of the keys point where the query points?",
                "k · q is the sum of the products, number by number."
            ),
            [1.0 / 3, 1.0 / 3, 1.0 / 3]
        ),
        (
            new(
                "exp-missing",
                "The second place gets nothing. Softmax is softer: the score 0 has a share, too.",
                "What is e^0?",
                "First e to the power of each score, then divide by the sum: 3, 1 and 3 by 7."
            ),
            [0.5, 0, 0.5]
        ),
        (
            new(
                "integer-division",
                "All weights are 0: in C#, 3 / 7 of two whole numbers is the whole number 0.",
                "Which type have 3 and 7?",
                "3.0 / 7."
            ),
            [0, 0, 0]
        ),
        (
            new(
                "dot-products",
                "These are the dot products of keys and query: the root of the key's size and softmax are missing.",
                "What are they divided by, and what makes shares of them?",
                "Divide by √2, then softmax."
            ),
            [Math.Sqrt(2) * Math.Log(3), 0, Math.Sqrt(2) * Math.Log(3)]
        ),
        (
            new(
                "divided-by-a",
                "The scores were divided by the key's size, not by its root.",
                "How many numbers has a key, and what is the root of that?",
                "k · q / √2 makes ln 3 of √2 ln 3."
            ),
            [Half / ((2 * Half) + 1), 1 / ((2 * Half) + 1), Half / ((2 * Half) + 1)]
        ),
        (
            new(
                "multiplied-by-root",
                "The scores were multiplied by the root of the key's size.",
                "Does the root stand above the line of the fraction, or below?",
                "k · q / √2 makes ln 3 of √2 ln 3."
            ),
            [9.0 / 19, 1.0 / 19, 9.0 / 19]
        ),
        (ThirdKey, [3.0 / 5, 1.0 / 5, 1.0 / 5]),
        (ThirdKey, [3.0 / 13, 1.0 / 13, 9.0 / 13]),
        (
            new(
                "percent",
                "These are percentages. Shares sum to 1.",
                "By what has each to be divided?",
                "By 100, or leave them as fractions of 7."
            ),
            [300.0 / 7, 100.0 / 7, 300.0 / 7]
        ),
        (OtherOrder, [1.0 / 7, 3.0 / 7, 3.0 / 7]),
        (OtherOrder, [3.0 / 7, 3.0 / 7, 1.0 / 7]),
        (
            new(
                "hard",
                "Only one place gets anything, but two keys fit the query equally well.",
                "What are the three dot products?",
                "k · q is the sum of the products, number by number; (1, 1) fits as well as (1, 0)."
            ),
            [1, 0, 0]
        ),
    ];

    public static Finding? OfWeights(double[] weights)
    {
        var right = new Quantity("weights", 3, 0, [3.0 / 7, 1.0 / 7, 3.0 / 7]);
        var own = new Quantity("weights", weights.Length, 0, weights);
        if (own.FaultOfForm(right) is { } form)
        {
            return form;
        }

        static bool Near(double a, double b) => Math.Abs(a - b) <= Rounding * Math.Max(1, Math.Abs(b));
        bool Is(double[] values) => weights.Zip(values).All(pair => Near(pair.First, pair.Second));
        if (Is(right.Values))
        {
            var sum = weights.Sum();
            return Math.Abs(sum - 1) <= 5e-3
                ? null
                : new(
                    "sum",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The shares are nearly right, but they sum to {sum:G5}."
                    ),
                    "A mixture's shares sum to 1. Was a digit rounded the wrong way?",
                    "3/7, 1/7 and 3/7: as fractions they need no rounding."
                );
        }

        if (Suspects.FirstOrDefault(suspect => Is(suspect.Weights)).Fault is { } known)
        {
            return known;
        }

        if (Array.Find(weights, w => w is < 0 or > 1) is var outside && outside != 0)
        {
            return new(
                "no-share",
                string.Create(CultureInfo.InvariantCulture, $"A share lies between 0 and 1; {outside:G4} does not."),
                "By what are the exponentials divided?",
                "Divide each by the sum of all three."
            );
        }

        if (Is([0.75, 0.25, 0]) || Is([0, 0.25, 0.75]))
        {
            return new(
                "one-place-forgotten",
                "Only two of the three places got a share.",
                "Whose exponential is missing from the sum?",
                "3 + 1 + 3 = 7: each exponential divided by 7."
            );
        }

        var place = Enumerable.Range(0, 3).First(j => !Near(weights[j], right.Values[j]));
        return new(
            "share-differs",
            string.Create(CultureInfo.InvariantCulture, $"The share of place {place + 1} is not {weights[place]:G4}."),
            Texts14.Attention.Hint,
            Texts14.Attention.MoreHint
        );
    }

    public static Finding? OfContext(double? context, double rounding)
    {
        if (context is not { } answer)
        {
            return new(
                "open",
                "The weights are right. The answer is still open.",
                "What does attention do with the values?",
                "Σ_j α_j v_j: each value times its weight, summed."
            );
        }

        if (!double.IsFinite(answer))
        {
            return Findings.NotFinite("The answer", answer);
        }

        bool Is(double value) => Math.Abs(answer - value) <= rounding;
        return Is(160.0 / 7) ? null
            : Is(80)
                ? new(
                    "unweighted",
                    "That is the sum of the values, without weights.",
                    "Each value counts as much as its weight says.",
                    "Σ_j α_j v_j."
                )
            : Is(160 / 3.0) || Is(160.0 / 21)
                ? new(
                    "divided-by-three",
                    "You have divided by 3, the number of places. The weights sum to 1 already.",
                    "What is left to divide by?",
                    "Σ_j α_j v_j: each value times its weight, summed."
                )
            : Is(80.0 / 3)
                ? new(
                    "plain-mean",
                    "That is the plain mean of the three values. The weights are not equal.",
                    "Each value counts as much as its weight says.",
                    "Σ_j α_j v_j."
                )
            : Is(10) || Is(30) || Is(40)
                ? new(
                    "one-value",
                    "That is the value of one place. Two places fit equally well, and the third has a share, too.",
                    "What is a mixture of three values?",
                    "Σ_j α_j v_j: each value times its weight, summed."
                )
            : Is(160)
                ? new(
                    "not-divided",
                    "That is seven times too much.",
                    "Do the weights that you used sum to 1?",
                    "(3·10 + 1·40 + 3·30) / 7."
                )
            : new(
                "context-differs",
                string.Create(CultureInfo.InvariantCulture, $"The answer is not {answer:G4}."),
                "Each value times its weight, summed.",
                "(3·10 + 1·40 + 3·30) / 7."
            );
    }
}
