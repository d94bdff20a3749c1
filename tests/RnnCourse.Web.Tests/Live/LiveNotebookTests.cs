using RnnCourse.Notebooks.Format;
using RnnCourse.Web.Documents;
using RnnCourse.Web.Live;

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
    public async Task What_is_no_notebook_any_more_is_kept_beside_and_written_again(string garbage)
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
    public async Task What_cannot_be_stored_is_told_and_not_called_saved()
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
    public async Task A_name_of_a_cell_above_that_has_not_run_is_no_mistake()
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

    [Fact]
    public async Task Who_types_on_while_being_told_of_the_cells_is_in_no_conflict_with_himself()
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
