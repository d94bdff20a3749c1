using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnCourse.Notebooks.Scripting;

/// <summary>What a directive line of a cell asks for.</summary>
internal enum DirectiveKind
{
    /// <summary><c>#r "…"</c>: use a library.</summary>
    Reference,

    /// <summary><c>#!import "…"</c>: execute a file first.</summary>
    Import,
}

/// <summary>One directive line: what it asks for, its argument, its line (from 1) and that line's text.</summary>
internal sealed record Directive(DirectiveKind Kind, string Argument, int Line, string Text);

/// <summary>Takes the lines apart that are no C#: finds them by parsing, so that text in strings and comments stays.</summary>
internal static class CellDirectives
{
    public const string Supported =
        "#r \"library.dll\", #r \"nuget: Package, 1.2.3\", #load \"file.csx\", #!import \"file.cs\" and #!csharp";

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    /// <summary>Finds the directives and turns their lines into comments, so that no other line moves.</summary>
    /// <exception cref="DirectiveException">A directive is unknown, or its argument is missing.</exception>
    public static (string Code, IReadOnlyList<Directive> Directives) Split(CellSource cell)
    {
        // Nearly all cells have none, and then the parse can be spared.
        if (!cell.Source.Contains('#', StringComparison.Ordinal))
        {
            return (cell.Source, []);
        }

        var tree = CSharpSyntaxTree.ParseText(cell.Source, ParseOptions);
        var text = tree.GetText();
        var code = cell.Source.ToCharArray();
        var found = new List<Directive>();
        foreach (var trivia in tree.GetRoot().DescendantTrivia())
        {
            if (trivia.GetStructure() is not DirectiveTriviaSyntax syntax)
            {
                continue;
            }

            // The compiler would follow a #r line even where #if switches it off.
            if (!syntax.IsActive && syntax is ReferenceDirectiveTriviaSyntax)
            {
                Comment(code, trivia.SpanStart);
                continue;
            }

            var line = text.Lines.GetLineFromPosition(trivia.SpanStart);
            var lineText = line.ToString();
            switch (syntax)
            {
                case { IsActive: false }:
                    continue;
                case ReferenceDirectiveTriviaSyntax reference when !reference.File.IsMissing:
                    found.Add(new Directive(DirectiveKind.Reference, reference.File.ValueText, line.LineNumber + 1, lineText));
                    break;
                case ShebangDirectiveTriviaSyntax or BadDirectiveTriviaSyntax when lineText.TrimStart().StartsWith("#!", StringComparison.Ordinal):
                    if (ParseMagic(cell, line.LineNumber + 1, lineText) is { } magic)
                    {
                        found.Add(magic);
                    }

                    break;
                default:
                    continue;
            }

            Comment(code, trivia.SpanStart);
        }

        return (new string(code), found);
    }

    private static void Comment(char[] code, int start)
    {
        code[start] = '/';
        code[start + 1] = '/';
    }

    private static Directive? ParseMagic(CellSource cell, int line, string lineText)
    {
        var words = lineText.Trim().Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        var argument = words.Length > 1 ? words[1].Trim().Trim('"') : "";
        return words[0] switch
        {
            "#!csharp" or "#!c#" => null,
            "#!import" when argument.Length > 0 => new Directive(DirectiveKind.Import, argument, line, lineText),
            "#!import" => throw new DirectiveException(cell, line, lineText, "#!import names no file: write #!import \"file.cs\"."),
            _ => throw new DirectiveException(cell, line, lineText, $"The directive {words[0]} is not known here. Supported are {Supported}."),
        };
    }
}
