using RnnCourse.Notebooks.Metadata;

namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>One line of a cell that isn't code: its number in the cell (from 1) and its text.</summary>
internal sealed record DirectiveLine(int Number, string Text);

/// <summary>What a cell does, in order: run code, show a text, follow a <c>#!</c> line.</summary>
internal abstract record CellStep;

/// <summary>C# to run. Everything else of the cell is blank in it, so that lines and columns are the cell's
/// own.</summary>
/// <param name="Code">The code, its <c>#r</c> and <c>#i</c> lines turned into comments.</param>
/// <param name="References">What those lines asked for, in order.</param>
internal sealed record CodeStep(string Code, IReadOnlyList<ReferenceLine> References) : CellStep;

/// <summary>What a <c>#r</c> line uses, or a <c>#i</c> line adds.</summary>
/// <param name="Argument">The text between the quotes.</param>
/// <param name="IsSource">Whether it is a <c>#i</c> line.</param>
/// <param name="Line">The line.</param>
internal sealed record ReferenceLine(string Argument, bool IsSource, DirectiveLine Line);

/// <summary>A text to show.</summary>
/// <param name="Language">What it is written in.</param>
/// <param name="Text">The text, without the line that named the language.</param>
internal sealed record TextStep(CellLanguage Language, string Text) : CellStep;

/// <summary>A <c>#!</c> line to follow.</summary>
/// <param name="Command">What it asks for.</param>
/// <param name="Argument">What follows the name; the name of a file without quotes.</param>
/// <param name="Line">The line.</param>
internal sealed record MagicStep(MagicCommand Command, string Argument, DirectiveLine Line) : CellStep
{
    /// <summary>The lines below it, if they belong to it.</summary>
    public string Text { get; init; } = "";

    /// <summary>C# that takes the line's place, so that errors name the line.</summary>
    public string InItsPlace(string code) => new string('\n', Line.Number - 1) + code;
}
