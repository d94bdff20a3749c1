using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Interrupting;

namespace RnnCourse.Notebooks.Session.Display;

/// <summary>
/// An output that cells write to: an interrupted cell is ended here, even in code without questions; a cell that
/// was left behind can't write into the outputs of later cells; and the host's own code is never interrupted.
/// </summary>
/// <param name="output">The host's output.</param>
internal sealed class AskingOutput(ICellOutput output) : ICellOutput
{
    /// <inheritdoc/>
    public void Print(string stream, string text) => Write((stream, text), it => output.Print(it.stream, it.text));

    /// <inheritdoc/>
    public void Show(MimeBundle data, string displayId) =>
        Write((data, displayId), it => output.Show(it.data, it.displayId));

    /// <inheritdoc/>
    public void Replace(MimeBundle data, string displayId) =>
        Write((data, displayId), it => output.Replace(it.data, it.displayId));

    /// <inheritdoc/>
    public void Result(MimeBundle data) => Write(data, output.Result);

    /// <inheritdoc/>
    public void Clear(bool wait) => Write(wait, output.Clear);

    /// <inheritdoc/>
    public void Page(MimeBundle data) => Write(data, output.Page);

    private static void Write<T>(T state, Action<T> write)
    {
        if (CellFlow.AskToWrite())
        {
            CellFlow.Undisturbed(state, write);
        }
    }
}
