using System.Text.RegularExpressions;
using RnnCourse.Exercises;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Edition;

/// <summary>Which cells of a lesson are exercises, and which is its quiz: the ids <c>exercise-2a</c> and
/// <c>quiz-answers</c> tell.</summary>
/// <param name="fileName">The lesson's file name, which begins with its number.</param>
internal sealed partial class LessonCells(string fileName)
{
    public const string SetupId = "setup";
    public const string QuizId = "quiz-answers";

    /// <summary>The lesson's number, such as "06".</summary>
    public string Number { get; } = new([.. fileName.TakeWhile(char.IsAsciiDigit)]);

    public static bool IsSetup(CodeCell cell) => cell.Id == SetupId;

    public static bool IsQuiz(CodeCell cell) => cell.Id == QuizId;

    /// <summary>The exercise that a cell asks for, such as "06.2a"; null if it asks for none.</summary>
    public string? ExerciseOf(CodeCell cell) =>
        ExerciseCell().Match(cell.Id) is { Success: true } match ? $"{Number}.{match.Groups[1].Value}" : null;

    /// <summary>Whether a learner is to write something into the cell.</summary>
    public bool IsAnswer(CodeCell cell) => IsQuiz(cell) || ExerciseOf(cell) is not null;

    /// <summary>The cell's source with the right answer.</summary>
    /// <exception cref="EditionException">The library has none.</exception>
    public string SolutionOf(CodeCell cell) =>
        IsQuiz(cell)
            ? Solutions.OfQuiz(Number)
                ?? throw new EditionException($"{fileName}, cell {cell.Id}: the library has no class Quiz{Number}.")
            : Solutions.Of(ExerciseOf(cell)!)
                ?? throw new EditionException(
                    $"{fileName}, cell {cell.Id}: the library has no exercise {ExerciseOf(cell)} (class Texts{Number})."
                );

    [GeneratedRegex(@"^exercise-(\d+[a-z]?)$")]
    private static partial Regex ExerciseCell();
}
