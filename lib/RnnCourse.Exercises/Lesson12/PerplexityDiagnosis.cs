using RnnCourse.Exercises.Formulas;

namespace RnnCourse.Exercises.Lesson12;

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
