using System.Text.RegularExpressions;
using RnnCourse.Exercises;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Edition;

/// <summary>Identifies the exercises and the quiz of a lesson by the ids of their cells, such as <c>exercise-2a</c> and
/// <c>quiz-answers</c>.</summary>
/// <param name="fileName">The lesson's file name, which begins with its number.</param>
internal sealed partial class LessonCells(string fileName)
{
    public const string SetupId = "setup";
    public const string QuizId = "quiz-answers";

    /// <summary>The lesson's number, such as "06".</summary>
    public string Number { get; } = new([.. fileName.TakeWhile(char.IsAsciiDigit)]);

    public static bool IsSetup(CodeCell cell) => cell.Id == SetupId;

    public static bool IsQuiz(CodeCell cell) => cell.Id == QuizId;

    /// <summary>The exercise that a cell asks for, such as "06.2a"; null for other cells.</summary>
    public string? ExerciseOf(CodeCell cell) =>
        ExerciseCell().Match(cell.Id) is { Success: true } match ? $"{Number}.{match.Groups[1].Value}" : null;

    /// <summary>Whether the learner fills in the cell.</summary>
    public bool IsAnswer(CodeCell cell) => IsQuiz(cell) || ExerciseOf(cell) is not null;

    /// <summary>The cell's source with the right answer.</summary>
    /// <exception cref="EditionException">The library has no solution for it.</exception>
    public string SolutionOf(CodeCell cell) =>
        IsQuiz(cell)
            ? Solutions.OfQuiz(Number)
                ?? throw new EditionException(
                    $"{fileName}, cell {cell.Id}: The library has no class Quiz{Number}. Add it."
                )
            : Solutions.Of(ExerciseOf(cell)!)
                ?? throw new EditionException(
                    $"{fileName}, cell {cell.Id}: The library has no exercise {ExerciseOf(cell)}. "
                        + $"Add it to the class Texts{Number}."
                );

    [GeneratedRegex(@"^exercise-(\d+[a-z]?)$")]
    private static partial Regex ExerciseCell();
}

/// <summary>Thrown when the edition with solutions cannot be generated from a lesson.</summary>
/// <param name="message">Which cell, and what is missing.</param>
internal sealed class EditionException(string message) : Exception(message);
