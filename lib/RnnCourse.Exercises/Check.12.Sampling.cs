using RnnCourse.Exercises.Formulas;
using RnnCourse.Exercises.Lesson12;

namespace RnnCourse.Exercises;

public static partial class Check
{
    private static readonly (double[] Scores, double T)[] TemperatureCases =
    [
        ([0.9, 0.1, -1.7, 1.2], 1),
        ([1.2, 0.4, -0.7, 2.1], 0.5),
        ([1.4, -0.2, 0.7, 2.5], 3),
        ([0.3, -0.2], 0.25),
        ([1000.5, 1000, 998], 0.5),
        ([0.5, 900, -600], 0.5),
        ([-1.2, -0.4, -2.7], 0.7),
        ([-1000.5, -1000, -998], 1),
    ];

    private static readonly double[][] PerplexityCases =
    [
        [0.5, 0.25, 0.1],
        [0.2],
        [0.9, 0.01, 0.3, 0.3],
        [1, 1],
        [0.5, 0.2, 0.9, 0.05, 0.3, 0.7, 0.11],
        [.. Enumerable.Range(1, 40).Select(k => k / 41.0)],
    ];

    /// <summary>Checks the probabilities at a temperature: softmax(z / T).</summary>
    /// <param name="temperature">The learner's method: from the scores, shape (K), and T, above 0, to probabilities,
    /// shape (K).</param>
    public static Feedback Temperature(Func<double[], double, double[]>? temperature) =>
        Attempt.Judge(
            Texts12.Temperature,
            temperature,
            () =>
            {
                foreach (var (z, T) in TemperatureCases)
                {
                    var copy = (double[])z.Clone();
                    var given =
                        Attempt.Call(
                            FormattableString.Invariant($"for {z.Length} scores and T = {T}"),
                            () => temperature!(copy, T)
                        ) ?? throw Attempt.Blank();
                    if (!z.SequenceEqual(copy))
                    {
                        return Findings.Changed("z");
                    }

                    var before = TemperatureCases.TakeWhile(one => one.Scores != z);
                    if (TemperatureDiagnosis.Fault(z, T, given, before) is { } fault)
                    {
                        return fault with { What = FormattableString.Invariant($"At T = {T}: {fault.What}") };
                    }
                }

                return null;
            }
        );

    /// <summary>Checks perplexity: e to the mean of −ln p.</summary>
    /// <param name="perplexity">The learner's method: from the probabilities that the right letters got, shape (n), n
    /// at least 1, to the perplexity.</param>
    public static Feedback Perplexity(Func<double[], double>? perplexity) =>
        Attempt.Judge(
            Texts12.Perplexity,
            perplexity,
            () =>
            {
                foreach (var p in PerplexityCases)
                {
                    var given = Attempt.Call($"for {p.Length} probabilities", () => perplexity!((double[])p.Clone()));
                    if (PerplexityDiagnosis.Fault(p, given) is { } fault)
                    {
                        return fault;
                    }
                }

                return null;
            }
        );
}

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

/// <summary>Finds why a perplexity is wrong.</summary>
internal static class PerplexityDiagnosis
{
    private static readonly Computation OfMean = new(
        ["p"],
        new Line("perplexity", Functions.Exp(Functions.Mean(new Negative(Functions.Ln(new Name("p"))))))
    );

    private static readonly Finding OfTheSum = new(
        "exp-of-sum",
        "That is e to the sum of the losses, or 1 divided by the product of all p: it grows with "
            + "the length of the text.",
        "Perplexity says how hard one letter is to guess, on average. Of what is the exponential taken, then?",
        "Take the mean of −ln p, not the sum."
    );

    private static readonly Finding LossItself = new(
        "loss-itself",
        "That is the mean loss in nats, not yet the perplexity.",
        "A network that guesses blindly among 27 has a loss of ln 27. What should its perplexity be?",
        "Math.Exp of the mean loss."
    );

    private static readonly Finding Bits = new(
        "loss-in-bits",
        "That is the mean loss in bits, not yet the perplexity.",
        "One coin toss costs 1 bit. Among how many outcomes does a coin choose?",
        "2 to the power of the bits, or e to the power of the nats."
    );

    private static readonly Finding SumOfLosses = new(
        "sum-of-losses",
        "That is the sum of the losses in nats: neither a mean nor a perplexity.",
        "A longer text must not be harder just because it is longer. What do you divide by?",
        "Math.Exp of the mean of −Math.Log(p)."
    );

    private static readonly Finding MeanLogarithm = new(
        "mean-logarithm",
        "That is the mean of ln p: a negative number, the loss with its sign lost, and not yet the perplexity.",
        "What has the loss that a logarithm of a probability lacks? And what becomes of a loss of ln 27?",
        "Math.Exp of the mean of −Math.Log(p)."
    );

    private static readonly Finding MeanProbability = new(
        "mean-probability",
        "That is the mean of the probabilities, or its exponential: the loss doesn't come into it.",
        "A perplexity is at least 1, and large where the right letters got little. Does yours grow or fall with p?",
        "First −ln p of each, then their mean, then exp."
    );

    private static readonly Finding Weighted = new(
        "weighted-by-p",
        "Each loss is multiplied by its p: that belongs to another formula, which looks at all letters of one step.",
        "These are not the probabilities of all letters at one step, but of the right letter at "
            + "several steps. How often does each step count?",
        "The plain mean of −Math.Log(p)."
    );

    private static readonly Finding OneLeftOut = new(
        "one-left-out",
        "One of the probabilities is left out.",
        "Where does the loop begin, and where does it end?",
        "p.Average(…) takes all of them; a loop goes from 0 to p.Length − 1."
    );

    private static readonly Finding OtherCount = new(
        "divided-by-another-count",
        "The sum of the losses is divided by one too few, or one too many.",
        "How many losses are there?",
        "Divide by p.Length."
    );

    private static readonly Finding SignLost = new(
        "sign-lost",
        "That is 1 divided by the perplexity: a number below 1.",
        "The logarithm of a probability is negative. What sign has the loss?",
        "Math.Exp of the mean of −Math.Log(p)."
    );

    private static readonly Finding AlwaysOne = new(
        "always-one",
        "That is 1: as if each letter had been certain.",
        "What is e to the power of 0? And where does a 0 come from: in C#, 1 / 3 of two whole numbers is 0.",
        "1.0 / p.Length, or p.Average(…)."
    );

    private static readonly Finding OneOnly = new(
        "one-only",
        "Only one of the probabilities counts: the smallest, or the largest.",
        "Perplexity says how hard a letter is to guess on average. Over how many letters is that taken?",
        "The mean of −Math.Log(p) over all of them."
    );

    private static readonly Finding OneAdded = new(
        "one-added",
        "A 1 is added that the formula doesn't have, before or behind the exponential.",
        "Where does a 1 stand in your lines?",
        "Math.Exp of the mean of −Math.Log(p), and nothing else."
    );

    private static readonly Finding Product = new(
        "product",
        "That is the product of all probabilities: e to the sum of ln p, without the minus and without the mean.",
        "A longer text must not be harder just because it is longer. What do you divide by? And which sign has a loss?",
        "Math.Exp of the mean of −Math.Log(p)."
    );

    private static readonly Finding LogForExp = new(
        "log-for-exp",
        "A logarithm was taken of the loss; what undoes the logarithms in it is the exponential.",
        "A network that guesses blindly among 27 has a loss of ln 27. Which function makes 27 of it?",
        "Math.Exp of the mean loss."
    );

    private static readonly Finding RootForExp = new(
        "root-for-exp",
        "A root was taken of the mean loss; what undoes the logarithms in it is the exponential.",
        "A network that guesses blindly among 27 has a loss of ln 27. Which function makes 27 of it?",
        "Math.Exp of the mean loss."
    );

    private static readonly Finding Arithmetic = new(
        "mean-of-inverses",
        "That is the mean of 1/p. One rare letter would outweigh all the others.",
        "Which mean has to be taken: that of 1/p, or that of the loss?",
        "First the logarithms, then their mean, then exp."
    );

    private static readonly Finding InverseOfMean = new(
        "inverse-of-mean",
        "That is 1 divided by the mean probability; surprises hardly count in it.",
        "The loss is a mean of logarithms. Does the logarithm of a mean give the same?",
        "First the logarithms, then their mean, then exp."
    );

    private static readonly Finding OtherBase = new(
        "other-base",
        "The logarithm and the exponential have different bases.",
        "2 to the power of bits, or e to the power of nats: which did you mix?",
        "Math.Log goes with Math.Exp, and Math.Log2 with Math.Pow(2, …)."
    );

    private static Finding OnlyTheFirst(int count, int of) =>
        new(
            "only-the-first",
            $"Only the first {count} of the {of} probabilities count.",
            "How long may the list be? Which length does your method reckon with?",
            "p.Average(…) takes all of them; a loop goes from 0 to p.Length − 1."
        );

    private static double Of(double[] p) => Math.Exp(p.Average(p_i => -Math.Log(p_i)));

    private static double Entropy(double p) => -p * Math.Log(p);

    public static Finding? Fault(double[] p, double given)
    {
        var nats = p.Average(p_i => -Math.Log(p_i));
        var own = Quantity.Of("The perplexity", given);
        bool Is(double value) => own.IsNear(Quantity.Of("", value));
        return Is(Math.Exp(nats)) ? null
            : own.FaultOfForm(Quantity.Of("", 1)) is { } form ? form
            : Is(Math.Exp(nats * p.Length)) ? OfTheSum
            : Is(nats) ? LossItself
            : Is(Math.Exp(-nats)) ? SignLost
            : Is(Math.Exp(p.Max(p_i => -Math.Log(p_i)))) || Is(Math.Exp(p.Min(p_i => -Math.Log(p_i)))) ? OneOnly
            : Is(Math.Exp(1 + nats)) || Is(Math.Exp(1 - nats)) || Is(1 - Math.Exp(nats)) ? OneAdded
            : Is(Math.Exp(-nats * p.Length)) ? Product
            : Is(Math.Log(nats)) || Is(Math.Log(nats * p.Length)) ? LogForExp
            : Is(Math.Sqrt(nats)) ? RootForExp
            : Is(p.Average(p_i => 1 / p_i)) ? Arithmetic
            : Is(1 / p.Average()) ? InverseOfMean
            : Is(Math.Pow(2, nats))
            || Is(Math.Pow(10, nats))
            || Is(Math.Exp(nats / Math.Log(2)))
            || Is(Math.Exp(nats / Math.Log(10)))
                ? OtherBase
            : Is(nats / Math.Log(2)) ? Bits
            : Is(nats * p.Length) ? SumOfLosses
            : Is(-nats) ? MeanLogarithm
            : Is(p.Average()) || Is(Math.Exp(p.Average())) ? MeanProbability
            : new[] { p.Sum(Entropy), p.Average(Entropy) }.Any(value => Is(value) || Is(Math.Exp(value))) ? Weighted
            : p.Length > 1 && (Is(Of(p[1..])) || Is(Of(p[..^1]))) ? OneLeftOut
            : p.Length > 1
            && (Is(Math.Exp(nats * p.Length / (p.Length - 1))) || Is(Math.Exp(nats * p.Length / (p.Length + 1))))
                ? OtherCount
            : Enumerable.Range(1, p.Length - 1).FirstOrDefault(count => Is(Of(p[..count]))) is > 0 and var first
                ? OnlyTheFirst(first, p.Length)
            : Is(1) ? AlwaysOne
            : OfMean.Diagnose(() => Memory.With(("p", p)), [("perplexity", own.Values)])
                ?? own.FaultOfValue(Quantity.Of("", Math.Exp(nats)), Texts12.Perplexity);
    }
}
