using RnnCourse.Exercises.Formulas;

namespace RnnCourse.Exercises.Lesson12;

/// <summary>Finds why probabilities at a temperature are wrong, by computing them wrongly on purpose.</summary>
internal static class TemperatureDiagnosis
{
    private static readonly Computation AtTemperature = new(
        ["z", "T", "e", "largest", "p"],
        new Line("largest", Functions.Max(new Name("z"))),
        new Line("e", Functions.Exp((new Name("z") - new Name("largest")) / new Name("T"))),
        new Line("p", new Name("e") / Functions.SumOf(new Name("e")))
    );

    private static readonly Finding Ignored = new(
        "temperature-ignored",
        "these are the probabilities of T = 1: the temperature has no effect.",
        "Where does T stand in your method? A factor that all exponentials have in common drops out "
            + "when you divide by their sum.",
        "Divide the scores by T before exp."
    );

    private static readonly Finding Multiplied = new(
        "multiplied",
        "the scores are multiplied by T: cold and hot have changed places.",
        "At a low temperature the differences should grow. Does a factor below 1 make them grow?",
        "Divide by T."
    );

    private static readonly Finding AfterSoftmax = new(
        "divided-after-softmax",
        "the probabilities were divided by T, so they no longer sum to 1.",
        "Temperature acts on the scores. What are probabilities divided by 2?",
        "First z / T, then softmax."
    );

    private static readonly Finding NoSoftmax = new(
        "softmax-forgotten",
        "these are the scores divided by T, not probabilities.",
        "What turns scores into numbers that sum to 1?",
        "softmax: exp of each, divided by the sum."
    );

    private static readonly Finding NotNormalised = new(
        "not-normalised",
        "the numbers are not negative and in the right order, but they don't sum to 1.",
        "By what must all of them be divided?",
        "By their sum."
    );

    private static readonly Finding NoShift = new(
        "no-shift",
        "the scores are large, and exp of a large number is infinite: ∞ / ∞ is NaN.",
        "Softmax doesn't change when the same number is subtracted from all that goes into exp. "
            + "Which one keeps all of it from being too large?",
        "Subtract the largest before exp: (z_k − z.Max()) / T, both divided."
    );

    private static readonly Finding ShiftOfZero = new(
        "shift-of-zero",
        "all scores are far below 0, and so small an exponential is 0: 0 / 0 is NaN.",
        "What is subtracted before exp? Where does the search for the largest score begin?",
        "The largest of these scores is negative: begin with z[0] or z.Max(), not with 0."
    );

    private static readonly Finding Largest = new(
        "only-the-largest",
        "all the probability went to the largest score. That is what happens at T → 0.",
        "At this temperature the others have a chance, too. How large is it?",
        "softmax(z / T), for every symbol."
    );

    private static readonly Finding SignFlipped = new(
        "sign-flipped",
        "the most probable symbol has become the least probable: the sign of the scores is flipped.",
        "In physics a low energy is likely, and the formula has a minus. Is a low score likely, too?",
        "exp(z / T), without a minus."
    );

    private static readonly Finding ExpForgotten = new(
        "exp-forgotten",
        "the scores were divided by their sum: exp is missing.",
        "A score may be negative. Which function makes every number positive?",
        "First exp of each z / T, then divide by the sum of those."
    );

    private static readonly Finding SumChanges = new(
        "sum-changes",
        "the sum is taken anew for each share, of exponentials that have been divided in part.",
        "What is e.Sum() after e[0] was divided?",
        "Take the sum once, before anything is divided: var total = e.Sum();"
    );

    private static double[] DividedInPlace(double[] z, double T)
    {
        double[] e = [.. z.Select(z_k => Math.Exp((z_k - z.Max()) / T))];
        for (var k = 0; k < e.Length; k++)
        {
            e[k] /= e.Sum();
        }

        return e;
    }

    private static readonly Finding Logarithms = new(
        "logarithms",
        "these are the logarithms of the probabilities.",
        "What undoes a logarithm?",
        "Math.Exp of each."
    );

    public static Finding? Fault(
        double[] z,
        double T,
        double[] given,
        IEnumerable<(double[] Scores, double T)> rightFor
    )
    {
        var right = new Quantity("p", z.Length, 0, Softmax(z, T));
        var own = right with { Rows = given.Length, Values = given };
        bool Is(IEnumerable<double> values) => own.IsNear(right with { Values = [.. values] });
        if (own.IsNear(right))
        {
            return null;
        }

        if (given.Length == z.Length && z.Max() < -500 && given.Any(p => !double.IsFinite(p)))
        {
            return ShiftOfZero;
        }

        if (given.Length == z.Length && z.Max() > 500 && given.Any(p => !double.IsFinite(p)))
        {
            return NoShift;
        }

        return own.FaultOfForm(right)
            ?? (
                Is(Softmax(z, 1)) ? Ignored
                : Is(Softmax(z, 1 / T)) ? Multiplied
                : Is(Softmax(z, 1).Select(p => p / T)) ? AfterSoftmax
                : Is(z.Select(z_k => z_k / T)) ? NoSoftmax
                : Is(z.Select(z_k => z_k == z.Max() ? 1.0 : 0)) ? Largest
                : Is(Softmax([.. z.Select(z_k => -z_k)], T)) ? SignFlipped
                : Is(z.Select(z_k => z_k / z.Sum())) ? ExpForgotten
                : Is(right.Values.Select(p => Math.Log(p))) ? Logarithms
                : Is(DividedInPlace(z, T)) ? SumChanges
                : given.All(p => p >= 0) && given.Any(p => p > 0) && Is(right.Values.Select(p => p * given.Sum()))
                    ? NotNormalised
                : AtTemperature.Diagnose(
                    () => Given(z, T),
                    [("p", given)],
                    rightFor.Select(one => Given(one.Scores, one.T))
                ) ?? own.FaultOfValue(right, Texts12.Temperature)
            );
    }

    private static Memory Given(double[] z, double T) => Memory.With(("z", z), ("T", T));

    /// <summary>softmax(z / T).</summary>
    public static double[] Softmax(double[] z, double T)
    {
        double[] e = [.. z.Select(z_k => Math.Exp((z_k - z.Max()) / T))];
        return [.. e.Select(e_k => e_k / e.Sum())];
    }
}
