using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RnnCourse.Notebooks.Session.Language;

/// <summary>Whether code can be executed as it is.</summary>
/// <param name="Status">The answer.</param>
/// <param name="Indent">The spaces with which the next line should begin, if the code is incomplete.</param>
public sealed record Completeness(CompletenessStatus Status, string Indent = "");

/// <summary>Whether code can be executed as it is.</summary>
public enum CompletenessStatus
{
    /// <summary>It can be executed.</summary>
    Complete,

    /// <summary>It continues on the next line.</summary>
    Incomplete,

    /// <summary>It can't be compiled, whatever is added.</summary>
    Invalid,
}

/// <summary>Checks whether code can be executed as it is or continues on the next line.</summary>
internal static class CodeCompleteness
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    /// <summary>Checks code by its syntax alone.</summary>
    public static Completeness Check(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(MagicLines.CommentOut(code), ParseOptions);
        if (!SyntaxFactory.IsCompleteSubmission(tree))
        {
            return new Completeness(CompletenessStatus.Incomplete, Indent(code));
        }

        var isWrong = tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return new Completeness(isWrong ? CompletenessStatus.Invalid : CompletenessStatus.Complete);
    }

    private static string Indent(string code)
    {
        var last = code.TrimEnd().Split('\n')[^1].TrimEnd();
        var indent = last[..(last.Length - last.TrimStart().Length)];
        return last.EndsWith('{') || last.EndsWith('(') || last.EndsWith('[') ? indent + "    " : indent;
    }
}
