using RnnCourse.Exercises.Lesson11;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks clipping by the norm: the steps' contributions are summed, and the sum is scaled down if it is
    /// longer than the limit.</summary>
    /// <param name="clip">The learner's method: from the contributions, each of length N, and the limit to the clipped
    /// gradient, length N.</param>
    public static Feedback Clip(Func<IReadOnlyList<double[]>, double, double[]>? clip) =>
        Attempt.Judge(
            Texts11.Clip,
            clip,
            () =>
            {
                foreach (
                    var (limit, factor, count) in new[]
                    {
                        (5.0, 6.0, 3),
                        (100.0, 6.0, 3),
                        (1.0, 6.0, 3),
                        (1.0, 0.0, 3),
                        (2.0, 6.0, 1),
                    }
                )
                {
                    double[][] contributions =
                    [
                        .. SampleNetwork.Inputs(4, count, 61).Select((v, k) => (factor * (k + 1) * v).ToArray()),
                    ];
                    double[][] copy = [.. contributions.Select(contribution => (double[])contribution.Clone())];
                    var given =
                        Attempt.Call(
                            $"for {count} contribution{(count == 1 ? "" : "s")} and the limit "
                                + $"{limit.ToString(System.Globalization.CultureInfo.InvariantCulture)}",
                            () => clip!(copy, limit)
                        ) ?? throw Attempt.Blank();
                    if (
                        !contributions
                            .Zip(copy)
                            .All(pair => pair.Second is not null && pair.First.SequenceEqual(pair.Second))
                    )
                    {
                        return Findings.Changed("the contributions");
                    }

                    if (ClipDiagnosis.Fault(contributions, limit, given) is { } fault)
                    {
                        return fault;
                    }
                }

                return null;
            }
        );
}
