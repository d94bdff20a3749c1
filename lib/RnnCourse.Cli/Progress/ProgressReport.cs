using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RnnCourse.Exercises;
using Spectre.Console;

namespace RnnCourse.Cli.Progress;

/// <summary>Shows the progress: as a table to a person at a terminal, as plain lines to a log, as JSON to a
/// program.</summary>
internal static class ProgressReport
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void WriteTable(IAnsiConsole console, CourseProgress progress)
    {
        var table = new Table()
            .Border(TableBorder.Simple)
            .AddColumn("Lesson")
            .AddColumn("Run")
            .AddColumn(new TableColumn("Exercises").RightAligned())
            .AddColumn(new TableColumn("Quiz").RightAligned())
            .AddColumn("Next");
        foreach (var lesson in progress.Lessons)
        {
            var colour =
                lesson.IsDone ? "green"
                : lesson == progress.Current ? "bold"
                : "default";
            table.AddRow(
                new[] { $"{lesson.Number} {lesson.Title}", lesson.Run, Exercises(lesson), Quiz(lesson), lesson.Next }
                    .Select(text => $"[{colour}]{Markup.Escape(Terminal.Printable(text))}[/]")
                    .ToArray()
            );
        }

        console.Write(table);
        console.WriteLine("Exercises: solved / attempted of all.");
    }

    public static void WriteLines(TextWriter output, CourseProgress progress)
    {
        foreach (var lesson in progress.Lessons)
        {
            output.WriteLine(
                Terminal.Printable(
                    $"{lesson.Number} {lesson.Title}: run {lesson.Run}; {ExercisesInWords(lesson)}; quiz "
                        + $"{Quiz(lesson)}; next: {lesson.Next}"
                )
            );
        }
    }

    /// <summary>One line: what to do next.</summary>
    public static string Next(CourseProgress progress, Repository repository) =>
        progress.Current is { } lesson
            ? $"Next: {lesson.Number} {lesson.Title}: {lesson.Next}.  "
                + $"{Terminal.Relative(Path.Combine(repository.Notebooks, lesson.File))}"
            : "All lessons are done.";

    public static string ToJson(CourseProgress progress, string? file) =>
        JsonSerializer.Serialize(
            new JsonObject
            {
                ["file"] = file,
                ["lessons"] = new JsonArray([.. progress.Lessons.Select(ToJson)]),
                ["next"] = progress.Current is { } next
                    ? new JsonObject { ["lesson"] = next.Number, ["what"] = next.Next }
                    : null,
            },
            Readable
        );

    private static JsonObject ToJson(LessonProgress lesson) =>
        new()
        {
            ["lesson"] = lesson.Number,
            ["title"] = lesson.Title,
            ["file"] = lesson.File,
            ["cells"] = lesson.Cells,
            ["reached"] = lesson.Reached,
            ["run"] = lesson.IsRun,
            ["exercises"] = new JsonArray([
                .. lesson.Exercises.Select(exercise => new JsonObject
                {
                    ["id"] = exercise.Id,
                    ["title"] = exercise.Title,
                    ["state"] = exercise.State switch
                    {
                        FeedbackState.Correct => "correct",
                        FeedbackState.NotYet => "not yet",
                        _ => "not attempted",
                    },
                }),
            ]),
            ["quiz"] = new JsonObject { ["questions"] = lesson.Quiz.Count, ["right"] = lesson.QuizRight },
            ["done"] = lesson.IsDone,
            ["next"] = lesson.Next,
        };

    private static string ExercisesInWords(LessonProgress lesson) =>
        lesson.Exercises.Count == 0
            ? "no exercises"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"exercises: {lesson.Solved} solved, {lesson.Attempted} attempted, of {lesson.Exercises.Count}"
            );

    private static string Exercises(LessonProgress lesson) =>
        lesson.Exercises.Count == 0
            ? "–"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{lesson.Solved} / {lesson.Attempted} of {lesson.Exercises.Count}"
            );

    private static string Quiz(LessonProgress lesson) =>
        lesson.Quiz.Count == 0
            ? "–"
            : string.Create(CultureInfo.InvariantCulture, $"{lesson.QuizRight} of {lesson.Quiz.Count}");
}
