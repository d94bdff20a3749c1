using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RnnCourse.Jupyter.Language;

/// <summary>Tells whether code can be executed as it stands or goes on in the next line, for
/// <c>is_complete_request</c>.</summary>
internal static class Completeness
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    /// <summary>Complete, incomplete (with the indent of the next line), or invalid.</summary>
    public static JsonObject Answer(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(Magics.Hide(code), ParseOptions);
        if (!SyntaxFactory.IsCompleteSubmission(tree))
        {
            return new JsonObject { ["status"] = "incomplete", ["indent"] = Indent(code) };
        }

        var wrong = tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return new JsonObject { ["status"] = wrong ? "invalid" : "complete" };
    }

    private static string Indent(string code)
    {
        var last = code.TrimEnd().Split('\n')[^1].TrimEnd();
        var indent = last[..(last.Length - last.TrimStart().Length)];
        return last.EndsWith('{') || last.EndsWith('(') || last.EndsWith('[') ? indent + "    " : indent;
    }
}
