using System.Globalization;
using System.Text.Json.Nodes;
using RnnCourse.Jupyter.Execution;
using RnnCourse.Jupyter.Language;
using RnnCourse.Jupyter.Wire;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Jupyter;

/// <summary>
/// A Jupyter kernel for C#: listens on its sockets, answers requests in order, and executes cells in the notebook
/// engine's session. One process runs one kernel, as cells share the process's console and working directory.
/// </summary>
public sealed class JupyterKernel : IDisposable
{
    private readonly RequestQueue _shell = new();
    private readonly RequestQueue _control = new();
    private readonly TaskCompletionSource _shutdown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly KernelOptions _options;
    private readonly Action<string> _log;
    private readonly ScriptSession _session;
    private readonly CodeModel _model;
    private readonly KernelOutput _output;
    private readonly KernelInput _input;
    private readonly KernelSockets _sockets;
    private readonly Messenger _messenger;
    private readonly CellExecutor _executor;

    /// <summary>Opens the sockets and prepares the session.</summary>
    /// <param name="options">How to run.</param>
    /// <param name="log">Takes one line for each thing that a maintainer should know of, such as a dropped
    /// message.</param>
    /// <exception cref="ConnectionFileException">The connection file can't be used, or its ports can't be listened
    /// on.</exception>
    public JupyterKernel(KernelOptions options, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _log) = (options, log);
        var connection = ConnectionInfo.Read(options.ConnectionFile, options.AllowRemote);
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (connection.Key.Length == 0)
        {
            log("the connection file has no key: anyone on this machine can run code here");
        }

        _sockets = new KernelSockets(connection, Receive, log);
        _messenger = new Messenger(_sockets.Send);
        _output = new KernelOutput(_messenger);
        _input = new KernelInput(_messenger, _output.Flush);
        DisplayTarget.Set(_output);
        DisplayTarget.Set(_input);
        var settings = new ScriptSessionOptions(Environment.CurrentDirectory);
        _session = new ScriptSession(
            options.MissingLibraryHint is { } hint ? settings with { MissingLibraryHint = hint } : settings
        );
        _model = new CodeModel(_session);
        _executor = new CellExecutor(_session, _messenger, _output, _input, NotebookName());
        _messenger.PublishState(null, "starting");
    }

    /// <summary>Serves until a client asks it to shut down, or until it is told to stop.</summary>
    /// <param name="stop">Ends it.</param>
    /// <returns>A task that ends when the kernel has said its last word.</returns>
    public async Task RunAsync(CancellationToken stop)
    {
        using var registration = stop.Register(() => _shutdown.TrySetResult());
        _ = ServeAsync(_control);
        _ = ServeAsync(_shell);
        await _shutdown.Task.ConfigureAwait(false);
    }

    /// <summary>Stops the cell that is running, if one is.</summary>
    public void Interrupt() => _executor.Interrupt();

    /// <inheritdoc/>
    public void Dispose()
    {
        _sockets.Dispose();
        _output.Dispose();
        _input.Dispose();
        _model.Dispose();
        _session.Dispose();
    }

    // On the sockets' thread.
    private void Receive(Channel channel, Message message)
    {
        if (channel == Channel.Stdin)
        {
            if (message.Type == "input_reply")
            {
                _input.Answer(message.Text("value"));
            }

            return;
        }

        (channel == Channel.Control ? _control : _shell).Add(channel, message);
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

            _messenger.PublishState(request, "idle");
        }
    }

    private async Task ExecuteAsync(RequestQueue requests, Channel channel, Message request, bool wanted)
    {
        if (!wanted)
        {
            Reply(channel, request, _executor.Aborted());
            return;
        }

        var (succeeded, answer) = await _executor.ExecuteAsync(request).ConfigureAwait(false);
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
                Reply(
                    channel,
                    request,
                    await new Completion(_model)
                        .AnswerAsync(request.Text("code"), Cursor(request))
                        .ConfigureAwait(false)
                );
                break;
            case "inspect_request":
                Reply(
                    channel,
                    request,
                    await new Inspection(_model)
                        .AnswerAsync(request.Text("code"), Cursor(request), request.Number("detail_level") > 0)
                        .ConfigureAwait(false)
                );
                break;
            case "is_complete_request":
                Reply(channel, request, Completeness.Answer(request.Text("code")));
                break;
            case "history_request":
                Reply(channel, request, _executor.History.Answer(request));
                break;
            case "comm_info_request":
                Reply(channel, request, new JsonObject { ["status"] = "ok", ["comms"] = new JsonObject() });
                break;
            case "comm_open":
                // No target is known here; a comm that nobody takes is closed again.
                _messenger.Publish(
                    request,
                    "comm_close",
                    new JsonObject { ["comm_id"] = request.Text("comm_id"), ["data"] = new JsonObject() }
                );
                break;
            case "comm_msg" or "comm_close":
                break;
            case "interrupt_request":
                Interrupt();
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

    private static int Cursor(Message request) => Math.Max(0, request.Number("cursor_pos") ?? int.MaxValue);

    // What the client calls the notebook, where it says so.
    private static string NotebookName() =>
        Environment.GetEnvironmentVariable("JPY_SESSION_NAME") is { Length: > 0 } path
            ? Path.GetFileName(path)
            : "notebook";
}
