using RnnCourse.Core;

namespace RnnCourse.Exercises.Tests.Lesson07;

/// <summary>Wrong losses, softmaxes and loops over sequences that the zoo of bugs doesn't hold, each told
/// apart.</summary>
public sealed class LossAndSoftmaxTests : WrongAnswersTests<LossAndSoftmaxTests>, IWrongAnswers
{
    public static IReadOnlyDictionary<string, Func<Feedback>> Wrong { get; } =
        new Dictionary<string, Func<Feedback>>
        {
            ["first-missing"] = () =>
                Check.MaskedLoss((y, targets) => CrossEntropy.Loss([.. y.Skip(1)], [.. targets.Skip(1)])),
            ["first-missing/mean"] = () =>
                Check.MaskedMeanLoss(
                    (y, targets) =>
                        CrossEntropy.Loss([.. y.Skip(1)], [.. targets.Skip(1)])
                        / Math.Max(1, targets.Count(t => t is not null))
                ),
            ["no-logarithm/product"] = () => Check.MaskedLoss((y, targets) => Math.Exp(-CrossEntropy.Loss(y, targets))),
            ["no-logarithm/sum"] = () =>
                Check.MaskedLoss((y, targets) => y.Zip(targets).Sum(pair => pair.Second is { } k ? pair.First[k] : 0)),
            ["not-normalised"] = () => Check.Softmax(z => (z - z.Maximum()).PointwiseExp()),
            ["softmax-not-divided"] = () => Check.Softmax(z => z.PointwiseExp()),
            ["differs/scores cut at 700"] = () =>
                Check.Softmax(z => z.Map(v => Math.Exp(Math.Min(v, 700))) is var e ? e / e.Sum() : z),
            ["count/one list for all"] = () =>
                Check.ManySequences(
                    (rnn, sequences) =>
                        [
                            [.. sequences.SelectMany(x => rnn.Predict(x))],
                        ]
                ),
            ["index"] = () =>
                Check.Mask(
                    (where, n, columns) =>
                    {
                        var mask = new bool[columns];
                        mask[n - 1] = true;
                        return mask;
                    }
                ),
        };

    [Fact]
    public void A_list_for_all_sequences_is_counted_in_good_English() =>
        Assert.Contains(
            "For 5 sequences the method returns 1 list of outputs.",
            Wrong["count/one list for all"]().Message,
            StringComparison.Ordinal
        );
}
