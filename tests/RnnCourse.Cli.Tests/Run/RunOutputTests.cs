namespace RnnCourse.Cli.Tests.Run;

/// <summary>Where <c>rnn run</c> writes, and what it never replaces.</summary>
public sealed class RunOutputTests : IDisposable
{
    private readonly Rnn _rnn = new();

    public void Dispose() => _rnn.Dispose();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_output_folder_that_cannot_be_written_is_reported_before_anything_runs()
    {
        _rnn.Write("01-first.ipynb", "System.IO.File.WriteAllText(\"ran\", \"\");");
        var file = _rnn.PathOf("file");
        await File.WriteAllTextAsync(file, "", Cancellation);
        var result = await _rnn.RunAsync("run", "--output", Path.Combine(file, "below"));
        Assert.Equal(ExitCode.File, result.ExitCode);
        Assert.Contains(
            $"{file} is a file, not a folder. Name another one with --output.",
            result.Errors,
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(_rnn.PathOf("notebooks", "ran")));
    }

    [Fact]
    public async Task A_read_only_output_folder_is_reported()
    {
        if (OperatingSystem.IsWindows() || Environment.UserName == "root")
        {
            Assert.Skip("Permissions of this kind do not stop this user.");
            return;
        }

        _rnn.Write("01-first.ipynb", "1");
        var folder = Directory.CreateDirectory(_rnn.PathOf("locked"));
        File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var result = await _rnn.RunAsync("run", "--output", folder.FullName);
        File.SetUnixFileMode(
            folder.FullName,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
        Assert.Equal(ExitCode.File, result.ExitCode);
        Assert.StartsWith(
            $"rnn: Cannot write to the output folder {folder.FullName}:",
            result.Errors,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task In_place_stores_outputs_only_of_notebooks_that_ran_to_the_end()
    {
        var good = _rnn.Write("01-good.ipynb", "40 + 2");
        var bad = _rnn.Write("02-bad.ipynb", "1", "throw new Exception();");
        var before = await File.ReadAllTextAsync(bad, Cancellation);

        var result = await _rnn.RunAsync("run", "--in-place");

        Assert.Equal(ExitCode.CellFailed, result.ExitCode);
        Assert.Contains("\"42\"", await File.ReadAllTextAsync(good, Cancellation), StringComparison.Ordinal);
        Assert.Equal(
            await File.ReadAllTextAsync(_rnn.PathOf("artifacts", "course", "01-good.ipynb"), Cancellation),
            await File.ReadAllTextAsync(good, Cancellation)
        );
        Assert.Equal(before, await File.ReadAllTextAsync(bad, Cancellation));
    }

    [Fact]
    public async Task In_place_changes_nothing_but_the_outputs_of_a_notebook_from_elsewhere()
    {
        const string Odd =
            """{"nbformat": 4, "nbformat_minor": 2, "metadata": {}, "cells": [{"source": "40 + 2", "cell_type": "code", "metadata": {}, "outputs": [], "execution_count": null}]}""";
        var path = _rnn.PathOf("odd.ipynb");
        await File.WriteAllTextAsync(path, Odd, Cancellation);
        Assert.Equal(ExitCode.Success, (await _rnn.RunAsync("run", "--in-place", "odd.ipynb")).ExitCode);
        var outputs =
            """[{"data": {"text/plain": ["42"]}, "execution_count": 1, "metadata": {}, "output_type": "execute_result"}]""";
        Assert.Equal(
            Odd.Replace("\"outputs\": []", "\"outputs\": " + outputs, StringComparison.Ordinal)
                .Replace("null", "1", StringComparison.Ordinal),
            await File.ReadAllTextAsync(path, Cancellation)
        );
    }

    [Fact]
    public async Task Sources_are_never_replaced_by_results_even_where_a_link_leads_to_their_folder()
    {
        var source = _rnn.Write("01-first.ipynb", "1");
        var before = await File.ReadAllTextAsync(source, Cancellation);
        var result = await _rnn.RunAsync("run", "--output", "notebooks");
        Assert.Equal(ExitCode.File, result.ExitCode);
        Assert.Contains(
            "holds 01-first.ipynb itself, which the executed notebook would replace. Name another folder with --output",
            result.Errors,
            StringComparison.Ordinal
        );

        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateSymbolicLink(_rnn.PathOf("link"), _rnn.PathOf("notebooks"));
            Assert.Equal(ExitCode.File, (await _rnn.RunAsync("run", "--output", "link")).ExitCode);
        }

        Directory.CreateDirectory(_rnn.PathOf("other"));
        File.Copy(source, _rnn.PathOf("other", "01-first.ipynb"));
        Assert.Equal(
            ExitCode.File,
            (await _rnn.RunAsync("run", _rnn.PathOf("other", "01-first.ipynb"), "--output", "notebooks")).ExitCode
        );
        Assert.Equal(before, await File.ReadAllTextAsync(source, Cancellation));
    }

    [Fact]
    public async Task The_option_in_place_takes_no_value()
    {
        var source = _rnn.Write("01-first.ipynb", "1");
        var before = await File.ReadAllTextAsync(source, Cancellation);
        Assert.Equal(ExitCode.Usage, (await _rnn.RunAsync("run", "--in-place=no", source)).ExitCode);
        Assert.Equal(before, await File.ReadAllTextAsync(source, Cancellation));
    }

    [Fact]
    public async Task Notebooks_of_the_same_name_do_not_overwrite_each_other()
    {
        var first = _rnn.Write("lesson.ipynb", "1");
        Directory.CreateDirectory(_rnn.PathOf("a"));
        Directory.CreateDirectory(_rnn.PathOf("b"));
        File.Copy(first, _rnn.PathOf("a", "lesson.ipynb"));
        File.Copy(first, _rnn.PathOf("b", "lesson.ipynb"));
        await _rnn.RunAsync("run", _rnn.PathOf("a", "lesson.ipynb"), _rnn.PathOf("b", "lesson.ipynb"));
        Assert.True(File.Exists(_rnn.PathOf("artifacts", "course", "lesson.html")));
        Assert.True(File.Exists(_rnn.PathOf("artifacts", "course", "lesson-2.html")));
    }

    [Theory]
    [InlineData("--junit")]
    [InlineData("--trx")]
    [InlineData("--json")]
    public async Task A_report_is_not_written_through_a_link(string option)
    {
        _rnn.Write("01-a.ipynb", "System.IO.File.WriteAllText(\"ran\", \"\");");
        var target = _rnn.PathOf("mine");
        await File.WriteAllTextAsync(target, "mine", Cancellation);
        File.CreateSymbolicLink(_rnn.PathOf("link"), target);
        var result = await _rnn.RunAsync("run", option, "link");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains(
            $"Name the file itself, or another one, with {option}.",
            result.Errors,
            StringComparison.Ordinal
        );
        Assert.Equal("mine", await File.ReadAllTextAsync(target, Cancellation));
        Assert.False(File.Exists(_rnn.PathOf("notebooks", "ran")));
    }

    [Theory]
    [InlineData(">&-")]
    [InlineData(">/dev/full")]
    public async Task A_standard_output_that_takes_nothing_is_not_wrong_usage(string redirection)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a device that is always full.");
        _rnn.Write("01-a.ipynb", "1 + 1");
        using var shell = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("sh", ["-c", $"exec \"$0\" run {redirection}", TestedProgram.Path])
            {
                WorkingDirectory = _rnn.Folder,
                RedirectStandardError = true,
            }
        )!;
        var errors = await shell.StandardError.ReadToEndAsync(Cancellation);
        await shell.WaitForExitAsync(Cancellation);

        Assert.Equal(ExitCode.File, shell.ExitCode);
        Assert.StartsWith("rnn: Cannot go on writing or opening files:", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notebook_with_the_longest_name_that_a_file_may_have_is_run_and_formatted()
    {
        var name = new string('n', 249);
        var path = _rnn.Write($"{name}.ipynb", "1+1");
        var run = await _rnn.RunAsync("run", "--in-place");
        Assert.True(run.ExitCode == ExitCode.Success, run.Output + run.Errors);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
        Assert.Equal(ExitCode.Success, (await _rnn.RunAsync("format", path)).ExitCode);
    }

    [Theory]
    [InlineData("01-a.html", false)]
    [InlineData("01-a.ipynb", false)]
    [InlineData("index.html", false)]
    [InlineData(".written-by-rnn", false)]
    [InlineData("sub", true)]
    public async Task A_link_in_the_output_folder_is_never_followed(string name, bool isFolder)
    {
        _rnn.Write("01-a.ipynb", "1 + 1");
        Directory.CreateDirectory(_rnn.PathOf("artifacts", "course"));
        var target = _rnn.PathOf("elsewhere");
        var link = _rnn.PathOf("artifacts", "course", name);
        if (isFolder)
        {
            Directory.CreateDirectory(target);
            Directory.CreateSymbolicLink(link, target);
            Directory.CreateDirectory(_rnn.PathOf("notebooks", "sub"));
            _rnn.Write(Path.Combine("sub", "02-b.ipynb"), "2 + 2");
        }
        else
        {
            await File.WriteAllTextAsync(target, "mine", TestContext.Current.CancellationToken);
            File.CreateSymbolicLink(link, target);
        }

        string[] both = [Path.Combine("notebooks", "01-a.ipynb"), Path.Combine("notebooks", "sub", "02-b.ipynb")];
        var result = await _rnn.RunAsync(["run", .. isFolder ? both : both[..1]]);

        Assert.Equal(ExitCode.File, result.ExitCode);
        Assert.Contains("is a link to", result.Errors, StringComparison.Ordinal);
        Assert.Empty(
            isFolder ? Directory.GetFiles(target) : (string[])[.. File.ReadLines(target).Where(line => line != "mine")]
        );
    }

    [Fact]
    public async Task Files_of_others_in_the_output_folder_are_never_replaced()
    {
        _rnn.Write("01-first.ipynb", "System.IO.File.WriteAllText(\"ran\", \"\");");
        Directory.CreateDirectory(_rnn.PathOf("out"));
        await File.WriteAllTextAsync(_rnn.PathOf("out", "01-first.ipynb"), "mine", Cancellation);
        var result = await _rnn.RunAsync("run", "--output", "out");
        Assert.Equal(ExitCode.File, result.ExitCode);
        Assert.Contains(
            "was not written by rnn, and a result would replace it",
            result.Errors,
            StringComparison.Ordinal
        );
        Assert.Equal("mine", await File.ReadAllTextAsync(_rnn.PathOf("out", "01-first.ipynb"), Cancellation));
        Assert.False(File.Exists(_rnn.PathOf("notebooks", "ran")));

        File.Delete(_rnn.PathOf("out", "01-first.ipynb"));
        Assert.Equal(ExitCode.Success, (await _rnn.RunAsync("run", "--output", "out")).ExitCode);
        Assert.Equal(ExitCode.Success, (await _rnn.RunAsync("run", "--output", "out")).ExitCode);
    }
}
