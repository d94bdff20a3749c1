using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Interrupting;
using RnnCourse.Notebooks.Session.Language;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Session.Hosting;

/// <summary>
/// The program of a session's process: reads messages from its host through a pipe, executes cells one at a time, and
/// reports events through another pipe. Its working directory is the notebook's folder.
/// </summary>
public static class SessionProgram
{
    /// <summary>Serves the host until it closes the pipe or ends.</summary>
    /// <param name="arguments">The arguments that <see cref="ProcessSession"/> appends to those of its
    /// <see cref="SessionCommand"/>.</param>
    /// <returns>The exit code: 2 if the arguments are not those of a session host. Otherwise the process ends by
    /// itself.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="arguments"/> is null.</exception>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (SessionArguments.Parse(arguments) is not { } settings)
        {
            await Console
                .Error.WriteLineAsync("This command is for internal use: it runs the cells of one notebook.")
                .ConfigureAwait(false);
            return 2;
        }

        // The host decides what Ctrl-C means, and ends this process if it must.
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        InvariantCulture.BecomeDefault();

        await using var fromHost = new AnonymousPipeClientStream(PipeDirection.In, settings.RequestPipe);
        await using var pipe = new AnonymousPipeClientStream(PipeDirection.Out, settings.EventPipe);
        await using var realOut = Console.OpenStandardOutput();
        await using var realError = Console.OpenStandardError();
        var toHost = new MessageWriter(pipe);
        var options = new ScriptSessionOptions(Environment.CurrentDirectory)
        {
            MissingLibraryHint = settings.MissingLibraryHint,
            LibraryFolder = settings.LibraryFolder,
        };
        using var executor = new CellExecutor(options, happened => toHost.Write(new EventMessage(happened)));
        executor.TakeConsole();
        StrayExceptions.ReportTo(executor.ReportStray);
        AppDomain.CurrentDomain.UnhandledException += (_, e) =>
        {
            executor.Flush();
            toHost.Write(new CrashMessage(executor.DescribeLast(e.ExceptionObject)));
        };
        AppDomain.CurrentDomain.ProcessExit += (_, _) => executor.Flush();

        var cells = Listen(fromHost, executor, toHost);
        await executor.LoadCompilerAsync().ConfigureAwait(false);
        toHost.Write(new ReadyMessage());
        if (settings.WarmsUp && !cells.TryPeek(out _))
        {
            await executor.WarmUpAsync().ConfigureAwait(false);
        }

        await foreach (var message in cells.ReadAllAsync().ConfigureAwait(false))
        {
            var cell = new CellSource(message.FilePath, message.Source) { Language = message.Language };
            var request = new ExecutionRequest(cell, message.CanAsk)
            {
                Controls = message.Controls ?? [],
                IsAgain = message.IsAgain,
            };
            var error = await executor.ExecuteAsync(message.Number, request).ConfigureAwait(false);

            // Written after everything that native code may have printed, so that the host knows where the cell's text
            // ends.
            WriteMarker(realOut, settings.Marker);
            WriteMarker(realError, settings.Marker);
            executor.EndOutput();
            toHost.Write(new DoneMessage(message.Number, error, executor.IsCodeLeftBehind));
            GiveBackMemory();
        }

        return 0;
    }

    // One huge output leaves a nearly empty heap, which the collector would otherwise keep for a long time.
    private static void GiveBackMemory()
    {
        const long Much = 512L << 20;
        if (GC.GetGCMemoryInfo().TotalCommittedBytes - GC.GetTotalMemory(forceFullCollection: false) > Much)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    private static void WriteMarker(Stream stream, string marker)
    {
        try
        {
            stream.Write(Encoding.UTF8.GetBytes(marker));
        }
        catch (IOException)
        {
            // The cell closed it.
        }
    }

    // On a thread of its own, so that interrupts, answers and the end of the host are noticed while a cell runs.
    private static ChannelReader<ExecuteMessage> Listen(Stream fromHost, CellExecutor executor, MessageWriter toHost)
    {
        var cells = Channel.CreateUnbounded<ExecuteMessage>();
        var listener = new Thread(() =>
        {
            try
            {
                using var reader = new StreamReader(fromHost, Encoding.UTF8);
                while (reader.ReadLine() is { } line)
                {
                    switch (JsonSerializer.Deserialize(line, SessionJson.Compact.HostMessage))
                    {
                        case ExecuteMessage cell:
                            executor.Announce(cell.Number);
                            cells.Writer.TryWrite(cell);
                            break;
                        case InterruptMessage interrupt:
                            executor.Interrupt(interrupt.Number);
                            break;
                        case AnswerMessage answer:
                            executor.Answer(answer.Text);
                            break;
                        case CodeQuestion question:
                            _ = Task.Run(async () =>
                                toHost.Write(await AnswerAsync(executor.Language, question).ConfigureAwait(false))
                            );
                            break;
                    }
                }
            }
            catch (IOException)
            {
                // A cell closed the pipe. Without it this process can no longer be reached.
            }

            // Not Environment.Exit, which waits for code that a cell may have blocked.
            Process.GetCurrentProcess().Kill();
        })
        {
            IsBackground = true,
            Name = "host",
        };
        listener.Start();
        return cells.Reader;
    }

    private static async Task<ReplyMessage> AnswerAsync(LanguageService language, CodeQuestion question)
    {
        var reply = new ReplyMessage(question.Id);
        try
        {
            return question switch
            {
                CompleteMessage ask => reply with
                {
                    Completions = await language.CompleteAsync(ask.Code, ask.Position).ConfigureAwait(false),
                },
                InspectMessage ask => reply with
                {
                    Explanation = await language
                        .InspectAsync(ask.Code, ask.Position, ask.IsDetailed)
                        .ConfigureAwait(false),
                },
                SignaturesMessage ask => reply with
                {
                    Signatures = await language.FindSignaturesAsync(ask.Code, ask.Position).ConfigureAwait(false),
                },
                DiagnoseMessage ask => reply with
                {
                    Diagnostics = await language.DiagnoseAsync(ask.Code).ConfigureAwait(false),
                },
                _ => reply with { Completeness = CodeCompleteness.Check(question.Code) },
            };
        }
#pragma warning disable CA1031 // whatever went wrong, the host waits for an answer
        catch (Exception e)
#pragma warning restore CA1031
        {
            return reply with { Failure = $"{e.GetType().FullName}: {e.Message}" };
        }
    }
}

/// <summary>The command-line arguments of a session's process.</summary>
/// <param name="RequestPipe">Handle of the pipe from which the host's messages are read.</param>
/// <param name="EventPipe">Handle of the pipe to which the session's messages are written.</param>
/// <param name="Marker">Text that the process writes to its own standard output and error after each cell.</param>
/// <param name="MissingLibraryHint">The advice about a missing library, for messages.</param>
/// <param name="WarmsUp">As in <see cref="SessionSettings.WarmsUp"/>.</param>
/// <param name="LibraryFolder">As in <see cref="SessionSettings.LibraryFolder"/>.</param>
internal sealed record SessionArguments(
    string RequestPipe,
    string EventPipe,
    string Marker,
    string MissingLibraryHint,
    bool WarmsUp,
    string? LibraryFolder = null
)
{
    public IEnumerable<string> ToArguments() =>
        [
            RequestPipe,
            EventPipe,
            Marker,
            MissingLibraryHint,
            $"{WarmsUp}",
            .. LibraryFolder is null ? Array.Empty<string>() : [LibraryFolder],
        ];

    public static SessionArguments? Parse(IReadOnlyList<string> arguments) =>
        arguments.Count is 5 or 6 && bool.TryParse(arguments[4], out var warmsUp)
            ? new(arguments[0], arguments[1], arguments[2], arguments[3], warmsUp, arguments.ElementAtOrDefault(5))
            : null;
}

/// <summary>Writes the session's messages, each as one line. Safe for use by several threads at once.</summary>
internal sealed class MessageWriter(Stream pipe)
{
    private readonly Lock _gate = new();

    public void Write(SessionMessage message)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(message, SessionJson.Compact.SessionMessage), (byte)'\n'];
        lock (_gate)
        {
            try
            {
                pipe.Write(line);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // The host has ended or the cell has closed the pipe; this process is about to end.
            }
        }
    }
}
