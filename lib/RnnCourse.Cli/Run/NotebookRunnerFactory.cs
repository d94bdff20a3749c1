using RnnCourse.Notebooks.Running;
using RnnCourse.Notebooks.Session.Hosting;

namespace RnnCourse.Cli.Run;

/// <summary>Creates the runners that execute notebooks for the commands.</summary>
internal static class NotebookRunnerFactory
{
    /// <summary>The hidden command that starts this program as the process of one session.</summary>
    public const string SessionCommandName = "run-session";

    /// <summary>How to start the process of a session.</summary>
    public static SessionCommand SessionCommand => SessionCommand.OfThisProgram(SessionCommandName);

    /// <summary>What to do if a library of the course does not exist.</summary>
    public const string MissingLibraryHint =
        "If it is one of the course's own, build the course first, from the top of its repository: "
        + "dotnet build -c Release lib/RnnCourse.Cli.";

    private static RunnerOptions DefaultOptions => new(SessionCommand) { MissingLibraryHint = MissingLibraryHint };

    /// <summary>Creates a runner with a time limit for each cell, and default settings otherwise.</summary>
    /// <param name="cellTimeout">How long one cell may run.</param>
    /// <param name="passedVariables">Environment variables that are passed to cells in addition to those that every
    /// session needs.</param>
    public static NotebookRunner Create(TimeSpan cellTimeout, IReadOnlyCollection<string> passedVariables) =>
        new(DefaultOptions with { CellTimeout = cellTimeout, PassedVariables = passedVariables });

    /// <summary>Creates a runner.</summary>
    /// <param name="settings">The user's settings.</param>
    /// <param name="parallel">How many notebooks run at a time; they share the processors.</param>
    public static NotebookRunner Create(ExecutionSettings settings, int parallel) =>
        new(
            DefaultOptions with
            {
                Processors = ProcessorsPerNotebook(Environment.ProcessorCount, parallel),
                CellTimeout = settings.CellTimeout,
                NotebookTimeout = settings.NotebookTimeout,
                StartTimeout = settings.StartupTimeout,
                MemoryLimit = settings.MemoryLimit,
                RunsSlowCells = settings.Slow,
                PassedVariables = settings.PassedVariables,
            }
        );

    /// <summary>How many processors each notebook gets; null for all of them.</summary>
    /// <param name="processors">How many processors the machine has.</param>
    /// <param name="parallel">How many notebooks share them.</param>
    public static int? ProcessorsPerNotebook(int processors, int parallel) =>
        parallel == 1 ? null : Math.Max(1, processors / parallel);
}
