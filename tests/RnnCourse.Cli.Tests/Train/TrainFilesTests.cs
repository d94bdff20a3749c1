using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace RnnCourse.Cli.Tests.Train;

/// <summary>What <c>rnn train</c> does with files that are there already, and with data that come through a
/// pipe.</summary>
public sealed class TrainFilesTests : IDisposable
{
    private static readonly string[] Quick =
    [
        "train",
        "names",
        "--data",
        "names.txt",
        "--steps",
        "20",
        "--hidden",
        "4",
    ];

    private readonly Rnn _rnn = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public TrainFilesTests() => File.WriteAllText(_rnn.PathOf("names.txt"), Names);

    public void Dispose() => _rnn.Dispose();

    private static string Names =>
        string.Concat(
            Enumerable.Range(0, 120).Select(k => $"an{"abcde"[k % 5]}{"nml"[k % 3]}{"iouy"[k / 30]}{"xyzw"[k % 4]}\n")
        );

    [Theory]
    [InlineData("names.txt", "belongs to the data")]
    [InlineData("own.doc", "own.doc was not written by rnn")]
    [InlineData("m", "m.plan.json was not written by rnn", "m.plan.json")]
    [InlineData("m", "m.checkpoint was not written by rnn", "m.checkpoint")]
    [InlineData("m", "m.checkpoint.best was not written by rnn", "m.checkpoint.best")]
    [InlineData("m", "m.lock was not written by rnn", "m.lock")]
    [InlineData("notebooks", "is a folder")]
    public async Task What_rnn_did_not_write_is_not_replaced(string output, string message, string file = "own.doc")
    {
        await File.WriteAllTextAsync(_rnn.PathOf(file), "mine", Token);
        var refused = await _rnn.RunAsync([.. Quick, "--out", output]);
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains(message, refused.Errors, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(_rnn.PathOf(file), Token));
        Assert.Equal(Names, await File.ReadAllTextAsync(_rnn.PathOf("names.txt"), Token));
    }

    [Fact]
    public async Task Force_replaces_other_files_but_never_the_data()
    {
        await File.WriteAllTextAsync(_rnn.PathOf("own.doc"), "mine", Token);
        var forced = await _rnn.RunAsync([.. Quick, "--out", "own.doc", "--force"]);
        Assert.Equal((ExitCode.Success, ""), (forced.ExitCode, forced.Errors));
        Assert.Equal(ExitCode.Success, (await _rnn.RunAsync([.. Quick, "--out", "own.doc"])).ExitCode);
        var refused = await _rnn.RunAsync([.. Quick, "--out", "names.txt", "--force"]);
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Equal(Names, await File.ReadAllTextAsync(_rnn.PathOf("names.txt"), Token));
    }

    [Fact]
    public async Task Devices_pipes_and_links_are_refused_always()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no devices among its files, and links need a privilege.");
        }

        File.CreateSymbolicLink(_rnn.PathOf("link"), _rnn.PathOf("elsewhere"));
        File.CreateSymbolicLink(_rnn.PathOf("to-data"), _rnn.PathOf("names.txt"));
        Assert.Equal(0, MakePipe(Encoding.UTF8.GetBytes(_rnn.PathOf("pipe") + "\0"), Convert.ToUInt32("600", 8)));
        foreach (
            var (output, message) in new[]
            {
                ("link", "is a link to"),
                ("to-data", "is a link to"),
                ("pipe", "is a device, a pipe or a socket"),
                ("/dev/null", "is a device, a pipe or a socket"),
            }
        )
        {
            var refused = await _rnn.RunAsync([.. Quick, "--out", output, "--force"]);
            Assert.Equal(ExitCode.Usage, refused.ExitCode);
            Assert.Contains(message, refused.Errors, StringComparison.Ordinal);
            refused = await _rnn.RunAsync("evaluate", "names", "--seeds", "1", "--json", output, "--force");
            Assert.Equal(ExitCode.Usage, refused.ExitCode);
            Assert.Contains(message, refused.Errors, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(_rnn.PathOf("elsewhere")));
        Assert.Equal(Names, await File.ReadAllTextAsync(_rnn.PathOf("names.txt"), Token));
        var device = await _rnn.RunAsync("train", "names", "--data", "/dev/zero");
        Assert.Equal(ExitCode.File, device.ExitCode);
        Assert.Contains("This is a device", device.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scores_and_reports_replace_only_their_like()
    {
        await File.WriteAllTextAsync(_rnn.PathOf("own.json"), "{\"mine\": 1}", Token);
        foreach (
            var arguments in new string[][]
            {
                ["evaluate", "names", "--seeds", "1", "--json", "own.json"],
                ["run", _rnn.Write("01-a.ipynb", "1"), "--json", "own.json"],
                ["run", "notebooks/01-a.ipynb", "--junit", "own.json"],
                ["verify", "notebooks/01-a.ipynb", "--trx", "own.json"],
                ["run", "notebooks/01-a.ipynb", "--json", "notebooks/01-a.ipynb", "--force"],
            }
        )
        {
            var refused = await _rnn.RunAsync(arguments);
            Assert.Equal(ExitCode.Usage, refused.ExitCode);
            Assert.Contains("is not replaced", refused.Errors, StringComparison.Ordinal);
        }

        Assert.Equal("{\"mine\": 1}", await File.ReadAllTextAsync(_rnn.PathOf("own.json"), Token));
        string[] reports = ["run", "notebooks/01-a.ipynb", "--json", "r.json", "--junit", "r.xml", "--trx", "r.trx"];
        for (var time = 0; time < 2; time++)
        {
            var ran = await _rnn.RunAsync(reports);
            Assert.Equal((ExitCode.Success, ""), (ran.ExitCode, ran.Errors));
        }
    }

    [Fact]
    public async Task A_page_that_was_changed_since_is_not_replaced()
    {
        _rnn.Write("01-a.ipynb", "1");
        string[] run = ["run", "notebooks/01-a.ipynb", "--output", "pages"];
        Assert.Equal(ExitCode.Success, (await _rnn.RunAsync(run)).ExitCode);
        Assert.Equal(ExitCode.Success, (await _rnn.RunAsync(run)).ExitCode);
        await File.AppendAllTextAsync(_rnn.PathOf("pages", "01-a.html"), "<!-- my note -->", Token);
        var refused = await _rnn.RunAsync(run);
        Assert.Equal(ExitCode.File, refused.ExitCode);
        Assert.Contains("was changed since rnn wrote it", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_training_to_one_place_is_refused_while_the_first_lives()
    {
        using var first = Rnn.Start(
            _rnn.Folder,
            // No checkpoint, however long this takes, so that nothing is left to resume.
            [.. Quick[..4], "--steps", "2000000000", "--patience", "0", "--checkpoint-every", "86400", "--out", "m"]
        );
        try
        {
            while (!File.Exists(_rnn.PathOf("m.plan.json")))
            {
                Assert.False(first.HasExited);
                await Task.Delay(5, Token);
            }

            var second = await _rnn.RunAsync([.. Quick, "--out", "m"]);
            Assert.Equal(ExitCode.Usage, second.ExitCode);
            Assert.Contains("Another training writes to", second.Errors, StringComparison.Ordinal);
            Assert.Equal(ExitCode.Usage, (await _rnn.RunAsync("train", "names", "--resume", "--out", "m")).ExitCode);
            var beside = await _rnn.RunAsync([.. Quick, "--out", "other"]);
            Assert.Equal((ExitCode.Success, ""), (beside.ExitCode, beside.Errors));
        }
        finally
        {
            first.Kill();
        }

        await first.WaitForExitAsync(Token);
        var after = await _rnn.RunAsync([.. Quick, "--out", "m"]);
        Assert.Equal((ExitCode.Success, ""), (after.ExitCode, after.Errors));
        Assert.Equal(["m"], Directory.EnumerateFiles(_rnn.Folder, "m*").Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("-")]
    [InlineData("/dev/stdin")]
    public async Task Data_come_from_the_standard_input_too(string path)
    {
        if (OperatingSystem.IsWindows() && path != "-")
        {
            Assert.Skip("Windows has no such path.");
        }

        var (exitCode, output) = await PipeAsync(
            Names,
            ["train", "names", "--data", path, .. Quick[4..], "--out", "piped"]
        );
        Assert.Equal(ExitCode.Success, exitCode);
        Assert.Contains("names: the standard input", output, StringComparison.Ordinal);
        Assert.Equal(["piped"], Directory.EnumerateFiles(_rnn.Folder, "piped*").Select(Path.GetFileName));
        (exitCode, output) = await PipeAsync(Names, "evaluate", "names", "--data", path, "--model", "piped");
        Assert.Equal(ExitCode.Success, exitCode);
        Assert.Contains("bigram", output, StringComparison.Ordinal);
        (exitCode, _) = await PipeAsync("", "train", "names", "--data", path, "--out", "none");
        Assert.Equal(ExitCode.File, exitCode);
        Assert.Empty(Directory.EnumerateFiles(_rnn.Folder, "none*"));
    }

    [Fact]
    public async Task An_interrupt_while_data_are_read_ends_the_command_at_once()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has neither pipes among its files nor signals.");
        }

        Assert.Equal(0, MakePipe(Encoding.UTF8.GetBytes(_rnn.PathOf("pipe") + "\0"), Convert.ToUInt32("600", 8)));
        using var process = Rnn.Start(_rnn.Folder, "train", "names", "--data", "pipe", "--out", "m");
        while (!File.Exists(_rnn.PathOf("m.lock")))
        {
            Assert.False(process.HasExited);
            await Task.Delay(5, Token);
        }

        Rnn.AskToStop(process);
        await process.WaitForExitAsync(Token);
        Assert.Equal(ExitCode.Interrupted, process.ExitCode);
    }

    private async Task<(int ExitCode, string Output)> PipeAsync(string input, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(TestedProgram.Path, arguments)
            {
                WorkingDirectory = _rnn.Folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var errors = process.StandardError.ReadToEndAsync(Token);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(Token);
        await errors;
        return (process.ExitCode, await output);
    }

    [DllImport("libc", EntryPoint = "mkfifo")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MakePipe(byte[] path, uint mode);
}
