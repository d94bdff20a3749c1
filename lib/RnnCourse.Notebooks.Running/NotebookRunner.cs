using System.Diagnostics;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Hosting;

namespace RnnCourse.Notebooks.Running;

/// <summary>
/// Executes notebooks, each in a separate process, so that a cell that ends its process, or never ends, affects only
/// its notebook. The first cell that fails ends the run of its notebook; the outputs up to then are kept.
/// </summary>
/// <param name="options">The options of the runs.</param>
public sealed class NotebookRunner(RunnerOptions options) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ISessionHost> _prepared = new(StringComparer.Ordinal);
    private readonly SecretRedactor _secrets = SecretRedactor.OfEnvironment();

    /// <summary>The time that a notebook usually takes, from its metadata (<c>expected-seconds</c>), so that long ones
    /// can start early.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <returns>The time given in the metadata, measured on the author's machine; null if none is given.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="notebook"/> is null.</exception>
    /// <exception cref="NotebookFormatException">The value in the metadata isn't a number of seconds.</exception>
    public static TimeSpan? ExpectedTime(Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        return EngineMetadata.OfNotebook(notebook).Seconds(RunLimits.ExpectedTime);
    }

    /// <summary>
    /// Starts the process for a notebook that will run soon, so that its compiler is loaded while another notebook
    /// runs.
    /// </summary>
    /// <param name="path">The notebook's file, as it will be given to <see cref="RunAsync"/>.</param>
    /// <param name="notebook">The notebook, which may set a limit on memory; null if it sets none.</param>
    /// <exception cref="NotebookFormatException">A limit in the notebook's metadata is not valid.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">The session's program cannot be started.</exception>
    public void Prepare(string path, Notebook? notebook = null)
    {
        path = Path.GetFullPath(path);
        lock (_gate)
        {
            if (!_prepared.ContainsKey(path) && Directory.Exists(Path.GetDirectoryName(path)))
            {
                _prepared.Add(path, Start(path, RunLimits.Of(options, notebook ?? new Notebook { Cells = [] })));
            }
        }
    }

    /// <summary>
    /// Executes a notebook from its first cell to its last, or to the first that fails. The tags of cells are
    /// respected: see <see cref="CellTags"/>.
    /// </summary>
    /// <param name="path">The notebook's file; its folder is the working directory. The file is not read or
    /// written.</param>
    /// <param name="notebook">The notebook in the file.</param>
    /// <param name="progress">Reports progress before each cell and at the end; may be null.</param>
    /// <param name="cancellationToken">Stops the run and ends the process.</param>
    /// <returns>The executed notebook and what happened.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> or <paramref name="notebook"/> is
    /// null.</exception>
    /// <exception cref="NotebookFormatException">A setting in the notebook's metadata is not valid.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">The session's program cannot be started.</exception>
    public async Task<NotebookRun> RunAsync(
        string path,
        Notebook notebook,
        IProgress<CellProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(notebook);
        cancellationToken.ThrowIfCancellationRequested();
        var clock = Stopwatch.StartNew();
        path = Path.GetFullPath(path);
        var limits = RunLimits.Of(options, notebook);
        List<CodeCell> cells =
        [
            .. notebook.Cells.OfType<CodeCell>().Where(cell => !string.IsNullOrWhiteSpace(cell.Source)),
        ];

        // A setting that is not valid is reported before anything runs.
        cells.ForEach(cell => _ = (limits.Cell(cell), ExpectedError.Of(cell)));
        _ = ExpectedTime(notebook);
        await using var host = Take(path, limits);
        var session = new LimitedSession(host, limits, _secrets, cancellationToken);
        var results = new List<CellRun>();
        CellRun? failed = null;
        foreach (var cell in cells)
        {
            var number = results.Count + 1;
            if (failed is not null || SkipReason(cell) is not null)
            {
                results.Add(
                    new CellRun(
                        number,
                        cell.Id,
                        failed is null ? CellStatus.Skipped : CellStatus.NotRun,
                        Reason: SkipReason(cell) ?? ""
                    )
                );
                continue;
            }

            progress?.Report(new CellProgress(number, cells.Count, clock.Elapsed));
            var start = clock.Elapsed;
            var executed = await session
                .ExecuteAsync(Path.GetFileName(path), number, cell, limits.Notebook - start)
                .ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            var (status, reported) = Judge(cell, executed.Error, session);
            var result = new CellRun(number, cell.Id, status, clock.Elapsed - start, executed.PeakMemory, reported);
            results.Add(result);
            failed = status == CellStatus.Failed ? result : null;
        }

        progress?.Report(new CellProgress((failed?.Number ?? cells.Count) + 1, cells.Count, clock.Elapsed));
        var failure = failed is { Error: { } reason } ? new CellFailure(failed.Number, failed.Id, reason) : null;
        return new NotebookRun(WithOutputs(notebook, results, session.Outputs), results, failure, clock.Elapsed);
    }

    /// <summary>Ends the processes that were prepared and not used.</summary>
    /// <returns>A task that ends when they have ended.</returns>
    public async ValueTask DisposeAsync()
    {
        List<ISessionHost> unused;
        lock (_gate)
        {
            unused = [.. _prepared.Values];
            _prepared.Clear();
        }

        foreach (var session in unused)
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }
    }

    private ISessionHost Take(string path, RunLimits limits)
    {
        lock (_gate)
        {
            return _prepared.Remove(path, out var session) ? session : Start(path, limits);
        }
    }

    private ProcessSession Start(string path, RunLimits limits) =>
        new(
            new SessionSettings(options.Session, Path.GetDirectoryName(path)!)
            {
                MissingLibraryHint = options.MissingLibraryHint,
                PassedVariables = options.PassedVariables,
                MemoryLimit = limits.Memory,
                Processors = options.Processors,
                WarmsUp = false,
            }
        );

    private string? SkipReason(CodeCell cell) =>
        CellTags.Has(cell, CellTags.SkipExecution) ? $"tagged {CellTags.SkipExecution}"
        : CellTags.Has(cell, CellTags.Slow) && !options.RunsSlowCells ? $"tagged {CellTags.Slow}"
        : null;

    private static (CellStatus Status, CellError? Error) Judge(CodeCell cell, CellError? error, LimitedSession session)
    {
        if (ExpectedError.Of(cell) is not { } expected)
        {
            return (error is null ? CellStatus.Passed : CellStatus.Failed, error);
        }

        return error is null ? (CellStatus.Failed, session.Outputs.Fail(expected.ErrorMissing()))
            : expected.IsMet(error, session.IsAlive) ? (CellStatus.Passed, error)
            : (CellStatus.Failed, expected.UnexpectedError(error, session.IsAlive));
    }

    private static Notebook WithOutputs(Notebook notebook, List<CellRun> results, CellOutputs outputs)
    {
        var byId = results.ToDictionary(result => result.Id, StringComparer.Ordinal);
        return notebook with
        {
            Cells = [.. notebook.Cells.Select(cell => cell is CodeCell code ? Executed(code) : cell)],
        };

        Cell Executed(CodeCell cell) =>
            byId.GetValueOrDefault(cell.Id) switch
            {
                { Status: CellStatus.Passed or CellStatus.Failed } result => cell with
                {
                    ExecutionCount = result.Number,
                    Outputs = outputs.Of(result.Number),
                },
                { Status: CellStatus.Skipped } => cell,
                _ => cell with { ExecutionCount = null, Outputs = [] },
            };
    }
}
