namespace RnnCourse.Cli.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly Rnn _rnn = new();

    public void Dispose() => _rnn.Dispose();

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("run", "--help")]
    public async Task Help_shows_examples(params string[] arguments)
    {
        var result = await _rnn.RunAsync(arguments);
        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Contains("Usage:", result.Output, StringComparison.Ordinal);
        Assert.Contains("Examples:", result.Output, StringComparison.Ordinal);
        Assert.Contains("  rnn run ", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Errors);
    }

    [Fact]
    public async Task The_help_of_a_subcommand_shows_the_examples_of_its_command()
    {
        var result = await _rnn.RunAsync("exercise", "new", "--help");
        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Contains("  rnn exercise new 07.2c", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("  rnn run ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_of_run_tells_the_exit_codes()
    {
        var result = await _rnn.RunAsync("run", "--help");
        foreach (
            var code in new[]
            {
                ExitCode.Success,
                ExitCode.CellFailed,
                ExitCode.Usage,
                ExitCode.TimeLimit,
                ExitCode.File,
                ExitCode.Difference,
                ExitCode.Defect,
                ExitCode.Interrupted,
            }
        )
        {
            Assert.Matches($@"(?m)^  {code} +\w", result.Output);
        }
    }

    [Fact]
    public async Task The_version_is_reported()
    {
        var result = await _rnn.RunAsync("--version");
        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", result.Output);
    }

    [Fact]
    public async Task Nothing_asked_shows_the_help()
    {
        var result = await _rnn.RunAsync();
        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("rnn run", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rnn: Unknown command or option 'fly'.\nTry 'rnn --help'.\n", "fly")]
    [InlineData("rnn: Unknown option '--fast'.\nTry 'rnn run --help'.\n", "run", "--fast")]
    [InlineData(
        "rnn: --cell-timeout takes a number of seconds, more than 0 and at most 604800, not '-3'.\nTry 'rnn "
            + "run --help'.\n",
        "run",
        "--cell-timeout",
        "-3"
    )]
    [InlineData(
        "rnn: --cell-timeout takes a number of seconds, more than 0 and at most 604800, not 'soon'.\nTry "
            + "'rnn run --help'.\n",
        "run",
        "--cell-timeout",
        "soon"
    )]
    [InlineData(
        "rnn: --memory-limit takes an amount of memory such as 2GB or 512MB, at least 256MB, not '7'.\nTry "
            + "'rnn run --help'.\n",
        "run",
        "--memory-limit",
        "7"
    )]
    [InlineData(
        "rnn: --parallel takes a number from 1 to 64, not '0'.\nTry 'rnn verify --help'.\n",
        "verify",
        "--parallel",
        "0"
    )]
    [InlineData("rnn: -p takes a name and a value.\nTry 'rnn run --help'.\n", "run", "-p", "epochs")]
    [InlineData(
        "rnn: -p and --in-place cannot be combined: the notebook would keep the values of this run.\nTry "
            + "'rnn run --help'.\n",
        "run",
        "-p",
        "epochs",
        "-5",
        "--in-place"
    )]
    [InlineData(
        "rnn: Unknown command or option 'fast'.\nTry 'rnn kernel install --help'.\n",
        "kernel",
        "install",
        "fast"
    )]
    [InlineData("rnn: '--slow=yes': This option takes no value.\nTry 'rnn run --help'.\n", "run", "--slow=yes")]
    [InlineData("rnn: Required argument missing for option: '--output'.\nTry 'rnn run --help'.\n", "run", "--output")]
    public async Task Wrong_usage_is_one_message_and_exit_code_2(string message, params string[] arguments)
    {
        var result = await _rnn.RunAsync(arguments);
        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Equal(message, result.Errors);
        Assert.Empty(result.Output);
    }
}
