namespace RnnCourse.Cli.Tests.Format;

public sealed class FormatCommandTests : IDisposable
{
    private readonly Rnn _rnn = new();

    public void Dispose() => _rnn.Dispose();

    [Fact]
    public async Task Notebooks_are_brought_into_the_canonical_form_once()
    {
        var path = _rnn.Write("01-a.ipynb", "# Title", "1 + 1");
        var checkedFirst = await _rnn.RunAsync("format", "--check");
        Assert.Equal(1, checkedFirst.ExitCode);
        Assert.StartsWith(
            $"{Path.Combine("notebooks", "01-a.ipynb")}(1): not in the canonical form\n1 of 1 notebook not in",
            checkedFirst.Output,
            StringComparison.Ordinal
        );

        var formatted = await _rnn.RunAsync("format");
        Assert.Equal(
            (0, $"{Path.Combine("notebooks", "01-a.ipynb")}: formatted\n1 of 1 notebook formatted.\n", ""),
            (formatted.ExitCode, formatted.Output, formatted.Errors)
        );
        Assert.StartsWith(
            "{\n \"cells\": [\n  {\n   \"cell_type\": \"markdown\"",
            await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );

        var checkedAgain = await _rnn.RunAsync("format", "--check", "notebooks", path);
        Assert.Equal((0, "0 of 1 notebook not in the canonical form.\n"), (checkedAgain.ExitCode, checkedAgain.Output));
    }

    [Fact]
    public async Task A_broken_notebook_is_named_and_left_as_it_is_and_the_others_are_formatted()
    {
        var broken = _rnn.PathOf("notebooks", "00-broken.ipynb");
        await File.WriteAllTextAsync(broken, "{\"cells\": 1, \"nbformat\": 4}", TestContext.Current.CancellationToken);
        _rnn.Write("01-a.ipynb", "1 + 1");
        var result = await _rnn.RunAsync("format", "notebooks", "gone.ipynb", "text.md");
        Assert.Equal(ExitCode.File, result.ExitCode);
        Assert.Contains(
            "00-broken.ipynb: cells: Must be an array, but is a number.",
            result.Errors,
            StringComparison.Ordinal
        );
        Assert.Contains("gone.ipynb: There is no such file.", result.Errors, StringComparison.Ordinal);
        Assert.Contains("text.md: This is neither a notebook", result.Errors, StringComparison.Ordinal);
        Assert.EndsWith("1 of 4 notebooks formatted.\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(
            "{\"cells\": 1, \"nbformat\": 4}",
            await File.ReadAllTextAsync(broken, TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task Checkpoints_of_other_tools_are_left_alone()
    {
        _rnn.Write("01-a.ipynb", "1 + 1");
        Directory.CreateDirectory(_rnn.PathOf("notebooks", ".ipynb_checkpoints"));
        File.Copy(_rnn.PathOf("notebooks", "01-a.ipynb"), _rnn.PathOf("notebooks", ".ipynb_checkpoints", "01-a.ipynb"));
        Assert.EndsWith(
            "1 of 1 notebook formatted.\n",
            (await _rnn.RunAsync("format")).Output,
            StringComparison.Ordinal
        );
    }
}
