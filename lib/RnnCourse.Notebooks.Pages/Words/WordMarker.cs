using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Pages.Words;

/// <summary>
/// Marks the words of a <see cref="WordBook"/> in the sanitized HTML of a page's texts, with their meaning as title:
/// each term where it first occurs, each numbered statement, and the formulas, with the symbols in them. Headings,
/// links and code are unchanged.
/// </summary>
internal sealed partial class WordMarker
{
    private static readonly HashSet<string> Untouched = new(StringComparer.OrdinalIgnoreCase)
    {
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "a",
        "code",
        "pre",
        "kbd",
        "abbr",
        "button",
        "summary",
        "th",
        "svg",
    };

    private readonly WordBook _book;
    private readonly int? _lesson;
    private readonly Regex? _words;
    private readonly Dictionary<string, Term> _terms = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<Term> _seen = new(ReferenceEqualityComparer.Instance);

    public WordMarker(WordBook book, int? lesson)
    {
        (_book, _lesson) = (book, lesson);
        foreach (var term in book.Terms.Where(term => lesson is null || term.Lesson is null || term.Lesson < lesson))
        {
            foreach (var form in term.Forms)
            {
                _terms.TryAdd(form, term);
            }
        }

        // If two terms begin alike, the longer one is taken.
        var forms = _terms
            .Keys.OrderByDescending(form => form.Length)
            .Select(form => Regex.Escape(form) + (char.IsUpper(form[^1]) ? "s?" : "(?:s|es)?"))
            .Concat(book.Statements.Select(statement => statement.Name))
            .ToList();
        _words =
            forms.Count == 0
                ? null
                : new Regex(
                    $@"(?<![\w-])(?:{string.Join('|', forms)})(?![\w-])",
                    RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
                );
    }

    /// <summary>Marks the words in a piece of a page.</summary>
    /// <param name="html">The piece, sanitized, so that its tags are well-formed.</param>
    /// <param name="cell">The id of the cell that it belongs to; null for none.</param>
    /// <returns>The piece with marks.</returns>
    public string Mark(string html, string? cell = null)
    {
        var marked = new StringBuilder(html.Length + 256);
        var within = new Stack<string>();
        var at = 0;
        while (at < html.Length)
        {
            var tag = html.IndexOf('<', at);
            var text = html[at..(tag < 0 ? html.Length : tag)];
            marked.Append(within.Any(Untouched.Contains) ? text : MarkText(text));
            if (tag < 0)
            {
                break;
            }

            if (string.CompareOrdinal(html, tag, "<math", 0, 5) == 0)
            {
                at = EndOf(html, tag, "</math>");
                marked.Append(MarkFormula(html[tag..at], cell, isMarked: !within.Any(Untouched.Contains)));
                continue;
            }

            at = EndOf(html, tag, ">");
            marked.Append(html, tag, at - tag);
            Follow(within, Tag().Match(html, tag, at - tag));
        }

        return marked.ToString();
    }

    private static int EndOf(string html, int from, string end) =>
        html.IndexOf(end, from, StringComparison.Ordinal) is >= 0 and var found ? found + end.Length : html.Length;

    private static void Follow(Stack<string> within, Match tag)
    {
        var name = tag.Groups["name"].Value;
        if (tag.Groups["end"].Length == 0)
        {
            if (tag.Groups["empty"].Length == 0 && name is not ("br" or "hr" or "img" or "input" or "col" or "wbr"))
            {
                within.Push(name);
            }
        }
        else if (within.Contains(name))
        {
            while (within.Pop() != name) { }
        }
    }

    private string MarkText(string text) => _words is null ? text : _words.Replace(text, MarkWord);

    private string MarkWord(Match word)
    {
        if (_book.Statements.FirstOrDefault(statement => statement.Name == word.Value) is { } stated)
        {
            return Marked(word.Value, "The lecture states: " + stated.Meaning, "");
        }

        if (TermOf(word.Value) is not { } term || !_seen.Add(term))
        {
            return word.Value;
        }

        var lesson = term.Lesson is { } number
            ? string.Create(CultureInfo.InvariantCulture, $" data-lesson=\"{number:00}\"")
            : "";
        return Marked(word.Value, $"{term.Forms[0]}: {term.Meaning}", lesson);
    }

    // Names in capitals, such as GRU, must be written in capitals.
    private Term? TermOf(string word)
    {
        string[] singular = [word, word[..^1], word.Length > 2 ? word[..^2] : word];
        return singular
            .Where((form, cut) => cut == 0 || word.EndsWith(cut == 1 ? "s" : "es", StringComparison.Ordinal))
            .Select(form =>
                _terms.TryGetValue(form, out var term)
                && (
                    term.Forms.Contains(form)
                    || !term.Forms.First(own => own.Equals(form, StringComparison.OrdinalIgnoreCase)).All(char.IsUpper)
                )
                    ? term
                    : null
            )
            .FirstOrDefault(term => term is not null);
    }

    private static string Marked(string word, string meaning, string attributes) =>
        $"<abbr class=\"word\" title=\"{HtmlText.Escape(meaning)}\"{attributes}>{word}</abbr>";

    private string MarkFormula(string math, string? cell, bool isMarked)
    {
        if (!isMarked || Source().Match(math) is not { Success: true } source)
        {
            return math;
        }

        var tex = Blanks().Replace(WebUtility.HtmlDecode(source.Groups["tex"].Value), " ");
        // Not spaces: what follows them would be the index.
        var withoutIndices = Index().Replace(tex, match => match.Value[0] + new string('.', match.Length - 1));
        var found = _book
            .Symbols.Where(symbol => symbol.IsExplainedIn(_lesson, cell))
            .GroupBy(symbol => symbol.Name)
            .SelectMany(same => same.Where(symbol => symbol.Narrowness == same.Max(other => other.Narrowness)))
            .Select(symbol => (Symbol: symbol, At: symbol.Pattern.Matches(symbol.IsLetter ? withoutIndices : tex)))
            .Where(symbol => symbol.At.Count > 0)
            .OrderBy(symbol => symbol.At[0].Index)
            .ToList();

        // A fraction has a meaning of its own, not that of its parts.
        var fractions = found
            .Where(symbol =>
                symbol.Symbol.Name.Contains('/', StringComparison.Ordinal) && symbol.Symbol.InPlaceOf is null
            )
            .ToList();
        var lines = found
            .Where(one => !found.Exists(other => other.Symbol.InPlaceOf == one.Symbol.Name))
            .Where(one =>
                !fractions.Exists(fraction => fraction.Symbol != one.Symbol && one.At.All(at => IsIn(fraction.At, at)))
            )
            .Select(one => $"{one.Symbol.Name}: {one.Symbol.Meaning}")
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return lines.Count == 0
            ? math
            : $"<span class=\"symbols\" title=\"{HtmlText.Escape(string.Join('\n', lines))}\">{math}</span>";
    }

    private static bool IsIn(MatchCollection wholes, Match part) =>
        wholes.Any(whole => whole.Index <= part.Index && part.Index + part.Length <= whole.Index + whole.Length);

    // What numbers a thing: [r, c], and all of an index of several letters.
    [GeneratedRegex(@"\[\s*\w(?:\s*[,:]\s*\w)*\s*\]|_\s*\{(?:[^{}]|\{[^{}]*\})*\}")]
    private static partial Regex Index();

    [GeneratedRegex(@"\G<(?<end>/?)(?<name>[a-zA-Z][a-zA-Z0-9]*)[^>]*?(?<empty>/?)>")]
    private static partial Regex Tag();

    [GeneratedRegex("<annotation encoding=\"application/x-tex\">(?<tex>[^<]*)</annotation>")]
    private static partial Regex Source();

    [GeneratedRegex(@"\s+|\\,")]
    private static partial Regex Blanks();
}
