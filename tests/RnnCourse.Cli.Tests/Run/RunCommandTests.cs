namespace RnnCourse.Cli.Tests.Run;

public sealed class RunCommandTests : IDisposable
{
    private readonly Rnn _rnn = new();

    public void Dispose() => _rnn.Dispose();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_lessons_run_in_order_and_become_pages_with_an_index()
    {
        _rnn.Write(
            "02-second.ipynb",
            "# 02 · Second\n\nSee [first](01-first.ipynb) and [the code](../lib/code.cs#L3).",
            "2"
        );
        var source = _rnn.Write("01-first.ipynb", "# 01 · First", "Console.WriteLine(\"one\");");
        var before = await File.ReadAllBytesAsync(source, Cancellation);
        Directory.CreateDirectory(_rnn.PathOf("lib"));
        await File.WriteAllTextAsync(_rnn.PathOf("lib", "code.cs"), "", Cancellation);

        var result = await _rnn.RunAsync("run");

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Empty(result.Errors);

        // A log gets plain lines.
        Assert.DoesNotContain('\u001b', result.Output);
        Assert.DoesNotContain('\r', result.Output);
        Assert.Matches(
            @"(?s)Running the course: 2 lessons.*\[1/2\] 01-first.*ok, 1 cell.*\[2/2\] 02-second.*ok, 1 cell",
            result.Output
        );
        Assert.EndsWith(
            $"Start reading here, in a browser:  {Path.Combine("artifacts", "course", "index.html")}\n",
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "one\n",
            _rnn.Executed("01-first.ipynb")[1].GetProperty("outputs")[0].GetProperty("text")[0].GetString()
        );

        var index = await PageAsync("index.html");
        Assert.True(
            index.IndexOf("01-first.html", StringComparison.Ordinal)
                < index.IndexOf("02-second.html", StringComparison.Ordinal)
        );
        var page = await PageAsync("02-second.html");
        Assert.Contains("href=\"01-first.html\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"../../lib/code.cs#L3\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"index.html\"", page, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(source, Cancellation));
    }

    [Fact]
    public async Task A_run_of_one_lesson_keeps_the_others_in_the_index()
    {
        _rnn.Write("01-first.ipynb", "# 01 · First", "1");
        _rnn.Write("02-second.ipynb", "# 02 · Second", "throw new Exception();");
        await _rnn.RunAsync("run");
        var result = await _rnn.RunAsync("run", Path.Combine("notebooks", "01-first.ipynb"));
        Assert.Equal(ExitCode.Success, result.ExitCode);
        var index = await PageAsync("index.html");
        Assert.Contains("02-second.html", index, StringComparison.Ordinal);
        Assert.Contains("state failed", index, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_cell_is_named_with_its_line_and_the_other_notebooks_still_run()
    {
        _rnn.Write("01-bad.ipynb", "Console.WriteLine(\"so far\");", "\nvar n = int.Parse(\"four\");", "3");
        _rnn.Write("02-good.ipynb", "2");

        var result = await _rnn.RunAsync("run");

        Assert.Equal(ExitCode.CellFailed, result.ExitCode);
        Assert.Contains(
            $"{Path.Combine("notebooks", "01-bad.ipynb")}: cell 2 (id code-1), line 2:\n",
            result.Errors,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "System.FormatException: The input string 'four' was not in a correct format.",
            result.Errors,
            StringComparison.Ordinal
        );
        Assert.Contains("var n = int.Parse(\"four\");", result.Errors, StringComparison.Ordinal);
        Assert.Contains("cell 2 failed, 2 of 3 cells", result.Output, StringComparison.Ordinal);
        Assert.Contains("1 of 2 notebooks did not run to the end", result.Output, StringComparison.Ordinal);
        Assert.Equal(
            "so far\n",
            _rnn.Executed("01-bad.ipynb")[0].GetProperty("outputs")[0].GetProperty("text")[0].GetString()
        );
        Assert.Equal(
            "error",
            _rnn.Executed("01-bad.ipynb")[1].GetProperty("outputs")[0].GetProperty("output_type").GetString()
        );
        Assert.Equal(1, _rnn.Executed("02-good.ipynb")[0].GetProperty("execution_count").GetInt32());
        Assert.Contains("A cell of this notebook failed", await PageAsync("01-bad.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trouble_in_a_cell_is_one_message_and_exit_code_1()
    {
        _rnn.Write("01-library.ipynb", "#r \"../artifacts/bin/Gone.dll\"");
        _rnn.Write("02-directive.ipynb", "#!fsharp\nlet x = 1");
        _rnn.Write("03-exit.ipynb", "Environment.Exit(0);");

        var result = await _rnn.RunAsync("run");

        Assert.Equal(ExitCode.CellFailed, result.ExitCode);
        Assert.Contains(
            $"The library {_rnn.PathOf("artifacts", "bin", "Gone.dll")} was not found. If it is one of the course's "
                + "own, build the course first",
            result.Errors,
            StringComparison.Ordinal
        );
        Assert.Contains("F# isn't part of this engine. Write it in C#", result.Errors, StringComparison.Ordinal);
        Assert.Contains("exited with code 0", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("RnnCourse.Notebooks.", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_takes_too_long_is_one_message_and_its_own_exit_code()
    {
        _rnn.Write("04-endless.ipynb", "while (true) { }");

        var result = await _rnn.RunAsync("run", "--cell-timeout", "1");

        Assert.Equal(ExitCode.TimeLimit, result.ExitCode);
        Assert.Contains("The cell ran longer than 1 s", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("RnnCourse.Notebooks.", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_a_notebook_gives_one_message_and_exit_code_4_and_the_others_still_run()
    {
        var broken = _rnn.PathOf("notebooks", "01-broken.ipynb");
        await File.WriteAllTextAsync(broken, "{ \"cells\": [", Cancellation);
        var old = _rnn.PathOf("notebooks", "02-old.ipynb");
        await File.WriteAllTextAsync(
            old,
            """{"nbformat": 2, "nbformat_minor": 0, "metadata": {}, "worksheets": []}""",
            Cancellation
        );
        var good = _rnn.Write("03-good.ipynb", "2");

        var result = await _rnn.RunAsync("run", broken, old, _rnn.PathOf("gone.ipynb"), good);

        Assert.Equal(ExitCode.File, result.ExitCode);
        var messages = result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, messages.Length);
        Assert.StartsWith($"{broken}(1,", messages[0], StringComparison.Ordinal);
        Assert.Contains("jupyter nbconvert --to notebook --inplace", messages[1], StringComparison.Ordinal);
        Assert.Equal($"{_rnn.PathOf("gone.ipynb")}: There is no such file.", messages[2]);
        Assert.Contains("ok, 1 cell", result.Output, StringComparison.Ordinal);
        Assert.Equal("{ \"cells\": [", await File.ReadAllTextAsync(broken, Cancellation));
    }

    [Fact]
    public async Task No_notebooks_is_one_message_and_exit_code_2()
    {
        var result = await _rnn.RunAsync("run");
        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Matches(
            "^rnn: There are no notebooks \\(.ipynb\\) in .*notebooks. Name the notebooks to run.\n$",
            result.Errors
        );
    }

    [Fact]
    public async Task Outside_the_repository_a_notebook_must_be_named()
    {
        File.Delete(_rnn.PathOf("RnnCourse.sln"));
        var result = await _rnn.RunAsync("run");
        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.StartsWith(
            "rnn: The current folder is not in the course's repository.",
            result.Errors,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Names_that_begin_with_at_are_names()
    {
        await File.WriteAllTextAsync(_rnn.PathOf("list"), "notebooks", Cancellation);
        var result = await _rnn.RunAsync("run", "@list");
        Assert.Equal(ExitCode.File, result.ExitCode);
        Assert.Equal("\n@list: There is no such file.\n", result.Errors);
    }

    [Theory]
    [InlineData("The name of a notebook is empty.", "run", "")]
    [InlineData("The name of the output folder is empty.", "run", "--output", "")]
    public async Task Empty_names_are_wrong_usage(string message, params string[] arguments)
    {
        var result = await _rnn.RunAsync(arguments);
        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Equal($"rnn: {message}\nTry 'rnn run --help'.\n", result.Errors);
    }

    [Fact]
    public async Task Text_of_a_notebook_cannot_give_commands_to_the_terminal()
    {
        _rnn.Write("01-first.ipynb", "throw new Exception(\"\\u001b]0;taken\\u0007 \\u001b[2J\");");
        var result = await _rnn.RunAsync("run");
        Assert.Contains("System.Exception: ␛]0;taken␇ ␛[2J", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Errors);
    }

    [Fact]
    public async Task Parameters_are_typed_and_the_source_stays()
    {
        var source = _rnn.Write("01-first.ipynb", "int n = 1;\ndouble x = 0.5;", "Console.WriteLine($\"{n} {x}\");");
        var text = (await File.ReadAllTextAsync(source, Cancellation)).Replace(
            "\"metadata\":{},\"source\":\"int",
            "\"metadata\":{\"tags\":[\"parameters\"]},\"source\":\"int",
            StringComparison.Ordinal
        );
        await File.WriteAllTextAsync(source, text, Cancellation);
        var result = await _rnn.RunAsync("run", "-p", "n", "-7", "-p", "x", "3", source);
        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Equal(
            "-7 3\n",
            _rnn.Executed("01-first.ipynb")[2].GetProperty("outputs")[0].GetProperty("text")[0].GetString()
        );
        Assert.Equal(text, await File.ReadAllTextAsync(source, Cancellation));

        result = await _rnn.RunAsync("run", "-p", "m", "1", source);
        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Equal(
            "rnn: The notebook has no parameter 'm'; its cell tagged 'parameters' declares n, x.\n",
            result.Errors
        );
    }

    [Fact]
    public async Task Cells_that_are_skipped_are_reported_with_the_reason()
    {
        var source = _rnn.Write("01-first.ipynb", "1");
        await File.WriteAllTextAsync(
            source,
            (await File.ReadAllTextAsync(source, Cancellation)).Replace(
                "\"metadata\":{},\"source\"",
                "\"metadata\":{\"tags\":[\"slow\"]},\"source\"",
                StringComparison.Ordinal
            ),
            Cancellation
        );
        Assert.Contains(
            "cell 1 (id code-0) skipped: tagged slow, runs with --slow",
            (await _rnn.RunAsync("run")).Output,
            StringComparison.Ordinal
        );
        Assert.Contains("ok, 1 cell in", (await _rnn.RunAsync("run", "--slow")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("verify")]
    [InlineData("format", "--check")]
    public async Task A_build_host_gets_no_codes_for_terminals(params string[] command)
    {
        _rnn.Write("01-first.ipynb", "1 + 1", "throw new Exception(\"on purpose\");");
        var result = await _rnn.RunAsync(new Dictionary<string, string?> { ["GITHUB_ACTIONS"] = "true" }, command);
        Assert.NotEmpty(result.Output + result.Errors);
        Assert.DoesNotContain("\u001b", result.Output + result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_an_index_from_the_beginning_of_a_run_and_a_cell_may_name_a_culture()
    {
        var index = _rnn.PathOf("artifacts", "course", "index.html");
        _rnn.Write(
            "01-first.ipynb",
            $"Console.WriteLine(\"index: \" + System.IO.File.Exists(@\"{index}\"));",
            "new System.Globalization.CultureInfo(\"en-US\").NumberFormat.NumberDecimalSeparator"
        );
        Assert.Equal(ExitCode.Success, (await _rnn.RunAsync("run")).ExitCode);
        Assert.Contains("index: True", await PageAsync("01-first.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_of_a_cell_cannot_give_commands_to_the_build_host()
    {
        _rnn.Write("01-first.ipynb", "throw new Exception(\"\\n::set-env name=A::b\\n  ::error::x\\n##[group]y\");");
        var result = await _rnn.RunAsync(new Dictionary<string, string?> { ["GITHUB_ACTIONS"] = "true" }, "run");
        var lines = (result.Output + result.Errors).Split('\n');
        var command = Assert.Single(lines, line => line.TrimStart().StartsWith("::", StringComparison.Ordinal));
        Assert.StartsWith("::error file=notebooks/01-first.ipynb,line=", command, StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => line != command && line.Contains("##", StringComparison.Ordinal));
    }

    private Task<string> PageAsync(string name) =>
        File.ReadAllTextAsync(_rnn.PathOf("artifacts", "course", name), Cancellation);
}
