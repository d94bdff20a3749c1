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
    public void Formulas_in_the_summary_of_a_lesson_are_shown_as_such()
    {
        using var folder = new TestFolder();
        var shelf = new CourseShelf("Course", Repository.PathOf("notebooks"), folder.PathOf("my"), Repository.Root);
        var page = IndexPage.Render(shelf, "");
        Assert.Contains("<math", page, StringComparison.Ordinal);
        Assert.DoesNotContain("$", page, StringComparison.Ordinal);
    }

    private static ShelfEntry Parse(string lesson, int number)
    {
        var parts = lesson.Split('/', '@');
        var day =
            parts.Length > 2
                ? Day.AddDays(int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture))
                : (DateTime?)null;
        return new ShelfEntry($"l{number}", "", "", day is not null)
        {
            Solved = int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture),
            Exercises = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture),
            Changed = day,
        };
    }
}
