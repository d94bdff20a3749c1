using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Exercises.Formulas;
using RnnCourse.Exercises.Lesson04;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks the number of parameters of the shared network as a formula.</summary>
    /// <param name="count">The learner's formula in D, H and K, in this order.</param>
    public static Feedback SharedParameterCount(Func<int, int, int, int>? count) =>
        Attempt.Judge(
            Texts04.Count,
            count is null,
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
                    throw Attempt.Blank();
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

    /// <summary>Checks how many of the four outputs for "they still only fish" move when one number is
    /// touched.</summary>
    /// <param name="afterB">How many move after a number of b was touched; null where it was not said yet.</param>
    /// <param name="afterU">How many move after a number of U in the column of "still" was touched.</param>
    public static Feedback MovedOutputs(int? afterB, int? afterU) =>
        Attempt.Judge(
            Texts04.Moved,
            afterB is null && afterU is null,
            () =>
                afterB is { } b && b != 4 ? SharingFaults.Bias(b)
                : afterU is { } u && u != 1 ? SharingFaults.Column(u)
                : afterB is null ? SharingFaults.Open("b")
                : afterU is null ? SharingFaults.Open("U")
                : null
        );

    /// <summary>Checks two sentences that share a word with different tags, and shows that the shared network errs in
    /// one.</summary>
    /// <param name="network">The trained shared network, D = 13 and K = 7.</param>
    /// <param name="first">One sentence, its words with spaces between; null where there is none yet.</param>
    /// <param name="second">The other.</param>
    public static Feedback BlindPair(ISequenceNetwork? network, string? first, string? second) =>
        Attempt.Judge(
            Texts04.Pair,
            network is null || string.IsNullOrWhiteSpace(first) || string.IsNullOrWhiteSpace(second),
            () =>
            {
                string[] one = Words(first!),
                    other = Words(second!);
                if (one.Concat(other).FirstOrDefault(word => !TinySentences.Vocabulary.Contains(word)) is { } unknown)
                {
                    return SentenceFaults.Unknown(unknown);
                }

                if (one.SequenceEqual(other))
                {
                    return SentenceFaults.SameSentence;
                }

                var (tagged, otherTagged) = (TinySentences.Tag(one), TinySentences.Tag(other));
                var pairs = tagged.Words.Zip(tagged.Tags).ToList();
                if (
                    !otherTagged
                        .Words.Zip(otherTagged.Tags)
                        .Any(pair => pairs.Any(p => p.First == pair.First && p.Second != pair.Second))
                )
                {
                    return SentenceFaults.NoSharedWord;
                }

                var accuracy = Attempt.Call(
                    "when your network was asked",
                    () => TinySentences.Accuracy(network!, TinySentences.Test)
                );
                if (!(accuracy > 0.75))
                {
                    return SentenceFaults.NotTrained(accuracy);
                }

                return
                    Attempt.Call(
                        "when your network was asked",
                        () => TinySentences.Accuracy(network!, [tagged, otherTagged])
                    ) < 1
                    ? null
                    : SentenceFaults.NoError;
            }
        );

    /// <summary>Checks that a wider network was trained down to the floor, and no further.</summary>
    /// <param name="wide">The trained network, with a hidden layer of 50; null where there is none yet.</param>
    public static Feedback AtTheFloor(SharedNetwork? wide) =>
        Attempt.Judge(
            Texts04.Floor,
            wide is null,
            () =>
            {
                if (wide!.U.RowCount != 50)
                {
                    return SharingFaults.Width(wide.U.RowCount);
                }

                var words = TinySentences.Train.SelectMany(sentence => sentence.Words.Zip(sentence.Tags)).ToList();
                var (ofWord, ofPair) = (
                    words.CountBy(pair => pair.First).ToDictionary(),
                    words.CountBy(pair => pair).ToDictionary()
                );
                var floor = words.Average(pair => -Math.Log((double)ofPair[pair] / ofWord[pair.First]));
                var loss =
                    TinySentences
                        .Train.Select(TinySentences.ToExample)
                        .Sum(example => CrossEntropy.Loss(wide.Predict(example.x), example.targets)) / words.Count;
                if (!(loss <= floor + 0.05))
                {
                    return SharingFaults.AboveFloor(loss, floor);
                }

                // Which sentences a network at the floor has learnt from, their own shares of tags tell.
                double Distance(IReadOnlyList<TinySentences.Sentence> sentences) =>
                    sentences
                        .SelectMany(sentence => sentence.Words.Zip(sentence.Tags))
                        .GroupBy(pair => pair.First)
                        .Sum(group =>
                        {
                            var y = wide.Predict(TinySentences.OneHot(group.Key))[0];
                            return group
                                .CountBy(pair => pair.Second)
                                .Sum(tag =>
                                {
                                    var share = tag.Value / (double)group.Count();
                                    return share * Math.Log(share / y[TinySentences.TagSet.ToList().IndexOf(tag.Key)]);
                                });
                        });
                return Distance(TinySentences.Test) < Distance(TinySentences.Train)
                    ? SharingFaults.TestSentences
                    : null;
            }
        );
}
