using System.Diagnostics;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Scripting;

namespace RnnCourse.Notebooks.Running;

/// <summary>
/// Executes notebooks, each in a process of its own, so that a cell that ends its process, or never ends, costs only its
/// notebook. The first cell that fails ends the run of its notebook; the outputs until then are kept.
/// </summary>
/// <param name="options">How to work.</param>
public sealed class NotebookRunner(RunnerOptions options) : IAsyncDisposable
{
    private readonly Dictionary<string, WorkerProcess> _prepared = new(StringComparer.Ordinal);

    /// <summary>
    /// Starts the process for a notebook that will run soon, so that its compiler warms up while another notebook runs.
    /// </summary>
    /// <param name="path">The notebook's file, as it will be given to <see cref="RunAsync"/>.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The worker program cannot be started.</exception>
    public void Prepare(string path)
    {
        path = Path.GetFullPath(path);
        if (!_prepared.ContainsKey(path) && Directory.Exists(Path.GetDirectoryName(path)))
        {
            _prepared.Add(path, Start(path));
        }
    }

    /// <summary>Executes a notebook from its first cell to its last, or to the first that fails.</summary>
    /// <param name="path">The notebook's file; its folder is the working directory. The file is not read or written.</param>
    /// <param name="notebook">What the file holds.</param>
    /// <param name="progress">Told before each cell and at the end; may be null.</param>
    /// <param name="cancellationToken">Stops the run and ends the process.</param>
    /// <returns>The executed notebook and what happened.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> or <paramref name="notebook"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">The worker program cannot be started.</exception>
    public async Task<NotebookRun> RunAsync(
        string path, Notebook notebook, IProgress<CellProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(notebook);
        cancellationToken.ThrowIfCancellationRequested();
        var clock = Stopwatch.StartNew();
        path = Path.GetFullPath(path);
        if (!_prepared.Remove(path, out var worker))
        {
            worker = Start(path);
        }

        await using (worker)
        {
            await using var stop = cancellationToken.Register(worker.Kill);
            var cells = notebook.Cells.OfType<CodeCell>().Where(cell => !string.IsNullOrWhiteSpace(cell.Source)).ToList();
            var conversation = new WorkerConversation(worker, options);
            var times = new List<TimeSpan>();
            CellFailure? failure = null;
            for (var i = 0; i < cells.Count && failure is null; i++)
            {
                progress?.Report(new CellProgress(i + 1, cells.Count, clock.Elapsed));
                var start = clock.Elapsed;
                var error = await conversation.ExecuteAsync(Path.GetFileName(path), i + 1, cells[i].Source, CellLanguages.KernelOf(cells[i])).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                times.Add(clock.Elapsed - start);
                failure = error is null ? null : new CellFailure(i + 1, cells[i].Id, error);
            }

            progress?.Report(new CellProgress(times.Count + 1, cells.Count, clock.Elapsed));
            return new NotebookRun(WithOutputs(notebook, cells, conversation.Outputs, times.Count), cells.Count, failure, times, clock.Elapsed);
        }
    }

    /// <summary>Ends the processes that were prepared and not used.</summary>
    /// <returns>A task that ends when they have.</returns>
    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _prepared.Values)
        {
            await worker.DisposeAsync().ConfigureAwait(false);
        }

        _prepared.Clear();
    }

    private WorkerProcess Start(string path) =>
        WorkerProcess.Start(options.Worker, Path.GetDirectoryName(path)!, options.MissingLibraryHint);

    private static Notebook WithOutputs(Notebook notebook, List<CodeCell> cells, CellOutputs outputs, int ran)
    {
        var numbers = cells.Select((cell, i) => (cell.Id, Number: i + 1)).ToDictionary(pair => pair.Id, pair => pair.Number);
        return notebook with { Cells = [.. notebook.Cells.Select(cell => cell is CodeCell code ? Executed(code) : cell)] };

        Cell Executed(CodeCell cell)
        {
            var number = numbers.GetValueOrDefault(cell.Id);
            return number >= 1 && number <= ran
                ? cell with { ExecutionCount = number, Outputs = outputs.Of(number) }
                : cell with { ExecutionCount = null, Outputs = [] };
        }
    }
}
