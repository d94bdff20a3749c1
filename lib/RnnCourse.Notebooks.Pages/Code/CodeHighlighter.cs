using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Pages.Code;

/// <summary>Colours C# script by the compiler's own tokens.</summary>
internal static class CodeHighlighter
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    // The compiler's parser ends the process by a stack overflow when tuples or generics nest some thousand deep.
    private const int MaximumLength = 20_000;
    private const int MaximumDepth = 300;

    /// <summary>
    /// The source in HTML; colours are classes on <c>span</c>. Every character stays. Very long or very deeply nested
    /// sources have no colours.
    /// </summary>
    public static string ToHtml(string source)
    {
        if (source.Length > MaximumLength || Depth(source) > MaximumDepth)
        {
            return HtmlText.Escape(source);
        }

        var html = new StringBuilder();
        foreach (var token in CSharpSyntaxTree.ParseText(source, Options).GetRoot().DescendantTokens())
        {
            WriteTrivia(html, token.LeadingTrivia);
            Write(html, token.Text, TokenClasses.Of(token));
            WriteTrivia(html, token.TrailingTrivia);
        }
        return html.ToString();
    }

    private static int Depth(string source)
    {
        var depth = 0;
        var deepest = 0;
        foreach (var c in source)
        {
            depth = c switch
            {
                '(' or '[' or '{' or '<' => depth + 1,
                ')' or ']' or '}' or '>' => Math.Max(depth - 1, 0),
                _ => depth,
            };
            deepest = Math.Max(deepest, depth);
        }
        return deepest;
    }

    private static void WriteTrivia(StringBuilder html, SyntaxTriviaList list)
    {
        foreach (var trivia in list)
        {
            Write(html, trivia.ToFullString(), TokenClasses.Of(trivia));
        }
    }

    private static void Write(StringBuilder html, string text, string? @class)
    {
        // The line end of a directive is not coloured.
        var shown = text.TrimEnd('\n');
        if (@class is null || shown.Length == 0)
        {
            html.Append(HtmlText.Escape(text));
        }
        else
        {
            html.Append("<span class=\"")
                .Append(@class)
                .Append("\">")
                .Append(HtmlText.Escape(shown))
                .Append("</span>")
                .Append(text.AsSpan(shown.Length));
        }
    }
}
