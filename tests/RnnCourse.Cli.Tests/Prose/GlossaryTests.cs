using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Tests.Prose;

/// <summary>The glossary agrees with the lessons.</summary>
public sealed partial class GlossaryTests
{
    private static readonly string Notebooks = Path.Combine(Repository.Root, "notebooks");

    private static readonly List<(string Term, string Meaning, string Lesson, string File)> Rows =
    [
        .. File.ReadLines(Path.Combine(Notebooks, "GLOSSARY.md"))
            .Select(line => Row().Match(line))
            .Where(row => row.Success)
            .Select(row => (row.Groups[1].Value, row.Groups[2].Value, row.Groups[3].Value, row.Groups[4].Value)),
    ];

    [Fact]
    public void Terms_stand_in_order_each_once_and_say_what_they_mean_in_a_sentence()
    {
        Assert.True(Rows.Count >= 60, $"only {Rows.Count} terms");
        var terms = Rows.Select(row => row.Term.Split(" / ")[0]).ToList();
        Assert.Equal(terms.Order(StringComparer.OrdinalIgnoreCase), terms);
        var forms = Rows.SelectMany(row => row.Term.Split(" / ")).ToList();
        Assert.Equal(forms.Distinct(StringComparer.OrdinalIgnoreCase), forms);
        Assert.All(Rows, row => Assert.EndsWith(".", row.Meaning, StringComparison.Ordinal));
        Assert.All(Rows, row => Assert.InRange(row.Meaning.Length, 15, 220));
    }

    /// <summary>
    /// A term is introduced where the text writes it in italics or in bold. Before, a lesson may use it only if it says
    /// which lesson explains it: one sentence with the term and the lesson's number is enough for the rest of the
    /// lesson.
    /// </summary>
    [Fact]
    public void No_term_is_used_before_a_lesson_introduces_it()
    {
        var cells = Repository.Lessons.Order(StringComparer.Ordinal).SelectMany(ReadCells).ToList();
        var early = new List<string>();
        foreach (var (term, _, lesson, _) in Rows.Where(row => !PlainWords.ContainsKey(row.Term)))
        {
            var word = Word(term.Split(" / "));
            var introduced = cells.FindIndex(cell => cell.Lesson == lesson && cell.Introduces(word));
            if (introduced < 0)
            {
                early.Add($"{term}: nowhere in lesson {lesson} written in italics or in bold");
            }

            var announced = "";
            foreach (var cell in cells.Take(introduced < 0 ? cells.Count : introduced))
            {
                announced = cell.Announces(word, lesson) ? cell.Lesson : announced;
                if (announced != cell.Lesson && cell.Uses(word, !ReadsAsEnglish.Contains(term)) is { } place)
                {
                    early.Add($"{term}, which lesson {lesson} introduces: {cell.Lesson}, cell {cell.Id}: … {place} …");
                }
            }
        }

        Assert.True(early.Count == 0, string.Join('\n', early));
    }

    [Fact]
    public void No_hint_and_no_reply_uses_a_term_before_a_lesson_introduces_it()
    {
        var cells = Repository.Lessons.SelectMany(ReadCells).ToLookup(cell => cell.Lesson);
        var early =
            from row in Rows
            where !PlainWords.ContainsKey(row.Term)
            let word = Word(row.Term.Split(" / "))
            from number in cells.Select(lesson => lesson.Key)
            where string.CompareOrdinal(number, row.Lesson) < 0
            where !cells[number].Any(cell => cell.Announces(word, row.Lesson))
            from text in LessonReplies.Of(number)
            where word.IsMatch(text) && !text.Contains($"lesson {row.Lesson}", StringComparison.Ordinal)
            select $"{row.Term}, which lesson {row.Lesson} introduces, in lesson {number}: {text}";
        Assert.Equal([], early);
    }

    [Fact]
    public void The_test_of_early_words_sees_forms_names_in_code_and_announcements()
    {
        var layer = Word(["hidden layer"]);
        Assert.NotNull(Cell.OfCode("01", "a", "new Net(hiddenSize: 4)").Uses(layer, names: true));
        Assert.NotNull(Cell.OfCode("01", "a", "var hiddenLayers = 2;").Uses(layer, names: true));
        Assert.NotNull(
            Cell.OfCode("01", "a", "Console.WriteLine($\"{x} in a hidden layer\");").Uses(layer, names: false)
        );
        Assert.Null(Cell.OfCode("01", "a", "var s = Hidden(layer: 1); // {hidden}").Uses(layer, names: true));
        Assert.NotNull(Cell.OfText("01", "a", "Two hidden\nlayers.").Uses(layer, names: true));
        Assert.Null(Cell.OfText("01", "a", "```\nhidden layer\n```").Uses(layer, names: true));
        Assert.True(Cell.OfText("02", "a", "The *hidden layers* hold").Introduces(layer));
        Assert.False(Cell.OfText("02", "title", "The *hidden layers* hold").Introduces(layer));
        Assert.False(Cell.OfText("02", "a", "The *layers*, hidden layer").Introduces(layer));
        Assert.True(Cell.OfText("01", "a", "A hidden layer (lesson 02) it is.").Announces(layer, "02"));
        Assert.False(Cell.OfText("01", "a", "A hidden layer it is. See lesson 02.").Announces(layer, "02"));
        foreach (var form in new[] { "train", "trained", "Training", "trains" })
        {
            Assert.Matches(Word(["training"]), form);
        }

        Assert.Matches(Word(["clipping"]), "clipped");
        Assert.Matches(Word(["matrix"]), "matrices");
        Assert.DoesNotMatch(Word(["score"]), "scoreboard");
    }

    [Fact]
    public void Each_term_occurs_in_the_lesson_that_introduces_it()
    {
        foreach (var row in Rows)
        {
            Assert.StartsWith(row.Lesson, row.File, StringComparison.Ordinal);
            var text = string.Join(
                '\n',
                NotebookReader
                    .Read(Path.Combine(Notebooks, row.File))
                    .Cells.OfType<MarkdownCell>()
                    .Select(cell => cell.Source)
            );
            Assert.True(
                row.Term.Split(" / ").Any(form => Word([form]).IsMatch(text)),
                $"{row.Term} doesn't occur in {row.File}."
            );
        }
    }

    // Words with the same meaning as in plain English, or with another meaning that no reader confuses with it.
    private static readonly Dictionary<string, string> PlainWords = new()
    {
        ["key"] = "keys are pressed, and dictionaries have them",
        ["normal"] = "as in a normal heartbeat",
        ["value"] = "C# has values",
    };

    // Terms whose plain meaning is enough to understand a name in code.
    private static readonly HashSet<string> ReadsAsEnglish =
    [
        "batch",
        "bias",
        "candidate",
        "clipping",
        "deep",
        "folded",
        "gate",
        "gather",
        "input",
        "label",
        "lag",
        "mask",
        "matrix",
        "model",
        "norm",
        "nudge",
        "output",
        "padding",
        "probe",
        "query",
        "scatter",
        "score",
        "seed",
        "sequence",
        "state",
        "surprise",
        "tag",
        "target",
        "temperature",
        "training",
        "unit",
        "unrolled",
        "vector",
        "vocabulary",
        "weight",
        "window",
    ];

    // Names in code that express a term in other words.
    private static readonly Dictionary<string, string> InCode = new() { ["hidden layer"] = "hidden size" };

    private static IEnumerable<Cell> ReadCells(string path) =>
        NotebookReader
            .Read(path)
            .Cells.Where(cell => cell.Id != "setup")
            .Select(cell =>
                cell is MarkdownCell
                    ? Cell.OfText(Path.GetFileName(path)[..2], cell.Id!, cell.Source)
                    : Cell.OfCode(Path.GetFileName(path)[..2], cell.Id!, cell.Source)
            );

    // A term in its plain forms: plural, past, -ing.
    private static Regex Word(string[] forms)
    {
        var all = forms
            .Concat(forms.Where(InCode.ContainsKey).Select(form => InCode[form]))
            .SelectMany(Inflections)
            .Distinct()
            .OrderByDescending(form => form.Length)
            .Select(form => Regex.Escape(form).Replace(@"\ ", @"[\s-]+", StringComparison.Ordinal));
        return new Regex($@"(?<![\w-])(?:{string.Join('|', all)})(?!\w)", RegexOptions.IgnoreCase);
    }

    private static IEnumerable<string> Inflections(string form)
    {
        var stems = new List<string> { form };
        if (form.EndsWith("ing", StringComparison.Ordinal) && !form.Contains(' ', StringComparison.Ordinal))
        {
            var stem = form[..^3];
            stems.AddRange(stem[^1] == stem[^2] ? [stem, stem[..^1]] : [stem, stem + "e"]);
        }

        foreach (var stem in stems)
        {
            foreach (var ending in new[] { "", "s", "es", "d", "ed", "ing", "’s", "'s" })
            {
                yield return stem + ending;
            }

            yield return stem[^1] switch
            {
                'e' => stem[..^1] + "ing",
                'y' => stem[..^1] + "ies",
                'x' => stem[..^2] + "ices",
                _ => stem,
            };
        }
    }

    // A cell: its text, and the words in the names of its code.
    private sealed record Cell(string Lesson, string Id, string Text, string Names, string Markdown)
    {
        public static Cell OfText(string lesson, string id, string source)
        {
            var text = Targets().Replace(Live().Replace(Fenced().Replace(source, ""), ""), "]");
            return new(lesson, id, text, "", source);
        }

        public static Cell OfCode(string lesson, string id, string source)
        {
            var root = CSharpSyntaxTree
                .ParseText(source, new CSharpParseOptions(kind: SourceCodeKind.Script))
                .GetRoot(TestContext.Current.CancellationToken);
            var tokens = root.DescendantTokens().ToList();
            var comments = root.DescendantTrivia().Where(part => part.IsKind(SyntaxKind.SingleLineCommentTrivia));
            var texts = tokens.Where(token =>
                token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken)
            );
            var names = tokens.Where(token => token.IsKind(SyntaxKind.IdentifierToken));
            return new(
                lesson,
                id,
                string.Join(" · ", texts.Select(token => token.Text).Concat(comments.Select(part => part.ToString()))),
                string.Join(" · ", names.Select(token => Humps().Replace(token.Text, " "))),
                ""
            );
        }

        public bool Introduces(Regex word) =>
            Id != "title"
            && Emphasis()
                .Matches(Markdown)
                .Any(match => word.Match(match.Groups[2].Value.Trim()).Value == match.Groups[2].Value.Trim());

        public bool Announces(Regex word, string lesson) =>
            Id == "title" && Lesson == lesson
            || Sentence().Split(Text).Any(part => word.IsMatch(part) && Regex.IsMatch(part, $@"\b{lesson}\b"));

        public string? Uses(Regex word, bool names) =>
            new[] { Text, names ? Names : "" }
                .Select(text => (Text: text, Match: word.Match(text)))
                .Where(found => found.Match.Success)
                .Select(found =>
                    found
                        .Text[Math.Max(0, found.Match.Index - 40)..Math.Min(found.Text.Length, found.Match.Index + 40)]
                        .ReplaceLineEndings(" ")
                )
                .FirstOrDefault();
    }

    [GeneratedRegex(@"```.*?```", RegexOptions.Singleline)]
    private static partial Regex Fenced();

    // The text of the live page that replaces the text between the tags.
    [GeneratedRegex("data-live=\"[^\"]*\"")]
    private static partial Regex Live();

    [GeneratedRegex(@"\]\([^)]*\)")]
    private static partial Regex Targets();

    [GeneratedRegex(@"(\*{1,2})([^*\n]+)\1")]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"(?<=[.!?:;])\s+|\n\n")]
    private static partial Regex Sentence();

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex Humps();

    [GeneratedRegex(@"^\| ([^|]+) \| ([^|]+) \| \[(\d\d)\]\(([^)]+)\) \|$")]
    private static partial Regex Row();
}
