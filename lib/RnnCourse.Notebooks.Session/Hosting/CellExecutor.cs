using System.Globalization;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Interrupting;
using RnnCourse.Notebooks.Session.Language;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Session.Hosting;

/// <summary>
/// Executes cells in this process, for both session hosts: what is shown and printed, results, errors and times become
/// events here and nowhere else.
/// </summary>
/// <remarks>Cells are executed one at a time; the other members may be called meanwhile, from any thread.</remarks>
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
    /// <param name="options">Where files are looked for.</param>
    /// <param name="send">Takes the events, one at a time.</param>
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

    /// <summary>Compiles, runs and formats something small, so that the first cell need not wait for it.</summary>
    public async Task WarmUpAsync()
    {
        var formatting = Task.Run(() => DisplayFormatter.Format(new { Warm = true }));
        await _session.WarmUpAsync().ConfigureAwait(false);
        _ = await formatting.ConfigureAwait(false);
    }

    /// <summary>Whether code of an interrupted cell still runs or waits.</summary>
    public bool IsCodeLeftBehind => _leftBehind is { IsLeftBehind: true, IsAtWork: true };

    /// <summary>A cell has come and will be executed. From now on it can be interrupted.</summary>
    /// <param name="number">The number that <see cref="Interrupt"/> calls it by.</param>
    public void Announce(int number)
    {
        lock (_gate)
        {
            _executions[number] = new CellExecution();
        }
    }

    /// <summary>Executes a cell.</summary>
    /// <param name="number">The number that it was announced by.</param>
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

    /// <summary>Sends what is left of a cell's output, when nothing more of it is to be waited for.</summary>
    public void EndOutput() => _output.EndCell();

    /// <summary>Sends what was printed and is still held back.</summary>
    public void Flush() => _output.Flush();

    /// <summary>Turns what the process prints into events, also outside cells.</summary>
    public void TakeConsole() => _scope.Enter();

    /// <summary>Stops the cell of this number, also if it hasn't begun yet. One that has ended is left alone.</summary>
    public void Interrupt(int number)
    {
        lock (_gate)
        {
            _executions.GetValueOrDefault(number)?.Interrupt();
        }
    }

    /// <summary>Answers the question that the cell asks.</summary>
    public void Answer(string text) => _input.Answer(text);

    /// <summary>Reports an exception that no code caught as belonging to the cell that runs, or ran last.</summary>
    public void TellOfStray(Exception thrown) =>
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
