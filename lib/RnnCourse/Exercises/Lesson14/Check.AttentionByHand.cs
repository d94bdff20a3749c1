using System.Globalization;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks the weights and the answer of an attention over three places, with keys (1, 0), (0, 1), (1, 1), values 10, 20, 30 and the query (√2 ln 3, 0).</summary>
    /// <param name="weights">α, shape (3).</param>
    /// <param name="context">The answer.</param>
    public static Feedback AttentionByHand(double[]? weights, double? context) => Attempt.Judge(Texts14.Attention, weights is null, () =>
        AttentionFaults.OfWeights(weights!) ?? AttentionFaults.OfContext(context));
}

/// <summary>What attention by hand is known to get wrong.</summary>
internal static class AttentionFaults
{
    private static readonly double Root = Math.Pow(3, Math.Sqrt(2));

    private static readonly (Finding Fault, double[] Weights)[] Suspects =
    [
        (new("not-normalised", "These are the exponentials. They don't sum to 1 yet.", "A mixture's shares sum to 1.", "Divide each by their sum."), [3, 1, 3]),
        (new("root-forgotten", "The scores were not divided by √A.", "How many numbers has a key? The scores are divided by the root of that.", "With A = 2 the scores are k · q / √2, which makes ln 3 of √2 ln 3."),
            [Root / ((2 * Root) + 1), 1 / ((2 * Root) + 1), Root / ((2 * Root) + 1)]),
        (new("scores", "These are the scores, not yet the weights.", "Which function makes shares of scores?", "softmax: e^(ln 3) = 3 and e^0 = 1; then divide by the sum."), [Math.Log(3), 0, Math.Log(3)]),
        (new("uniform", "All places get the same share: the query plays no part.", "Which of the keys point where the query points?", "k · q is the sum of the products, number by number."), [1.0 / 3, 1.0 / 3, 1.0 / 3]),
        (new("exp-missing", "The second place gets nothing. Softmax is softer: the score 0 has a share, too.", "What is e^0?", "First e to the power of each score, then divide by the sum: 3, 1 and 3 by 7."), [0.5, 0, 0.5]),
        (new("hard", "Only one place gets anything, but two keys fit the query equally well.", "What are the three dot products?", "k · q is the sum of the products, number by number; (1, 1) fits as well as (1, 0)."), [1, 0, 0]),
    ];

    public static Finding? OfWeights(double[] weights)
    {
        var right = new Quantity("weights", 3, 0, [3.0 / 7, 1.0 / 7, 3.0 / 7]);
        var own = new Quantity("weights", weights.Length, 0, weights);
        if (own.FaultOfForm(right) is { } form) return form;
        bool Is(double[] values) => weights.Zip(values).All(pair => Math.Abs(pair.First - pair.Second) <= 2e-3);      // by hand: three digits
        return Is(right.Values) ? null : Suspects.FirstOrDefault(suspect => Is(suspect.Weights)).Fault ?? own.FaultOfValue(right, Texts14.Attention);
    }

    public static Finding? OfContext(double? context)
    {
        if (context is not { } answer) return new("open", "The weights are right. The answer is still open.", "What does attention do with the values?", "Σ_j α_j v_j: each value times its weight, summed.");
        bool Is(double value) => Math.Abs(answer - value) <= 0.05;
        return Is(20) ? null
            : Is(60) ? new("unweighted", "That is the sum of the values, without weights.", "Each value counts as much as its weight says.", "Σ_j α_j v_j.")
            : Is(140) ? new("not-divided", "That is seven times too much.", "Do the weights that you used sum to 1?", "(3·10 + 1·20 + 3·30) / 7.")
            : new("context-differs", string.Create(CultureInfo.InvariantCulture, $"The answer is not {answer:G4}."), "Each value times its weight, summed.", "(3·10 + 1·20 + 3·30) / 7.");
    }
}
