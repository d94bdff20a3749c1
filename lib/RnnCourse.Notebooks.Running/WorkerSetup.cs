using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace RnnCourse.Notebooks.Running;

/// <summary>How one worker process is started: its program, folder, environment and limits.</summary>
/// <param name="Command">The program.</param>
/// <param name="Folder">Its working directory.</param>
/// <param name="MissingLibraryHint">What to do about a missing library, for messages.</param>
/// <param name="Withheld">Environment variables that it doesn't get.</param>
/// <param name="MemoryLimit">How much memory it may use, in bytes.</param>
/// <param name="IsLimitGiven">Whether someone asked for that limit; the usual one is no reason to make the runtime's
/// heap smaller.</param>
/// <param name="Processors">How many processors it counts; null for all.</param>
internal sealed record WorkerSetup(
    WorkerCommand Command,
    string Folder,
    string MissingLibraryHint,
    IReadOnlyList<string> Withheld,
    long MemoryLimit,
    bool IsLimitGiven,
    int? Processors
)
{
    /// <summary>Inherited by all that the worker starts, so that it can be found and ended.</summary>
    public const string FamilyVariable = "RNN_WORKER_FAMILY";

    public static WorkerSetup Of(RunnerOptions options, string path, RunLimits limits, Secrets secrets) =>
        new(
            options.Worker,
            Path.GetDirectoryName(path)!,
            options.MissingLibraryHint,
            secrets.Withheld,
            limits.Memory ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3,
            limits.Memory is not null,
            options.Processors
        );

    public ProcessStartInfo ToStartInfo(WorkerArguments arguments, string family)
    {
        var start = new ProcessStartInfo(Command.FileName, Command.Arguments.Concat(arguments.ToArguments()))
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in Withheld)
        {
            start.Environment.Remove(name);
        }

        start.Environment[FamilyVariable] = family;
        if (IsLimitGiven)
        {
            // A full heap throws in the cell, which names the line; the watch from outside, which sees native memory
            // too, can only kill.
            start.Environment["DOTNET_GCHeapHardLimit"] = (MemoryLimit / 10 * 9).ToString(
                "X",
                CultureInfo.InvariantCulture
            );
        }

        if (Processors is { } processors)
        {
            start.Environment["DOTNET_PROCESSOR_COUNT"] = processors.ToString(CultureInfo.InvariantCulture);
        }

        return start;
    }
}
