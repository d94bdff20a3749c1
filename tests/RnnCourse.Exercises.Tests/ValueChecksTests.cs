using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Tests;

/// <summary>The checks of lessons 01, 04 and 05 and of lesson 06's networks: typical wrong answers, each told
/// apart.</summary>
public sealed class ValueChecksTests : WrongAnswersTests<ValueChecksTests>, IWrongAnswers
{
    private static readonly SharedNetwork Shared = new(13, 8, 7, new SeededRandom(1));
    private static readonly VanillaRnn Recurrent = new(13, 8, 7, new SeededRandom(1));
    private static readonly FunctionPerStep PerStep = new(13, 8, 7, 6, new SeededRandom(1));

    private static IReadOnlyList<Vector<double>> Numbers(int n, int D = 2) =>
        [.. Enumerable.Range(1, n).Select(i => Vector<double>.Build.Dense(D, i))];

    private static GradientDescent.Example Padded(
        TinySentences.Sentence sentence,
        bool behind = false,
        bool all = false,
        int length = 6
    )
    {
        var (x, targets) = TinySentences.ToExample(sentence);
        var blanks = Enumerable.Repeat(Vector<double>.Build.Dense(13), length - x.Count);
        var nothing = Enumerable.Repeat((int?)null, length - x.Count);
        return new(
            behind ? [.. x, .. blanks] : [.. blanks, .. x],
            all ? [.. nothing, .. targets] : [.. Enumerable.Repeat((int?)null, length - 1), targets[^1]]
        );
    }

    public static IReadOnlyDictionary<string, Func<Feedback>> Wrong { get; } =
        new Dictionary<string, Func<Feedback>>
        {
            ["task-a"] = () => Check.EightTasks(a: Read.EveryStep),
            ["task-e"] = () => Check.EightTasks(a: Read.LastStep, e: Read.LastStep),
            ["task-h"] = () => Check.EightTasks(h: Read.LastStep),
            ["open/tasks"] = () => Check.EightTasks(b: Read.EveryStep),
            ["too-short"] = () => Check.TaskOfYourOwn(Numbers(1), ["a"]),
            ["answers"] = () => Check.TaskOfYourOwn(Numbers(3), ["a"]),
            ["nothing-read"] = () => Check.TaskOfYourOwn(Numbers(2), [null, null]),
            ["other-mask"] = () => Check.TaskOfYourOwn(Numbers(3), ["a", null, "b"]),
            ["words"] = () => Check.TaskOfYourOwn(TinySentences.OneHot("they", "fish"), [null, "b"]),
            ["missing"] = () => Check.TaskOfYourOwn([null!, null!], [null, "b"]),
            ["shape"] = () => Check.TaskOfYourOwn([Numbers(1)[0], Numbers(1, 3)[0]], [null, "b"]),
            ["unknown-word"] = () => Check.FarApart("they swam", "the swam"),
            ["lengths"] = () => Check.FarApart("they swim", "the just swim"),
            ["not-swim"] = () => Check.FarApart("they fish", "the fish"),
            ["differing/none"] = () => Check.FarApart("they swim", "they swim"),
            ["differing/two"] = () => Check.FarApart("they just swim", "the only swim"),
            ["same-tag"] = () => Check.FarApart("they swim", "we swim"),
            ["too-near"] = () => Check.FarApart("they swim", "the swim"),
            ["biases-forgotten/shared"] = () => Check.SharedParameterCount((D, H, K) => (H * D) + (K * H)),
            ["w-counted"] = () => Check.SharedParameterCount((D, H, K) => (H * D) + (H * H) + (K * H) + H + K),
            ["c-forgotten"] = () => Check.SharedParameterCount((D, H, K) => (H * D) + (K * H) + H),
            ["b-forgotten"] = () => Check.SharedParameterCount((D, H, K) => (H * D) + (K * H) + K),
            ["term-missing/shared"] = () => Check.SharedParameterCount((D, H, K) => D + H + K),
            ["constant/right for one size only"] = () => Check.SharedParameterCount((_, _, _) => 175),
            ["moved-b"] = () => Check.MovedOutputs(1, 1),
            ["moved-u"] = () => Check.MovedOutputs(4, 4),
            ["open/moved"] = () => Check.MovedOutputs(4, null),
            ["no-shared-word"] = () => Check.BlindPair(Shared, "they fish", "we fish"),
            ["width"] = () => Check.AtTheFloor(Shared),
            ["above-floor"] = () => Check.AtTheFloor(new SharedNetwork(13, 50, 7, new SeededRandom(1))),
            ["lessons-sizes"] = () => Check.PerStepCounts(13, 8, 7, 6500, null, null),
            ["sizes"] = () => Check.PerStepCounts(0, 1, 1, 1, null, null),
            ["all-like-f1"] = () => Check.PerStepCounts(5, 4, 3, 10 * (20 + 19), null, null),
            ["all-like-fn"] = () => Check.PerStepCounts(5, 4, 3, 10 * (200 + 19), null, null),
            ["last-only"] = () => Check.PerStepCounts(5, 4, 3, 219, null, null),
            ["rest-once"] = () => Check.PerStepCounts(5, 4, 3, 1100 + 19, null, null),
            ["biases-forgotten/per step"] = () => Check.PerStepCounts(5, 4, 3, 1100 + 120, null, null),
            ["sum-to-n-minus-1"] = () => Check.PerStepCounts(5, 4, 3, 900 + (9 * 19), null, null),
            ["count-differs/per step"] = () => Check.PerStepCounts(5, 4, 3, 1290, 102901, null),
            ["open/million"] = () => Check.PerStepCounts(5, 4, 3, 1290, 102900, null),
            ["not-yet-a-million"] = () => Check.PerStepCounts(5, 4, 3, 1290, 102900, 314),
            ["earlier"] = () => Check.PerStepCounts(5, 4, 3, 1290, 102900, 316),
            ["no-error"] = () => Check.ExplainedErrors(PerStep, [(1, "swam", "VERB", 0, 0)]),
            ["no-error/a line left blank"] = () => Check.ExplainedErrors(PerStep, [default]),
            ["incomplete"] = () => Check.ExplainedErrors(PerStep, []),
            ["the-lessons"] = () => Check.BlindSpot(PerStep, PerStep, "swim", 4),
            ["not-trained/blind"] = () => Check.BlindSpot(PerStep, PerStep, "fish", 3),
            ["no-such-step"] = () => Check.BlindSpot(PerStep, PerStep, "fish", 7),
            ["not-six"] = () => Check.PadInFront(TinySentences.ToExample),
            ["padded-behind"] = () => Check.PadInFront(sentence => Padded(sentence, behind: true)),
            ["not-f6-alone"] = () => Check.PadInFront(sentence => Padded(sentence, all: true)),
            ["targets-not-six"] = () => Check.PadInFront(sentence => Padded(sentence) with { targets = [1] }),
            ["last-target"] = () => Check.PadInFront(sentence => Padded(sentence) with { targets = new int?[6] }),
            ["passes-all"] = () =>
                Check.StateTest((predict, rnn) => predict(rnn, TinySentences.OneHot("they", "fish")).Count == 2),
            ["fails-all"] = () =>
                Check.StateTest(
                    (predict, rnn) =>
                        !predict(rnn, TinySentences.OneHot("fish", "they"))[0]
                            .Equals(predict(rnn, TinySentences.OneHot("fish", "the"))[0])
                ),
            ["wrong-way-round"] = () =>
                Check.StateTest(
                    (predict, rnn) =>
                        predict(rnn, TinySentences.OneHot("they", "fish"))[1]
                            .Equals(predict(rnn, TinySentences.OneHot("the", "fish"))[1])
                ),
            ["w-not-zero"] = () => Check.SpecialCase(Recurrent, Shared),
            ["not-copied"] = () => Check.SpecialCase(WithoutW(), new SharedNetwork(13, 8, 7, new SeededRandom(2))),
            ["no-filler"] = () => Check.FlatCurve(Recurrent, "fish"),
            ["too-large"] = () => Check.HandMade(Recurrent),
            ["same-tag/by hand"] = () => Check.HandMade(new VanillaRnn(13, 2, 7, new SeededRandom(1))),
            ["shape/by hand"] = () => Check.HandMade(new VanillaRnn(13, 2, 3, new SeededRandom(1))),
        };

    private static VanillaRnn WithoutW()
    {
        var rnn = new VanillaRnn(13, 8, 7, new SeededRandom(1));
        rnn.W.Clear();
        return rnn;
    }

    [Fact]
    public void The_word_that_keeps_the_states_apart_is_told_from_the_two_others()
    {
        var feedback = new[] { "still", "only", "just" }.Select(word => Check.FlatCurve(Recurrent, word)).ToList();
        Assert.Single(feedback, f => f.State == FeedbackState.Correct);
        Assert.Equal(2, feedback.Count(f => f.Fault == "falls"));
    }

    [Fact]
    public void Blank_values_are_not_attempted_yet() =>
        Assert.All(
            [
                Check.EightTasks(),
                Check.TaskOfYourOwn(null, null),
                Check.FarApart(null, null),
                Check.SharedParameterCount(null),
                Check.SharedParameterCount((_, _, _) => throw new NotImplementedException()),
                Check.MovedOutputs(null, null),
                Check.BlindPair(Shared, null, null),
                Check.AtTheFloor(null),
                Check.PerStepCounts(5, 4, 3, null, null, null),
                Check.ExplainedErrors(PerStep, null),
                Check.BlindSpot(PerStep, null, null, null),
                Check.PadInFront(null),
            ],
            blank => Assert.Equal(FeedbackState.NotAttempted, blank.State)
        );
}
