using System.Diagnostics;
using System.IO.Pipes;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Session.Hosting;

/// <summary>The host's side of the process that runs a session's cells.</summary>
internal sealed class SessionProcess : IAsyncDisposable
{
    private const int MessagesHeld = 1_000;

    private static readonly Lock Starting = new();
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan RestPatience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly string _family;
    private readonly Action<ReplyMessage> _replied;
    private readonly Channel<HostMessage> _outgoing = Channel.CreateUnbounded<HostMessage>();

    // When a cell prints faster than we read, the text waits in the pipe, not in our memory.
    private readonly Channel<SessionMessage> _messages = Channel.CreateBounded<SessionMessage>(MessagesHeld);
    private readonly AnonymousPipeServerStream _toSession;
    private readonly AnonymousPipeServerStream _fromSession;

    private SessionProcess(
        Process process,
        AnonymousPipeServerStream toSession,
        AnonymousPipeServerStream fromSession,
        string marker,
        string family,
        long memoryLimit,
        Action<ReplyMessage> replied
    )
    {
        _process = process;
        _family = family;
        _replied = replied;
        Memory = new MemoryWatch(process, memoryLimit, Kill);
        _toSession = toSession;
        _fromSession = fromSession;
        StandardOutput = new NativeOutput(process.StandardOutput, marker);
        StandardError = new NativeOutput(process.StandardError, marker);
        _ = Task.Run(ReadMessagesAsync);
        _ = Task.Run(SendMessagesAsync);
    }

    /// <summary>The text that the process wrote to its real standard output.</summary>
    public NativeOutput StandardOutput { get; }

    /// <summary>The text that the process wrote to its real standard error.</summary>
    public NativeOutput StandardError { get; }

    /// <summary>The messages of the process in order; the channel is completed when the process has ended.</summary>
    public ChannelReader<SessionMessage> Messages => _messages.Reader;

    /// <summary>Measures the memory of the process.</summary>
    public MemoryWatch Memory { get; }

    /// <summary>Starts a process.</summary>
    /// <param name="settings">The settings of the process.</param>
    /// <param name="replied">Receives the answers to questions about code; they don't wait until the other messages
    /// have been read.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public static SessionProcess Start(SessionSettings settings, Action<ReplyMessage> replied)
    {
        // A process started at the same moment would inherit the pipes too, and keep them open.
        lock (Starting)
        {
            var toSession = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
            var fromSession = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
            var family = Guid.NewGuid().ToString("N");
            var marker = $"\u0002{Guid.NewGuid():N}\u0003";
            var arguments = new SessionArguments(
                toSession.GetClientHandleAsString(),
                fromSession.GetClientHandleAsString(),
                marker,
                settings.MissingLibraryHint ?? ScriptSessionOptions.DefaultMissingLibraryHint,
                settings.WarmsUp,
                settings.LibraryFolder
            );
            try
            {
                var process = Process.Start(settings.ToStartInfo(arguments.ToArguments(), family))!;
                process.StandardInput.Close();
                return new SessionProcess(
                    process,
                    toSession,
                    fromSession,
                    marker,
                    family,
                    settings.MemoryCeiling,
                    replied
                );
            }
            finally
            {
                toSession.DisposeLocalCopyOfClientHandle();
                fromSession.DisposeLocalCopyOfClientHandle();
            }
        }
    }

    /// <summary>Sends a message without waiting. If the process has died in the meantime, the end of
    /// <see cref="Messages"/> tells.</summary>
    public void Send(HostMessage message) => _outgoing.Writer.TryWrite(message);

    /// <summary>Ends the process and all processes that it has started.</summary>
    public void Kill()
    {
        try
        {
            ProcessFamily.Kill(_process, _family);
        }
        catch (Exception e)
            when (e
                    is InvalidOperationException
                        or System.ComponentModel.Win32Exception
                        or NotSupportedException
                        or AggregateException
            )
        {
            // It has already ended.
        }
    }

    /// <summary>Waits until the process has ended and all of its output has arrived; describes how it ended.</summary>
    public async Task<string> DescribeEndAsync()
    {
        var cut = !await EndsByItselfAsync().ConfigureAwait(false);
        Kill();
        var patience = Task.Delay(RestPatience);
        _ = await Task.WhenAny(Task.WhenAll(StandardOutput.Completed, StandardError.Completed), patience)
            .ConfigureAwait(false);
        return cut
            ? "the cell closed the pipe that connects the process with its host"
            : ExitReason.Describe(_process.ExitCode);
    }

    // A cell can close its own process's pipe; a process that can no longer be reached is ended. On a busy machine, a
    // process that is already ending may take a while: on Linux it is given all the time that it takes.
    private async Task<bool> EndsByItselfAsync()
    {
        var ended = _process.WaitForExitAsync(CancellationToken.None);
        var last = Task.Delay(RestPatience);
        while (await Task.WhenAny(ended, Task.Delay(ExitPatience)).ConfigureAwait(false) != ended)
        {
            if (ProcessFamily.IsEnding(_process) ?? !last.IsCompleted)
            {
                continue;
            }

            Kill();
            await ended.ConfigureAwait(false);
            return false;
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        Memory.Dispose();
        _outgoing.Writer.TryComplete();
        await _toSession.DisposeAsync().ConfigureAwait(false);
        await _fromSession.DisposeAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private async Task SendMessagesAsync()
    {
        try
        {
            // Inside the try, since closing the writer of a closed pipe also throws.
            await using var writer = new StreamWriter(_toSession, new UTF8Encoding(false), leaveOpen: true);
            await foreach (var message in _outgoing.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                var line = JsonSerializer.Serialize(message, SessionJson.Compact.HostMessage);
                await writer.WriteLineAsync(line).ConfigureAwait(false);
                await writer.FlushAsync().ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The reader of messages notices the end.
        }
    }

    private async Task ReadMessagesAsync()
    {
        // A process that the cell started may hold the pipe open after the session's process has died. It is ended,
        // which ends the pipe; a process that escapes this is not waited for.
        _ = _process
            .WaitForExitAsync(CancellationToken.None)
            .ContinueWith(
                async _ =>
                {
                    Kill();
                    await Task.Delay(RestPatience).ConfigureAwait(false);
                    _messages.Writer.TryComplete();
                },
                TaskScheduler.Default
            );
        try
        {
            using var reader = new StreamReader(_fromSession, Encoding.UTF8, leaveOpen: true);
            while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                var message = Parse(line);
                if (message is ReplyMessage reply)
                {
                    _replied(reply);
                }
                else if (message is not null)
                {
                    await _messages.Writer.WriteAsync(message).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or ChannelClosedException)
        {
            // The process has ended; nothing more will come.
        }

        _messages.Writer.TryComplete();
    }

    // The last line may be incomplete if the process died, and a cell's code may write here too.
    private static SessionMessage? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, SessionJson.Compact.SessionMessage);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
