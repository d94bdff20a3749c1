using RnnCourse.Notebooks.Format;
using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Tests.Live;

/// <summary>A notebook as pages see it, through real sockets and with real sessions.</summary>
public sealed class LiveNotebookTests : ServedFolderTests
{
    [Fact]
    public async Task A_cell_runs_streams_its_output_and_stores_it()
    {
        var path = Folder.Write("a", "Console.WriteLine(\"one\"); Console.WriteLine(\"<two>\"); 3 + 4");
        await using var page = await Server.OpenAsync("a");
        await page.RunAsync("c1");
        Assert.Contains("one\n&lt;two&gt;", page.Shown("c1"), StringComparison.Ordinal);
        Assert.Contains("7", page.Shown("c1"), StringComparison.Ordinal);
        Assert.Equal(("Idle", "Fresh"), page.StateOf("c1"));
        var stored = Assert.IsType<CodeCell>(NotebookReader.Read(path).Cells[0]);
        Assert.Equal(2, stored.Outputs.Count);
        Assert.Equal(1, stored.ExecutionCount);
    }

    [Fact]
    public async Task Output_comes_while_the_cell_runs_and_an_interrupt_keeps_the_variables()
    {
        Folder.Write("a", "var kept = 42;", "Console.WriteLine(\"begun\"); while (true) { }", "kept");
        await using var page = await Server.OpenAsync("a");
        await page.RunAsync("c1");
        await page.TellAsync("run", new { range = "Below", cell = "c2" });
        await page.WaitForAsync(() => page.Shown("c2").Contains("begun", StringComparison.Ordinal));
        Assert.Equal("Running", page.StateOf("c2").Activity);
        Assert.Equal("Waiting", page.StateOf("c3").Activity);
        await page.TellAsync("interrupt");
        await page.WaitForIdleAsync("c2");
        Assert.Equal(("Idle", "Stored"), page.StateOf("c3"));
        await page.RunAsync("c3");
        Assert.Contains("42", page.Shown("c3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_pages_share_one_notebook_and_one_session()
    {
        Folder.Write("a", "var x = 1;", "x");
        await using var one = await Server.OpenAsync("a");
        await using var two = await Server.OpenAsync("a");
        await one.EditAsync("c1", "var x = 2;", 1);
        await two.WaitForAsync("source", told => (string)told["source"]! == "var x = 2;");
        await one.RunAsync("c1");
        await two.RunAsync("c2");
        await one.WaitForAsync(() => one.Shown("c2").Contains('2', StringComparison.Ordinal));
        Assert.Equal("Fresh", one.StateOf("c2").Freshness);
    }

    [Fact]
    public async Task A_library_whose_name_cannot_be_one_fails_its_cell_and_nothing_else()
    {
        Folder.Write("a", "#r \"a\0b.dll\"", "1 + 1");
        await using var page = await Server.OpenAsync("a");
        await page.RunAsync("c1");
        await page.RunAsync("c2");
        Assert.Contains("2", page.Shown("c2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_ends_its_process_leaves_the_page_alive()
    {
        Folder.Write("a", "var x = 5;", "Environment.Exit(3);", "x");
        await using var page = await Server.OpenAsync("a");
        await page.RunAsync("c1");
        await page.RunAsync("c2");
        var session = await page.WaitForAsync("session", told => (string)told["state"]! == "Ended");
        Assert.Equal("c2", (string)session["runAbove"]!);
        Assert.Contains("exited with code 3", (string)session["words"]!, StringComparison.Ordinal);
        Assert.Equal("Stored", page.StateOf("c1").Freshness);
        await page.TellAsync("run", new { range = "Above", cell = "c2" });
        await page.WaitForAsync(() => page.StateOf("c1") == ("Idle", "Fresh"));
        await page.RunAsync("c3");
        Assert.Contains("5", page.Shown("c3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_asks_and_gets_an_answer()
    {
        Folder.Write("a", "var name = Console.ReadLine(); Console.WriteLine($\"Hello, {name}\");");
        await using var page = await Server.OpenAsync("a");
        await page.TellAsync("run", new { range = "Cell", cell = "c1" });
        await page.WaitForAsync("question", told => (string?)told["cell"] == "c1");
        await page.TellAsync("answer", new { text = "Ada" });
        await page.WaitForAsync(() => page.Shown("c1").Contains("Hello, Ada", StringComparison.Ordinal));
        await page.WaitForIdleAsync("c1");
        Assert.Null((string?)page.Last("question")!["cell"]);
    }

    [Fact]
    public async Task Cells_below_one_that_was_changed_or_run_again_are_stale()
    {
        Folder.Write("a", "var x = 1;", "x", "2");
        await using var page = await Server.OpenAsync("a");
        await page.TellAsync("run", new { range = "All" });
        await page.WaitForAsync(() => page.StateOf("c3") == ("Idle", "Fresh"));
        await page.EditAsync("c1", "var x = 10;", 1);
        await page.WaitForAsync(() =>
            page.StateOf("c1").Freshness == "Changed" && page.StateOf("c2").Freshness == "Stale"
        );
        await page.RunAsync("c1");
        Assert.Equal("Stale", page.StateOf("c2").Freshness);
        await page.RunAsync("c2");
        Assert.Equal("Fresh", page.StateOf("c2").Freshness);
    }

    [Fact]
    public async Task A_failure_keeps_the_cells_below_from_running()
    {
        Folder.Write("a", "throw new Exception(\"no\");", "2");
        await using var page = await Server.OpenAsync("a");
        await page.TellAsync("run", new { range = "All" });
        await page.WaitForAsync(() => page.StateOf("c1") == ("Idle", "Failed"));
        Assert.Contains("no", page.Shown("c1"), StringComparison.Ordinal);
        await page.WaitForAsync(() => page.StateOf("c2") == ("Idle", "Stored"));
    }

    [Fact]
    public async Task Cells_are_added_moved_split_joined_and_deleted_and_all_of_it_is_taken_back()
    {
        var path = Folder.Write("a", "one\ntwo", "three");
        await using var page = await Server.OpenAsync("a");
        await ArrangeAsync(
            "split",
            new
            {
                cell = "c1",
                position = 4,
                newCell = "n1",
            },
            "one",
            "two",
            "three"
        );
        await ArrangeAsync("move", new { cell = "c2", after = (string?)null }, "three", "one", "two");
        await ArrangeAsync(
            "insert",
            new
            {
                cell = "n2",
                kind = "Text",
                after = "c1",
                source = "# t",
            },
            "three",
            "one",
            "# t",
            "two"
        );
        await ArrangeAsync("delete", new { cell = "n2" }, "three", "one", "two");
        await ArrangeAsync("join", new { cell = "c1" }, "three", "one\ntwo");
        await ArrangeAsync("undo", new { again = false }, "three", "one", "two");
        await ArrangeAsync("undo", new { again = false }, "three", "one", "# t", "two");
        await ArrangeAsync("undo", new { again = false }, "three", "one", "two");
        await ArrangeAsync("undo", new { again = false }, "one", "two", "three");
        await ArrangeAsync("undo", new { again = false }, "one\ntwo", "three");
        await ArrangeAsync("undo", new { again = true }, "one", "two", "three");
        await page.EditAsync("c2", "3", 1);
        Assert.Equal(["one", "two", "3"], NotebookReader.Read(path).Cells.Select(cell => cell.Source));

        async Task ArrangeAsync(string ask, object fields, params string[] expected)
        {
            await page.TellAsync(ask, fields);
            await page.WaitForAsync(() => page.Cells.Select(cell => page.Sources[cell]).SequenceEqual(expected));
        }
    }

    [Fact]
    public async Task Code_is_completed_explained_and_judged_also_while_a_cell_runs()
    {
        Folder.Write("a", "int Twice(int number) => 2 * number;", "Twi", "System.Threading.Thread.Sleep(-1);");
        await using var page = await Server.OpenAsync("a");
        await page.RunAsync("c1");
        await page.TellAsync("run", new { range = "Cell", cell = "c3" });
        await page.WaitForRunningAsync("c3");
        var completions = await page.AskAsync("complete", "c2", "Twi", 3);
        Assert.Contains("Twice", completions["completions"]!.ToJsonString(), StringComparison.Ordinal);
        var explanation = await page.AskAsync("inspect", "c2", "Twice(1)", 2);
        Assert.Contains("int", (string)explanation["explanation"]!, StringComparison.Ordinal);
        var signatures = await page.AskAsync("signatures", "c2", "Twice(", 6);
        Assert.Contains("int number", signatures["signatures"]!.ToJsonString(), StringComparison.Ordinal);
        var diagnostics = await page.AskAsync("diagnose", "c2", "Twice(\"x\")");
        Assert.Contains("CS1503", diagnostics["diagnostics"]!.ToJsonString(), StringComparison.Ordinal);
        await page.TellAsync("interrupt");
        await page.WaitForIdleAsync("c3");
    }

    [Fact]
    public async Task A_name_of_a_cell_above_that_has_not_run_is_not_reported_as_a_mistake()
    {
        Folder.Write("a", "using System.IO;\nvar known = 1;", "var other = known;\nknown", "known + unknown");
        await using var page = await Server.OpenAsync("a");
        var early = await page.AskAsync("diagnose", "c3", "known + unknown");
        Assert.Contains(
            "unknown",
            Assert.Single(early["diagnostics"]!.AsArray())!.ToJsonString(),
            StringComparison.Ordinal
        );
        var completions = await page.AskAsync("complete", "c3", "kno", 3);
        Assert.Contains("known", completions["completions"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(0, (int)completions["completions"]!["start"]!);
        await page.RunAsync("c1");
        var late = await page.AskAsync("diagnose", "c3", "known + unknown");
        Assert.Contains(
            "unknown",
            Assert.Single(late["diagnostics"]!.AsArray())!.ToJsonString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_restart_forgets_the_variables_and_can_run_everything_again()
    {
        Folder.Write("a", "var x = 1;", "x");
        await using var page = await Server.OpenAsync("a");
        await page.RunAsync("c1");
        await page.TellAsync("restart");
        await page.WaitForAsync(() => page.StateOf("c1").Freshness == "Stored");
        await page.RunAsync("c2");
        Assert.Equal("Failed", page.StateOf("c2").Freshness);
        await page.TellAsync("restart", new { range = "All" });
        await page.WaitForAsync(() => page.StateOf("c2") == ("Idle", "Fresh"));
    }

    [Fact]
    public async Task Scripts_in_outputs_and_texts_never_reach_the_page()
    {
        Folder.Write(
            "a",
            "HTML(\"<script>alert(1)</script><img src=x onerror=alert(2)><b>fine</b>\")",
            "# x <script>alert(3)</script>"
        );
        await using var page = await Server.OpenAsync("a");
        await page.RunAsync("c1");
        Assert.Contains("<b>fine</b>", page.Shown("c1"), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Shown("c1") + page.Shown("c2"), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("onerror", page.Shown("c1"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_page_that_comes_back_is_told_only_what_it_does_not_show_yet()
    {
        Folder.Write("a", "\"first\"", "\"second\"");
        await using var page = await Server.OpenAsync("a");
        await page.RunAsync("c1");
        var versions = page.Last("notebook")!["cells"]!
            .AsArray()
            .ToDictionary(cell => (string)cell!["cell"]!, cell => (string)cell!["version"]!);
        versions["c1"] = (string)page.Last("shown")!["version"]!;
        await page.RunAsync("c2");
        await using var again = await Server.OpenAsync("a");
        await again.TellAsync("hello", new { versions });
        var told = await again.WaitForAsync("notebook", told => told["cells"]![0]!["blocks"] is null);
        Assert.NotNull(told["cells"]![1]!["blocks"]);
    }

    [Fact]
    public async Task A_notebook_in_another_language_is_shown_and_not_run()
    {
        var notebook = TestFolder.Make("print(1)");
        notebook.Metadata["kernelspec"] = new System.Text.Json.Nodes.JsonObject
        {
            ["name"] = "python3",
            ["language"] = "python",
        };
        NotebookWriter.Write(notebook, Path.Combine(Folder.Notebooks, "p.ipynb"));
        await using var page = await Server.OpenAsync("p");
        var notice = await page.WaitForAsync("notice");
        Assert.Contains("python", (string)notice["words"]!, StringComparison.Ordinal);
        await page.TellAsync("run", new { range = "All" });
        await page.EditAsync("c1", "print(2)", 1);
        Assert.Equal(("Idle", "Stored"), page.StateOf("c1"));
        Assert.Equal("Asleep", (string)page.Last("session")!["state"]!);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"ask\":\"unknown\"}")]
    [InlineData("{\"ask\":\"edit\"}")]
    [InlineData("{\"ask\":\"edit\",\"sequence\":1,\"cell\":null,\"base\":null,\"source\":null}")]
    [InlineData("{\"ask\":\"hello\",\"versions\":null}")]
    [InlineData("{\"ask\":\"run\",\"range\":\"Everything\"}")]
    [InlineData("{\"ask\":\"complete\",\"id\":1,\"cell\":\"c1\",\"source\":\"x\",\"position\":99}")]
    [InlineData("{\"ask\":\"inspect\",\"id\":1,\"cell\":\"c1\",\"source\":\"x\",\"position\":-99}")]
    [InlineData("{\"ask\":\"split\",\"cell\":\"c1\",\"position\":-5,\"newCell\":\"a b\"}")]
    [InlineData("{\"ask\":\"insert\",\"cell\":\"\\\"><b>\",\"kind\":\"Code\",\"after\":null}")]
    [InlineData("{\"ask\":\"insert\",\"cell\":\"c1\",\"kind\":\"Code\",\"after\":\"c1\"}")]
    [InlineData("{\"ask\":\"reset\",\"cell\":\"c1\"}")]
    public async Task A_message_that_makes_no_sense_changes_nothing_and_the_connection_lives(string message)
    {
        var path = Folder.Write("a", "1");
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        await using var page = await Server.OpenAsync("a");
        await page.SendAsync(message);
        await page.TellAsync("ping");
        await page.WaitForAsync("pong");
        Assert.Equal(bytes, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        await page.EditAsync("c1", "2", 1);
    }

    [Fact]
    public async Task A_session_that_nobody_uses_ends_says_so_and_starts_again_when_it_is_needed()
    {
        Folder.Write("a", "var x = 1;", "2");
        using var state = new TestFolder();
        await using var server = await TestServer.StartAsync(
            new FolderNotebooks(Folder.Notebooks),
            state,
            options => options with { SessionIdleTime = TimeSpan.FromSeconds(1) }
        );
        await using var page = await server.OpenAsync("a");
        await page.RunAsync("c1");
        var notice = await page.WaitForAsync("notice", told => (string?)told["subject"] == "asleep");
        Assert.Contains("variables are gone", (string)notice["words"]!, StringComparison.Ordinal);
        await page.WaitForAsync(() => page.StateOf("c1").Freshness == "Stored");
        await page.RunAsync("c2");
        Assert.Contains("2", page.Shown("c2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_library_that_was_built_anew_is_noticed_and_a_restart_takes_it()
    {
        var library = Path.Combine(Folder.Notebooks, "Lib.dll");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "CsCheck.dll"), library);
        File.SetLastWriteTimeUtc(library, DateTime.UtcNow.AddHours(-2));
        Folder.Write("a", "#r \"Lib.dll\"\n1");
        await using var page = await Server.OpenAsync("a");
        await page.RunAsync("c1");
        Assert.Equal("Fresh", page.StateOf("c1").Freshness);
        File.SetLastWriteTimeUtc(library, DateTime.UtcNow.AddHours(-1));
        var session = await page.WaitForAsync("session", told => (string)told["state"]! == "Outdated");
        Assert.Contains("rebuilt", (string)session["words"]!, StringComparison.Ordinal);
        await page.TellAsync("restart", new { range = "All" });
        await page.WaitForAsync(() => page.StateOf("c1") == ("Idle", "Fresh"));
        await page.WaitForAsync(() => (string)page.Last("session")!["state"]! == "Ready");
    }
}
