using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Session.Display;

/// <summary>
/// Finds the session that code belongs to: each knows its own output, also in threads and tasks that its cells start.
/// Code that no session started, such as a finalizer, belongs to the session that last ran a cell.
/// </summary>
public static class DisplayTarget
{
    private static readonly DisplayScope NoSession = new(new ConsoleOutput());
    private static readonly AsyncLocal<DisplayScope?> Own = new();
    private static volatile DisplayScope _last = NoSession;

    internal static ICellOutput Current => Scope.Output;

    internal static ICellInput Input => Scope.Input;

    internal static CellControls Controls => Scope.Controls;

    private static DisplayScope Scope => Own.Value ?? _last;

    internal static void Enter(DisplayScope scope) => Own.Value = _last = scope;

    /// <summary>Makes a new id for an output. Each session counts separately, so that an executed notebook is the same
    /// on each run.</summary>
    /// <returns>The id, such as <c>display-1</c>.</returns>
    public static string NextDisplayId() => Scope.NextDisplayId();

    private sealed class ConsoleOutput : ICellOutput
    {
        public void Print(string stream, string text) => Console.Write(text);

        public void Show(MimeBundle data, string displayId) => Console.WriteLine(data.Text("text/plain"));

        public void Replace(MimeBundle data, string displayId) => Show(data, displayId);
    }
}
