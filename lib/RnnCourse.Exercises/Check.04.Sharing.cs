using RnnCourse.Core;
using RnnCourse.Exercises.Formulas;
using RnnCourse.Exercises.Lesson04;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks a formula for the number of parameters of the shared network.</summary>
    /// <param name="count">The learner's formula in D, H and K, in this order.</param>
    public static Feedback SharedParameterCount(Func<int, int, int, int>? count) =>
        Attempt.Judge(
            Texts04.Count,
            count,
            () =>
            {
                var sizes = new (int D, int H, int K)[] { (13, 8, 7), (4, 3, 5), (1, 10, 2) };
                int[] given =
                [
                    .. sizes.Select(size =>
                        Attempt.Call(
                            $"for D = {size.D}, H = {size.H}, K = {size.K}",
                            () => count!(size.D, size.H, size.K)
                        )
                    ),
                ];
                if (given.All(value => value == 0))
                {
                    return Findings.AlwaysZero;
                }

                bool Is(Func<int, int, int, int> formula) =>
                    sizes.Select(size => formula(size.D, size.H, size.K)).SequenceEqual(given);
                if (Is((D, H, K) => (H * D) + (K * H) + H + K))
                {
                    return null;
                }

                var wrong = Enumerable
                    .Range(0, given.Length)
                    .First(k =>
                        given[k] != (sizes[k].H * sizes[k].D) + (sizes[k].K * sizes[k].H) + sizes[k].H + sizes[k].K
                    );
                return CountFaults.Shared.FirstOrDefault(suspect => Is(suspect.Formula)).Fault
                    ?? CountFaults.OfShared.DiagnoseNumbers(
                        "count",
                        sizes.Zip(
                            given,
                            (size, answer) =>
                                (
                                    Memory.With(("D", (double)size.D), ("H", (double)size.H), ("K", (double)size.K)),
                                    (double)answer
                                )
                        )
                    )
                    ?? CountFaults.Differs(
                        $"D = {sizes[wrong].D}, H = {sizes[wrong].H}, K = {sizes[wrong].K}",
                        given[wrong],
                        new SharedNetwork(
                            sizes[wrong].D,
                            sizes[wrong].H,
                            sizes[wrong].K,
                            new SeededRandom(1)
                        ).ParameterCount
                    );
            }
        );

    /// <summary>Checks how many of the four outputs for "they still only fish" change when one parameter is
    /// changed.</summary>
    /// <param name="afterB">How many change if a number of b is changed; null if not answered yet.</param>
    /// <param name="afterU">How many change if a number of U in the column of "still" is changed.</param>
    public static Feedback MovedOutputs(int? afterB, int? afterU) =>
        Attempt.Judge(Texts04.Moved, afterB is null && afterU is null, () => Criteria04.Moved.Fault((afterB, afterU)));

    /// <summary>Checks two sentences that share a word with different tags, and shows that the shared network makes a
    /// mistake in one of them.</summary>
    /// <param name="network">The trained shared network, D = 13 and K = 7.</param>
    /// <param name="first">One sentence, its words with spaces between; null if there is none yet.</param>
    /// <param name="second">The other.</param>
    public static Feedback BlindPair(ISequenceNetwork? network, string? first, string? second) =>
        Attempt.Judge(
            Texts04.Pair,
            network is null || string.IsNullOrWhiteSpace(first) || string.IsNullOrWhiteSpace(second),
            () => Criteria04.Pair.Fault((network!, Words(first!), Words(second!)))
        );

    /// <summary>Checks that a wider network was trained down to the lowest possible loss, and no further.</summary>
    /// <param name="wide">The trained network, with a hidden layer of 50; null if there is none yet.</param>
    public static Feedback AtTheFloor(SharedNetwork? wide) =>
        Attempt.Judge(Texts04.Floor, wide is null, () => Criteria04.Floor.Fault(wide!));
}
