using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Session.Exporting;

/// <summary>A piece of a cell, in the order in which it is executed.</summary>
internal abstract record ProgramPart;

/// <summary>C#; lines and columns are those of the source.</summary>
/// <param name="Source">The cell or file that it comes from.</param>
/// <param name="Code">The code, its <c>#r</c>, <c>#i</c> and <c>#load</c> lines turned into comments.</param>
/// <param name="References">What its <c>#r</c> and <c>#i</c> lines ask for.</param>
/// <param name="Dropped">Numbers (from 1) of the lines that the program has in another form.</param>
internal sealed record CodePart(
    CellSource Source,
    string Code,
    IReadOnlyList<ReferenceLine> References,
    IReadOnlyList<int> Dropped
) : ProgramPart;

/// <summary>A text that is shown.</summary>
internal sealed record TextPart(TextStep Step) : ProgramPart;

/// <summary>From here to the cell's end the time is taken.</summary>
internal sealed record TimePart : ProgramPart;

/// <summary>C# with what the compiler knows of it.</summary>
internal sealed record BoundPart(CodePart Part, CompilationUnitSyntax Root, SemanticModel Model);

/// <summary>What becomes of a cell in the program.</summary>
internal enum SectionKind
{
    /// <summary>It is text, and becomes a comment.</summary>
    Text,

    /// <summary>It is executed.</summary>
    Run,

    /// <summary>It is executed, and its exception is caught and printed.</summary>
    RunToException,

    /// <summary>It is not executed, and becomes a comment.</summary>
    Skip,
}

/// <summary>One cell.</summary>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Title">Its number and id, as the program's heading has them; empty for text.</param>
/// <param name="Source">Its text.</param>
/// <param name="Parts">What it does, in order.</param>
internal sealed record ProgramSection(SectionKind Kind, string Title, string Source, IReadOnlyList<ProgramPart> Parts);
