using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Session.Exporting;

/// <summary>A piece of a cell, in the order in which it is executed.</summary>
internal abstract record ProgramPart;

/// <summary>C# code; its lines and columns are those of the source.</summary>
/// <param name="Source">The cell or file that it comes from.</param>
/// <param name="Code">The code, its <c>#r</c>, <c>#i</c> and <c>#load</c> lines turned into comments.</param>
/// <param name="References">The libraries, packages and sources named in its <c>#r</c> and <c>#i</c> lines.</param>
/// <param name="Dropped">Numbers (from 1) of the lines that the program expresses in another form.</param>
internal sealed record CodePart(
    CellSource Source,
    string Code,
    IReadOnlyList<ReferenceLine> References,
    IReadOnlyList<int> Dropped
) : ProgramPart;

/// <summary>A text that is shown.</summary>
internal sealed record TextPart(TextStep Step) : ProgramPart;

/// <summary>A clock starts: the time from here to the cell's end is measured.</summary>
internal sealed record TimePart : ProgramPart;

/// <summary>C# code with its syntax tree and semantic model.</summary>
internal sealed record BoundPart(CodePart Part, CompilationUnitSyntax Root, SemanticModel Model);

/// <summary>The form of a cell in the program.</summary>
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
/// <param name="Kind">Its form in the program.</param>
/// <param name="Title">Its number and id, as in the program's heading; empty for text.</param>
/// <param name="Source">Its text.</param>
/// <param name="Parts">Its parts, in order.</param>
internal sealed record ProgramSection(SectionKind Kind, string Title, string Source, IReadOnlyList<ProgramPart> Parts);
