using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RnnCourse.Notebooks.Scripting.Interrupting;

/// <summary>Puts the step onto the stage before a cell's first statement, on the same line, so that no line moves.</summary>
internal static class CellEntry
{
    private static readonly string Step = $"await global::{typeof(CellStage).FullName}.{nameof(CellStage.Enter)};";

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    public static string Insert(string code)
    {
        var first = CSharpSyntaxTree.ParseText(code, ParseOptions).GetCompilationUnitRoot().Members.FirstOrDefault();
        return first is null ? code : code.Insert(first.SpanStart, Step);
    }
}
