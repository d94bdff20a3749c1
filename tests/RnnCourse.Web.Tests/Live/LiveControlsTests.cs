using RnnCourse.Notebooks.Format;

namespace RnnCourse.Web.Tests.Live;

/// <summary>Controls as a page moves them: through a real socket, with a real session.</summary>
public sealed class LiveControlsTests : ServedFolderTests
{
    /// <summary>What a library does that knows nothing of the engine.</summary>
    internal const string Library = """
        double Slide(string name, double value) => double.Parse(
            (AppContext.GetData("Notebook.Control") as Func<string, string?>)?.Invoke(
                $"{{\"control\":\"slider\",\"name\":\"{name}\",\"min\":0,\"max\":10,\"step\":0.5,\"default\":{value},\"words\":\"{name} = {value}\"}}"));
        string Ask(string json) => (AppContext.GetData("Notebook.Control") as Func<string, string?>)?.Invoke(json)!;
        """;

    [Fact]
    public async Task Moving_a_control_runs_its_cell_with_the_value_and_the_file_keeps_the_default()
    {
        var path = Folder.Write("a", Library, "var x = Slide(\"x\", 3);\n$\"x is {x}\"", "$\"later {x}\"");
        await using var page = await Server.OpenAsync("a");
        await page.TellAsync("run", new { range = "All" });
        await page.WaitForAsync(() => page.Shown("c3").Contains("later 3", StringComparison.Ordinal));
        await page.WaitForIdleAsync("c3");

        await page.MoveAsync("c2", "x", 7.5);
        await page.WaitForAsync(() => page.Shown("c2").Contains("x is 7.5", StringComparison.Ordinal));
        Assert.Contains("&quot;value&quot;:7.5", page.Shown("c2"), StringComparison.Ordinal);
        await page.WaitForIdleAsync("c2");
        Assert.Equal("Stale", page.StateOf("c3").Freshness);
        await page.RunAsync("c3");
        Assert.Contains("later 7.5", page.Shown("c3"), StringComparison.Ordinal);
        Assert.Contains("x is 3", Stored(path, 1), StringComparison.Ordinal);

        // Back at its old value: the file may be updated again.
        await page.MoveAsync("c2", "x", 3);
        await page.WaitForAsync(() => page.Shown("c2").Contains("x is 3", StringComparison.Ordinal));

        // Running the cell starts with the values in its code.
        await page.MoveAsync("c2", "x", 4);
        await page.WaitForAsync(() => page.Shown("c2").Contains("x is 4", StringComparison.Ordinal));
        await page.WaitForIdleAsync("c2");
        await page.RunAsync("c2");
        Assert.Contains("x is 3", page.Shown("c2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_cell_runs_only_the_latest_value_waits()
    {
        var gate = Folder.PathOf("gate");
        Folder.Write(
            "a",
            Library + " var seen = new List<double>();",
            "var x = Slide(\"x\", 3);\nlock (seen) { seen.Add(x); }\n"
                + $"while (x == 1 && !System.IO.File.Exists(@\"{gate}\")) {{ System.Threading.Thread.Sleep(10); }}\nx",
            "string.Join(\" \", seen)"
        );
        await using var page = await Server.OpenAsync("a");
        await page.TellAsync("run", new { range = "All" });
        await page.WaitForAsync(() => page.Shown("c3").Contains('3', StringComparison.Ordinal));
        await page.WaitForIdleAsync("c3");
        await page.MoveAsync("c2", "x", 1);
        await page.WaitForRunningAsync("c2");
        for (var value = 2.0; value <= 9; value += 0.5)
        {
            await page.MoveAsync("c2", "x", value);
        }

        await page.WaitForAsync(() =>
            page.StateOf("c2").Activity == "Waiting" || page.StateOf("c2").Activity == "Running"
        );
        await File.WriteAllTextAsync(gate, "", TestContext.Current.CancellationToken);
        await page.WaitForAsync(() => page.Shown("c2").Contains("&quot;value&quot;:9", StringComparison.Ordinal));
        await page.WaitForIdleAsync("c2");
        await page.RunAsync("c3");
        Assert.Contains("3 1 9", page.Shown("c3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_control_that_the_running_cell_has_not_shown_again_yet_is_moved_all_the_same()
    {
        var gate = Folder.PathOf("gate");
        Folder.Write(
            "a",
            Library,
            "var first = Slide(\"first\", 3);\n"
                + $"while (first == 1 && !System.IO.File.Exists(@\"{gate}\"))\n"
                + "{ System.Threading.Thread.Sleep(10); }\n"
                + "var second = Slide(\"second\", 3);\n$\"{first} and {second}\""
        );
        await using var page = await Server.OpenAsync("a");
        await page.TellAsync("run", new { range = "All" });
        await page.WaitForAsync(() => page.Shown("c2").Contains("3 and 3", StringComparison.Ordinal));
        await page.MoveAsync("c2", "first", 1);
        await page.WaitForAsync(() =>
            page.Shown("c2").Contains("&quot;value&quot;:1", StringComparison.Ordinal)
            && !page.Shown("c2").Contains("second", StringComparison.Ordinal)
        );
        await page.MoveAsync("c2", "second", 4);
        await File.WriteAllTextAsync(gate, "", TestContext.Current.CancellationToken);
        await page.WaitForAsync(() => page.Shown("c2").Contains("1 and 4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_does_not_fit_a_control_that_the_cell_shows_runs_nothing()
    {
        Folder.Write("a", Library + " var runs = 0;", "Slide(\"x\", 3);\nruns++;", "$\"runs: {runs}\"");
        await using var page = await Server.OpenAsync("a");
        await page.TellAsync("run", new { range = "All" });
        await page.WaitForAsync(() => page.Shown("c3").Contains("runs: 1", StringComparison.Ordinal));
        await page.WaitForIdleAsync("c3");
        foreach (
            var message in new[]
            {
                """{"ask":"control","id":1,"cell":"c2","name":"x","value":11}""",
                """{"ask":"control","id":2,"cell":"c2","name":"x","value":"7"}""",
                """{"ask":"control","id":3,"cell":"c2","name":"x","value":{"a":1}}""",
                """{"ask":"control","id":4,"cell":"c2","name":"nothing","value":7}""",
                """{"ask":"control","id":5,"cell":"c1","name":"x","value":7}""",
                """{"ask":"control","id":6,"cell":"nowhere","name":"x","value":7}""",
                """{"ask":"control","id":7,"cell":"c2","name":"x","value":null}""",
                """{"ask":"control","id":8,"cell":"c2","name":"x"}""",
                """{"ask":"control","cell":"c2","name":"x","value":7}""",
            }
        )
        {
            await page.SendAsync(message);
            await page.RunAsync("c3");
            Assert.True(page.Shown("c3").Contains("runs: 1", StringComparison.Ordinal), message);
        }
    }

    [Fact]
    public async Task A_value_that_fails_does_not_keep_the_next_from_being_tried_and_an_interrupt_ends_one_without_end()
    {
        Folder.Write(
            "a",
            Library,
            "var x = Slide(\"x\", 3);\nif (x == 1) { throw new Exception(\"one\"); }\nwhile (x == 2) { }\n$\"x is {x}\""
        );
        await using var page = await Server.OpenAsync("a");
        await page.TellAsync("run", new { range = "All" });
        await page.WaitForAsync(() => page.Shown("c2").Contains("x is 3", StringComparison.Ordinal));
        await page.MoveAsync("c2", "x", 1);
        await page.WaitForAsync(() => page.StateOf("c2").Freshness == "Failed");
        await page.MoveAsync("c2", "x", 2);
        await page.WaitForAsync(() => page.Shown("c2").Contains("&quot;value&quot;:2", StringComparison.Ordinal));
        await page.TellAsync("interrupt");
        await page.WaitForIdleAsync("c2");
        await page.MoveAsync("c2", "x", 4);
        await page.WaitForAsync(() => page.Shown("c2").Contains("x is 4", StringComparison.Ordinal));
    }

    private static string Stored(string path, int cell) =>
        string.Concat(
            ((CodeCell)NotebookReader.Read(path).Cells[cell])
                .Outputs.OfType<RichOutput>()
                .Select(output => output.Data.Text("text/plain"))
        );
}
