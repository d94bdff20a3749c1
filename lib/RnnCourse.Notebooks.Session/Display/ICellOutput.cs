using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Session.Display;

/// <summary>Receives what a running cell prints and shows. Calls may come from any thread.</summary>
public interface ICellOutput
{
    /// <summary>Receives text that the cell printed.</summary>
    /// <param name="stream"><see cref="StreamOutput.StandardOutput"/> or <see
    /// cref="StreamOutput.StandardError"/>.</param>
    /// <param name="text">The text, line ends included; any length.</param>
    void Print(string stream, string text);

    /// <summary>Receives a value that the cell shows.</summary>
    /// <param name="data">Its representations.</param>
    /// <param name="displayId">The id by which it can be replaced later.</param>
    void Show(MimeBundle data, string displayId);

    /// <summary>Replaces the output with this id, of this cell or an earlier one.</summary>
    /// <param name="data">The new representations.</param>
    /// <param name="displayId">The id that was passed to <see cref="Show"/>.</param>
    void Replace(MimeBundle data, string displayId);

    /// <summary>Receives the value of a part of the cell that isn't the last one.</summary>
    /// <param name="data">Its representations.</param>
    void Result(MimeBundle data) => Show(data, DisplayTarget.NextDisplayId());

    /// <summary>Removes what the cell has printed and shown so far.</summary>
    /// <param name="wait">Whether to wait until something new is shown, to avoid flicker.</param>
    void Clear(bool wait)
    {
        // Most outputs, such as a stored notebook, can do without it.
    }

    /// <summary>Receives something to read beside the notebook, such as a long help text. A host without a place for it
    /// shows it as output.</summary>
    /// <param name="data">Its representations.</param>
    void Page(MimeBundle data) => Show(data, DisplayTarget.NextDisplayId());
}
