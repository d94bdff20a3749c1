using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnCourse.Notebooks.Metadata;

namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>
/// Splits a cell into its steps. In C# the special lines are found by parsing, so that text in strings and comments
/// stays text; in other languages, every line that begins with a known name is a special line.
/// </summary>
internal sealed class CellSplitter
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    private readonly CellSource _cell;
    private readonly string _source;
    private readonly List<CellStep> _steps = [];
    private readonly Func<string, MagicCommand?> _find;

    private CellSplitter(CellSource cell, Func<string, MagicCommand?> find)
    {
        _cell = cell;
        _find = find;
        _source = cell.Source.StartsWith('\uFEFF') ? " " + cell.Source[1..] : cell.Source;
    }

    /// <summary>Splits a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="findFurther">Finds the commands that extensions have added; null if nothing is executed.</param>
    /// <exception cref="DirectiveException">A line is unknown, lacks its argument, or the cell's language is
    /// unknown.</exception>
    public static IReadOnlyList<CellStep> Split(CellSource cell, Func<string, MagicCommand?>? findFurther = null)
    {
        var splitter = new CellSplitter(cell, name => Magic.Find(name) ?? findFurther?.Invoke(name));
        splitter.Run(splitter.FirstLanguage());
        return splitter._steps;
    }

    private CellLanguage FirstLanguage()
    {
        if (_cell.Language is not { } name)
        {
            return CellLanguage.CSharp;
        }

        return CellLanguages.Find(name)
            ?? throw new DirectiveException(
                _cell,
                1,
                FirstLine(),
                $"The cell is for the kernel '{name}', which is not part of this engine. It knows "
                    + $"{CellLanguages.Known}. {ForeignLines.AdviceForLanguage(name)}".TrimEnd()
            );
    }

    private string FirstLine() => _source.ReplaceLineEndings("\n").Split('\n')[0];

    private void Run(CellLanguage language)
    {
        for (var position = 0; position < _source.Length; )
        {
            var end = language == CellLanguage.CSharp ? TakeCode(position) : TakeText(language, position);
            if (end == _source.Length)
            {
                return;
            }

            var line = LineAt(end);
            var words = line.Text.Trim().Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
            if (CellLanguages.Find(words[0][2..]) is { } next)
            {
                language = next;
            }
            else
            {
                // What follows a line such as #!time is C# again, as the default kernel of a notebook is.
                var step = ReadMagic(words, line);
                if (step.Command.TakesText)
                {
                    var start = EndOfLine(end);
                    end = EndOfText(start);
                    _steps.Add(step with { Text = _source[start..end].Trim('\r', '\n') });
                    position = end;
                    continue;
                }

                _steps.Add(step);
                language = CellLanguage.CSharp;
            }

            position = EndOfLine(end);
        }
    }

    // Adds the code up to the next #! line or to the end; returns where that line begins.
    private int TakeCode(int start)
    {
        // Most cells have no such line, and need not be parsed here.
        if (_source.IndexOf('#', start) < 0)
        {
            AddCode(Blank(start), []);
            return _source.Length;
        }

        var code = Blank(start).ToCharArray();
        var references = new List<ReferenceLine>();
        var end = _source.Length;
        foreach (var trivia in CSharpSyntaxTree.ParseText(new string(code), ParseOptions).GetRoot().DescendantTrivia())
        {
            if (trivia.GetStructure() is not DirectiveTriviaSyntax syntax)
            {
                continue;
            }

            var line = LineAt(trivia.SpanStart);
            var text = line.Text.TrimStart();
            if (text.StartsWith("#!", StringComparison.Ordinal))
            {
                if (!syntax.IsActive)
                {
                    // The compiler refuses such a line even where #if switches it off.
                    Comment(code, trivia.SpanStart);
                    continue;
                }

                end = StartOfLine(trivia.SpanStart);
                break;
            }

            // The compiler would follow a #r line even where #if switches it off.
            if (syntax is ReferenceDirectiveTriviaSyntax reference && ArgumentOf(reference, text) is { } argument)
            {
                Comment(code, trivia.SpanStart);
                if (syntax.IsActive)
                {
                    references.Add(new ReferenceLine(argument, IsSource: false, line));
                }
            }
            else if (
                syntax is { IsActive: true } and BadDirectiveTriviaSyntax
                && text.StartsWith("#i ", StringComparison.Ordinal)
            )
            {
                Comment(code, trivia.SpanStart);
                references.Add(new ReferenceLine(text[3..].Trim().Trim('"'), IsSource: true, line));
            }
        }

        AddCode(new string(code, 0, end), references);
        return end;
    }

    // .NET Interactive takes the name of a package without quotes, too.
    private static string? ArgumentOf(ReferenceDirectiveTriviaSyntax reference, string line) =>
        !reference.File.IsMissing ? reference.File.ValueText
        : line.Length > 2 && line[2..].Trim() is var rest && Packages.PackageRequest.IsPackage(rest) ? rest
        : null;

    private void AddCode(string code, IReadOnlyList<ReferenceLine> references)
    {
        if (!string.IsNullOrWhiteSpace(code))
        {
            _steps.Add(new CodeStep(code, references));
        }
    }

    private int TakeText(CellLanguage language, int start)
    {
        var end = EndOfText(start);
        var text = _source[start..end].Trim('\r', '\n');
        if (!string.IsNullOrWhiteSpace(text))
        {
            _steps.Add(new TextStep(language, text));
        }

        return end;
    }

    private int EndOfText(int start)
    {
        while (start < _source.Length && !IsKnownLine(LineText(start)))
        {
            start = EndOfLine(start);
        }

        return start;
    }

    private bool IsKnownLine(string line)
    {
        if (!line.StartsWith("#!", StringComparison.Ordinal))
        {
            return false;
        }

        var name = line.Split((char[]?)null, 2)[0];
        return name.Length > 2 && (CellLanguages.Find(name[2..]) is not null || _find(name) is not null);
    }

    private MagicStep ReadMagic(string[] words, DirectiveLine line)
    {
        var command =
            _find(words[0])
            ?? throw new DirectiveException(
                _cell,
                line.Number,
                line.Text,
                ForeignLines.AdviceFor(words[0])
                    ?? $"The line {words[0]} is not known here. The known lines are {Magic.Names}.{AdviceForPackage()}"
            );
        var argument = words.Length > 1 ? words[1].Trim() : "";
        if (!command.TakesFile)
        {
            return new MagicStep(command, argument, line);
        }

        argument = (argument.StartsWith("--file", StringComparison.Ordinal) ? argument[6..] : argument)
            .Trim()
            .Trim('"');
        return argument.Length > 0
            ? new MagicStep(command, argument, line)
            : throw new DirectiveException(
                _cell,
                line.Number,
                line.Text,
                $"{command.Name} names no file: write {command.Name} \"file.cs\"."
            );
    }

    // The source with everything before the position replaced by blanks, so that lines and columns stay the same.
    private string Blank(int position) =>
        position == 0
            ? _source
            : string.Concat(
                string.Concat(_source[..position].Select(c => c is '\r' or '\n' ? c : ' ')),
                _source.AsSpan(position)
            );

    private DirectiveLine LineAt(int position)
    {
        var start = StartOfLine(position);
        var number = 1;
        for (var i = 0; i < start; i++)
        {
            number +=
                _source[i] == '\n' || (_source[i] == '\r' && (i + 1 == _source.Length || _source[i + 1] != '\n'))
                    ? 1
                    : 0;
        }

        return new DirectiveLine(number, LineText(start));
    }

    private string LineText(int start) => _source[start..EndOfLine(start)].TrimEnd('\r', '\n');

    // A cell is split before its packages are there.
    private string AdviceForPackage() =>
        _steps
            .OfType<CodeStep>()
            .Any(step => step.References.Any(line => Packages.PackageRequest.IsPackage(line.Argument)))
            ? " If a package of this cell adds it, write it in a later cell."
            : "";

    private int StartOfLine(int position)
    {
        while (position > 0 && _source[position - 1] is not ('\r' or '\n'))
        {
            position--;
        }

        return position;
    }

    private int EndOfLine(int position)
    {
        var end = _source.AsSpan(position).IndexOfAny('\r', '\n');
        if (end < 0)
        {
            return _source.Length;
        }

        position += end;
        return _source[position] == '\r' && position + 1 < _source.Length && _source[position + 1] == '\n'
            ? position + 2
            : position + 1;
    }

    private static void Comment(char[] code, int start)
    {
        code[start] = '/';
        code[start + 1] = '/';
    }
}
