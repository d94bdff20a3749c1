using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using RnnCourse.Notebooks.Running;

namespace RnnCourse.Notebooks.Tests.Running;

/// <summary>Lets this test program also be the program that runs cells, so that the runner's tests start real
/// processes.</summary>
internal static class WorkerProgram
{
    private const string Command = "run-cells";

    public static WorkerCommand Start { get; } = WorkerCommand.OfThisProgram(Command);

    [ModuleInitializer]
    [SuppressMessage(
        "Usage",
        "CA2255",
        Justification = "The test framework owns the entry point; this is the way to come before it."
    )]
    internal static void RunAsWorkerIfAsked()
    {
        if (Environment.GetCommandLineArgs() is [_, Command, .. var rest])
        {
            Environment.Exit(NotebookWorker.RunAsync(rest).GetAwaiter().GetResult());
        }
    }
}
