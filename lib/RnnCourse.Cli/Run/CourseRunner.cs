using RnnCourse.Notebooks.Running;

namespace RnnCourse.Cli.Run;

/// <summary>Makes the runner of notebooks that the commands share.</summary>
internal static class CourseRunner
{
    public static NotebookRunner Create(TimeSpan cellTimeout) => new(Usual with { CellTimeout = cellTimeout });

    public static NotebookRunner Create(ExecutionSettings settings) => new(Usual with
    {
        CellTimeout = settings.CellTimeout,
        NotebookTimeout = settings.NotebookTimeout,
        StartTimeout = settings.StartupTimeout,
        MemoryLimit = settings.MemoryLimit,
        RunsSlowCells = settings.Slow,
        PassedVariables = settings.PassedVariables,
    });

    private static RunnerOptions Usual => new(WorkerCommand.OfThisProgram(Worker.Command))
    {
        MissingLibraryHint = "Build the course first, from the top of its repository: dotnet build -c Release.",
    };
}
