using System.Globalization;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Session.Display;

/// <summary>
/// Where display calls of this process go. There is one, as there is one console: a process runs one notebook, and code
/// in its threads and tasks must reach the same place.
/// </summary>
public static class DisplayTarget
{
    private static ICellOutput _current = new AskingOutput(new ConsoleOutput());
    private static int _shown;

    /// <summary>Sends what cells show to <paramref name="output"/> from now on. Before the first call it is
    /// printed.</summary>
    /// <param name="output">The new target.</param>
    /// <exception cref="ArgumentNullException"><paramref name="output"/> is null.</exception>
    public static void Set(ICellOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _current = new AskingOutput(output);
    }

    /// <summary>Asks this person from now on. Before the first call there is nobody to ask.</summary>
    /// <param name="input">Who is asked.</param>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    public static void Set(ICellInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Input = input;
    }

    internal static ICellOutput Current => _current;

    internal static ICellInput Input { get; private set; } = new Nobody();

    /// <summary>A new id for something that is shown. Ids are counted, so that an executed notebook is the same on each
    /// run.</summary>
    /// <returns>The id, such as <c>display-1</c>.</returns>
    public static string NextDisplayId() =>
        string.Create(CultureInfo.InvariantCulture, $"display-{Interlocked.Increment(ref _shown)}");

    private sealed class ConsoleOutput : ICellOutput
    {
        public void Print(string stream, string text) => Console.Write(text);

        public void Show(MimeBundle data, string displayId) => Console.WriteLine(data.Text("text/plain"));

        public void Replace(MimeBundle data, string displayId) => Show(data, displayId);
    }

    private sealed class Nobody : ICellInput
    {
        public string Ask(string prompt, bool hidden) =>
            throw new InvalidOperationException(
                "The cell asks for input, and nobody is there to answer: run it in a notebook host, or give "
                    + "it the value."
            );
    }
}
