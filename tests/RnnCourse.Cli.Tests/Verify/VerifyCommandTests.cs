using System.Text.Json;
using System.Xml.Linq;

namespace RnnCourse.Cli.Tests.Verify;

public sealed class VerifyCommandTests : IDisposable
{
    private readonly Rnn _rnn = new();

    public void Dispose() => _rnn.Dispose();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_fresh_passes_what_is_stale_is_shown_and_an_update_makes_it_fresh()
    {
        var fresh = _rnn.Write("01-fresh.ipynb", "1 + 1");
        var stale = _rnn.Write("02-stale.ipynb", "Console.WriteLine(\"count 41\");", "0.5");
        Assert.Equal(ExitCode.Success, (await _rnn.RunAsync("run", "--in-place")).ExitCode);
        await Replace(stale, "\"count 41\\n\"", "\"count 40\\n\"");

        var result = await _rnn.RunAsync("verify", "--parallel", "2");
        Assert.Equal(ExitCode.Difference, result.ExitCode);
        Assert.Equal(
            $"\n{Path.Combine("notebooks", "02-stale.ipynb")}: cell 1 (id code-0): the outputs differ from those "
                + "stored:\n  stdout: - count 40\n  stdout: + count 41\n  stdout:   40 → 41: a whole number has to be "
                + "the same\n",
            result.Errors
        );

        // If a cell waits long for a processor, there are lines of progress in between.
        Assert.Matches("\\[2/2\\] 02-stale\n(      cell . of 2 begins after .*\n)*      1 cell differs", result.Output);

        var freshBytes = await File.ReadAllBytesAsync(fresh, Cancellation);
        Assert.Equal(ExitCode.Success, (await _rnn.RunAsync("verify", "--update")).ExitCode);
        Assert.Contains("\"count 41\\n\"", await File.ReadAllTextAsync(stale, Cancellation), StringComparison.Ordinal);
        Assert.Equal(freshBytes, await File.ReadAllBytesAsync(fresh, Cancellation));
        Assert.Equal(ExitCode.Success, (await _rnn.RunAsync("verify", stale)).ExitCode);
    }

    [Fact]
    public async Task An_update_leaves_a_notebook_with_a_failing_cell_and_one_that_was_edited_meanwhile()
    {
        var failing = _rnn.Write("01-failing.ipynb", "1", "throw new Exception();");
        var edited = _rnn.Write("02-edited.ipynb", "System.IO.File.AppendAllText(\"02-edited.ipynb\", \"\\n\");\n1");
        var deleted = _rnn.Write("03-deleted.ipynb", "System.IO.File.Delete(\"03-deleted.ipynb\");\n1");
        var (before, original) = (
            await File.ReadAllTextAsync(failing, Cancellation),
            await File.ReadAllTextAsync(edited, Cancellation)
        );
        var result = await _rnn.RunAsync("verify", "--update");
        Assert.Equal(ExitCode.File, result.ExitCode);
        Assert.Contains("The file was changed while its cells ran", result.Errors, StringComparison.Ordinal);
        Assert.Contains("The file was deleted while its cells ran", result.Errors, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(failing, Cancellation));
        Assert.Equal(original + "\n", await File.ReadAllTextAsync(edited, Cancellation));
        Assert.False(File.Exists(deleted));
    }

    [Fact]
    public async Task Rules_from_a_file_hold_for_all_and_wrong_ones_are_reported()
    {
        _rnn.Write("01-a.ipynb", "Console.WriteLine(\"took 3.1 s at 2026-01-01\");");
        await _rnn.RunAsync("run", "--in-place");
        await Replace(
            _rnn.PathOf("notebooks", "01-a.ipynb"),
            "took 3.1 s at 2026-01-01\\n\"\n",
            "took 3.2 s at 2025-12-31\\n\"\n"
        );
        var rules = _rnn.PathOf("rules.json");
        await File.WriteAllTextAsync(
            rules,
            """{"tolerance": {"relative": 0.1}, "sanitize": [{"regex": "\\d+-\\d+-\\d+", "replace": "DATE"}]}""",
            Cancellation
        );
        Assert.Equal(ExitCode.Difference, (await _rnn.RunAsync("verify")).ExitCode);
        Assert.Equal(ExitCode.Success, (await _rnn.RunAsync("verify", "--rules", rules)).ExitCode);

        await File.WriteAllTextAsync(rules, """{"tolerances": 1}""", Cancellation);
        var result = await _rnn.RunAsync("verify", "--rules", rules);
        Assert.Equal(ExitCode.File, result.ExitCode);
        Assert.Equal($"rnn: {rules}: Unknown rule 'tolerances'. Use 'tolerance' or 'sanitize'.\n", result.Errors);
    }

    [Fact]
    public async Task Each_kind_of_trouble_has_its_exit_code_and_the_reports_tell_them_apart()
    {
        _rnn.Write("01-stale.ipynb", "1");
        var endless = _rnn.Write("02-endless.ipynb", "while (true) { }");
        Assert.Equal(ExitCode.TimeLimit, (await _rnn.RunAsync("verify", "--cell-timeout", "1")).ExitCode);
        await Replace(endless, "\"metadata\":{},\"cells\"", "\"metadata\":{\"rnn\":{\"cell-timeout\":1}},\"cells\"");
        _rnn.Write("03-exit.ipynb", "Environment.Exit(3);");
        await File.WriteAllTextAsync(
            _rnn.PathOf("notebooks", "04-setting.ipynb"),
            """
            {"nbformat": 4, "nbformat_minor": 5, "metadata": {"rnn": {"cell-timeout": "soon"}}, "cells": []}
            """,
            Cancellation
        );

        var result = await _rnn.RunAsync(
            new Dictionary<string, string?> { ["GITHUB_ACTIONS"] = "true" },
            "verify",
            "--parallel",
            "2",
            "--junit",
            "r/junit.xml",
            "--trx",
            "r/run.trx",
            "--json",
            "r/run.json"
        );

        Assert.Equal(ExitCode.File, result.ExitCode);
        Assert.Contains(
            "04-setting.ipynb: metadata.rnn.cell-timeout: This must be a number of seconds",
            result.Errors,
            StringComparison.Ordinal
        );
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(_rnn.PathOf("r", "run.json"), Cancellation));
        Assert.Equal(
            ["difference", "time-limit", "process-ended", "file"],
            json.RootElement.GetProperty("notebooks")
                .EnumerateArray()
                .Select(one => one.GetProperty("outcome").GetString())
        );
        Assert.Equal(4, XDocument.Load(_rnn.PathOf("r", "junit.xml")).Descendants("testsuite").Count());
        Assert.Equal(
            4,
            XDocument
                .Load(_rnn.PathOf("r", "run.trx"))
                .Descendants()
                .Count(element => element.Name.LocalName == "UnitTestResult")
        );
        Assert.Equal(
            4,
            result
                .Output.Split('\n')
                .Count(line => line.StartsWith("::error file=notebooks/0", StringComparison.Ordinal))
        );
    }

    private static async Task Replace(string path, string old, string now)
    {
        var text = await File.ReadAllTextAsync(path, Cancellation);
        var at = text.LastIndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0);
        await File.WriteAllTextAsync(path, text[..at] + now + text[(at + old.Length)..], Cancellation);
    }
}
