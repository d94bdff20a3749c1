using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Running;

/// <summary>
/// The process that runs the cells of one notebook: takes them one at a time from its parent through a pipe, and tells
/// through another what they print, show, return, and how they fail. Its working directory is the notebook's folder.
/// </summary>
public static class NotebookWorker
{
    /// <summary>Serves the parent until it closes the pipe or ends.</summary>
    /// <param name="arguments">The arguments that <see cref="NotebookRunner"/> put behind those of its
    /// <see cref="WorkerCommand"/>.</param>
    /// <returns>The exit code: 0, or 2 if the arguments are not those of a runner.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="arguments"/> is null.</exception>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (WorkerArguments.Parse(arguments) is not { } settings)
        {
            await Console
                .Error.WriteLineAsync(
                    "This command is for the runner's own use: it starts it to run the cells of a notebook."
                )
                .ConfigureAwait(false);
            return 2;
        }

        // The parent decides what an interrupt means, and ends this process if it must.
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

        await using var commands = new AnonymousPipeClientStream(PipeDirection.In, settings.CommandPipe);
        await using var events = new AnonymousPipeClientStream(PipeDirection.Out, settings.EventPipe);
        using var output = new WorkerOutput(events, new OutputLimits());
        await using var realOut = Console.OpenStandardOutput();
        await using var realError = Console.OpenStandardError();
        DisplayTarget.Set(output);
        ConsoleWriter.Catch(output);

        var queue = ListenTo(commands);
        using var session = new ScriptSession(
            new ScriptSessionOptions(Environment.CurrentDirectory) { MissingLibraryHint = settings.MissingLibraryHint }
        );
        var current = new CellSource("warm-up", "");
        AppDomain.CurrentDomain.UnhandledException += (_, e) =>
            output.Send(AsCrash(session, e.ExceptionObject, current));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => output.Flush();
        var formatting = Task.Run(() => DisplayFormatter.Format(new { Warm = true }));
        await session.WarmUpAsync().ConfigureAwait(false);
        _ = await formatting.ConfigureAwait(false);
        output.Send(new ReadyEvent());

        await foreach (var command in queue.ReadAllAsync().ConfigureAwait(false))
        {
            current = new CellSource(command.FilePath, command.Source) { Language = command.Language };

            // The cell before may have sent the console elsewhere; that must not make the next one's text vanish.
            ConsoleWriter.Catch(output);
            await ExecuteAsync(session, current, output).ConfigureAwait(false);

            // Behind all that native code may have written there, so that the parent knows where the cell's text ends.
            Mark(realOut, settings.Marker);
            Mark(realError, settings.Marker);
            output.EndCell(command.Number);
        }

        return 0;
    }

    private static void Mark(Stream stream, string marker)
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

    private static async Task ExecuteAsync(ScriptSession session, CellSource cell, WorkerOutput output)
    {
        var outcome = await session.ExecuteAsync(cell).ConfigureAwait(false);

        // The handle that display(x) returns is no result that anyone wants to read.
        if (outcome is { HasResult: true, Result: not DisplayedValue })
        {
            try
            {
                output.SendResult(DisplayFormatter.Format(outcome.Result));
            }
#pragma warning disable CA1031 // whatever the value's own formatting code throws is the cell's error
            catch (Exception e)
#pragma warning restore CA1031
            {
                outcome = CellOutcome.Failed(session.Describe(e, cell));
            }
        }

        if (outcome.WallTime is { } time)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"Wall time: {time.TotalMilliseconds}ms");
            output.Show(MimeBundle.OfText(("text/plain", text)), DisplayTarget.NextDisplayId());
        }

        if (outcome.Error is { } error)
        {
            output.Send(new ErrorEvent(error.Name, error.Message, error.Traceback, error.Line, error.SourceLine));
        }
    }

    private static CrashEvent AsCrash(ScriptSession session, object thrown, CellSource cell)
    {
        var error = session.Describe(thrown as Exception ?? new InvalidOperationException(thrown.ToString()), cell);
        return new CrashEvent(error.Name, error.Message, error.Traceback, error.Line, error.SourceLine);
    }

    // A thread of its own, so that the end of the parent is noticed also while a cell runs.
    private static ChannelReader<ExecuteCommand> ListenTo(Stream commands)
    {
        var queue = Channel.CreateUnbounded<ExecuteCommand>();
        var listener = new Thread(() =>
        {
            using var reader = new StreamReader(commands, Encoding.UTF8);
            while (reader.ReadLine() is { } line)
            {
                queue.Writer.TryWrite(JsonSerializer.Deserialize(line, WorkerJson.Compact.ExecuteCommand)!);
            }

            // Not Environment.Exit, which waits for code that a cell may have hung up.
            Process.GetCurrentProcess().Kill();
        })
        {
            IsBackground = true,
            Name = "commands",
        };
        listener.Start();
        return queue.Reader;
    }
}
