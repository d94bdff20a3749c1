using System.Net;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;

namespace RnnCourse.Web.Tests.Live;

/// <summary>Cells to try things in, and the notebook as it is handed in.</summary>
public sealed class LiveScratchTests : ServedFolderTests
{
    [Fact]
    public async Task A_scratch_cell_is_saved_and_left_out_of_what_is_handed_in()
    {
        var path = Folder.Write("a", "# Title", "var answer = 1;");
        await using var page = await Server.OpenAsync("a");
        await page.TellAsync(
            "insert",
            new
            {
                cell = "s1",
                kind = "Code",
                after = "c2",
                source = "var tried = 2;",
                isScratch = true,
            }
        );
        await page.WaitForAsync(() => page.Cells.Contains("s1"));
        await page.RunAsync("s1");
        await page.RunAsync("c2");
        var stored = NotebookReader.Read(path);
        Assert.True(CellTags.Has(stored.Cells[2], CellTags.Scratch));

        await Server.AdmitAsync();
        var (notebook, type) = await GetAsync("hand-in/a.ipynb");
        Assert.Equal("attachment; filename*=UTF-8''a.ipynb", type);
        Assert.Equal(["c1", "c2"], NotebookReader.Parse(notebook).Cells.Select(cell => cell.Id));
        var (html, _) = await GetAsync("hand-in/a.html");
        Assert.Contains("answer", html, StringComparison.Ordinal);
        Assert.DoesNotContain("tried", html, StringComparison.Ordinal);

        // It becomes an ordinary cell, and that can be undone.
        await page.TellAsync("scratch", new { cell = "s1", isOn = false });
        await page.WaitForAsync(
            "notebook",
            told =>
                told["cells"]!.AsArray() is { Count: 3 } cells && cells.All(cell => (bool?)cell!["isScratch"] != true)
        );
        Assert.Contains("tried", (await GetAsync("hand-in/a.html")).Text, StringComparison.Ordinal);
        await page.TellAsync("undo", new { again = false });
        await page.WaitForAsync(() => (bool?)page.Last("notebook")!["cells"]!.AsArray()[2]!["isScratch"] == true);
        Assert.DoesNotContain("tried", (await GetAsync("hand-in/a.html")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_can_not_be_handed_in()
    {
        await Server.AdmitAsync();
        foreach (var name in new[] { "hand-in/none.html", "hand-in/none.ipynb", "hand-in/..%2F..%2Fa.html" })
        {
            using var answer = await Server.Client.GetAsync(name, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private async Task<(string Text, string Disposition)> GetAsync(string address)
    {
        using var answer = await Server.Client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            $"{answer.Content.Headers.ContentDisposition}"
        );
    }
}
