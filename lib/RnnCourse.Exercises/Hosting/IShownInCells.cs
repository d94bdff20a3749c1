namespace RnnCourse.Exercises.Hosting;

/// <summary>An object that shows itself as the result of a notebook cell: as HTML, as JSON for programs, and with
/// <see cref="object.ToString"/> as plain text.</summary>
internal interface IShownInCells
{
    /// <summary>An HTML fragment, all text escaped.</summary>
    string ToHtml();

    /// <summary>The verdict for programs, as <see cref="VerdictJson"/> writes it.</summary>
    string ToJson();
}
