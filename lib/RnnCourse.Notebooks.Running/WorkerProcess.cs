using System.Diagnostics;
using System.IO.Pipes;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace RnnCourse.Notebooks.Running;

/// <summary>The parent's side of a process that runs cells.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private const int EventsHeld = 1_000;

    private static readonly Lock Starting = new();
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RestPatience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly string _family;
    private readonly StreamWriter _commands;

    // A flood waits in the pipe, not in our memory.
    private readonly Channel<WorkerEvent> _events = Channel.CreateBounded<WorkerEvent>(EventsHeld);
    private readonly AnonymousPipeServerStream _commandPipe;
    private readonly AnonymousPipeServerStream _eventPipe;

    private WorkerProcess(
        Process process,
        AnonymousPipeServerStream commandPipe,
        AnonymousPipeServerStream eventPipe,
        string marker,
        string family,
        long memoryLimit
    )
    {
        _process = process;
        _family = family;
        Memory = new MemoryWatch(process, memoryLimit, Kill);
        _commandPipe = commandPipe;
        _eventPipe = eventPipe;
        _commands = new StreamWriter(commandPipe, new UTF8Encoding(false)) { AutoFlush = true };
        StandardOutput = new NativeOutput(process.StandardOutput, marker);
        StandardError = new NativeOutput(process.StandardError, marker);
        _ = Task.Run(ReadEventsAsync);
    }

    /// <summary>What the process wrote to its real standard output.</summary>
    public NativeOutput StandardOutput { get; }

    /// <summary>What the process wrote to its real standard error.</summary>
    public NativeOutput StandardError { get; }

    /// <summary>What the process tells, in order; ends when the process has ended.</summary>
    public ChannelReader<WorkerEvent> Events => _events.Reader;

    /// <summary>How much memory it holds.</summary>
    public MemoryWatch Memory { get; }

    /// <summary>Starts a process.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public static WorkerProcess Start(WorkerSetup setup)
    {
        // A process started at the same moment would inherit the pipes too, and keep them open.
        lock (Starting)
        {
            var commandPipe = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
            var eventPipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
            var family = Guid.NewGuid().ToString("N");
            var marker = $"\u0002{Guid.NewGuid():N}\u0003";
            var arguments = new WorkerArguments(
                commandPipe.GetClientHandleAsString(),
                eventPipe.GetClientHandleAsString(),
                marker,
                setup.MissingLibraryHint
            );
            try
            {
                var process = Process.Start(setup.ToStartInfo(arguments, family))!;
                process.StandardInput.Close();
                return new WorkerProcess(process, commandPipe, eventPipe, marker, family, setup.MemoryLimit);
            }
            finally
            {
                commandPipe.DisposeLocalCopyOfClientHandle();
                eventPipe.DisposeLocalCopyOfClientHandle();
            }
        }
    }

    /// <summary>Sends a cell. A process that has died meanwhile is noticed by the end of
    /// <see cref="Events"/>.</summary>
    public async Task SendAsync(ExecuteCommand command)
    {
        try
        {
            await _commands
                .WriteLineAsync(JsonSerializer.Serialize(command, WorkerJson.Compact.ExecuteCommand))
                .ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The end of the events tells it.
        }
    }

    /// <summary>Ends the process and all that it has started.</summary>
    public void Kill()
    {
        try
        {
            Family.Kill(_process, _family);
        }
        catch (Exception e)
            when (e
                    is InvalidOperationException
                        or System.ComponentModel.Win32Exception
                        or NotSupportedException
                        or AggregateException
            )
        {
            // It has ended by itself.
        }
    }

    /// <summary>Waits until the process has ended and all of its output is there; says in words how it ended.</summary>
    public async Task<string> DescribeEndAsync()
    {
        var cut = !await EndsByItselfAsync().ConfigureAwait(false);
        Kill();
        var patience = Task.Delay(RestPatience);
        _ = await Task.WhenAny(Task.WhenAll(StandardOutput.Completed, StandardError.Completed), patience)
            .ConfigureAwait(false);
        return cut ? "the cell cut its connection to the runner" : ExitReason.Describe(_process.ExitCode);
    }

    // A cell can close the pipe under its own process; a process that nobody hears any more is ended. One that is
    // ending already may take long over it on a busy machine.
    private async Task<bool> EndsByItselfAsync()
    {
        var ended = _process.WaitForExitAsync(CancellationToken.None);
        var last = Task.Delay(RestPatience);
        while (await Task.WhenAny(ended, Task.Delay(ExitPatience)).ConfigureAwait(false) != ended)
        {
            if (Family.IsEnding(_process) ?? !last.IsCompleted)
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
        try
        {
            await _commands.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // Nobody reads any more.
        }

        await _commandPipe.DisposeAsync().ConfigureAwait(false);
        await _eventPipe.DisposeAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private async Task ReadEventsAsync()
    {
        // A process that the cell started may hold the pipe open after the worker has died. It is ended, and then the
        // pipe ends by itself; only what could hide from that is not waited for.
        _ = _process
            .WaitForExitAsync(CancellationToken.None)
            .ContinueWith(
                async _ =>
                {
                    Kill();
                    await Task.Delay(RestPatience).ConfigureAwait(false);
                    _events.Writer.TryComplete();
                },
                TaskScheduler.Default
            );
        try
        {
            using var reader = new StreamReader(_eventPipe, Encoding.UTF8, leaveOpen: true);
            while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                if (Parse(line) is { } message)
                {
                    await _events.Writer.WriteAsync(message).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or ChannelClosedException)
        {
            // The process is gone; what came is all there is.
        }

        _events.Writer.TryComplete();
    }

    // A last line may be cut off where the process died, and code of a cell may write here too.
    private static WorkerEvent? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, WorkerJson.Compact.WorkerEvent);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
