using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Exercises.Lesson02;
using Sentence = RnnCourse.Datasets.TinySentences.Sentence;

namespace RnnCourse.Exercises.Tests.Lesson02;

/// <summary>The checks of lesson 02: typical wrong answers, each told apart.</summary>
public sealed class PairsTests : WrongAnswersTests<PairsTests>, IWrongAnswers
{
    private static readonly List<Sentence> Drawn = DrawSome(400);
    private static readonly double Ceiling = CeilingOf(Drawn);

    public static IReadOnlyDictionary<string, Func<Feedback>> Wrong { get; } =
        new Dictionary<string, Func<Feedback>>
        {
            ["unknown-word/bag"] = () => Check.BagPair("the dog can swim", "the swim can dog"),
            ["not-one-fish"] = () => Check.BagPair("the cook can swim", "the swim can cook"),
            ["not-one-fish/two"] = () => Check.BagPair("the fish can fish", "the fish can fish"),
            ["other-words/bag"] = () => Check.BagPair("the fish can swim", "they fish"),
            ["same-label/bag"] = () => Check.BagPair("they can fish", "can they fish"),
            ["no-sentence"] = () => Check.BagPair("the fish can swim", "the swim fish can"),
            ["no-sentence/intransitive with object"] = () => Check.BagPair("they swim the fish", "the swim they fish"),
            ["unknown-word/window"] = () => Check.WindowPair("a", "b"),
            ["no-only"] = () => Check.WindowPair("they fish", "they fish"),
            ["other-words/window"] = () => Check.WindowPair("they only fish", "they only swim"),
            ["windows-differ"] = () => Check.WindowPair("they only cook the fish", "they cook the only fish"),
            ["same-label/window"] = () =>
                Check.WindowPair("they can still cook the still only fish", "they can still cook the still only fish"),
            ["can-be-shorter"] = () =>
                Check.WindowPair(
                    "we will still just still still only guide the fish",
                    "we will still just still still guide the only fish"
                ),
            ["too-few"] = () => Check.BagCeiling(Drawn.Take(299).ToList(), Ceiling, null),
            ["not-as-asked/two"] = () =>
                Check.BagCeiling([.. Drawn, TinySentences.Tag("only", "only", "fish")], Ceiling, null),
            ["not-as-asked/none"] = () =>
                Check.BagCeiling([.. Drawn, TinySentences.Tag("they", "fish")], Ceiling, null),
            ["not-as-asked/long"] = () =>
                Check.BagCeiling(
                    [.. Drawn, TinySentences.Tag("they", "can", "only", "still", "still", "still", "fish")],
                    Ceiling,
                    null
                ),
            ["hand-picked"] = () =>
                Check.BagCeiling(
                    [
                        .. Enumerable
                            .Range(0, 300)
                            .Select(k =>
                                k % 2 == 0
                                    ? TinySentences.Tag("they", "only", "cook", "the", "fish")
                                    : TinySentences.Tag("they", "cook", "the", "only", "fish")
                            ),
                    ],
                    0.5,
                    null
                ),
            ["not-sorted"] = () => Check.BagCeiling(Drawn, 1, null),
            ["one-group"] = () =>
                Check.BagCeiling(Drawn, Drawn.CountBy(Label).Max(pair => pair.Value) / (double)Drawn.Count, null),
            ["groups-not-weighted"] = () =>
                Check.BagCeiling(
                    Drawn,
                    Drawn.GroupBy(Key).Average(g => g.CountBy(Label).Max(pair => pair.Value) / (double)g.Count()),
                    null
                ),
            ["errors"] = () => Check.BagCeiling(Drawn, 1 - Ceiling, null),
            ["percent"] = () => Check.BagCeiling(Drawn, 100 * Ceiling, null),
            ["not-divided"] = () => Check.BagCeiling(Drawn, Ceiling * Drawn.Count, null),
            ["differs/ceiling"] = () => Check.BagCeiling(Drawn, double.NaN, null),
            ["open/ceiling"] = () => Check.BagCeiling(Drawn, Ceiling, null),
            ["shape"] = () => Check.BagCeiling(Drawn, Ceiling, new SharedNetwork(78, 8, 2, new SeededRandom(1))),
            ["classes-swapped"] = () => Check.BagCeiling(Drawn, Ceiling, Contrary()),
            ["not-trained"] = () => Check.BagCeiling(Drawn, Ceiling, new SharedNetwork(13, 8, 2, new SeededRandom(1))),
            ["single-words"] = () => Check.PairBag(words => FeedForward.Bag(TinySentences.OneHot(words)), null, null),
            ["size-varies"] = () =>
                Check.PairBag(words => Vector<double>.Build.Dense(words.Count + words[0].Length + 100), null, null),
            ["not-one"] = () => Check.PairBag(words => Vector<double>.Build.Dense(169, 1), null, null),
            ["not-finite"] = () => Check.PairBag(words => Vector<double>.Build.Dense(169, double.NaN), null, null),
            ["order-lost"] = () =>
                Check.PairBag(words => Pairs(words, (a, b) => Math.Min(a, b) * 13 + Math.Max(a, b)), null, null),
            ["collision"] = () => Check.PairBag(words => Pairs(words, (a, b) => 2 * a + b), null, null),
            ["marked"] = () =>
                Check.PairBag(words => Pairs(words, (a, b) => 13 * a + b).Map(v => Math.Min(1, v)), null, null),
            ["one-short"] = () =>
                Check.PairBag(words => Pairs([.. words.SkipLast(1)], (a, b) => 13 * a + b), null, null),
            ["steps-by-two"] = () =>
                Check.PairBag(
                    words =>
                        words
                            .Chunk(2)
                            .Where(c => c.Length == 2)
                            .Aggregate(
                                Vector<double>.Build.Dense(169),
                                (sum, c) => sum + Pairs(c, (a, b) => 13 * a + b)
                            ),
                    null,
                    null
                ),
            ["one-only"] = () =>
                Check.PairBag(words => Pairs([.. words.TakeLast(2)], (a, b) => 13 * a + b), null, null),
            ["differs/long ones backwards"] = () =>
                Check.PairBag(
                    words => Pairs(words.Count > 2 ? [.. words.Reverse()] : words, (a, b) => 13 * a + b),
                    null,
                    null
                ),
            ["threw"] = () =>
                Check.PairBag(
                    words =>
                        words.Count < 2
                            ? throw new InvalidOperationException("too short")
                            : Pairs(words, (a, b) => 13 * a + b),
                    null,
                    null
                ),
            ["open/pairs"] = () => Check.PairBag(words => Pairs(words, (a, b) => 13 * a + b), null, null),
            ["no-only/pairs"] = () =>
                Check.PairBag(words => Pairs(words, (a, b) => 13 * a + b), "they fish", "the fish"),
            ["same-label/pairs"] = () =>
                Check.PairBag(words => Pairs(words, (a, b) => 13 * a + b), "they only fish", "we only fish"),
            ["told-apart"] = () =>
                Check.PairBag(words => Pairs(words, (a, b) => 13 * a + b), "they only fish", "the only fish"),
        };

    [Theory]
    [InlineData("they can cook the fish", "the cook can fish they", false)]
    [InlineData("every still fish will swim", "every still swim will fish", true)]
    [InlineData("guide the fish", "fish the guide", false)]
    [InlineData("they will guide the fish", "they fish the will guide", false)]
    [InlineData("the fish can guide the swim", "the guide can fish the swim", false)]
    [InlineData("can the fish swim", "can the swim fish", true)]
    [InlineData("the fish swim", "the swim fish", true)]
    [InlineData("they still fish", "still they fish", false)] // the same tag
    [InlineData("the fish can only guide the swim", "the guide can only swim the fish", false)]
    public void Pairs_of_the_same_words_are_right_where_both_make_sense(string first, string second, bool right) =>
        Assert.Equal(right, Check.BagPair(first, second).State == FeedbackState.Correct);

    [Fact]
    public void Every_sentence_of_the_data_set_makes_sense() =>
        Assert.All(
            TinySentences.Train.Concat(TinySentences.Test),
            s => Assert.True(PairFaults.MakesSense([.. s.Words]), $"{s}")
        );

    [Fact]
    public void Pairs_may_be_numbered_in_any_way() =>
        Assert.Equal(
            FeedbackState.Correct,
            Check
                .PairBag(
                    words => Pairs(words, (a, b) => 168 - (a + (13 * b))),
                    "the still only still fish still",
                    "the still fish still only still"
                )
                .State
        );

    [Fact]
    public void The_word_only_among_the_first_six_settles_the_label() =>
        Assert.Equal(
            "same-label",
            Check.WindowPair("only can still cook the still fish only", "only can still cook the still only fish").Fault
        );

    [Fact]
    public void Blanks_are_not_attempted_yet() =>
        Assert.All(
            [
                Check.BagPair(null, null),
                Check.BagPair("they fish", " "),
                Check.WindowPair(null, "x"),
                Check.BagCeiling(null, 0.5, null),
                Check.BagCeiling(Drawn, null, null),
                Check.PairBag(null, null, null),
                Check.PairBag(_ => null!, null, null),
                Check.PairBag(_ => throw new NotImplementedException(), null, null),
            ],
            blank => Assert.Equal(FeedbackState.NotAttempted, blank.State)
        );

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    // Each with a different size; RNN_LONG=1 tries all sizes.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_solution_is_right_with_any_seed_and_size(int seed)
    {
        int[] sizes = [4, 8, 16, 30];
        var isLong = Environment.GetEnvironmentVariable("RNN_LONG") == "1";
        foreach (var H in isLong ? sizes : [sizes[seed % 4]])
        {
            var random = new SeededRandom((ulong)(1000 * seed));
            var drawn = DrawSome(seed % 2 == 0 ? 500 : 300, random);
            var net = new SharedNetwork(13, H, 2, random);
            GradientDescent.Train(net, Examples(drawn), 40, 0.1, random);
            var feedback = Check.BagCeiling(drawn, CeilingOf(drawn), net);
            Assert.True(feedback.State == FeedbackState.Correct, $"H = {H}: {feedback}");
        }
    }

    [Fact]
    public void A_network_that_knows_only_how_often_each_label_occurs_has_not_learnt()
    {
        var net = new SharedNetwork(13, 8, 2, new SeededRandom(1));
        net.V.Clear();
        var verbs = Drawn.Count(s => Label(s) == "ADV") / (double)Drawn.Count;
        (net.c[0], net.c[1]) = (Math.Log(verbs), Math.Log(1 - verbs));
        Assert.Equal("not-trained", Check.BagCeiling(Drawn, Ceiling, net).Fault);
        net.c[0] = double.NaN;
        Assert.Equal("not-trained", Check.BagCeiling(Drawn, Ceiling, net).Fault);
    }

    private static double CeilingOf(List<Sentence> drawn) =>
        drawn.GroupBy(Key).Sum(g => g.CountBy(Label).Max(pair => pair.Value)) / (double)drawn.Count;

    private static List<GradientDescent.Example> Examples(List<Sentence> drawn) =>
        [
            .. drawn.Select(s => new GradientDescent.Example(
                [FeedForward.Bag(TinySentences.OneHot(s.Words))],
                [Label(s) == "ADV" ? 0 : 1]
            )),
        ];

    private static string Key(Sentence s) => string.Join(' ', s.Words.Order());

    private static string Label(Sentence s) => s.Tags[s.Words.ToList().IndexOf("only")];

    private static List<Sentence> DrawSome(int count, SeededRandom? random = null)
    {
        random ??= new SeededRandom(5);
        var drawn = new List<Sentence>();
        while (drawn.Count < count)
        {
            var s = TinySentences.Draw(1 + random.NextIndex(6), random);
            if (s.Words.Count(word => word == "only") == 1)
            {
                drawn.Add(s);
            }
        }

        return drawn;
    }

    // Trained to give the opposite of the right answers.
    private static SharedNetwork Contrary()
    {
        var (net, random) = (new SharedNetwork(13, 8, 2, new SeededRandom(1)), new SeededRandom(2));
        GradientDescent.Train(
            net,
            [
                .. Drawn.Select(s => new GradientDescent.Example(
                    [FeedForward.Bag(TinySentences.OneHot(s.Words))],
                    [Label(s) == "ADV" ? 1 : 0]
                )),
            ],
            20,
            0.1,
            random
        );
        return net;
    }

    private static Vector<double> Pairs(IReadOnlyList<string> words, Func<int, int, int> place)
    {
        var numbers = words.Select(word => TinySentences.Vocabulary.ToList().IndexOf(word)).ToList();
        var v = Vector<double>.Build.Dense(169);
        foreach (var (a, b) in numbers.Zip(numbers.Skip(1)))
        {
            v[place(a, b)]++;
        }

        return v;
    }
}
