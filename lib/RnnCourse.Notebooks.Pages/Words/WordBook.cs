using System.Globalization;
using System.Text.RegularExpressions;

namespace RnnCourse.Notebooks.Pages.Words;

/// <summary>
/// The meanings of the words in a folder's notebooks: terms from its <c>GLOSSARY.md</c>, symbols of formulas from its
/// <c>NOTATION.md</c>, and numbered statements, such as L07, from its <c>CLAIMS.md</c>. Each is a table whose first
/// column is explained by the second. Symbols below “From lesson 09 on” apply from that notebook on, where they replace
/// others with the same name; symbols of a table with a column <c>where</c> apply only in the places that it names: a
/// notebook by its number, or cells of it by their ids, as in <c>08 `a`, `b`; 12</c>.
/// </summary>
public sealed partial class WordBook
{
    private static readonly (string Tex, string Text)[] Plain =
    [
        (@"\\tilde\s*(\w)", "$1\u0303"),
        (@"\\(?:mathrm|mathbf|text)\{([^{}]*)\}", "$1"),
        (@"\\frac\{((?:[^{}]|\{[^{}]*\})*)\}\{((?:[^{}]|\{[^{}]*\})*)\}", "$1/$2"),
        (@"_\{([^{}]*[-+][^{}]*)\}", "_($1)"),
        (@"\^\{?\\top\}?", "ᵀ"),
        (@"\\rightarrow", "→"),
        (@"\\leftarrow", "←"),
        (@"\\ldots|\\dots", "…"),
        (@"\\cdot", "·"),
        (@"\\odot", "⊙"),
        (@"\\sum", "∑"),
        (@"\\sqrt", "√"),
        (@"\\tau", "τ"),
        (@"\\sigma", "σ"),
        (@"\\alpha", "α"),
        (@"\\lambda", "λ"),
        (@"\\rho", "ρ"),
        (@"\\[,;! ]", " "),
        (@"\\([a-z]+)", "$1"),
        (@"[{}]", ""),
    ];

    private WordBook(IReadOnlyList<Term> terms, IReadOnlyList<Symbol> symbols, IReadOnlyList<Statement> statements) =>
        (Terms, Symbols, Statements) = (terms, symbols, statements);

    internal IReadOnlyList<Term> Terms { get; }

    internal IReadOnlyList<Symbol> Symbols { get; }

    internal IReadOnlyList<Statement> Statements { get; }

    /// <summary>Reads the words of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The words; empty if the folder has none of these files, or they can't be read.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="folder"/> is null.</exception>
    public static WordBook InFolder(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Read(
            ReadIfThere(Path.Combine(folder, "GLOSSARY.md")),
            ReadIfThere(Path.Combine(folder, "NOTATION.md")),
            ReadIfThere(Path.Combine(folder, "CLAIMS.md"))
        );
    }

    /// <summary>Reads words.</summary>
    /// <param name="glossary">A table of terms: the term, with other forms of it after slashes, what it means, and the
    /// notebook that introduces it.</param>
    /// <param name="notation">Tables of symbols.</param>
    /// <param name="statements">A table of numbered statements.</param>
    /// <returns>The words.</returns>
    public static WordBook Read(string glossary = "", string notation = "", string statements = "") =>
        new([.. ReadTerms(glossary)], [.. ReadSymbols(notation)], [.. ReadStatements(statements)]);

    /// <summary>Makes a marker for the words in a notebook.</summary>
    /// <param name="notebook">Its file's name. If it begins with a number, only terms that notebooks with lower numbers
    /// introduce are marked; otherwise all are.</param>
    /// <returns>A marker, to be used for one page.</returns>
    internal WordMarker MarkerFor(string notebook) => new(this, NumberOf(notebook));

    internal static int? NumberOf(string notebook)
    {
        var digits = new string([.. notebook.TakeWhile(char.IsAsciiDigit)]);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static IEnumerable<Term> ReadTerms(string markdown) =>
        from row in Rows(markdown)
        where row.Count >= 3 && row[0] != "term"
        select new Term(
            [.. row[0].Split(" / ").Select(form => form.Trim()).Where(form => form.Length > 1)],
            PlainText(row[1]),
            NumberOf(row[2].TrimStart('['))
        );

    private static IEnumerable<Symbol> ReadSymbols(string markdown)
    {
        int? since = null;
        var where = -1;
        foreach (var line in markdown.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.StartsWith('#'))
            {
                since = null;
            }
            else if (Since().Match(line) is { Success: true } from)
            {
                since = NumberOf(from.Groups["number"].Value);
            }
            else if (Cells(line) is ["symbol" or "name", ..] heads)
            {
                where = heads.IndexOf("where");
            }
            else if (
                Cells(line) is [var symbols, var meaning, ..] cells
                && symbols.Contains('$', StringComparison.Ordinal)
            )
            {
                var places = where < 0 ? null : PlacesIn(cells.ElementAtOrDefault(where) ?? "").ToList();
                var parts = Formula().Matches(symbols).Select(match => match.Groups[1].Value).ToList();

                // “T in softmax(z/T)” is one symbol, in a formula that has the other.
                var within = symbols.Contains(" in ", StringComparison.Ordinal) && parts.Count == 2 ? parts[1] : null;
                foreach (var tex in within is null ? parts.SelectMany(part => Comma().Split(part)) : parts.Take(1))
                {
                    yield return new Symbol(
                        SymbolPattern(within ?? tex),
                        within is null ? PlainTex(tex) : $"{PlainTex(tex)} in {PlainTex(within)}",
                        PlainText(meaning),
                        since
                    )
                    {
                        InPlaceOf = within is null ? null : PlainTex(tex),
                        IsLetter = within is null && tex.Length == 1,
                        Places = places,
                    };
                }
            }
        }
    }

    private static IEnumerable<SymbolPlace> PlacesIn(string where)
    {
        foreach (var part in where.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var ids = CellId().Matches(part).Select(match => match.Groups[1].Value).ToList();
            if (NumberOf(part.TrimStart('[')) is { } lesson)
            {
                yield return new SymbolPlace(lesson, ids);
            }
        }
    }

    private static IEnumerable<Statement> ReadStatements(string markdown) =>
        from row in Rows(markdown)
        let name = row[0].Trim('*')
        where row.Count >= 2 && StatementName().IsMatch(name)
        select new Statement(name, PlainText(row[1]));

    private static IEnumerable<List<string>> Rows(string markdown) =>
        markdown.ReplaceLineEndings("\n").Split('\n').Select(Cells).Where(row => row.Count >= 2);

    // The cells of a table's row; none for another line, or for the one below the heads.
    private static List<string> Cells(string line) =>
        line.StartsWith('|') && !Ruler().IsMatch(line)
            ? [.. CellEnd().Split(line.Trim().Trim('|')).Select(cell => cell.Trim())]
            : [];

    // A symbol by itself in a formula: neither a part of another name nor an index. Only so many spaces after the _ are
    // looked at that the time grows in proportion to the formula's length.
    private static Regex SymbolPattern(string tex)
    {
        var source = Regex.Replace(Regex.Replace(tex, @"\s+|\\,", ""), @"(?<=[^A-Za-z\\])|(?=[^A-Za-z])", "\0");
        return new Regex(
            @"(?<![A-Za-z\\]|_\s{0,9}(?:\{\s{0,9})?)"
                + string.Join(@"\s*", source.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(Regex.Escape))
                + @"(?![A-Za-z_'])",
            RegexOptions.CultureInvariant
        );
    }

    private static string PlainText(string markdown)
    {
        var text = Formula().Replace(markdown, match => PlainTex(match.Groups[1].Value));
        text = Link().Replace(text, "$1");
        return text.Replace("`", "", StringComparison.Ordinal)
            .Replace("**", "", StringComparison.Ordinal)
            .Replace("\\_", "_", StringComparison.Ordinal)
            .Trim();
    }

    private static string PlainTex(string tex) =>
        Plain.Aggregate(tex, (text, rule) => Regex.Replace(text, rule.Tex, rule.Text)).Trim();

    private static string ReadIfThere(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    [GeneratedRegex(@"^From lesson (?<number>\d+) on")]
    private static partial Regex Since();

    [GeneratedRegex(@"\$([^$]+)\$")]
    private static partial Regex Formula();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CellId();

    // Not within brackets or braces.
    [GeneratedRegex(@",\s*(?![^\[({]*[\])}])")]
    private static partial Regex Comma();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex CellEnd();

    [GeneratedRegex(@"^[|\s:-]+$")]
    private static partial Regex Ruler();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^[A-Z]\d\d$")]
    private static partial Regex StatementName();
}

/// <summary>A term.</summary>
/// <param name="Forms">The term, and other forms of it.</param>
/// <param name="Meaning">What it means, as plain text.</param>
/// <param name="Lesson">The number of the notebook that introduces it; null if it isn't known.</param>
internal sealed record Term(IReadOnlyList<string> Forms, string Meaning, int? Lesson);

/// <summary>A symbol of formulas.</summary>
/// <param name="Pattern">Finds it in a formula's source.</param>
/// <param name="Name">The symbol as plain text.</param>
/// <param name="Meaning">What it means, as plain text.</param>
/// <param name="Since">The number of the first notebook that uses it in this meaning; null for all.</param>
internal sealed record Symbol(Regex Pattern, string Name, string Meaning, int? Since)
{
    /// <summary>The symbol whose meaning this one replaces where it applies; null for none.</summary>
    public string? InPlaceOf { get; init; }

    /// <summary>Whether it is a single letter. A single letter in the index of another symbol isn't marked, since it
    /// only numbers something there.</summary>
    public bool IsLetter { get; init; }

    /// <summary>The only places where it has this meaning; null for everywhere.</summary>
    public IReadOnlyList<SymbolPlace>? Places { get; init; }

    /// <summary>Whether the meaning applies in a cell of a notebook.</summary>
    public bool IsExplainedIn(int? lesson, string? cell) =>
        Places is null
            ? Since is null || lesson is null || Since <= lesson
            : Places.Any(place =>
                place.Lesson == lesson && (place.Cells.Count == 0 || (cell is not null && place.Cells.Contains(cell)))
            );

    /// <summary>How narrowly its place is defined: of two meanings of a name, the one with the larger number
    /// applies.</summary>
    public int Narrowness =>
        Places is null ? Since ?? -1
        : Places.Any(place => place.Cells.Count == 0) ? int.MaxValue - 1
        : int.MaxValue;
}

/// <summary>A place where a symbol has a special meaning.</summary>
/// <param name="Lesson">The number of the notebook.</param>
/// <param name="Cells">The ids of its cells; empty for all.</param>
internal sealed record SymbolPlace(int Lesson, IReadOnlyList<string> Cells);

/// <summary>A numbered statement.</summary>
/// <param name="Name">Its number, such as L07.</param>
/// <param name="Meaning">What it states, as plain text.</param>
internal sealed record Statement(string Name, string Meaning);
