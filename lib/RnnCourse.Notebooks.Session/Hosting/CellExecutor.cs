using System.Globalization;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Interrupting;
using RnnCourse.Notebooks.Session.Language;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Session.Hosting;

/// <summary>
/// Executes cells in this process, for both session hosts. Only this class turns what cells show and print, results,
/// errors and times into events.
/// </summary>
/// <remarks>Cells are executed one at a time; the other members may be called at the same time, from any
/// thread.</remarks>
internal sealed class CellExecutor : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ScriptSession _session;
    private readonly SessionOutput _output;
    private readonly SessionInput _input;
    private readonly DisplayScope _scope;
    private readonly Dictionary<int, CellExecution> _executions = [];
    private CellSource _current = new("warm-up", "");
    private CellExecution? _leftBehind;

    /// <summary>Creates an executor with nothing executed yet.</summary>
    /// <param name="options">The folders in which files are looked up.</param>
    /// <param name="send">Receives the events, one at a time.</param>
    public CellExecutor(ScriptSessionOptions options, Action<SessionEvent> send)
    {
        _output = new SessionOutput(send, new OutputLimits());
        _input = new SessionInput(_output.Send);
        _scope = new DisplayScope(_output, _input);
        _session = new ScriptSession(options);
        Language = new LanguageService(_session);
    }

    /// <summary>Completes, explains and diagnoses code that is being written.</summary>
    public LanguageService Language { get; }

    /// <summary>Loads the compiler. The first real cell needs it in any case.</summary>
    public Task LoadCompilerAsync() => _session.LoadCompilerAsync();

    /// <summary>Compiles, runs and formats what many cells contain, so that the first real cell starts faster.
    /// </summary>
    public async Task WarmUpAsync()
    {
        var formatting = Task.Run(() => DisplayFormatter.Format(new { Warm = true }));
        await _session.WarmUpAsync().ConfigureAwait(false);
        _ = await formatting.ConfigureAwait(false);
    }

    /// <summary>Whether code of an interrupted cell is still running or waiting.</summary>
    public bool IsCodeLeftBehind => _leftBehind is { IsLeftBehind: true, IsAtWork: true };

    /// <summary>Announces a cell that will be executed. From now on it can be interrupted.</summary>
    /// <param name="number">The number to pass to <see cref="Interrupt"/>.</param>
    public void Announce(int number)
    {
        lock (_gate)
        {
            _executions[number] = new CellExecution();
        }
    }

    /// <summary>Executes a cell.</summary>
    /// <param name="number">The number with which it was announced.</param>
    /// <param name="request">The cell.</param>
    /// <returns>Why it failed, or null.</returns>
    public async Task<CellError?> ExecuteAsync(int number, ExecutionRequest request)
    {
        CellExecution execution;
        lock (_gate)
        {
            execution = _executions[number];
        }

        _current = request.Cell;
        _input.Begin(request.CanAsk);
        _scope.Controls.Begin(request.Controls);
        _output.Send(new CellStarted());
        try
        {
            using (_scope.Enter())
            {
                return await RunAsync(request, execution).ConfigureAwait(false);
            }
        }
        finally
        {
            execution.End();
            lock (_gate)
            {
                _executions.Remove(number);
                _leftBehind = execution.IsLeftBehind ? execution : _leftBehind;
            }
        }
    }

    /// <summary>Sends the rest of a cell's output, when no more of it is expected.</summary>
    public void EndOutput() => _output.EndCell();

    /// <summary>Sends printed text that is still held back.</summary>
    public void Flush() => _output.Flush();

    /// <summary>Turns what the process prints into events, also outside cells.</summary>
    public void TakeConsole() => _scope.Enter();

    /// <summary>Stops the cell with this number, even if it hasn't begun yet. Does nothing if it has ended.</summary>
    public void Interrupt(int number)
    {
        lock (_gate)
        {
            _executions.GetValueOrDefault(number)?.Interrupt();
        }
    }

    /// <summary>Answers the question that the cell asks.</summary>
    public void Answer(string text) => _input.Answer(text);

    /// <summary>Reports an uncaught exception as an error of the cell that is running or ran last.</summary>
    public void ReportStray(Exception thrown) =>
        _output.Send(new ExceptionBesideCell(_session.Describe(thrown, _current)));

    /// <summary>Describes an exception that is about to end the process.</summary>
    public CellError DescribeLast(object thrown) =>
        _session.Describe(thrown as Exception ?? new InvalidOperationException(thrown.ToString()), _current);

    /// <inheritdoc/>
    public void Dispose()
    {
        Language.Dispose();
        _session.Dispose();
        _output.Dispose();
        _input.Dispose();
    }

    private async Task<CellError?> RunAsync(ExecutionRequest request, CellExecution execution)
    {
        var cell = request.Cell;
        var outcome = await _session.ExecuteAsync(cell, execution, request.IsAgain).ConfigureAwait(false);
        var error = outcome.Error;

        // The handle that display(x) returns isn't shown as a result.
        if (outcome is { Error: null, HasResult: true, Result: not DisplayedValue })
        {
            try
            {
                var result = outcome.Result;
                _output.Result(
                    await _session.RunAsync(execution, () => DisplayFormatter.Format(result)).ConfigureAwait(false)
                );
            }
            catch (CellInterruptedException e)
            {
                error = CellError.Interrupted(e.Message);
            }
#pragma warning disable CA1031 // whatever the value's own formatting code throws is the cell's error
            catch (Exception e)
#pragma warning restore CA1031
            {
                error = _session.Describe(e, cell, outcome.ResultLine);
            }
        }

        if (outcome.WallTime is { } time && error is null)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"Wall time: {time.TotalMilliseconds}ms");
            _output.Show(MimeBundle.OfText(("text/plain", text)), DisplayTarget.NextDisplayId());
        }

        return error;
    }
}
