using System.Globalization;
using RnnCourse.Exercises;
using RnnCourse.Exercises.Quizzes;

namespace RnnCourse.Cli.Progress;

/// <summary>The learner's progress in one exercise.</summary>
/// <param name="Id">Its id, such as "06.2a".</param>
/// <param name="Title">Its title in the cell.</param>
/// <param name="State">The best result of its check so far.</param>
internal sealed record ExerciseProgress(string Id, string Title, FeedbackState State);

/// <summary>The learner's progress in one lesson.</summary>
/// <param name="Number">The lesson's number, such as "06".</param>
/// <param name="Title">Its title, without the number.</param>
/// <param name="File">Its file name.</param>
/// <param name="Cells">The number of its code cells.</param>
/// <param name="Reached">The number of the last code cell that is known to have run, from 1; 0 for none.</param>
/// <param name="IsRun">Whether the last cell that records an entry has run: a claim, an exercise or the quiz.</param>
/// <param name="Exercises">Its exercises, in order.</param>
/// <param name="Quiz">The best answer so far to each question of its quiz; empty if it has none.</param>
internal sealed record LessonProgress(
    string Number,
    string Title,
    string File,
    int Cells,
    int Reached,
    bool IsRun,
    IReadOnlyList<ExerciseProgress> Exercises,
    IReadOnlyList<QuizState> Quiz
)
{
    public int Solved => Exercises.Count(exercise => exercise.State == FeedbackState.Correct);

    public int Attempted => Exercises.Count(exercise => exercise.State != FeedbackState.NotAttempted);

    public int QuizRight => Quiz.Count(answer => answer == QuizState.Right);

    public bool IsBegun => Reached > 0;

    public bool IsDone => IsRun && Solved == Exercises.Count && QuizRight == Quiz.Count;

    /// <summary>What to do next in this lesson, in a few words.</summary>
    public string Next =>
        !IsBegun ? "open it"
        : !IsRun ? "read on"
        : Exercises.FirstOrDefault(exercise => exercise.State != FeedbackState.Correct) is { } open
            ? $"exercise {open.Id[3..].TrimStart('0')}, {open.Title}"
        : QuizRight < Quiz.Count ? "the quiz"
        : "done";

    /// <summary>How many cells were run: <c>17 of 26 cells</c>, <c>all cells</c>, <c>–</c>.</summary>
    public string Run =>
        IsRun ? "all cells"
        : IsBegun ? string.Create(CultureInfo.InvariantCulture, $"{Reached} of {Cells} cells")
        : "–";
}
