using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;
using RnnCourse.Exercises;
using RnnCourse.Exercises.Recording;

namespace RnnCourse.Interactive;

/// <summary>The magic commands of the course.</summary>
internal static class CourseCommands
{
    private const string Markdown = "text/markdown";

    /// <summary>Adds them to a kernel.</summary>
    public static void Register(Kernel kernel)
    {
        kernel.AddDirective<HintCommand>(
            new KernelActionDirective("#!hint")
            {
                Description = "Shows the first hint of an exercise, and with --more the next: #!hint 06.1a",
                KernelCommandType = typeof(HintCommand),
                Parameters =
                [
                    new KernelDirectiveParameter("--exercise", "The exercise, such as 06.1a.")
                    {
                        AllowImplicitName = true,
                        Required = true,
                    },
                    new KernelDirectiveParameter("--more", "Show all hints.") { Flag = true },
                ],
            },
            (command, context) =>
            {
                if (HintOf(command) is { } hint)
                {
                    context.DisplayAs(hint, Markdown);
                }
                else
                {
                    context.Fail(command, message: UnknownExercise(command.Exercise));
                }

                return Task.CompletedTask;
            }
        );
        kernel.AddDirective(
            new KernelActionDirective("#!progress")
            {
                Description = "Shows which exercises of the course you have solved.",
            },
            (_, context) =>
            {
                context.DisplayAs(ProgressOf(Progress.FilePath), Markdown);
                return Task.CompletedTask;
            }
        );
    }

    private static string? HintOf(HintCommand command) =>
        Solutions.HintsOf(command.Exercise.Trim()) is not { } hints ? null
        : command.More ? string.Join("\n\n", hints)
        : hints[0];

    private static string UnknownExercise(string exercise) =>
        $"There is no exercise '{exercise}'. Write its lesson and number, such as #!hint {Solutions.Exercises[0]}. "
        + $"The exercises are {string.Join(", ", Solutions.Exercises)}.";

    /// <summary>The progress in a file, as Markdown: a line for each lesson.</summary>
    internal static string ProgressOf(string? file)
    {
        if (file is null)
        {
            return $"Nothing is recorded: {Progress.Variable} is off, or this machine has no place for it.";
        }

        var solved = (File.Exists(file) ? ProgressFile.Read(file) : [])
            .OfType<ExerciseEntry>()
            .GroupBy(entry => entry.Exercise)
            .Where(entries => entries.Any(entry => entry.State == FeedbackState.Correct))
            .Select(entries => entries.Key)
            .ToHashSet(StringComparer.Ordinal);
        var lessons = Solutions
            .Exercises.GroupBy(exercise => exercise[..2])
            .Select(lesson =>
                $"| {lesson.Key} | {lesson.Count(solved.Contains)} of {lesson.Count()} | "
                + $"{string.Join(", ", lesson.Where(exercise => !solved.Contains(exercise)))} |"
            );
        return "| lesson | exercises solved | to do |\n|---|---|---|\n" + string.Join('\n', lessons);
    }
}

/// <summary>The command <c>#!hint</c>.</summary>
public sealed class HintCommand : KernelDirectiveCommand
{
    /// <summary>The exercise, such as 06.1a.</summary>
    public string Exercise { get; set; } = "";

    /// <summary>Whether to show all hints.</summary>
    public bool More { get; set; }
}
