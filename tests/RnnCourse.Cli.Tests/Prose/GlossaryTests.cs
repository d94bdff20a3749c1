using System.Text.RegularExpressions;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Tests.Prose;

/// <summary>The glossary keeps to what the lessons say.</summary>
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
                row.Term.Split(" / ")
                    .Any(form =>
                        Regex.IsMatch(text, $@"(?<!\w){Regex.Escape(form)}(s|es)?(?!\w)", RegexOptions.IgnoreCase)
                    ),
                $"{row.Term} doesn't occur in {row.File}."
            );
        }
    }

    [GeneratedRegex(@"^\| ([^|]+) \| ([^|]+) \| \[(\d\d)\]\(([^)]+)\) \|$")]
    private static partial Regex Row();
}
