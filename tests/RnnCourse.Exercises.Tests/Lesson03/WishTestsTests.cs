using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Exercises.Lesson03;

namespace RnnCourse.Exercises.Tests.Lesson03;

/// <summary>The checks of lesson 03: tests that test nothing or too much, each told apart.</summary>
public sealed class WishTestsTests : WrongAnswersTests<WishTestsTests>, IWrongAnswers
{
    private static readonly string[] Fish = ["they", "still", "only", "fish"];
    private static readonly string[] Swim = ["they", "still", "only", "swim"];

    public static IReadOnlyDictionary<string, Func<Feedback>> Wrong { get; } =
        new Dictionary<string, Func<Feedback>>
        {
            ["passes-all/function"] = () => Check.SameFunctionTest(_ => true),
            ["fails-all/function"] = () => Check.SameFunctionTest(_ => false),
            ["wrong-way-round/function"] = () => Check.SameFunctionTest(net => !Wishes.SameFunction(net)),
            ["one-each"] = () => Check.SameFunctionTest(net => net is FunctionPerStep || Wishes.SameFunction(net)),
            ["differs/function"] = () => Check.SameFunctionTest(net => net.ParameterCount < 200),
            ["threw"] = () =>
                Check.SameFunctionTest(net =>
                    Wishes.SameFunction(net)
                    && net.Predict(TinySentences.OneHot(Enumerable.Repeat("only", 9).ToArray())).Count == 9
                ),
            ["passes-all/ahead"] = () =>
                Check.NoLookingAheadTest(net => net.Predict(TinySentences.OneHot(Fish)).Count == 4),
            ["fails-all/ahead"] = () =>
                Check.NoLookingAheadTest(net =>
                    net.Predict(TinySentences.OneHot(Fish)).SequenceEqual(net.Predict(TinySentences.OneHot(Swim)))
                ),
            ["wrong-way-round/ahead"] = () => Check.NoLookingAheadTest(net => !Same(net, 3)),
            ["next-missed"] = () => Check.NoLookingAheadTest(net => Same(net, 1)),
            ["later-output-only"] = () =>
                Check.NoLookingAheadTest(net =>
                    net.Predict(TinySentences.OneHot(Fish))[2].Equals(net.Predict(TinySentences.OneHot(Swim))[2])
                ),
            ["past-forbidden"] = () =>
                Check.NoLookingAheadTest(net =>
                    Same(net, 3)
                    && net.Predict(TinySentences.OneHot("the", "fish"))[1]
                        .Equals(net.Predict(TinySentences.OneHot("they", "fish"))[1])
                ),
            ["dependence"] = () => Check.WindowOfAHundred(false, true, true),
            ["any-length"] = () => Check.WindowOfAHundred(true, false, true),
            ["same-function"] = () => Check.WindowOfAHundred(true, true, false),
            ["open/hundred"] = () => Check.WindowOfAHundred(true, null, null),
            ["fails-length"] = () =>
                Check.FooledTests(FeedForward.OnWindow(13, 8, 7, 6, new SeededRandom(1)), _ => false),
            ["fails-dependence"] = () =>
                Check.FooledTests(new SharedNetwork(13, 8, 7, new SeededRandom(1)), _ => false),
            ["fails-function"] = () => Check.FooledTests(TwoFunctions(), _ => false),
            ["not-exposed"] = () => Check.FooledTests(OnlyTheFirst(), _ => true),
            ["too-sharp"] = () => Check.FooledTests(OnlyTheFirst(), _ => false),
            ["open/fooled"] = () => Check.FooledTests(OnlyTheFirst(), _ => throw new NotImplementedException()),
            ["open/no test at all"] = () => Check.FooledTests(OnlyTheFirst(), null),
            ["threw/model"] = () =>
                Check.FooledTests(
                    new TestSubjectNetwork([], _ => throw new InvalidOperationException("broken")),
                    _ => false
                ),
        };

    // Each checks only a part of the rows, or the wrong number of changed outputs.
    [Theory]
    [MemberData(nameof(HalfTests))]
    public void A_test_that_looks_at_some_rows_only_lets_a_mixed_model_through(string name, string fault) =>
        Assert.Equal(fault, Check.SameFunctionTest(net => Halves[name](MovedOutputs.Of(net))).Fault);

    public static TheoryData<string, string> HalfTests =>
        new()
        {
            { "some row is full", "one-row-decides" },
            { "the first row is full", "one-row-decides" },
            { "the last row is full or empty", "one-row-decides" },
        };

    private static readonly Dictionary<string, Func<int[], bool>> Halves = new()
    {
        ["some row is full"] = rows => rows.Contains(4),
        ["the first row is full"] = rows => rows[0] == 4,
        ["the last row is full or empty"] = rows => rows[^1] is 0 or 4,
    };

    [Fact]
    public void The_librarys_own_test_is_a_right_one() =>
        Assert.Equal(FeedbackState.Correct, Check.SameFunctionTest(Wishes.SameFunction).State);

    [Fact]
    public void Looking_ahead_may_be_tested_otherwise()
    {
        Assert.Equal(FeedbackState.Correct, Check.NoLookingAheadTest(net => Same(net, 3)).State);
        Assert.Equal(FeedbackState.Correct, Check.NoLookingAheadTest(BySoFar).State);
        Assert.Equal(
            FeedbackState.Correct,
            Check
                .NoLookingAheadTest(net =>
                    Enumerable
                        .Range(0, 4)
                        .All(i =>
                            Enumerable
                                .Range(0, i)
                                .All(j => Wishes.Influence(net, TinySentences.OneHot(Fish))[j, i] == 0)
                        )
                )
                .State
        );
    }

    [Fact]
    public void A_sharper_question_is_right_if_it_tells_the_two_apart() =>
        Assert.Equal(
            FeedbackState.Correct,
            Check
                .FooledTests(
                    OnlyTheFirst(),
                    net =>
                        !net.Predict(TinySentences.OneHot(Fish))[3].Equals(net.Predict(TinySentences.OneHot(Swim))[3])
                )
                .State
        );

    [Fact]
    public void Blanks_are_not_attempted_yet() =>
        Assert.All(
            [
                Check.SameFunctionTest(null),
                Check.SameFunctionTest(_ => throw new NotImplementedException()),
                Check.NoLookingAheadTest(_ => throw new NotImplementedException()),
                Check.WindowOfAHundred(null, null, null),
                Check.FooledTests(null, _ => throw new NotImplementedException()),
            ],
            blank => Assert.Equal(FeedbackState.NotAttempted, blank.State)
        );

    private static bool Same(ISequenceNetwork net, int steps) =>
        net.Predict(TinySentences.OneHot(Fish))
            .Take(steps)
            .SequenceEqual(net.Predict(TinySentences.OneHot(Swim)).Take(steps));

    // The outputs of a beginning are the beginning of the outputs.
    private static bool BySoFar(ISequenceNetwork net)
    {
        var x = TinySentences.OneHot(Fish);
        return Enumerable.Range(1, 3).All(n => net.Predict([.. x.Take(n)]).SequenceEqual(net.Predict(x).Take(n)));
    }

    private static TestSubjectNetwork OnlyTheFirst()
    {
        var net = new SharedNetwork(13, 8, 7, new SeededRandom(1));
        return new(net.Parameters, x => net.Predict([.. x.Select(_ => x[0])]));
    }

    private static TestSubjectNetwork TwoFunctions()
    {
        var (first, second) = (
            new SharedNetwork(13, 8, 7, new SeededRandom(1)),
            new SharedNetwork(13, 8, 7, new SeededRandom(2))
        );
        return new(
            [.. first.Parameters, .. second.Parameters],
            x => [.. x.Select((_, i) => (i % 2 == 0 ? first : second).Step(x[0]).y_i)]
        );
    }
}
