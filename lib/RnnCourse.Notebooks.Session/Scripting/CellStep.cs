using RnnCourse.Notebooks.Metadata;

namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>One line of a cell that isn't code: its number in the cell (from 1) and its text.</summary>
internal sealed record DirectiveLine(int Number, string Text);

/// <summary>One step of a cell: code to run, a text to show, or a <c>#!</c> line to carry out.</summary>
internal abstract record CellStep;

/// <summary>C# to run. The rest of the cell is replaced by blanks, so that lines and columns are those of the
/// cell.</summary>
/// <param name="Code">The code, its <c>#r</c> and <c>#i</c> lines turned into comments.</param>
/// <param name="References">The references in those lines, in order.</param>
internal sealed record CodeStep(string Code, IReadOnlyList<ReferenceLine> References) : CellStep;

/// <summary>The argument of a <c>#r</c> or <c>#i</c> line.</summary>
/// <param name="Argument">The text between the quotes.</param>
/// <param name="IsSource">Whether it is a <c>#i</c> line.</param>
/// <param name="Line">The line.</param>
internal sealed record ReferenceLine(string Argument, bool IsSource, DirectiveLine Line);

/// <summary>A text to show.</summary>
/// <param name="Language">Its language.</param>
/// <param name="Text">The text, without the line that named the language.</param>
internal sealed record TextStep(CellLanguage Language, string Text) : CellStep;

/// <summary>A <c>#!</c> line to carry out.</summary>
/// <param name="Command">The command that it names.</param>
/// <param name="Argument">What follows the name; the name of a file without quotes.</param>
/// <param name="Line">The line.</param>
internal sealed record MagicStep(MagicCommand Command, string Argument, DirectiveLine Line) : CellStep
{
    /// <summary>The lines below it, if they belong to it.</summary>
    public string Text { get; init; } = "";

    /// <summary>Places C# code on this line of an otherwise empty text, so that errors name the line.</summary>
    public string InItsPlace(string code) => new string('\n', Line.Number - 1) + code;
}
