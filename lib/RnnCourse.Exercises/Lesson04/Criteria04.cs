using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Lesson04;

/// <summary>The criteria for right answers to the exercises of lesson 04.</summary>
internal static class Criteria04
{
    private const int WidthAsked = 50;
    private const double NearFloor = 0.05;

    // A network that sees one word at a time gets about four of five right.
    private const double Learnt = 0.75;

    private static readonly string[] Sentence = ["they", "still", "only", "fish"];

    public static MethodCriterion Count { get; } =
        new("your formula gives `ParameterCount` for networks of all sizes")
        {
            Cases = new(
                Admissible.SizesInWords("D", "H", "K"),
                Admissible.Sizes(3),
                (int D, int H, int K) => (H * D) + (K * H) + H + K
            ),
        };

    public static Criterion<(int? AfterB, int? AfterU)> Moved { get; } =
        new([
            new(
                $"each number says how many of the {Sentence.Length} outputs move",
                said =>
                    said.AfterB is { } b && b != MovedBy("b", 0) ? SharingFaults.Bias(b)
                    : said.AfterU is { } u && u != MovedBy("U", 8 * TinySentences.Vocabulary.ToList().IndexOf("still"))
                        ? SharingFaults.Column(u)
                    : said.AfterB is null ? SharingFaults.Open("b")
                    : said.AfterU is null ? SharingFaults.Open("U")
                    : null
            ),
        ])
        {
            ForLearnerToCheck = "Then say why, for each.",
        };

    public static Criterion<(ISequenceNetwork Network, string[] One, string[] Other)> Pair { get; } =
        new([
            new(
                $"both sentences are made of the {TinySentences.Vocabulary.Count} words, and are not the same",
                a =>
                    SentenceFaults.UnknownIn((a.One, a.Other))
                    ?? (a.One.SequenceEqual(a.Other) ? SentenceFaults.SameSentence : null)
            ),
            new(
                "some word takes one tag in the first and another in the second",
                a =>
                {
                    var (one, other) = (TinySentences.Tag(a.One), TinySentences.Tag(a.Other));
                    return one
                        .Words.Zip(one.Tags)
                        .Join(
                            other.Words.Zip(other.Tags),
                            pair => pair.First,
                            pair => pair.First,
                            (p, q) => p.Second != q.Second
                        )
                        .Any(differ => differ)
                        ? null
                        : SentenceFaults.NoSharedWord;
                }
            ),
            new(
                $"the network is a trained one, with more than {Learnt * 100:0} % of the test words right",
                a =>
                {
                    var accuracy = Accuracy(a.Network, TinySentences.Test);
                    return accuracy > Learnt ? null : SentenceFaults.NotTrained(accuracy);
                }
            ),
            new(
                "it errs in at least one of the two",
                a =>
                    Accuracy(a.Network, [TinySentences.Tag(a.One), TinySentences.Tag(a.Other)]) < 1
                        ? null
                        : SentenceFaults.NoError
            ),
        ])
        {
            ForLearnerToCheck = "Whatever you choose, it does.",
        };

    public static Criterion<SharedNetwork> Floor { get; } =
        new([
            new(
                $"the hidden layer has {WidthAsked} numbers",
                wide => wide.U.RowCount == WidthAsked ? null : SharingFaults.Width(wide.U.RowCount)
            ),
            new(
                FormattableString.Invariant(
                    $"the loss on the training sentences ends at most {NearFloor} nats above the floor"
                ),
                wide =>
                {
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
                    return loss <= floor + NearFloor ? null : SharingFaults.AboveFloor(loss, floor);
                }
            ),
            new(
                "the network has learnt from the training sentences",
                wide =>
                    Distance(wide, TinySentences.Test) < Distance(wide, TinySentences.Train)
                        ? SharingFaults.TestSentences
                        : null
            ),
        ])
        {
            ForLearnerToCheck = "Explain the floor to someone without using the word “network”.",
        };

    // A network at the floor outputs the shares of tags of the sentences that it has learnt from.
    private static double Distance(SharedNetwork net, IReadOnlyList<TinySentences.Sentence> sentences) =>
        sentences
            .SelectMany(sentence => sentence.Words.Zip(sentence.Tags))
            .GroupBy(pair => pair.First)
            .Sum(group =>
            {
                var y = net.Predict(TinySentences.OneHot(group.Key))[0];
                return group
                    .CountBy(pair => pair.Second)
                    .Sum(tag =>
                    {
                        var share = tag.Value / (double)group.Count();
                        return share * Math.Log(share / y[TinySentences.TagSet.ToList().IndexOf(tag.Key)]);
                    });
            });

    private static double Accuracy(ISequenceNetwork network, IReadOnlyList<TinySentences.Sentence> sentences) =>
        Attempt.Call("when your network was asked", () => TinySentences.Accuracy(network, sentences));

    // How many outputs for the lesson's sentence move when one number is touched.
    private static int MovedBy(string parameter, int number)
    {
        var net = new SharedNetwork(TinySentences.Vocabulary.Count, 8, TinySentences.TagSet.Count, new SeededRandom(4));
        var before = net.Predict(TinySentences.OneHot(Sentence));
        net.Parameters.Single(p => p.Name == parameter).Values[number] += 0.5;
        return before.Zip(net.Predict(TinySentences.OneHot(Sentence))).Count(pair => !pair.First.Equals(pair.Second));
    }
}
