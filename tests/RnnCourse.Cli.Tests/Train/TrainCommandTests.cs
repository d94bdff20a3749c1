using System.Text;
using System.Text.Json;

namespace RnnCourse.Cli.Tests.Train;

public sealed class TrainCommandTests : IDisposable
{
    private readonly Rnn _rnn = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _rnn.Dispose();

    [Fact]
    public async Task A_model_is_trained_measured_and_used()
    {
        WriteNames();
        var trained = await _rnn.RunAsync("train", "names", "--data", "names.txt", "--steps", "120", "--hidden", "16");
        Assert.Equal((ExitCode.Success, ""), (trained.ExitCode, trained.Errors));
        Assert.Contains("RNN, 16 hidden", trained.Output, StringComparison.Ordinal);
        Assert.Matches(@"step \d+ of 120: loss [\d.]+, dev [\d.]+ nats per character, [\d.]+ steps/s", trained.Output);
        Assert.Equal(
            ["names.safetensors"],
            Directory.EnumerateFiles(_rnn.PathOf("artifacts", "models")).Select(Path.GetFileName)
        );

        var measured = await _rnn.RunAsync("evaluate", "names", "--data", "names.txt", "--json", "scores.json");
        Assert.Equal((ExitCode.Success, ""), (measured.ExitCode, measured.Errors));
        foreach (var method in new[] { "unigram", "bigram", "4-gram", "RNN, 16 hidden" })
        {
            Assert.Contains(method, measured.Output, StringComparison.Ordinal);
        }

        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(_rnn.PathOf("scores.json"), Token));
        var methods = json.RootElement.GetProperty("methods");
        Assert.Equal("model", methods[methods.GetArrayLength() - 1].GetProperty("kind").GetString());
        Assert.All(
            methods.EnumerateArray(),
            method => Assert.InRange(method.GetProperty("scores")[0].GetProperty("mean").GetDouble(), 0.1, 10)
        );

        var sampled = await _rnn.RunAsync("sample", "names", "--count", "3", "--seed", "5", "--prompt", "an");
        Assert.Equal((ExitCode.Success, ""), (sampled.ExitCode, sampled.Errors));
        Assert.Equal(
            3,
            sampled
                .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Count(line => line.StartsWith("an", StringComparison.Ordinal))
        );
        Assert.Equal(
            sampled.Output,
            (await _rnn.RunAsync("sample", "names", "--count", "3", "--seed", "5", "--prompt", "an")).Output
        );
    }

    [Fact]
    public async Task Ctrl_c_saves_a_checkpoint_and_resume_ends_with_the_same_file()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no signal to ask with.");
        }

        WriteNames();
        string[] settings =
        [
            "train",
            "names",
            "--data",
            "names.txt",
            "--steps",
            "2500",
            "--hidden",
            "32",
            "--validate-every",
            "100",
        ];
        Assert.Equal(ExitCode.Success, (await _rnn.RunAsync([.. settings, "--out", "whole.safetensors"])).ExitCode);

        // On a busy machine the training may have ended before it is asked to stop; then it is repeated.
        while (!await StopAsync([.. settings, "--out", "stopped.safetensors"]))
        {
            File.Delete(_rnn.PathOf("stopped.safetensors"));
        }

        var refused = await _rnn.RunAsync(
            "train",
            "names",
            "--resume",
            "--out",
            "stopped.safetensors",
            "--hidden",
            "5"
        );
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains("Leave out --hidden", refused.Errors, StringComparison.Ordinal);
        var resumed = await _rnn.RunAsync("train", "names", "--resume", "--out", "stopped.safetensors");
        Assert.Equal((ExitCode.Success, ""), (resumed.ExitCode, resumed.Errors));
        Assert.Equal(
            await File.ReadAllBytesAsync(_rnn.PathOf("whole.safetensors"), Token),
            await File.ReadAllBytesAsync(_rnn.PathOf("stopped.safetensors"), Token)
        );
        Assert.Equal(
            ["stopped.safetensors"],
            Directory.EnumerateFiles(_rnn.Folder, "stopped*").Select(Path.GetFileName)
        );
        Assert.Contains(
            "no stopped training",
            (await _rnn.RunAsync("train", "names", "--resume", "--out", "stopped.safetensors")).Errors,
            StringComparison.Ordinal
        );
    }

    // Whether a training was stopped after its first checkpoint and before its end.
    private async Task<bool> StopAsync(string[] arguments)
    {
        using var process = Rnn.Start(_rnn.Folder, arguments);
        var output = process.StandardOutput.ReadToEndAsync(Token);
        while (!process.HasExited && !File.Exists(_rnn.PathOf("stopped.safetensors.plan.json")))
        {
            await Task.Delay(5, Token);
        }

        _ = Rnn.TryAskToStop(process);
        await process.WaitForExitAsync(Token);
        if (process.ExitCode == ExitCode.Success)
        {
            return false;
        }

        Assert.Equal(ExitCode.Interrupted, process.ExitCode);
        Assert.Contains("rnn train names --resume --out stopped.safetensors", await output, StringComparison.Ordinal);
        return true;
    }

    [Theory]
    [InlineData(ExitCode.File, "names.txt", "", "empty", "train", "names", "--data", "names.txt")]
    [InlineData(
        ExitCode.File,
        "names.txt",
        "anna\nbert\n",
        "2 different names",
        "train",
        "names",
        "--data",
        "names.txt"
    )]
    [InlineData(ExitCode.File, "x.txt", "caf\u00e9 au lait", "line 1, column 4", "train", "text", "--data", "x.txt")]
    [InlineData(ExitCode.File, "x.conllu", "1\tHe\n", "line 1, column 5", "train", "pos", "--data", "x.conllu")]
    [InlineData(ExitCode.File, "x.tsv", "A\tB\n1\t2\n", "'A', 'B'", "train", "reviews", "--data", "x.tsv")]
    [InlineData(ExitCode.File, "x.csv", "a,b\n1,2\n1\n", "line 3", "train", "sunspots", "--data", "x.csv")]
    [InlineData(ExitCode.File, "x.bin", "ab\0c", "zero byte", "train", "text", "--data", "x.bin")]
    [InlineData(ExitCode.File, "x", "", "file or folder does not exist", "train", "names", "--data", "nowhere.txt")]
    [InlineData(ExitCode.Usage, "x", "", "Unknown task 'tea'. Choose one of names, code", "train", "tea")]
    [InlineData(
        ExitCode.Usage,
        "x",
        "",
        "--hidden takes a whole number, from 1 to 8192, not '0'",
        "train",
        "names",
        "--hidden",
        "0"
    )]
    [InlineData(
        ExitCode.Usage,
        "x",
        "",
        "--learning-rate takes a number, from 1E-09 to 100, not 'fast'",
        "train",
        "names",
        "--learning-rate",
        "fast"
    )]
    [InlineData(ExitCode.Usage, "x", "", "Train one: rnn train names", "sample")]
    [InlineData(ExitCode.Usage, "x", "", "Train one: rnn train pos", "tag", "a", "word")]
    [InlineData(ExitCode.Usage, "x", "", "Train one: rnn train reviews", "rate", "good")]
    [InlineData(ExitCode.Usage, "x", "", "Train one: rnn train motion", "evaluate", "motion")]
    [InlineData(
        ExitCode.File,
        "x.safetensors",
        "no model",
        "cannot be read",
        "rate",
        "good",
        "--model",
        "x.safetensors"
    )]
    [InlineData(ExitCode.Usage, "x", "", "The model file nowhere does not exist", "rate", "good", "--model", "nowhere")]
    public async Task What_cannot_be_done_is_one_message_and_an_exit_code(
        int exitCode,
        string file,
        string content,
        string message,
        params string[] arguments
    )
    {
        await File.WriteAllBytesAsync(_rnn.PathOf(file), Encoding.Latin1.GetBytes(content), Token);
        var result = await _rnn.RunAsync(arguments);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
        Assert.StartsWith("rnn: ", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reviews_with_columns_of_other_names_are_read_and_rated()
    {
        await File.WriteAllLinesAsync(
            _rnn.PathOf("r.csv"),
            [
                "Verdict,Words",
                .. Enumerable
                    .Range(0, 80)
                    .Select(k => $"{(k % 2 == 0 ? "up" : "down")},\"so {(k % 2 == 0 ? "good" : "bad")}, number {k}\""),
            ],
            Token
        );
        var trained = await _rnn.RunAsync(
            "train",
            "reviews",
            "--data",
            "r.csv",
            "--text-column",
            "Words",
            "--label-column",
            "Verdict",
            "--steps",
            "150",
            "--learning-rate",
            "0.01",
            "--out",
            "r.safetensors"
        );
        Assert.Equal((ExitCode.Success, ""), (trained.ExitCode, trained.Errors));
        var rated = await _rnn.RunAsync("rate", "so good, number 3", "--model", "r.safetensors", "--steps");
        Assert.Equal((ExitCode.Success, ""), (rated.ExitCode, rated.Errors));
        Assert.Matches(@"(?m)^up: (9\d|100)\.\d %", rated.Output);
        var other = await _rnn.RunAsync("tag", "so good", "--model", "r.safetensors");
        Assert.Contains(
            "a model of the task 'reviews' cannot tag words",
            other.Errors,
            StringComparison.OrdinalIgnoreCase
        );
    }

    private void WriteNames() =>
        File.WriteAllLines(
            _rnn.PathOf("names.txt"),
            Enumerable.Range(0, 120).Select(k => $"an{"abcde"[k % 5]}{"nml"[k % 3]}{"iouy"[k / 30]}{"xyzw"[k % 4]}")
        );
}
