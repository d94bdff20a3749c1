using RnnCourse.Notebooks.Comparing;
using RnnCourse.Notebooks.Reports;
using RnnCourse.Notebooks.Results;

namespace RnnCourse.Cli.Run;

/// <summary>The result of one notebook.</summary>
/// <param name="Path">The file, as messages show it.</param>
/// <param name="Run">The execution; null if the notebook could not be read.</param>
/// <param name="Problem">Why a file could not be read or written; null if all could.</param>
internal sealed record RunResult(string Path, NotebookRun? Run, string? Problem)
{
    /// <summary>The cells whose outputs differ from those stored; empty if nothing was compared.</summary>
    public IReadOnlyList<CellDifference> Differences { get; init; } = [];

    /// <summary>Whether the new outputs were stored, so that the differences are resolved.</summary>
    public bool IsUpdated { get; init; }

    /// <summary>What the checks of the notebook found.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; } = Run is null ? [] : Verdict.ReadAll(Run.Executed);

    /// <summary>The page of the notebook, as messages name it; null if there is none.</summary>
    public string? Page { get; init; }

    public string Name => Terminal.Printable(System.IO.Path.GetFileNameWithoutExtension(Path));

    public int ExitCode =>
        Problem is not null ? Cli.ExitCode.File
        : Run?.Failure is { } failure
            ? (failure.Error.Name == CellError.TimeLimit ? Cli.ExitCode.TimeLimit : Cli.ExitCode.CellFailed)
        : Differences.Count > 0 && !IsUpdated ? Cli.ExitCode.Difference
        : Cli.ExitCode.Success;

    public ReportedNotebook ToReport() => new(Path, Run, Problem, IsUpdated ? [] : Differences);
}
