using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Session.Display;

/// <summary>Takes what a running cell prints and shows. Calls may come from any thread.</summary>
public interface ICellOutput
{
    /// <summary>Text that the cell printed.</summary>
    /// <param name="stream"><see cref="StreamOutput.StandardOutput"/> or <see
    /// cref="StreamOutput.StandardError"/>.</param>
    /// <param name="text">The text, line ends included; any length.</param>
    void Print(string stream, string text);

    /// <summary>Something that the cell shows.</summary>
    /// <param name="data">Its representations.</param>
    /// <param name="displayId">A name under which it can be replaced later.</param>
    void Show(MimeBundle data, string displayId);

    /// <summary>Replaces what was shown before under this name, in this cell or an earlier one.</summary>
    /// <param name="data">The new representations.</param>
    /// <param name="displayId">The name that <see cref="Show"/> was given.</param>
    void Replace(MimeBundle data, string displayId);

    /// <summary>The value of a part of the cell that other parts follow.</summary>
    /// <param name="data">Its representations.</param>
    void Result(MimeBundle data) => Show(data, DisplayTarget.NextDisplayId());

    /// <summary>Takes back what the cell has printed and shown so far.</summary>
    /// <param name="wait">Whether to do so only when something new comes, so that nothing flickers.</param>
    void Clear(bool wait)
    {
        // Most outputs, such as a stored notebook, can do without it.
    }

    /// <summary>Something to read beside the notebook, such as a long help text. A host without such a place shows it
    /// as output.</summary>
    /// <param name="data">Its representations.</param>
    void Page(MimeBundle data) => Show(data, DisplayTarget.NextDisplayId());
}
