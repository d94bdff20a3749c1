using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Display;

/// <summary>Takes what a running cell prints and shows. Calls may come from any thread.</summary>
public interface ICellOutput
{
    /// <summary>Text that the cell printed.</summary>
    /// <param name="stream"><see cref="StreamOutput.StandardOutput"/> or <see cref="StreamOutput.StandardError"/>.</param>
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
}
