using RnnCourse.Notebooks.Running;

namespace RnnCourse.Cli.Run;

/// <summary>Makes the runner of notebooks that the commands share.</summary>
internal static class CourseRunner
{
    public static NotebookRunner Create(TimeSpan cellTimeout) => new(new RunnerOptions(WorkerCommand.OfThisProgram(Worker.Command))
    {
        CellTimeout = cellTimeout,
        MissingLibraryHint = "Build the course first, from the top of its repository: dotnet build -c Release.",
    });
}
