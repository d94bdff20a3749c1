using RnnCourse.Notebooks.Format;

namespace RnnCourse.Web.Tests.Live;

/// <summary>What is written on pages reaches the file, also while somebody else changes it.</summary>
public sealed class LiveSavingTests : ServedFolderTests
{
    [Fact]
    public async Task What_is_typed_is_acknowledged_once_it_is_in_the_file()
    {
        var path = Folder.Write("a", "1", "# text");
        var before = File.ReadAllText(path);
        await using var page = await Server.OpenAsync("a");
        await page.EditAsync("c1", "2 // ü 𝒙", 7);
        Assert.Equal("2 // ü 𝒙", NotebookReader.Read(path).Cells[0].Source);
        Assert.Equal(before.Replace("\"1\"", "\"2 // ü 𝒙\"", StringComparison.Ordinal), File.ReadAllText(path));
    }

    [Fact]
    public async Task Of_two_who_change_one_cell_at_once_both_keep_their_text()
    {
        var path = Folder.Write("a", "old");
        await using var one = await Server.OpenAsync("a");
        await using var two = await Server.OpenAsync("a");
        await one.EditAsync("c1", "by one", 1);
        await two.WaitForAsync("source");
        await two.TellAsync(
            "edit",
            new
            {
                sequence = 1,
                cell = "c1",
                @base = "old",
                source = "by two",
            }
        );
        var kept = await two.WaitForAsync("kept");
        await two.WaitForAsync("saved");
        Assert.Equal(["by one", "by two"], NotebookReader.Read(path).Cells.Select(cell => cell.Source));

        // Text that the second page types before it knows of this belongs to its own cell.
        await two.TellAsync(
            "edit",
            new
            {
                sequence = 2,
                cell = "c1",
                @base = "by two",
                source = "by two, later",
            }
        );
        await two.WaitForAsync("saved", told => (long)told["sequence"]! == 2);
        Assert.Equal(["by one", "by two, later"], NotebookReader.Read(path).Cells.Select(cell => cell.Source));
        Assert.Equal((string)kept["copy"]!, two.Cells[1]);
    }

    [Fact]
    public async Task A_change_of_another_program_is_taken_over_where_it_fits()
    {
        var path = Folder.Write("a", "one", "two");
        await using var page = await Server.OpenAsync("a");
        var changed = NotebookReader.Read(path);
        NotebookWriter.Write(
            changed with
            {
                Cells = [changed.Cells[0], changed.Cells[1] with { Source = "two, from outside" }],
            },
            path
        );
        await page.EditAsync("c1", "one, from the page", 1);
        await page.WaitForAsync(() => page.Sources["c2"] == "two, from outside");
        Assert.Equal(
            ["one, from the page", "two, from outside"],
            NotebookReader.Read(path).Cells.Select(cell => cell.Source)
        );
        Assert.Single(Directory.EnumerateFiles(Folder.Notebooks));
    }

    [Fact]
    public async Task A_change_of_another_program_that_does_not_fit_is_kept_beside()
    {
        var path = Folder.Write("a", "one");
        await using var page = await Server.OpenAsync("a");
        var changed = NotebookReader.Read(path);
        NotebookWriter.Write(changed with { Cells = [changed.Cells[0] with { Source = "from outside" }] }, path);
        await page.EditAsync("c1", "from the page", 1);
        Assert.Equal("from the page", NotebookReader.Read(path).Cells[0].Source);
        var other = Assert.Single(Directory.EnumerateFiles(Folder.Notebooks), file => file != path);
        Assert.Equal("from outside", NotebookReader.Read(other).Cells[0].Source);
        var notice = await page.WaitForAsync("notice", told => (string?)told["subject"] == "outside");
        Assert.Contains(Path.GetFileName(other), (string)notice["words"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("half a noteb")]
    public async Task A_file_that_is_not_a_notebook_any_more_is_kept_beside_and_written_again(string garbage)
    {
        var path = Folder.Write("a", "one");
        await using var page = await Server.OpenAsync("a");
        File.WriteAllText(path, garbage);
        await page.EditAsync("c1", "from the page", 1);
        Assert.Equal("from the page", NotebookReader.Read(path).Cells[0].Source);
        Assert.Equal(
            garbage,
            File.ReadAllText(Assert.Single(Directory.EnumerateFiles(Folder.Notebooks), file => file != path))
        );
    }

    [Fact]
    public async Task A_file_that_was_deleted_is_written_again()
    {
        var path = Folder.Write("a", "one");
        await using var page = await Server.OpenAsync("a");
        File.Delete(path);
        await page.EditAsync("c1", "from the page", 1);
        Assert.Equal("from the page", NotebookReader.Read(path).Cells[0].Source);
    }

    [Fact]
    public async Task What_cannot_be_stored_is_reported_and_not_called_saved()
    {
        var path = Folder.Write("a", "1");
        await using var page = await Server.OpenAsync("a");
        var folder = Path.GetDirectoryName(path)!;
        Directory.Delete(folder, recursive: true);
        File.WriteAllText(folder, "in the way");
        await page.TellAsync(
            "edit",
            new
            {
                sequence = 1,
                cell = "c1",
                @base = "1",
                source = "2",
            }
        );
        await page.WaitForAsync("notice", told => (string?)told["subject"] == "saving");
        Assert.Null(page.Last("saved"));
        await Server.Server.DisposeAsync();
        Assert.Contains(path, Assert.Single(Server.Server.Unsaved), StringComparison.Ordinal);
        File.Delete(folder);
    }

    [Fact]
    public async Task Typing_on_while_the_cells_are_sent_does_not_conflict_with_itself()
    {
        var path = Folder.Write("a", "1");
        await using var page = await Server.OpenAsync("a");
        await page.EditAsync("c1", "12", 1);

        // The page received the old text while its change was under way, and refers to that text.
        page.Sources["c1"] = "1";
        await page.EditAsync("c1", "123", 2);
        Assert.Equal("123", Assert.Single(NotebookReader.Read(path).Cells).Source);
        Assert.Null(page.Last("kept"));

        // Another page that does so has not seen the present text, so both texts are kept.
        await using var other = await Server.OpenAsync("a");
        other.Sources["c1"] = "1";
        await other.EditAsync("c1", "other", 1);
        Assert.Equal(["123", "other"], NotebookReader.Read(path).Cells.Select(cell => cell.Source));
    }
}
