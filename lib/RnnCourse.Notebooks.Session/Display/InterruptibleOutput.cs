using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Interrupting;

namespace RnnCourse.Notebooks.Session.Display;

/// <summary>
/// The output to which cells write. Writing also ends an interrupted cell whose code contains no checks for an
/// interrupt, keeps an abandoned cell from writing into the outputs of later cells, and never interrupts the host's own
/// code.
/// </summary>
/// <param name="output">The host's output.</param>
internal sealed class InterruptibleOutput(ICellOutput output) : ICellOutput
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
        if (CellOfThread.CheckBeforeWriting())
        {
            CellOfThread.RunUninterrupted(state, write);
        }
    }
}
