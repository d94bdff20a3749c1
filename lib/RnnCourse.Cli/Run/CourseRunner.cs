using RnnCourse.Notebooks.Running;

namespace RnnCourse.Cli.Run;

/// <summary>Makes the runner of notebooks that the commands share.</summary>
internal static class CourseRunner
{
    public static NotebookRunner Create(TimeSpan cellTimeout) => new(Usual with { CellTimeout = cellTimeout });

    /// <summary>Makes the runner.</summary>
    /// <param name="settings">What the user asked for.</param>
    /// <param name="parallel">How many notebooks run at a time; they share the processors.</param>
    public static NotebookRunner Create(ExecutionSettings settings, int parallel) =>
        new(
            Usual with
            {
                Processors = ShareOf(Environment.ProcessorCount, parallel),
                CellTimeout = settings.CellTimeout,
                NotebookTimeout = settings.NotebookTimeout,
                StartTimeout = settings.StartupTimeout,
                MemoryLimit = settings.MemoryLimit,
                RunsSlowCells = settings.Slow,
                PassedVariables = settings.PassedVariables,
            }
        );

    /// <summary>How many processors each notebook gets; null for all of them.</summary>
    /// <param name="processors">How many there are.</param>
    /// <param name="parallel">How many notebooks share them.</param>
    public static int? ShareOf(int processors, int parallel) =>
        parallel == 1 ? null : Math.Max(1, processors / parallel);

    private static RunnerOptions Usual =>
        new(WorkerCommand.OfThisProgram(Worker.Command))
        {
            MissingLibraryHint = "Build the course first, from the top of its repository: dotnet build -c Release.",
        };
}
