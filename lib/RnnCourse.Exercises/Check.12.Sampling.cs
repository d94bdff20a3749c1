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
