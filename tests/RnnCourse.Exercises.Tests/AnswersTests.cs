namespace RnnCourse.Exercises.Tests;

/// <summary>Answers of all kinds to a lesson's exercises.</summary>
public interface IAnswers : IWrongAnswers
{
    /// <summary>The feedback of a check on right answers that differ from the solutions; the keys say how.</summary>
    static abstract IReadOnlyDictionary<string, Func<Feedback>> Right { get; }

    /// <summary>The feedback of a check on missing answers, and on blanks as in the lesson.</summary>
    static abstract IReadOnlyList<Feedback> Blanks { get; }
}

/// <summary>Rules for the feedback on every answer.</summary>
/// <typeparam name="TAnswers">The class that has the answers: the one that derives from this one.</typeparam>
public abstract class AnswersTests<TAnswers> : WrongAnswersTests<TAnswers>
    where TAnswers : IAnswers
{
    public static TheoryData<string> RightNames => [.. TAnswers.Right.Keys];

    [Theory]
    [MemberData(nameof(RightNames))]
    public void A_right_answer_in_another_form_is_right(string name)
    {
        var feedback = TAnswers.Right[name]();
        Assert.True(feedback.State == FeedbackState.Correct, feedback.ToString());
    }

    [Fact]
    public void Blanks_are_not_attempted_yet() =>
        Assert.All(TAnswers.Blanks, feedback => Assert.Equal(FeedbackState.NotAttempted, feedback.State));
}
