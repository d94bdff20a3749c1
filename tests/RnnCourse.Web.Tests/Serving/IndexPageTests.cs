using RnnCourse.Web.Documents;
using RnnCourse.Web.Serving;

namespace RnnCourse.Web.Tests.Serving;

public sealed class IndexPageTests
{
    private static readonly DateTime Day = new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);

    public static TheoryData<string, string?> Cases =>
        new()
        {
            // Each lesson: solved / exercises, and the day on which it was changed if it was begun.
            { "0/2 0/2", "l0" },
            { "2/2@1 0/2", "l1" },
            { "1/2@1 0/2", "l0" },
            { "1/2@1 1/2@2 0/2", "l1" },
            { "1/2@1 2/2@2 0/2", "l2" },
            { "1/2@1 2/2@2 2/2", "l0" },
            { "2/2@1 2/2@2", null },
            { "0/0@1 0/2", "l1" },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void One_goes_on_where_something_is_left_to_solve(string lessons, string? next)
    {
        var entries = lessons.Split(' ').Select(Parse).ToList();
        Assert.Equal(next, IndexPage.FindNext(entries)?.Name);
    }

    [Fact]
    public void A_formula_in_a_summary_is_drawn()
    {
        var page = IndexPage.Render(new OneLesson("The gradient of $W$ costs 2 < 3."), "/root");
        Assert.Contains("<mi>W</mi>", page, StringComparison.Ordinal);
        Assert.Contains(" costs 2 &lt; 3.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("$", page, StringComparison.Ordinal);
    }

    private static NotebookEntry Parse(string lesson, int number)
    {
        var parts = lesson.Split('/', '@');
        var day =
            parts.Length > 2
                ? Day.AddDays(int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture))
                : (DateTime?)null;
        return new NotebookEntry($"l{number}", "", "", day is not null)
        {
            Solved = int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture),
            Exercises = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture),
            Changed = day,
        };
    }

    private sealed class OneLesson(string summary) : INotebookSource
    {
        public string Title => "Lessons";

        public string IndexTitle => "All lessons";

        public string Folder => "";

        public IReadOnlyList<NotebookEntry> Entries() => [new("08", "08 · By hand", summary, IsBegun: false)];

        public bool Has(string name) => name == "08";

        public EditableNotebook? Open(string name) => null;

        public string? FindLinked(string path) => null;

        public string? PathOfLink(string address) => null;
    }
}
