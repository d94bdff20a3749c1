namespace RnnCourse.Exercises.Tests.Zoo;

/// <summary>Every animal of the zoo is led past every check: caught by each that can meet its bug, by name, and let
/// pass by all others.</summary>
public sealed class ZooTests
{
    private static readonly (string Name, Func<LearnersRnn, Feedback> Judge)[] Checks =
    [
        ("step", rnn => Check.RecurrentStep(rnn.Step)),
        ("run", rnn => Check.RecurrentRun(rnn.Run)),
        ("predict", rnn => Check.MendedPredict(rnn.Predict)),
        ("many", rnn => Check.ManySequences(rnn.PredictAll)),
        ("mask", rnn => Check.Mask(rnn.Mask)),
        ("loss", rnn => Check.MaskedLoss(rnn.Loss)),
        ("mean", rnn => Check.MaskedMeanLoss(rnn.MeanLoss)),
        ("softmax", rnn => Check.Softmax(rnn.Softmax)),
        ("backward", rnn => Check.Backward(rnn.Backward)),
        ("clip", rnn => Check.Clip(rnn.Clip)),
        (
            "pairs",
            rnn => Check.PairBag(rnn.PairBag, "the still only still fish still", "the still fish still only still")
        ),
        ("function", rnn => Check.SameFunctionTest(rnn.SameFunction)),
        ("ahead", rnn => Check.NoLookingAheadTest(rnn.NoLookingAhead)),
    ];

    private const string Forward = "step run predict many";

    /// <summary>Which check finds which fault in which animal; where a check is not named, it must let the animal
    /// pass.</summary>
    private static readonly (Type Animal, string[] Caught)[] Zoo =
    [
        (typeof(Healthy), []),
        (typeof(StateNeverPassedOn), ["run predict many: state-never-passed-on"]),
        (typeof(TransposedW), [$"{Forward}: recurrent-transposed"]),
        (typeof(RecurrentTermMissing), [$"{Forward}: recurrent-missing"]),
        (typeof(StateBiasForgotten), [$"{Forward}: state-bias-missing"]),
        (typeof(OutputBiasForgotten), [$"{Forward}: output-bias-missing"]),
        (typeof(TanhForgotten), [$"{Forward}: tanh-missing"]),
        (typeof(SigmoidInsteadOfTanh), [$"{Forward}: sigmoid-inside"]),
        (typeof(SoftmaxWithoutShift), ["softmax: softmax-without-shift"]),
        (typeof(SoftmaxForgotten), [$"{Forward} softmax: softmax-missing"]),
        (typeof(StartNotReset), ["run predict: s0-not-reset", "many: state-shared-across-sequences"]),
        (typeof(StartIgnored), ["run predict many: s0-ignored"]),
        (typeof(OutputFromThePreviousState), [$"{Forward}: output-from-previous-state"]),
        (
            typeof(StateWrittenInPlace),
            ["step: changed", "run predict: s0-overwritten", "many: state-shared-across-sequences"]
        ),
        (typeof(StateSharedAcrossSequences), ["many: state-shared-across-sequences"]),
        (typeof(TargetsOneAhead), ["loss mean backward: targets-one-ahead"]),
        (typeof(LossAveragedTwice), ["mean: averaged-twice"]),
        (typeof(PaddingCountedAsAClass), ["loss mean backward: unread-as-class-zero"]),
        (typeof(LossWithoutMinus), ["loss mean: sign"]),
        (typeof(LossInBits), ["loss mean: bits"]),
        (typeof(LossDividedByAllSteps), ["mean: divided-by-all"]),
        (typeof(LossOfNothingIsNaN), ["mean: nothing-read"]),
        (typeof(LossOfTheLastStepOnly), ["loss mean: last-only"]),
        (typeof(PaddingRead), ["mask: padding-read"]),
        (typeof(LastColumnTakenForTheLastStep), ["mask: last-column"]),
        (typeof(MaskOneStepShort), ["mask: one-short"]),
        (typeof(MaskWithoutItsPadding), ["mask: size"]),
        (typeof(GradientOverwritten), ["backward: w-overwritten"]),
        (typeof(NothingFromTheNextStep), ["backward: next-missing"]),
        (typeof(FromTheNextStepAccumulated), ["backward: next-accumulated"]),
        (typeof(TransposeForgotten), ["backward: w-not-transposed"]),
        (typeof(PassedBackBeforeTanh), ["backward: passed-before-tanh"]),
        (typeof(SlopeOfTheInput), ["backward: slope-of-input"]),
        (typeof(SlopeForgotten), ["backward: slope-missing"]),
        (typeof(GradientOfBiasForgotten), ["backward: db-forgotten"]),
        (typeof(NewStateInGradientOfW), ["backward: new-state-in-w"]),
        (typeof(OneHotForgotten), ["backward: onehot-forgotten"]),
        (typeof(GradientOfStartForgotten), ["backward: ds0-forgotten"]),
        (typeof(GradientAveraged), ["backward: divided-by-steps"]),
        (typeof(GradientOfWOddlyWrong), ["backward: differs"]),
        (typeof(GradientOfWTransposed), ["backward: swapped"]),
        (typeof(GradientOfUTransposed), ["backward: transposed-shape"]),
        (typeof(GradientOfVDoubled), ["backward: scaled"]),
        (typeof(TransposeAndSlopeForgotten), ["backward: w-not-transposed"]),
        (typeof(ClippedBeforeSumming), ["clip: clipped-before-summing"]),
        (typeof(ClippedNumberByNumber), ["clip: clipped-each-number"]),
        (typeof(NotClipped), ["clip: not-clipped"]),
        (typeof(StretchedToTheLimit), ["clip: stretched"]),
        (typeof(PairsWithoutOrder), ["pairs: order-lost"]),
        (typeof(PairMarkedNotCounted), ["pairs: marked"]),
        (typeof(LastPairForgotten), ["pairs: one-short"]),
        (typeof(BagOfWordsForPairs), ["pairs: single-words"]),
        (typeof(ZeroHidesAnother), ["function: zero-hides"]),
        (typeof(OnlyFullRowsWillDo), ["function: empty-rows"]),
        (typeof(AnyTwoMovesWillDo), ["function: some-steps"]),
        (typeof(TestLeavesItsMark), ["function: not-put-back"]),
        (typeof(FirstOutputOnly), ["ahead: next-missed"]),
        (typeof(OwnOutputCompared), ["ahead: fails-all"]),
    ];

    public static TheoryData<string, string> Matrix =>
        [
            .. from animal in Zoo
            from check in Checks
            select new TheoryDataRow<string, string>(animal.Animal.Name, check.Name),
        ];

    [Theory]
    [MemberData(nameof(Matrix))]
    public void A_check_names_the_bug_that_it_can_meet_and_lets_all_else_pass(string animal, string check)
    {
        var (type, caught) = Zoo.Single(entry => entry.Animal.Name == animal);
        var expected = caught
            .Select(text => text.Split(": "))
            .Where(parts => parts[0].Split(' ').Contains(check))
            .Select(parts => parts[1])
            .SingleOrDefault();
        var feedback = Judge(type, check);
        Assert.True(
            feedback.Fault == expected,
            $"expected {expected ?? "correct"}, got {feedback.Fault ?? "correct"}: {feedback}"
        );
        Assert.Equal(expected is null ? FeedbackState.Correct : FeedbackState.NotYet, feedback.State);
    }

    [Fact]
    public void No_animal_of_the_zoo_is_left_out() =>
        Assert.Equal(
            typeof(LearnersRnn)
                .Assembly.GetTypes()
                .Where(type =>
                    type.IsSubclassOf(typeof(LearnersRnn)) && type.Namespace == typeof(LearnersRnn).Namespace
                )
                .Select(type => type.Name)
                .Order(),
            Zoo.Select(entry => entry.Animal.Name).Order()
        );

    [Fact]
    public void Every_bug_is_caught_by_some_check() =>
        Assert.All(Zoo.Where(entry => entry.Animal != typeof(Healthy)), entry => Assert.NotEmpty(entry.Caught));

    [Theory]
    [InlineData("step")]
    [InlineData("run")]
    [InlineData("predict")]
    [InlineData("many")]
    [InlineData("mask")]
    [InlineData("loss")]
    [InlineData("mean")]
    [InlineData("softmax")]
    [InlineData("backward")]
    [InlineData("clip")]
    [InlineData("pairs")]
    [InlineData("function")]
    [InlineData("ahead")]
    public void Different_faults_get_different_words_and_hints(string check)
    {
        var found = Zoo.Select(entry => Judge(entry.Animal, check))
            .Where(feedback => feedback.State == FeedbackState.NotYet)
            .GroupBy(feedback => feedback.Fault)
            .Select(group => group.First())
            .ToList();
        Assert.NotEmpty(found);
        Assert.Equal(found.Count, found.Select(feedback => feedback.Message).Distinct().Count());
        Assert.Equal(2 * found.Count, found.SelectMany(feedback => feedback.Hint().Hints).Distinct().Count());
    }

    [Fact]
    public void A_mistake_of_an_unknown_kind_is_described_by_entry_and_amount() =>
        Assert.Contains(
            "dW[1, 2] is ",
            Judge(typeof(GradientOfWOddlyWrong), "backward").Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_constant_factor_is_reported() =>
        Assert.Contains(
            "dV is 2 times what it should be",
            Judge(typeof(GradientOfVDoubled), "backward").Message,
            StringComparison.Ordinal
        );

    private static Feedback Judge(Type animal, string check) =>
        Checks.Single(entry => entry.Name == check).Judge((LearnersRnn)Activator.CreateInstance(animal)!);
}
