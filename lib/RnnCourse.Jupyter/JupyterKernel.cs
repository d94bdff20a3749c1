using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using RnnCourse.Jupyter.Execution;
using RnnCourse.Jupyter.Language;
using RnnCourse.Jupyter.Wire;
using RnnCourse.Notebooks.Session.Hosting;

namespace RnnCourse.Jupyter;

/// <summary>
/// A Jupyter kernel for C#: listens on its sockets, answers requests in order, and lets a session in a separate process
/// execute cells. So it survives whatever a cell does, and keeps answering.
/// </summary>
public sealed class JupyterKernel : IAsyncDisposable
{
    private readonly RequestQueue _shell = new();
    private readonly RequestQueue _control = new();

    // Questions about code don't wait for the cell that runs.
    private readonly RequestQueue _questions = new();
    private readonly TaskCompletionSource _shutdown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly KernelOptions _options;
    private readonly Action<string> _log;
    private readonly ProcessSession _session;
    private readonly KernelSockets _sockets;
    private readonly Messenger _messenger;
    private readonly Widgets _widgets;
    private readonly ExecuteRequests _cells;
    private readonly LanguageReplies _language;
    private readonly ConcurrentDictionary<Message, ControlCell> _movedCells = new(ReferenceEqualityComparer.Instance);
    private volatile Message? _executing;

    /// <summary>Opens the sockets and starts the session.</summary>
    /// <param name="options">The kernel's options.</param>
    /// <param name="log">Receives one line for each event that a maintainer should know of, such as a dropped
    /// message.</param>
    /// <exception cref="ConnectionFileException">The connection file can't be used, or its ports are not
    /// available.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">The session's program can't be started.</exception>
    public JupyterKernel(KernelOptions options, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _log) = (options, log);
        var connection = ConnectionInfo.Read(options.ConnectionFile, options.AllowRemote);
        if (connection.Key.Length == 0)
        {
            log("the connection file has no key: anyone on this machine can run code here");
        }

        _session = new ProcessSession(
            new SessionSettings(options.Session, Environment.CurrentDirectory)
            {
                RestartsAfterEnd = true,
                PassedVariables = options.PassedVariables,
            }
        );
        _messenger = new Messenger((channel, message) => _sockets!.Send(channel, message));
        _widgets = new Widgets(_messenger);
        _cells = new ExecuteRequests(_session, _messenger, _widgets, NotebookName());
        _language = new LanguageReplies(_session);
        _sockets = new KernelSockets(connection, Receive, log);
        _messenger.PublishState(null, "starting");
    }

    /// <summary>Serves until a client asks it to shut down, or until it is stopped.</summary>
    /// <param name="stop">Stops the kernel.</param>
    /// <returns>A task that ends when the kernel has stopped serving.</returns>
    public async Task RunAsync(CancellationToken stop)
    {
        using var registration = stop.Register(() => _shutdown.TrySetResult());
        _ = ServeAsync(_control);
        _ = ServeAsync(_shell);
        _ = ServeAsync(_questions);
        await _shutdown.Task.ConfigureAwait(false);
    }

    /// <summary>Stops the running cell or, if there is none, the first waiting one.</summary>
    public void Interrupt() => _sockets.AfterReceiving(() => _cells.Interrupt(DateTimeOffset.UtcNow));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync().ConfigureAwait(false);
        _sockets.Dispose();
        _cells.Dispose();
    }

    // Runs on the sockets' thread.
    private void Receive(Channel channel, Message message)
    {
        if (channel == Channel.Stdin)
        {
            if (message.Type == "input_reply")
            {
                _session.Answer(message.Text("value"));
            }

            return;
        }

        if (message.Type == "execute_request")
        {
            _cells.Arrived(message);
        }

        if (message.Type is "comm_msg" or "comm_close" && _widgets.Take(message) is { } moved)
        {
            // The values that have arrived by then are used.
            _movedCells[message] = moved;
        }

        var queue =
            channel == Channel.Control ? _control
            : message.Type is "complete_request" or "inspect_request" or "is_complete_request" ? _questions
            : _shell;
        queue.Add(channel, message);
    }

    private async Task ServeAsync(RequestQueue requests)
    {
        await foreach (var (channel, request, wanted) in requests.TakeAsync().ConfigureAwait(false))
        {
            _messenger.PublishState(request, "busy");
            try
            {
                if (request.Type == "execute_request")
                {
                    _executing = request;
                    await ExecuteAsync(requests, channel, request, wanted).ConfigureAwait(false);
                }
                else
                {
                    await AnswerAsync(channel, request).ConfigureAwait(false);
                }
            }
#pragma warning disable CA1031 // whatever went wrong, the client waits for an answer and the kernel lives on
            catch (Exception e)
#pragma warning restore CA1031
            {
                _log($"{request.Type} failed: {e}");
                Reply(
                    channel,
                    request,
                    new JsonObject
                    {
                        ["status"] = "error",
                        ["ename"] = e.GetType().FullName,
                        ["evalue"] = e.Message,
                        ["traceback"] = new JsonArray($"{e.GetType().FullName}: {e.Message}"),
                    }
                );
            }

            if (_executing == request)
            {
                _executing = null;
            }

            _messenger.PublishState(request, "idle");
            if (_executing is { } running)
            {
                // Clients show the last state they received, whichever request it belonged to.
                _messenger.PublishState(running, "busy");
            }
        }
    }

    private async Task ExecuteAsync(RequestQueue requests, Channel channel, Message request, bool wanted)
    {
        if (!wanted)
        {
            Reply(channel, request, _cells.Abort());
            return;
        }

        var (succeeded, answer) = await _cells.ExecuteAsync(request).ConfigureAwait(false);
        if (!succeeded && request.Flag("stop_on_error", true))
        {
            requests.LeaveOutWaiting();
        }

        Reply(channel, request, answer);
    }

    private async Task AnswerAsync(Channel channel, Message request)
    {
        switch (request.Type)
        {
            case "kernel_info_request":
                Reply(channel, request, KernelInfo.Answer(_options.Version));
                break;
            case "complete_request":
                Reply(channel, request, await _language.CompleteAsync(request).ConfigureAwait(false));
                break;
            case "inspect_request":
                Reply(channel, request, await _language.InspectAsync(request).ConfigureAwait(false));
                break;
            case "is_complete_request":
                Reply(channel, request, await _language.CheckCompletenessAsync(request).ConfigureAwait(false));
                break;
            case "history_request":
                Reply(channel, request, _cells.History.Answer(request));
                break;
            case "comm_info_request":
                Reply(channel, request, new JsonObject { ["status"] = "ok", ["comms"] = _widgets.List() });
                break;
            case "comm_open":
                // This kernel has no targets for comms of clients, so it closes each at once.
                _messenger.Publish(
                    request,
                    "comm_close",
                    new JsonObject { ["comm_id"] = request.Text("comm_id"), ["data"] = new JsonObject() }
                );
                break;
            case "comm_msg" or "comm_close":
                if (_movedCells.TryRemove(request, out var moved))
                {
                    await _cells.ExecuteAgainAsync(moved).ConfigureAwait(false);
                }

                break;
            case "interrupt_request":
                _cells.Interrupt(request.Sent ?? DateTimeOffset.UtcNow);
                Reply(channel, request, new JsonObject { ["status"] = "ok" });
                break;
            case "shutdown_request":
                ShutDown(channel, request);
                break;
            default:
                _log($"unknown request {request.Type}");
                if (request.Type.EndsWith("_request", StringComparison.Ordinal))
                {
                    throw new NotSupportedException($"This kernel doesn't know {request.Type}.");
                }

                break;
        }
    }

    private void ShutDown(Channel channel, Message request)
    {
        var answer = new JsonObject { ["status"] = "ok", ["restart"] = request.Flag("restart", false) };
        _messenger.Publish(request, "shutdown_reply", answer.DeepClone().AsObject());
        Reply(channel, request, answer);
        _shutdown.TrySetResult();
    }

    private void Reply(Channel channel, Message request, JsonObject content) =>
        _messenger.Reply(
            channel,
            request,
            request.Type.Replace("_request", "_reply", StringComparison.Ordinal),
            content
        );

    // The client's name for the notebook, if it gives one.
    private static string NotebookName() =>
        Environment.GetEnvironmentVariable("JPY_SESSION_NAME") is { Length: > 0 } path
            ? Path.GetFileName(path)
            : "notebook";
}
