using RnnCourse.Notebooks.Format;
using RnnCourse.Web.Documents;
using RnnCourse.Web.Live;

namespace RnnCourse.Web.Tests.Live;

/// <summary>Cells and lessons are reset to the text of the course, and earlier work is taken along.</summary>
public sealed class LiveResetTests : ServedFolderTests
{
    [Fact]
    public async Task A_cell_and_a_lesson_are_reset_to_what_the_course_has()
    {
        Folder.Write("a", "one", "two", "three");
        using var state = new TestFolder();
        var notebooks = new CourseNotebooks("Course", Folder.Notebooks, Folder.PathOf("my"), Folder.PathOf());
        await using var server = await TestServer.StartAsync(notebooks, state);
        await using var page = await server.OpenAsync("a");
        await page.EditAsync("c1", "mine", 1);
        await page.EditAsync("c2", "mine, too", 2);
        await page.TellAsync(
            "insert",
            new
            {
                cell = "own",
                kind = "Code",
                after = "c3",
                source = "my own",
            }
        );
        await page.WaitForAsync(() => page.Cells.Count == 4);
        await page.TellAsync("reset", new { cell = "c1" });
        await page.WaitForAsync(() => page.Sources["c1"] == "one");
        Assert.Equal("mine, too", page.Sources["c2"]);
        await page.TellAsync("reset");
        await page.WaitForAsync(() =>
            page.Cells.Select(cell => page.Sources[cell]).SequenceEqual(["one", "two", "three"])
        );
        await page.EditAsync("c3", "3", 3);
        Assert.Equal(
            ["one", "two", "3"],
            NotebookReader.Read(Folder.PathOf("my", "a.ipynb")).Cells.Select(cell => cell.Source)
        );
    }

    [Fact]
    public async Task A_reset_is_taken_back_as_any_other_change_of_cells()
    {
        Folder.Write("a", "1", "2");
        using var state = new TestFolder();
        var notebooks = new CourseNotebooks("Course", Folder.Notebooks, Folder.PathOf("my"), Folder.PathOf());
        await using var server = await TestServer.StartAsync(notebooks, state);
        await using var page = await server.OpenAsync("a");
        await page.EditAsync("c1", "40 + 2", 1);
        await page.RunAsync("c1");
        await page.EditAsync("c2", "mine, too", 2);
        await page.TellAsync("reset", new { cell = "c1" });
        await page.WaitForAsync(() => page.Sources["c1"] == "1" && page.Shown("c1").Length == 0);
        await page.TellAsync("undo", new { again = false });
        await page.WaitForAsync(() =>
            page.Sources["c1"] == "40 + 2" && page.Shown("c1").Contains("42", StringComparison.Ordinal)
        );
        await page.TellAsync("reset");
        await page.WaitForAsync(() => page.Sources["c2"] == "2");
        await page.TellAsync("undo", new { again = false });
        await page.WaitForAsync(() => page.Sources["c2"] == "mine, too" && page.Sources["c1"] == "40 + 2");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Work_in_another_place_is_taken_along_if_the_reader_wants_it(bool isWanted)
    {
        var path = Folder.Write("a", "one", "two", "three");
        var hasSettled = false;
        var original = NotebookReader.Read(path);
        var work = TestFolder.Make("one there", "two there", "three");
        await using var notebook = LiveNotebook.Open(
            path,
            new LiveNotebookOptions(() => throw new InvalidOperationException("Nothing is to be run here."))
            {
                Original = () => original,
                Offer = new EarlierWorkOffer("notebooks/a.ipynb", () => work, () => hasSettled = true),
            }
        );
        using var page = new PageConnection(new System.Net.WebSockets.ClientWebSocket());
        await notebook.HandleAsync(page, new EditRequest(1, "c2", "two", "two here"));
        await notebook.HandleAsync(page, new OfferRequest(isWanted));
        string[] expected = isWanted ? ["one there", "two here", "three"] : ["one", "two here", "three"];
        Assert.Equal(expected, notebook.Notebook.Cells.Select(cell => cell.Source));
        Assert.True(hasSettled);

        // The decision is final, but can be undone like any other change.
        await notebook.HandleAsync(page, new OfferRequest(IsWanted: true));
        Assert.Equal(expected, notebook.Notebook.Cells.Select(cell => cell.Source));
        await notebook.HandleAsync(page, new UndoRequest(Again: false));
        Assert.Equal(["one", "two here", "three"], notebook.Notebook.Cells.Select(cell => cell.Source));
    }
}
