namespace RnnCourse.Exercises.Recording;

/// <summary>One line of the file in which <see cref="Progress"/> is recorded.</summary>
/// <param name="At">When it was recorded.</param>
public abstract record ProgressEntry(DateTimeOffset At);

/// <summary>An exercise was checked.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Exercise">Its id, such as "06.1a".</param>
/// <param name="State">The result of the check.</param>
public sealed record ExerciseEntry(DateTimeOffset At, string Exercise, FeedbackState State) : ProgressEntry(At);

/// <summary>A quiz was answered.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Lesson">The lesson's number, such as "06".</param>
/// <param name="Answers">The state of the answer to each question.</param>
public sealed record QuizEntry(DateTimeOffset At, string Lesson, IReadOnlyList<QuizState> Answers) : ProgressEntry(At);

/// <summary>A cell showed a statement of the lecture.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Statement">The statement's number, such as "L13".</param>
/// <param name="InWords">The statement in the words of the cell.</param>
public sealed record ClaimEntry(DateTimeOffset At, string Statement, string InWords) : ProgressEntry(At);
