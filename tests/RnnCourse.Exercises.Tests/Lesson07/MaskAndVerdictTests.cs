using RnnCourse.Core;
using RnnCourse.Datasets;
using Sentence = RnnCourse.Datasets.TinySentences.Sentence;

namespace RnnCourse.Exercises.Tests.Lesson07;

/// <summary>The checks of the mask and of the verdict: typical wrong answers, each told apart.</summary>
public sealed class MaskAndVerdictTests
{
    private static readonly Func<Sentence, bool> HasNoun = s => s.Tags.Contains("NOUN");
    private static readonly VanillaRnn FindsNouns = Trained(HasNoun);

    public static TheoryData<string> Masks => [.. WrongMasks.Keys];

    private static readonly Dictionary<string, Check.MaskMethod> WrongMasks = new()
    {
        ["padding-ignored"] = (where, _, columns) => Each(columns, i => where == Read.EveryStep || i == columns),
        ["one-far"] = (where, n, columns) => Each(columns, i => where == Read.EveryStep ? i <= n + 1 : i == n + 1),
        ["inverted"] = (where, n, columns) => Each(columns, i => where == Read.EveryStep ? i > n : i != n),
        ["patterns-swapped"] = (where, n, columns) => Each(columns, i => where == Read.LastStep ? i <= n : i == n),
        ["always-every"] = (_, n, columns) => Each(columns, i => i <= n),
        ["always-last"] = (_, n, columns) => Each(columns, i => i == n),
        ["differs"] = (_, _, columns) => Each(columns, i => i == 2),
        ["threw"] = (_, n, _) => throw new InvalidOperationException($"{n}"),
    };

    [Theory]
    [MemberData(nameof(Masks))]
    public void A_wrong_mask_is_named(string name)
    {
        var feedback = Check.Mask(WrongMasks[name]);
        Assert.True(feedback.Fault == name, feedback.ToString());
        Assert.Equal(2, feedback.Hint().Hints.Distinct().Count());
    }

    [Fact]
    public void A_mask_that_no_known_mistake_explains_is_shown_beside_the_right_one() =>
        Assert.Contains(
            "the mask is 0100, but should be 1111",
            Check.Mask(WrongMasks["differs"]).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_right_mask_may_be_written_otherwise() =>
        Assert.Equal(
            FeedbackState.Correct,
            Check
                .Mask(
                    (where, n, columns) =>
                    {
                        var mask = new bool[columns];
                        for (var k = where == Read.EveryStep ? 0 : Math.Max(0, n - 1); k < n; k++)
                        {
                            mask[k] = true;
                        }

                        return mask;
                    }
                )
                .State
        );

    [Fact]
    public void Without_a_mask_nothing_is_attempted()
    {
        Assert.Equal(FeedbackState.NotAttempted, Check.Mask(null).State);
        Assert.Equal(FeedbackState.NotAttempted, Check.Mask((_, _, _) => null!).State);
        Assert.Equal(FeedbackState.NotAttempted, Check.Mask((_, _, _) => throw new NotImplementedException()).State);
    }

    [Fact]
    public void A_network_that_finds_nouns_is_a_right_answer() =>
        Assert.Equal(FeedbackState.Correct, Check.Verdict(FindsNouns, HasNoun).State);

    [Fact]
    public void The_network_is_left_as_it_was()
    {
        var before = FindsNouns.Parameters.SelectMany(p => p.Values).ToArray();
        Check.Verdict(FindsNouns, HasNoun);
        Assert.Equal(before, FindsNouns.Parameters.SelectMany(p => p.Values));
    }

    [Fact]
    public void The_value_of_a_null_target_and_the_mean_of_nothing_get_hints_of_their_own()
    {
        Assert.Equal(
            "null-value",
            Check.MaskedLoss((y, targets) => y.Select((y_i, i) => -Math.Log(y_i[targets[i]!.Value])).Sum()).Fault
        );
        Assert.Equal(
            "empty",
            Check
                .MaskedMeanLoss(
                    (y, targets) =>
                        y.Zip(targets)
                            .Where(pair => pair.Second is not null)
                            .Average(pair => -Math.Log(pair.First[pair.Second!.Value]))
                )
                .Fault
        );
    }

    [Fact]
    public void Wrong_verdicts_are_named()
    {
        Assert.Equal("sizes", Check.Verdict(new VanillaRnn(13, 4, 7, new SeededRandom(1)), HasNoun).Fault);
        Assert.Equal("one-sided", Check.Verdict(FindsNouns, _ => true).Fault);
        Assert.Equal("one-sided", Check.Verdict(FindsNouns, s => s.Words.Count == 1).Fault);
        Assert.Equal("last-word-tells", Check.Verdict(FindsNouns, s => s.Words[^1] is "fish" or "swim").Fault);
        Assert.Equal("classes-swapped", Check.Verdict(FindsNouns, s => !HasNoun(s)).Fault);
        Assert.Equal("not-learnt", Check.Verdict(new VanillaRnn(13, 4, 2, new SeededRandom(1)), HasNoun).Fault);
        Assert.Equal("threw", Check.Verdict(FindsNouns, s => throw new InvalidOperationException($"{s}")).Fault);
    }

    [Fact]
    public void Without_a_network_or_a_question_nothing_is_attempted()
    {
        Assert.Equal(FeedbackState.NotAttempted, Check.Verdict(null, HasNoun).State);
        Assert.Equal(
            FeedbackState.NotAttempted,
            Check.Verdict(FindsNouns, _ => throw new NotImplementedException()).State
        );
    }

    private static bool[] Each(int columns, Func<int, bool> read) => [.. Enumerable.Range(1, columns).Select(read)];

    private static VanillaRnn Trained(Func<Sentence, bool> question)
    {
        var net = new VanillaRnn(13, 8, 2, new SeededRandom(7));
        GradientDescent.Example Asked(Sentence s) =>
            new(
                TinySentences.OneHot(s.Words),
                [.. s.Words.Select((_, i) => i == s.Words.Count - 1 ? (int?)(question(s) ? 1 : 0) : null)]
            );
        GradientDescent.Train(net, [.. TinySentences.Train.Select(Asked)], 60, 0.03, new SeededRandom(8));
        return net;
    }
}
