using System.Text;
using System.Text.Json.Nodes;
using RnnCourse.Jupyter.Wire;

namespace RnnCourse.Jupyter.Tests;

public sealed class JupyterKernelTests : IClassFixture<KernelProcess>, IDisposable
{
    private readonly KernelProcess _kernel;
    private readonly Client _client;

    public JupyterKernelTests(KernelProcess kernel)
    {
        _kernel = kernel;
        _client = new Client(kernel.Connection).Ready();
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public void It_introduces_itself_as_CSharp()
    {
        var info = _client.Ask("kernel_info_request", []);

        Assert.Equal("kernel_info_reply", info.Type);
        Assert.Equal("5.3", info.Text("protocol_version"));
        Assert.Equal("C#", (string?)info.Content["language_info"]!["name"]);
        Assert.Equal(".cs", (string?)info.Content["language_info"]!["file_extension"]);
        Assert.NotEmpty(info.Text("banner"));
        Assert.Equal("kernel_info_reply", _client.Ask("kernel_info_request", [], Channel.Control).Type);
        Assert.True(_client.BeatsHeart());
    }

    [Fact]
    public void A_value_comes_as_result_and_what_was_declared_stays()
    {
        _client.Execute("var answer = 6 * 7;");
        var (reply, published) = _client.Execute("answer");

        Assert.Equal("ok", reply.Text("status"));
        var result = Assert.Single(published);
        Assert.Equal("execute_result", result.Type);
        Assert.Equal("42", (string?)result.Content["data"]!["text/plain"]);
        Assert.Equal(reply.Number("execution_count"), result.Number("execution_count"));
    }

    [Fact]
    public void What_is_meant_for_programs_reaches_the_client_as_JSON()
    {
        const string Type = "application/vnd.rnncourse.verdict+json";
        const string Verdict = """{"exercise": "06.1a", "verdict": "not yet", "hints": ["Look at W."]}""";
        var (_, published) = _client.Execute($"@\"{Verdict.Replace("\"", "\"\"")}\".DisplayAs(\"{Type}\");");
        var verdict = Assert.Single(published).Content["data"]![Type]!;
        Assert.Equal("not yet", (string?)verdict["verdict"]);
        Assert.Equal("Look at W.", (string?)verdict["hints"]![0]);
    }

    [Fact]
    public void Text_is_streamed_while_the_cell_runs()
    {
        var id = _client.Send(
            "execute_request",
            new JsonObject
            {
                ["code"] =
                    "Console.WriteLine(\"first\"); Console.Error.WriteLine(\"oops\"); "
                    + "Console.WriteLine(Console.ReadLine());",
            }
        );
        _ = _client.Receive(Channel.Stdin);
        var early = (_client.AwaitPublished("stream"), _client.AwaitPublished("stream"));
        _client.Send("input_reply", new JsonObject { ["value"] = "last" }, Channel.Stdin);
        var late = _client.AwaitPublished("stream");

        Assert.Equal(("stdout", "first\n"), (early.Item1.Text("name"), early.Item1.Text("text")));
        Assert.Equal(("stderr", "oops\n"), (early.Item2.Text("name"), early.Item2.Text("text")));
        Assert.Equal("last\n", late.Text("text"));
        Assert.Equal(id, (string?)late.Parent["msg_id"]);
        Assert.Equal("ok", _client.Receive(Channel.Shell).Text("status"));
    }

    [Fact]
    public void An_exception_is_reported_by_its_type_its_line_and_a_summary_at_the_end()
    {
        var (reply, published) = _client.Execute("var a = 1;\n\nthrow new ArgumentException(\"wrong\");");

        var error = Assert.Single(published);
        Assert.Equal("error", error.Type);
        Assert.Equal("System.ArgumentException", error.Text("ename"));
        Assert.Equal("wrong", error.Text("evalue"));
        var traceback = error.Content["traceback"]!.AsArray().Select(line => (string)line!).ToList();
        Assert.Contains(traceback, line => line.Contains("line 3", StringComparison.Ordinal));
        Assert.Equal("System.ArgumentException: wrong", traceback[^1]);
        Assert.Equal("error", reply.Text("status"));
        Assert.Equal("System.ArgumentException", reply.Text("ename"));
    }

    [Fact]
    public void A_mistake_in_the_code_is_shown_where_it_is()
    {
        var (_, published) = _client.Execute("var one = 1;\nvar two = one + nothing;");

        var traceback = string.Join(
            '\n',
            Assert.Single(published).Content["traceback"]!.AsArray().Select(line => (string)line!)
        );
        Assert.Contains("line 2", traceback, StringComparison.Ordinal);
        Assert.Contains("                    ^^^^^^^", traceback, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_shown_can_be_replaced_and_taken_back()
    {
        var (_, published) = _client.Execute(
            "var shown = HTML(\"<b>1</b>\").Display(); shown.Update(\"two\"); ClearOutput(true);"
        );

        Assert.Equal(
            ["display_data", "update_display_data", "clear_output"],
            published.Select(message => message.Type)
        );
        Assert.Equal("<b>1</b>", (string?)published[0].Content["data"]!["text/html"]);
        Assert.Equal(
            (string?)published[0].Content["transient"]!["display_id"],
            (string?)published[1].Content["transient"]!["display_id"]
        );
        Assert.True((bool?)published[2].Content["wait"]);
    }

    [Fact]
    public void A_page_comes_with_the_reply()
    {
        var (reply, published) = _client.Execute("Page(\"long\")");

        Assert.Empty(published);
        Assert.Equal("long", (string?)reply.Content["payload"]![0]!["data"]!["text/plain"]);
    }

    [Fact]
    public void A_silent_cell_publishes_nothing_and_counts_for_nothing()
    {
        var before = _client.Execute("1").Reply.Number("execution_count");
        var (reply, published) = _client.Execute("Console.WriteLine(1); 2", new JsonObject { ["silent"] = true });

        Assert.Empty(published);
        Assert.Equal("ok", reply.Text("status"));
        Assert.Equal(before + 1, _client.Execute("1").Reply.Number("execution_count"));
        _client.Execute("\"not noted\"", new JsonObject { ["store_history"] = false });
        Assert.Equal(before + 2, _client.Execute("1").Reply.Number("execution_count"));
        var history = _client.Ask("history_request", new JsonObject { ["hist_access_type"] = "tail", ["n"] = 2 });
        Assert.Equal(["1", "1"], history.Content["history"]!.AsArray().Select(entry => (string)entry![2]!));
    }

    [Fact]
    public void Expressions_of_the_client_are_answered_with_values_or_errors()
    {
        var expressions = new JsonObject { ["sum"] = "1 + 2", ["bad"] = "nothing" };
        var (reply, _) = _client.Execute("var x = 1;", new JsonObject { ["user_expressions"] = expressions });

        var answers = reply.Content["user_expressions"]!;
        Assert.Equal("3", (string?)answers["sum"]!["data"]!["text/plain"]);
        Assert.Equal("error", (string?)answers["bad"]!["status"]);
    }

    [Fact]
    public void Cells_that_wait_behind_a_failed_one_are_not_run_unless_the_client_wants_it()
    {
        JsonObject Cell(string code, bool stop = true) => new() { ["code"] = code, ["stop_on_error"] = stop };
        _client.Send("execute_request", Cell("var reached = 0;"));
        _client.Send("execute_request", Cell("Console.ReadLine(); throw new Exception();"));
        _client.Send("execute_request", Cell("reached = 1;"));
        AnswerWhenAllHasArrived();
        var replies = Enumerable.Range(0, 3).Select(_ => _client.Receive(Channel.Shell).Text("status")).ToList();
        Assert.Equal(["ok", "error", "aborted"], replies);

        _client.Send("execute_request", Cell("Console.ReadLine(); throw new Exception();", stop: false));
        _client.Send("execute_request", Cell("reached = 2;"));
        AnswerWhenAllHasArrived();
        Assert.Equal(
            ["error", "ok"],
            Enumerable.Range(0, 2).Select(_ => _client.Receive(Channel.Shell).Text("status"))
        );

        // An unreadable message is logged when it arrives, and all earlier messages on the same socket have arrived
        // before it.
        void AnswerWhenAllHasArrived()
        {
            var dropped = _kernel.Log.Count(line => line.Contains("dropped", StringComparison.Ordinal));
            _client.SendFrames([
                [0xFF, 0xFE],
            ]);
            InTheEnd(() => _kernel.Log.Count(line => line.Contains("dropped", StringComparison.Ordinal)) > dropped);
            _ = _client.Receive(Channel.Stdin);
            _client.Send("input_reply", new JsonObject { ["value"] = "" }, Channel.Stdin);
        }
    }

    [Fact]
    public void An_endless_loop_is_interrupted_and_its_variables_stay()
    {
        var id = _client.Send(
            "execute_request",
            new JsonObject { ["code"] = "long n = 0; Console.WriteLine(\"begun\"); while (true) n++;" }
        );
        _ = _client.AwaitPublished("stream");
        Assert.Equal("interrupt_reply", _client.Ask("interrupt_request", [], Channel.Control).Type);
        var reply = _client.Receive(Channel.Shell);

        Assert.Equal("error", reply.Text("status"));
        Assert.Equal("System.OperationCanceledException", reply.Text("ename"));
        _ = _client.Published(id);
        Assert.Equal("True", (string?)_client.Execute("n > 0").Published[0].Content["data"]!["text/plain"]);
    }

    [Theory]
    [InlineData("Console.ReadLine();")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData("await Task.Delay(-1);")]
    public void A_cell_that_waits_is_interrupted_too(string wait)
    {
        _client.Execute("var kept = 5;");
        _client.Send("execute_request", new JsonObject { ["code"] = "Console.WriteLine(\"begun\");" + wait });
        _ = _client.AwaitPublished("stream");
        _client.Ask("interrupt_request", [], Channel.Control);

        Assert.Equal("System.OperationCanceledException", _client.Receive(Channel.Shell).Text("ename"));
        Assert.Equal("ok", _client.Execute("kept").Reply.Text("status"));
    }

    [Theory]
    [InlineData("Environment.Exit(3);", "exited with code 3")]
    [InlineData("Environment.FailFast(\"enough\");", "the runtime aborted")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill(); await Task.Delay(-1);", "was killed")]
    public void A_cell_that_ends_its_process_is_answered_and_the_kernel_lives_on(string code, string reason)
    {
        _client.Execute("var kept = 1;");
        var (reply, published) = _client.Execute("Console.WriteLine(\"last words\"); " + code);

        Assert.Equal(("error", "ProcessEndedError"), (reply.Text("status"), reply.Text("ename")));
        Assert.Contains(reason, reply.Text("evalue"), StringComparison.Ordinal);
        Assert.Contains("all variables are gone", reply.Text("evalue"), StringComparison.Ordinal);
        Assert.Equal("last words\n", published[0].Text("text"));
        Assert.Equal("error", published[^1].Type);

        var (next, values) = _client.Execute("40 + 2");
        Assert.Equal(reply.Number("execution_count") + 1, next.Number("execution_count"));
        Assert.Equal("42", (string?)values[0].Content["data"]!["text/plain"]);
        var history = _client.Ask("history_request", new JsonObject { ["hist_access_type"] = "tail", ["n"] = 3 });
        Assert.Equal("var kept = 1;", (string?)history.Content["history"]![0]![2]);
    }

    [Fact]
    public void An_interrupt_stops_a_cell_that_the_session_has_not_begun_as_it_still_starts()
    {
        using var kernel = new KernelProcess();
        using var client = new Client(kernel.Connection).Ready();
        client.Send("execute_request", new JsonObject { ["code"] = "while (true) { }" });
        _ = client.AwaitPublished("execute_input");
        client.Ask("interrupt_request", [], Channel.Control);

        var reply = client.Receive(Channel.Shell);
        while (reply.Type != "execute_reply")
        {
            reply = client.Receive(Channel.Shell);
        }

        Assert.Equal("System.OperationCanceledException", reply.Text("ename"));
    }

    [Fact]
    public void An_interrupt_that_overtakes_the_cell_that_it_was_sent_for_stops_it()
    {
        _client.SendFrames(
            _client.Frames("interrupt", "interrupt_request", [], "2026-01-01T00:00:02Z"),
            Channel.Control
        );
        Assert.Equal("interrupt_reply", _client.Receive(Channel.Control).Type);
        var endless = new JsonObject { ["code"] = "while (true) { }" };
        _client.SendFrames(_client.Frames("endless", "execute_request", endless, "2026-01-01T00:00:01Z"));

        Assert.Equal("System.OperationCanceledException", _client.Receive(Channel.Shell).Text("ename"));
    }

    [Fact]
    public void An_interrupt_that_finds_nothing_to_stop_is_not_for_a_cell_that_is_sent_later()
    {
        _client.SendFrames(
            _client.Frames("interrupt", "interrupt_request", [], "2026-01-01T00:00:01Z"),
            Channel.Control
        );
        Assert.Equal("interrupt_reply", _client.Receive(Channel.Control).Type);
        var later = new JsonObject { ["code"] = "1 + 1" };
        _client.SendFrames(_client.Frames("later", "execute_request", later, "2026-01-01T00:00:02Z"));

        Assert.Equal("ok", _client.Receive(Channel.Shell).Text("status"));
    }

    [Fact]
    public void Code_is_completed_while_a_cell_runs()
    {
        _client.Execute("var longNameOfOld = 1;");
        _client.Send("execute_request", new JsonObject { ["code"] = "Console.WriteLine(1); while (true) { }" });
        _ = _client.AwaitPublished("stream");
        var completed = _client.Ask("complete_request", new JsonObject { ["code"] = "longNa", ["cursor_pos"] = 6 });
        Assert.Contains("longNameOfOld", completed.Content["matches"]!.AsArray().Select(match => (string)match!));

        _client.Ask("interrupt_request", [], Channel.Control);
        Assert.Equal("error", _client.Receive(Channel.Shell).Text("status"));
    }

    [Fact]
    public void A_question_reaches_the_client_and_its_answer_the_cell()
    {
        var id = _client.Send(
            "execute_request",
            new JsonObject { ["code"] = "var name = Input(\"Who?\"); var key = Password(\"Key?\"); name + key" }
        );
        var question = _client.Receive(Channel.Stdin);
        Assert.Equal(
            ("input_request", "Who?", false),
            (question.Type, question.Text("prompt"), question.Flag("password", true))
        );
        _client.Send("input_reply", new JsonObject { ["value"] = "Ada" }, Channel.Stdin);
        Assert.True(_client.Receive(Channel.Stdin).Flag("password", false));
        _client.Send("input_reply", new JsonObject { ["value"] = "!" }, Channel.Stdin);

        _ = _client.Receive(Channel.Shell);
        Assert.Equal("Ada!", (string?)_client.Published(id)[^1].Content["data"]!["text/plain"]);
        var refused = _client.Execute("Input()", new JsonObject { ["allow_stdin"] = false }).Reply;
        Assert.Contains("allow_stdin", refused.Text("evalue"), StringComparison.Ordinal);
    }

    [Fact]
    public void Comms_are_answered_though_none_is_known()
    {
        Assert.Empty(_client.Ask("comm_info_request", []).Content["comms"]!.AsObject());
        var id = _client.Send(
            "comm_open",
            new JsonObject
            {
                ["comm_id"] = "c1",
                ["target_name"] = "unknown",
                ["data"] = new JsonObject(),
            }
        );
        var closed = Assert.Single(_client.Published(id));
        Assert.Equal(("comm_close", "c1"), (closed.Type, closed.Text("comm_id")));
    }

    [Fact]
    public void A_request_that_it_does_not_know_is_answered_with_an_error()
    {
        var reply = _client.Ask("dance_request", []);

        Assert.Equal(("dance_reply", "error"), (reply.Type, reply.Text("status")));
    }

    [Fact]
    public void Forged_copied_and_broken_messages_are_dropped_and_the_kernel_lives_on()
    {
        var content = new JsonObject { ["code"] = "System.IO.File.WriteAllText(\"forged.txt\", \"\");" };
        var frames = _client.Frames(Guid.NewGuid().ToString(), "execute_request", content).ToList();
        List<byte[]> Changed(int index, byte[] frame) => [.. frames.Select((f, i) => i == index ? frame : f)];
        _client.SendFrames(Changed(1, []));
        _client.SendFrames(Changed(1, Encoding.ASCII.GetBytes(new string('0', 64))));
        _client.SendFrames(Changed(5, "{\"code\": \"1\"}"u8.ToArray()));
        _client.SendFrames(frames.Take(4));
        _client.SendFrames(frames.Skip(1));
        _client.SendFrames([
            [0xFF, 0xFE],
        ]);
        _client.SendFrames(Enumerable.Repeat(Array.Empty<byte>(), 2_000));
        _client.SendFrames([.. frames.Take(2), [0xC3, 0x28], .. frames.Skip(3)]);

        // Answers arrive in the order of the requests: if one of those above had been answered, its answer would arrive
        // first.
        var id = Guid.NewGuid().ToString();
        var honest = _client.Frames(id, "execute_request", new JsonObject { ["code"] = "var honest = 1;" });
        _client.SendFrames(honest);
        var answer = _client.Receive(Channel.Shell);
        Assert.Equal((id, "ok"), ((string?)answer.Parent["msg_id"], answer.Text("status")));
        _client.SendFrames(honest);

        var (next, published) = _client.Execute("System.IO.File.Exists(\"forged.txt\")");
        Assert.NotEqual(id, (string?)next.Parent["msg_id"]);
        Assert.Equal("False", (string?)published[0].Content["data"]!["text/plain"]);
        InTheEnd(() => _kernel.Log.Any(line => line.Contains("signature is wrong", StringComparison.Ordinal)));
        InTheEnd(() => _kernel.Log.Any(line => line.Contains("used before", StringComparison.Ordinal)));
    }

    private static void InTheEnd(Func<bool> holds)
    {
        while (!holds())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Thread.Sleep(10);
        }
    }

    [Fact]
    public void Code_is_completed_and_explained_with_what_cells_have_declared()
    {
        _client.Execute(
            """
            /// <summary>Twice as much.</summary>
            int Twice(int number) => 2 * number;
            """
        );
        var completed = _client.Ask(
            "complete_request",
            new JsonObject { ["code"] = "var t = Twi", ["cursor_pos"] = 11 }
        );
        Assert.Contains("Twice", completed.Content["matches"]!.AsArray().Select(match => (string)match!));
        Assert.Equal(8, completed.Number("cursor_start"));

        var explained = _client.Ask(
            "inspect_request",
            new JsonObject
            {
                ["code"] = "Twice(3)",
                ["cursor_pos"] = 6,
                ["detail_level"] = 0,
            }
        );
        Assert.True(explained.Flag("found", false));
        Assert.Contains(
            "int Twice(int number)",
            (string?)explained.Content["data"]!["text/plain"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task It_ends_when_it_is_told_to()
    {
        using var kernel = new KernelProcess();
        using var client = new Client(kernel.Connection).Ready();
        var reply = client.Ask("shutdown_request", new JsonObject { ["restart"] = true }, Channel.Control);

        Assert.Equal(("shutdown_reply", true), (reply.Type, reply.Flag("restart", false)));
        Assert.Equal(0, await kernel.ExitCodeAsync());
    }
}
