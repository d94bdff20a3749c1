using System.Diagnostics;
using System.Text.Json.Nodes;
using RnnCourse.Jupyter.Wire;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Hosting;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Jupyter.Execution;

/// <summary>Answers each <c>execute_request</c>, one after the other.</summary>
/// <param name="session">Executes the cells.</param>
/// <param name="messenger">Sends messages to the clients.</param>
/// <param name="widgets">Shows controls.</param>
/// <param name="notebookName">The notebook's name in errors.</param>
internal sealed class ExecuteRequests(ISessionHost session, Messenger messenger, Widgets widgets, string notebookName)
    : IDisposable
{
    // Each channel is a connection of its own, so an interrupt may overtake the cell that it is meant for. It waits
    // for that cell this long, and no longer, since the clocks of two clients may differ.
    private static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UsualWay = TimeSpan.FromMilliseconds(300);

    private readonly Lock _gate = new();
    private readonly KernelOutput _output = new(messenger, widgets);
    private int _count;
    private int _waiting;
    private bool _isRunning;
    private bool _interruptsNext;
    private IdleInterrupt? _idleInterrupt;

    /// <summary>The cells executed so far.</summary>
    public History History { get; } = new();

    /// <summary>Notes that a request has arrived. From now on it can be interrupted.</summary>
    public void Arrived(Message request)
    {
        lock (_gate)
        {
            if (_idleInterrupt is { } interrupt)
            {
                if (request.Sent < interrupt.Sent && interrupt.Since.Elapsed < LongestWay)
                {
                    _idleInterrupt = null;
                    _interruptsNext = true;
                }
                else
                {
                    // A client's requests arrive in the order in which it sends them, so no earlier one can follow.
                    EndLeftBehind();
                    _idleInterrupt = null;
                }
            }

            _waiting++;
        }
    }

    /// <summary>Stops the running cell; if no cell is running, the first waiting one; if none is waiting, one that was
    /// sent before the interrupt but hasn't arrived yet.</summary>
    /// <param name="sent">When the client sent the interrupt.</param>
    public void Interrupt(DateTimeOffset sent)
    {
        lock (_gate)
        {
            if (_isRunning)
            {
                session.Interrupt();
            }
            else if (_waiting > 0)
            {
                _interruptsNext = true;
            }
            else
            {
                _idleInterrupt = new(sent, Stopwatch.StartNew(), IsActedOn: false);
                _ = EndLeftBehindAsync();
            }
        }
    }

    /// <summary>Executes a request.</summary>
    /// <returns>Whether it succeeded, and the reply's content.</returns>
    public async Task<(bool Succeeded, JsonObject Reply)> ExecuteAsync(Message request)
    {
        var code = request.Text("code");
        var silent = request.Flag("silent", false);
        var stored = !silent && request.Flag("store_history", true);
        if (stored)
        {
            _count++;
        }

        if (!silent)
        {
            messenger.Publish(
                request,
                "execute_input",
                new JsonObject { ["code"] = code, ["execution_count"] = _count }
            );
        }

        var source = CellSource.OfCell(notebookName, _count, code);
        _output.Begin(request, silent, _count, source);
        var cell = new ExecutionRequest(source, CanAsk: request.Flag("allow_stdin", true));
        var error = await RunAsync(() => session.ExecuteAsync(cell, _output.Take)).ConfigureAwait(false);
        var answers = error is null
            ? await AnswerAsync(request.Content["user_expressions"] as JsonObject).ConfigureAwait(false)
            : [];
        _output.Flush();
        if (stored)
        {
            History.Add(_count, code, _output.LastResult?.Text("text/plain"));
        }

        var reply = error is null ? [] : ErrorContent.Of(error);
        reply["status"] = error is null ? "ok" : "error";
        reply["execution_count"] = _count;
        reply["user_expressions"] = answers;
        reply["payload"] = _output.TakePages();
        return (error is null, reply);
    }

    /// <summary>Executes a cell again if one of its controls was moved since its last run.</summary>
    public async Task ExecuteAgainAsync(ControlCell cell)
    {
        if (cell.TakeSettings() is not { } settings)
        {
            return;
        }

        _output.BeginAgain(cell);
        var request = new ExecutionRequest(cell.Source) { Controls = settings, IsAgain = true };
        lock (_gate)
        {
            _waiting++;
        }

        _ = await RunAsync(() => session.ExecuteAsync(request, _output.Take)).ConfigureAwait(false);
        _output.EndAgain();
    }

    /// <summary>The content of the reply to a request that is skipped because an earlier one failed.</summary>
    public JsonObject Abort()
    {
        lock (_gate)
        {
            _waiting--;
        }

        return new JsonObject
        {
            ["status"] = "aborted",
            ["execution_count"] = _count,
            ["user_expressions"] = new JsonObject(),
            ["payload"] = new JsonArray(),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _output.Dispose();

    // Without a cell, the session ends what an earlier interrupt left behind, and itself with it. So a cell that the
    // interrupt may be meant for has a moment to arrive.
    private async Task EndLeftBehindAsync()
    {
        await Task.Delay(UsualWay).ConfigureAwait(false);
        lock (_gate)
        {
            EndLeftBehind();
        }
    }

    private void EndLeftBehind()
    {
        if (_idleInterrupt is { IsActedOn: false } interrupt && !_isRunning && _waiting == 0)
        {
            _idleInterrupt = interrupt with { IsActedOn = true };
            session.Interrupt();
        }
    }

    private async Task<CellError?> RunAsync(Func<Task<ExecutionResult>> start)
    {
        Task<ExecutionResult> running;
        lock (_gate)
        {
            _waiting--;
            _isRunning = true;
            running = start();
            if (_interruptsNext)
            {
                _interruptsNext = false;
                session.Interrupt();
            }
        }

        try
        {
            return (await running.ConfigureAwait(false)).Error;
        }
        finally
        {
            lock (_gate)
            {
                _isRunning = false;
            }
        }
    }

    private async Task<JsonObject> AnswerAsync(JsonObject? expressions)
    {
        var answers = new JsonObject();
        foreach (var (name, expression) in expressions ?? [])
        {
            MimeBundle? value = null;
            var request = new ExecutionRequest(new CellSource("user expression", expression?.ToString() ?? ""));
            var result = await session
                .ExecuteAsync(
                    request,
                    happened =>
                    {
                        if (happened is ResultGiven given)
                        {
                            value = given.Data;
                        }
                        else if (happened is not CellFailed)
                        {
                            _output.Take(happened);
                        }
                    }
                )
                .ConfigureAwait(false);
            var answer = result.Error is { } error
                ? ErrorContent.Of(error)
                : new JsonObject
                {
                    ["data"] = value is null ? new JsonObject() : BundleJson.ToJson(value),
                    ["metadata"] = new JsonObject(),
                };
            answer["status"] = result.Error is null ? "ok" : "error";
            answers[name] = answer;
        }

        return answers;
    }
}

/// <summary>An interrupt that arrived while no cell was running or waiting.</summary>
/// <param name="Sent">When the client sent it.</param>
/// <param name="Since">The time since it arrived.</param>
/// <param name="IsActedOn">Whether it has been passed to the session.</param>
internal sealed record IdleInterrupt(DateTimeOffset Sent, Stopwatch Since, bool IsActedOn);

/// <summary>Writes errors in the protocol's form.</summary>
internal static class ErrorContent
{
    /// <summary>The name, the message and the traceback. The summary comes last, since people read a traceback from its
    /// end.</summary>
    public static JsonObject Of(CellError error) =>
        new()
        {
            ["ename"] = error.Name,
            ["evalue"] = error.Message,
            ["traceback"] = new JsonArray([
                .. error
                    .Traceback.Skip(HeadingLines(error))
                    .Append($"{error.Name}: {error.Message}")
                    .Select(line => (JsonNode)line),
            ]),
        };

    private static int HeadingLines(CellError error)
    {
        var heading = $"{error.Name}: {error.Message}".ReplaceLineEndings("\n").Split('\n');
        return error.Traceback.Take(heading.Length).SequenceEqual(heading) ? heading.Length : 0;
    }
}
