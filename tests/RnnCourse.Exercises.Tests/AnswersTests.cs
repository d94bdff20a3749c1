namespace RnnCourse.Exercises.Tests;

/// <summary>Answers of all kinds to a lesson's exercises.</summary>
public interface IAnswers : IWrongAnswers
{
    /// <summary>What a check says of right answers, written otherwise than the solutions; by what is special about
    /// them.</summary>
    static abstract IReadOnlyDictionary<string, Func<Feedback>> Right { get; }

    /// <summary>What a check says of answers that are not there yet, or are as the lesson hands them out.</summary>
    static abstract IReadOnlyList<Feedback> Blanks { get; }
}

/// <summary>What holds for every answer.</summary>
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
