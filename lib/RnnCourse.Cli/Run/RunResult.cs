using RnnCourse.Notebooks.Running;

namespace RnnCourse.Cli.Run;

/// <summary>What became of one notebook of the run.</summary>
/// <param name="Path">The file, as messages show it.</param>
/// <param name="Run">What the runner says; null if the notebook could not be read.</param>
/// <param name="Problem">Why a file could not be read or written; null if all could.</param>
internal sealed record RunResult(string Path, NotebookRun? Run, string? Problem)
{
    public string Name => Terminal.Printable(System.IO.Path.GetFileNameWithoutExtension(Path));

    public int ExitCode => Problem is not null ? Cli.ExitCode.Usage : Run?.Failure is not null ? Cli.ExitCode.CellFailed : Cli.ExitCode.Success;
}
