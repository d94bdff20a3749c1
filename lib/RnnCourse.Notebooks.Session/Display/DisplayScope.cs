using System.Globalization;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Session.Display;

/// <summary>
/// The output and input of one session's cells. A process has only one console and one current directory; both belong
/// to the session while one of its cells runs, and are restored afterwards.
/// </summary>
/// <param name="output">Receives what cells print and show.</param>
/// <param name="input">Answers the cells' questions; null if no one can answer.</param>
public sealed class DisplayScope(ICellOutput output, ICellInput? input = null)
{
    private string? _folder;
    private int _shown;

    internal ICellOutput Output { get; } = new InterruptibleOutput(output);

    internal ICellInput Input { get; } = input ?? new NoInput();

    /// <summary>Makes this scope the current one for this thread and the threads and tasks that it starts. Text that is
    /// printed by code that no session started goes to the scope entered last.</summary>
    /// <returns>An object that restores the process's own console, directory and scope when it is disposed.</returns>
    public IDisposable Enter()
    {
        var lease = new ConsoleRestoration(this, Console.Out, Console.Error, Console.In, CurrentFolder());
        DisplayTarget.Enter(this);
        Console.SetOut(new ConsoleWriter(StreamOutput.StandardOutput));
        Console.SetError(new ConsoleWriter(StreamOutput.StandardError));
        if (Input is TextReader reader)
        {
            Console.SetIn(reader);
        }

        if (_folder is { } folder && Directory.Exists(folder))
        {
            Environment.CurrentDirectory = folder;
        }

        return lease;
    }

    internal CellControls Controls { get; } = new();

    internal string NextDisplayId() =>
        string.Create(CultureInfo.InvariantCulture, $"display-{Interlocked.Increment(ref _shown)}");

    // A cell may have deleted its working directory.
    private static string? CurrentFolder()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private sealed class ConsoleRestoration(
        DisplayScope scope,
        TextWriter output,
        TextWriter error,
        TextReader input,
        string? folder
    ) : IDisposable
    {
        public void Dispose()
        {
            Console.SetOut(output);
            Console.SetError(error);
            Console.SetIn(input);
            scope._folder = CurrentFolder();
            if (scope._folder != folder && Directory.Exists(folder))
            {
                Environment.CurrentDirectory = folder;
            }
        }
    }

    private sealed class NoInput : ICellInput
    {
        public string Ask(string prompt, bool hidden) =>
            throw new InvalidOperationException(
                "The code asks for input, but nobody can answer. Run it in a notebook, or give it the value instead."
            );
    }
}
