using System.Text.Json;
using RnnCourse.Cli.Run;

namespace RnnCourse.Cli.Tests.Run;

public sealed class NotebookBatchTests : IDisposable
{
    // Ends the cell once another notebook has written the file; if that notebook never runs, the cell's time limit ends
    // it.
    private const string AwaitFile = "while (!System.IO.File.Exists(\"there\")) await Task.Delay(20);";
    private const string WriteFile = "System.IO.File.WriteAllText(\"there\", \"\");";

    private readonly Rnn _rnn = new();

    public void Dispose() => _rnn.Dispose();

    [Theory]
    [InlineData(8, 64L << 30, 8)]
    [InlineData(8, 3L << 30, 3)]
    [InlineData(8, 1L << 20, 1)]
    [InlineData(500, 1L << 50, 64)]
    public void As_many_run_at_a_time_as_there_are_processors_and_memory_for_them(
        int processors,
        long memory,
        int parallel
    ) => Assert.Equal(parallel, ExecutionOptions.DefaultParallel(processors, memory));

    [Theory]
    [InlineData("run")]
    [InlineData("verify")]
    public async Task With_two_processors_two_notebooks_run_at_the_same_time_and_are_reported_in_order(string command)
    {
        _rnn.Write("01-first.ipynb", AwaitFile);
        _rnn.Write("02-second.ipynb", WriteFile);
        var result = await RunAsync(2, command);
        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Matches(
            @"(?s)\[1/2\] 01-first\n      ok, 1 cell in \d[^\n]*\n\[2/2\] 02-second\n      ok, 1 cell in ",
            result.Output
        );
    }

    [Fact]
    public async Task A_notebook_that_is_said_to_take_long_starts_early()
    {
        _rnn.Write("01-first.ipynb", AwaitFile);
        _rnn.Write("02-second.ipynb", AwaitFile);
        Expect("100", _rnn.Write("03-third.ipynb", WriteFile));
        var result = await RunAsync(2, "run");
        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Matches(@"(?s)\[1/3\].*\[2/3\].*\[3/3\]", result.Output);
    }

    [Fact]
    public async Task An_invalid_time_is_reported_with_its_place()
    {
        Expect("\"long\"", _rnn.Write("01-first.ipynb", "1"));
        _rnn.Write("02-second.ipynb", "2");
        var result = await RunAsync(2, "run");
        Assert.Equal(ExitCode.File, result.ExitCode);
        Assert.Contains(
            "01-first.ipynb: metadata.rnn.expected-seconds: This must be a number of seconds",
            result.Errors,
            StringComparison.Ordinal
        );

        // If a cell waits long for a processor, there are lines of progress in between.
        Assert.Matches("\\[2/2\\] 02-second\n(      cell . of . begins after .*\n)*      ok", result.Output);
    }

    [Theory]
    [InlineData(8, 1, null)]
    [InlineData(8, 2, 4)]
    [InlineData(8, 3, 2)]
    [InlineData(2, 2, 1)]
    [InlineData(2, 5, 1)]
    public void Notebooks_share_the_processors_and_one_alone_has_them_all(int processors, int parallel, int? share) =>
        Assert.Equal(share, NotebookRunnerFactory.ProcessorsPerNotebook(processors, parallel));

    [Fact]
    public async Task Cells_of_notebooks_that_run_at_the_same_time_count_their_share_of_the_processors()
    {
        // Enough of them to distinguish decimal ten from hexadecimal ten.
        _rnn.Write("01-first.ipynb", "Environment.ProcessorCount");
        _rnn.Write("02-second.ipynb", "Environment.ProcessorCount");
        Assert.Equal(ExitCode.Success, (await RunAsync(32, "run", "--parallel", "2")).ExitCode);
        Assert.Equal(("16", "16"), (Counted("01-first.ipynb"), Counted("02-second.ipynb")));

        Assert.Equal(
            ExitCode.Success,
            (await RunAsync(32, "run", Path.Combine("notebooks", "01-first.ipynb"))).ExitCode
        );
        Assert.Equal("32", Counted("01-first.ipynb"));
    }

    private Task<Result> RunAsync(int processors, params string[] arguments) =>
        _rnn.RunAsync(new Dictionary<string, string?> { ["DOTNET_PROCESSOR_COUNT"] = $"{processors}" }, arguments);

    private string? Counted(string name) =>
        _rnn.Executed(name)[0].GetProperty("outputs")[0].GetProperty("data").GetProperty("text/plain")
            is { ValueKind: JsonValueKind.Array } lines
            ? lines[0].GetString()
            : null;

    private static void Expect(string seconds, string path) =>
        File.WriteAllText(
            path,
            File.ReadAllText(path)
                .Replace(
                    "\"metadata\":{},\"cells\"",
                    $"\"metadata\":{{\"rnn\":{{\"expected-seconds\":{seconds}}}}},\"cells\"",
                    StringComparison.Ordinal
                )
        );
}
