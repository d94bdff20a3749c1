using System.Net;
using System.Text.RegularExpressions;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages;
using RnnCourse.Notebooks.Pages.Words;

namespace RnnCourse.Cli.Tests.Prose;

/// <summary>What pages say of the symbols in the lessons' formulas, from NOTATION.md.</summary>
public sealed partial class NotationTests
{
    private static readonly string Notebooks = Path.Combine(Repository.Root, "notebooks");

    private static readonly WordBook Words = WordBook.InFolder(Notebooks);

    private static readonly Dictionary<string, (string File, List<MarkdownCell> Texts)> Lessons = Directory
        .EnumerateFiles(Notebooks, "*.ipynb")
        .ToDictionary(
            path => Path.GetFileName(path)[..2],
            path => (Path.GetFileName(path), NotebookReader.Read(path).Cells.OfType<MarkdownCell>().ToList())
        );

    public static TheoryData<string, string, string> Places
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (
                var row in File.ReadLines(Path.Combine(Notebooks, "NOTATION.md"))
                    .Select(line => PlaceRow().Match(line))
                    .Where(row => row.Success)
            )
            {
                foreach (var place in row.Groups["where"].Value.Split("; "))
                {
                    var cells = CellId().Matches(place).Select(match => match.Groups[1].Value).DefaultIfEmpty("");
                    foreach (var cell in cells)
                    {
                        rows.Add(row.Groups["symbol"].Value, place[1..3], cell);
                    }
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void A_symbol_occurs_where_it_has_another_meaning(string symbols, string lesson, string cell)
    {
        var texts = Lessons[lesson].Texts.Where(text => cell.Length == 0 || text.Id == cell).ToList();
        Assert.NotEmpty(texts);
        var told = texts.SelectMany(text => SymbolsIn(lesson, text)).ToList();
        var first = Formula().Match(symbols).Groups[1].Value;
        Assert.Contains(told, line => line.StartsWith(first + ": ", StringComparison.Ordinal));
    }

    [Fact]
    public void No_formula_gives_a_symbol_two_meanings()
    {
        var formulas = 0;
        foreach (var (lesson, (_, texts)) in Lessons)
        {
            foreach (var text in texts)
            {
                foreach (var title in TitlesIn(lesson, text))
                {
                    formulas++;
                    var names = title.Split('\n').Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)]);
                    Assert.True(names.Distinct().Count() == names.Count(), $"{lesson}, {text.Id}: {title}");
                    Assert.DoesNotContain("frac", title, StringComparison.Ordinal);
                }
            }
        }

        Assert.True(formulas > 300, $"only {formulas} formulas");
    }

    [Theory]
    [InlineData("05", "idea", "f: the function executed at each time step")]
    [InlineData("08", "title", "f: the function executed at each time step")]
    [InlineData("08", "judges-text", "i: the time step")]
    [InlineData("08", "scores-notice", "h: step of a measured derivative")]
    [InlineData("08", "untied-text", "c: bias")]
    [InlineData("10", "two-fadings-notice", "ds_i: derivative of L")]
    [InlineData("10", "same-eigenvalues-text", "b: bias")]
    [InlineData("12", "temperature-text", "T: steps")]
    [InlineData("12", "exercises", "T: steps")]
    [InlineData("14", "lstm-text", "c_i: the parameters of f_i")]
    [InlineData("14", "lstm-text", "f: the function executed at each time step")]
    public void A_meaning_of_elsewhere_is_not_told(string lesson, string cell, string wrong) =>
        Assert.DoesNotContain(
            SymbolsIn(lesson, Lessons[lesson].Texts.Single(text => text.Id == cell)),
            line => line.StartsWith(wrong, StringComparison.Ordinal)
        );

    private static IEnumerable<string> SymbolsIn(string lesson, MarkdownCell text) =>
        TitlesIn(lesson, text).SelectMany(title => title.Split('\n'));

    private static IEnumerable<string> TitlesIn(string lesson, MarkdownCell text) =>
        Title()
            .Matches(new CellFragments(words: (Words, Lessons[lesson].File)).Text(text))
            .Select(match => WebUtility.HtmlDecode(match.Groups[1].Value));

    [GeneratedRegex(@"^\| (?<symbol>\$[^|]+) \| [^|]+ \| (?<where>\[\d\d\]\([^|]+) \|$")]
    private static partial Regex PlaceRow();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CellId();

    [GeneratedRegex(@"\$([^$]+)\$")]
    private static partial Regex Formula();

    [GeneratedRegex("<span class=\"symbols\" title=\"([^\"]*)\"")]
    private static partial Regex Title();
}
