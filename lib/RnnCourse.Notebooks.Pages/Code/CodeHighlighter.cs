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

    /// <summary>The source in HTML; colours are classes of <c>span</c> elements. Every character is kept.</summary>
    public static string ToHtml(string source)
    {
        var html = new StringBuilder();
        var at = 0;
        foreach (var (start, length, @class) in ColoursOf(source))
        {
            html.Append(HtmlText.Escape(source[at..start]))
                .Append("<span class=\"")
                .Append(@class)
                .Append("\">")
                .Append(HtmlText.Escape(source.Substring(start, length)))
                .Append("</span>");
            at = start + length;
        }

        return html.Append(HtmlText.Escape(source[at..])).ToString();
    }

    /// <summary>The colours in the order of their positions. Very long or very deeply nested sources have
    /// none.</summary>
    public static IReadOnlyList<CodeColour> ColoursOf(string source)
    {
        if (IsTooMuch(source))
        {
            return [];
        }

        var colours = new List<CodeColour>();
        foreach (var token in CSharpSyntaxTree.ParseText(source, Options).GetRoot().DescendantTokens())
        {
            Add(colours, token.LeadingTrivia);
            Add(colours, token.SpanStart, token.Text, TokenClasses.Of(token));
            Add(colours, token.TrailingTrivia);
        }

        return colours;
    }

    /// <summary>Whether the source is too long or too deeply nested to be parsed.</summary>
    public static bool IsTooMuch(string source) => source.Length > MaximumLength || Depth(source) > MaximumDepth;

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

    private static void Add(List<CodeColour> colours, SyntaxTriviaList list)
    {
        foreach (var trivia in list)
        {
            Add(colours, trivia.FullSpan.Start, trivia.ToFullString(), TokenClasses.Of(trivia));
        }
    }

    private static void Add(List<CodeColour> colours, int start, string text, string? @class)
    {
        // The line end of a directive is not coloured.
        var length = text.TrimEnd('\n').Length;
        if (@class is not null && length > 0)
        {
            colours.Add(new CodeColour(start, length, @class));
        }
    }
}
