namespace RnnCourse.Cli.Tests.Ledger;

public sealed class ClaimsCommandTests : IDisposable
{
    private readonly Rnn _rnn = new();

    public void Dispose() => _rnn.Dispose();

    [Fact]
    public async Task The_page_is_written_and_then_agrees_and_a_change_is_reported()
    {
        var claims = Enumerable.Range(1, 20).Select(n => $"Claim.Holds(\"L{n:00}\", true, \"words {n}\");").ToArray();
        _rnn.Write("01-a.ipynb", claims);
        var missing = await _rnn.RunAsync("claims", "--check");
        Assert.Equal(ExitCode.CellFailed, missing.ExitCode);
        Assert.Contains("is missing", missing.Errors, StringComparison.Ordinal);

        var written = await _rnn.RunAsync("claims");
        Assert.True(written.ExitCode == ExitCode.Success, written.Errors);
        Assert.Contains("20 statements, 20 claims.", written.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, (await _rnn.RunAsync("claims", "--check")).ExitCode);

        claims[12] = "Claim.Holds(\"L13\", true, \"other words\");";
        _rnn.Write("01-a.ipynb", claims);
        var different = await _rnn.RunAsync("claims", "--check");
        Assert.Equal(ExitCode.CellFailed, different.ExitCode);
        Assert.Matches(
            "CLAIMS.md, line \\d+, is out of date(.|\n)*stored: .*words 13(.|\n)*generated: .*other words",
            different.Errors
        );
    }

    [Theory]
    [InlineData("claims")]
    [InlineData("edition", "--check")]
    [InlineData("format", "--check")]
    [InlineData("run")]
    [InlineData("verify")]
    public async Task A_lesson_that_is_not_a_notebook_gives_the_same_exit_code_everywhere(params string[] command)
    {
        await File.WriteAllTextAsync(
            _rnn.PathOf("notebooks", "01-a.ipynb"),
            "{\"cells\": 1, \"nbformat\": 4}",
            TestContext.Current.CancellationToken
        );
        var result = await _rnn.RunAsync(command);
        Assert.Equal(ExitCode.File, result.ExitCode);
        Assert.Contains(
            "01-a.ipynb: cells: Must be an array, but is a number.",
            result.Errors,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Statements_without_a_cell_fail()
    {
        _rnn.Write("01-a.ipynb", "Claim.Holds(\"L05\", true, \"a\");");
        var result = await _rnn.RunAsync("claims");
        Assert.Equal(ExitCode.CellFailed, result.ExitCode);
        Assert.Contains("No cell asserts L01, L02, ", result.Errors, StringComparison.Ordinal);
    }
}
