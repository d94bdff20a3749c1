namespace RnnCourse.Exercises.Hosting;

/// <summary>The words for states in all JSON: of a verdict, and of the progress file.</summary>
internal static class VerdictWords
{
    private static readonly Dictionary<FeedbackState, string> OfExercise = new()
    {
        [FeedbackState.NotAttempted] = "not attempted",
        [FeedbackState.NotYet] = "not yet",
        [FeedbackState.Correct] = "correct",
    };

    private static readonly Dictionary<QuizState, string> OfAnswer = new()
    {
        [QuizState.NotAnswered] = "not attempted",
        [QuizState.NoSuchLetter] = "no such letter",
        [QuizState.NotThisOne] = "not this one",
        [QuizState.Right] = "correct",
    };

    /// <summary>The word for the state of an exercise.</summary>
    public static string Of(FeedbackState state) => OfExercise[state];

    /// <summary>The word for the state of an answer to a quiz.</summary>
    public static string Of(QuizState state) => OfAnswer[state];

    /// <summary>The state of an exercise that a word stands for; null for another word.</summary>
    public static FeedbackState? Exercise(string word) => StateOf(OfExercise, word);

    /// <summary>The state of an answer that a word stands for; null for another word.</summary>
    public static QuizState? Answer(string word) => StateOf(OfAnswer, word);

    private static TState? StateOf<TState>(Dictionary<TState, string> words, string word)
        where TState : struct =>
        words.Where(pair => pair.Value == word).Select(pair => (TState?)pair.Key).FirstOrDefault();
}
