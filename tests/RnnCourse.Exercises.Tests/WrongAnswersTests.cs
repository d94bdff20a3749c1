namespace RnnCourse.Exercises.Tests;

/// <summary>Answers to a lesson's exercises that are wrong in ways that the checks know.</summary>
public interface IWrongAnswers
{
    /// <summary>What a check says of each, by the key of the fault that it must name; behind a slash stands what tells
    /// the cases of one fault apart.</summary>
    static abstract IReadOnlyDictionary<string, Func<Feedback>> Wrong { get; }
}

/// <summary>Rules for the feedback on every wrong answer.</summary>
/// <typeparam name="TAnswers">The class that has the answers: the one that derives from this one.</typeparam>
public abstract class WrongAnswersTests<TAnswers>
    where TAnswers : IWrongAnswers
{
    public static TheoryData<string> WrongNames => [.. TAnswers.Wrong.Keys];

    [Theory]
    [MemberData(nameof(WrongNames))]
    public void A_wrong_answer_is_named(string name)
    {
        var feedback = TAnswers.Wrong[name]();
        Assert.True(feedback.Fault == name.Split('/')[0], feedback.ToString());
        Assert.Equal(2, feedback.Hint().Hints.Distinct().Count());
    }
}
