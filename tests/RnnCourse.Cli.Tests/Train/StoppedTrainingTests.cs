using System.Diagnostics;
using System.Globalization;

namespace RnnCourse.Cli.Tests.Train;

/// <summary>What is left of a training that was stopped or killed.</summary>
public sealed class StoppedTrainingTests(StoppedTrainingTests.WholeTraining trained)
    : IClassFixture<StoppedTrainingTests.WholeTraining>
{
    private const int HangUp = 1;

    private static readonly string[] Settings =
    [
        "--data",
        "names.txt",
        "--steps",
        "8000",
        "--patience",
        "0",
        "--hidden",
        "24",
        "--validate-every",
        "50",
        "--checkpoint-every",
        "0.02",
    ];

    private readonly Rnn _rnn = trained.Rnn;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_training_resumes_to_the_same_file_and_its_best_model_can_be_used_before()
    {
        using (var process = Start("killed"))
        {
            await ForAsync("killed.checkpoint.best", process);
            process.Kill();
            await process.WaitForExitAsync(Token);
        }

        var sampled = await _rnn.RunAsync("sample", "--model", "killed.checkpoint.best", "--count", "2");
        Assert.Equal((ExitCode.Success, ""), (sampled.ExitCode, sampled.Errors));

        var fresh = await TrainAsync("killed");
        Assert.Equal(ExitCode.Usage, fresh.ExitCode);
        Assert.Contains("rnn train names --resume --out killed", fresh.Errors, StringComparison.Ordinal);

        var resumed = await _rnn.RunAsync("train", "names", "--resume", "--out", "killed");
        Assert.Equal((ExitCode.Success, ""), (resumed.ExitCode, resumed.Errors));
        Assert.Contains("Continuing after step", resumed.Output, StringComparison.Ordinal);
        await AssertSameAsync("whole", "killed");
        Assert.Equal(["killed"], Directory.EnumerateFiles(_rnn.Folder, "killed*").Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_training_that_was_killed_before_its_first_checkpoint_begins_anew()
    {
        using (var process = Start("early", "--checkpoint-every", "3600"))
        {
            await ForAsync("early.plan.json", process);
            process.Kill();
            await process.WaitForExitAsync(Token);
        }

        Assert.False(File.Exists(_rnn.PathOf("early.checkpoint")));
        var resumed = await _rnn.RunAsync("train", "names", "--resume", "--out", "early");
        Assert.Equal((ExitCode.Success, ""), (resumed.ExitCode, resumed.Errors));
        Assert.Contains("starts from the beginning", resumed.Output, StringComparison.Ordinal);
        await AssertSameAsync("whole", "early");
    }

    [Fact]
    public async Task Several_signals_within_a_second_are_one()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no signals.");
        }

        using var process = Start("stopped", "--steps", "5000000", "--checkpoint-every", "3600");
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var errors = process.StandardError.ReadToEndAsync(Token);
        await ForAsync("stopped.plan.json", process);
        for (var time = 0; time < 3; time++)
        {
            Rnn.TryAskToStop(process);
        }

        await process.WaitForExitAsync(Token);
        Assert.Equal((ExitCode.Interrupted, ""), (process.ExitCode, await errors));
        Assert.Contains("Everything is saved", await output, StringComparison.Ordinal);
        Assert.True(File.Exists(_rnn.PathOf("stopped.checkpoint")));
    }

    [Fact]
    public async Task A_closed_terminal_stops_a_training_like_ctrl_c_but_not_under_nohup()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Only Linux tells whether a signal is ignored.");
        }

        // A shell can't undo that for its child processes.
        Assert.SkipWhen(
            (SignalsIgnoredByThisProcess() & 1) != 0,
            "This run ignores the end of its terminal, as under nohup. Start it without nohup for this test."
        );

        foreach (var (output, trap) in new[] { ("plain", "trap - HUP"), ("nohup", "trap '' HUP") })
        {
            var words = string.Join(' ', More(["--steps", "5000000", "--checkpoint-every", "3600"]));
            using var process = Process.Start(
                new ProcessStartInfo(
                    "sh",
                    ["-c", $"{trap}; exec '{TestedProgram.Path}' train names --out {output} {words}"]
                )
                {
                    WorkingDirectory = _rnn.Folder,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            var reading = Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(Token),
                process.StandardError.ReadToEndAsync(Token)
            );
            await ForAsync($"{output}.plan.json", process);
            Assert.Equal(0, Rnn.Send(process, HangUp));
            if (output == "nohup")
            {
                // Enough time to stop, if it wrongly did.
                await Task.Delay(TimeSpan.FromSeconds(1.5), Token);
                Assert.False(process.HasExited);
                process.Kill();
            }

            await process.WaitForExitAsync(Token);
            await reading;
            Assert.Equal(output == "plain", File.Exists(_rnn.PathOf($"{output}.checkpoint")));
        }
    }

    [Fact]
    public async Task A_model_that_cannot_be_written_at_the_end_can_be_had_later()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Limits of file sizes are set as Linux does it.");
        }

        // Eight kilobytes: enough for the plan, too few for the model. Without the variable the runtime would need a
        // larger file itself.
        var words = string.Join(' ', More(["--checkpoint-every", "3600"]));
        using var process = Process.Start(
            new ProcessStartInfo(
                "sh",
                [
                    "-c",
                    "trap '' XFSZ; ulimit -f 16; export DOTNET_EnableWriteXorExecute=0; "
                        + $"exec '{TestedProgram.Path}' train names --out late {words}",
                ]
            )
            {
                WorkingDirectory = _rnn.Folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var errors = await process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        await output;
        Assert.Equal(ExitCode.File, process.ExitCode);
        Assert.Contains("The trained model cannot be written", errors, StringComparison.Ordinal);
        Assert.Contains("rnn train names --resume --out late", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_rnn.PathOf("late")));

        var resumed = await _rnn.RunAsync("train", "names", "--resume", "--out", "late");
        Assert.Equal((ExitCode.Success, ""), (resumed.ExitCode, resumed.Errors));
        await AssertSameAsync("whole", "late");
    }

    [Fact]
    public async Task A_diverged_training_keeps_its_best_model_and_does_not_block_another_training()
    {
        string[] wild =
        [
            "train",
            "names",
            "--out",
            "wild",
            .. More(["--validate-every", "5", "--learning-rate", "100", "--cell", "lstm", "--weight-decay", "10"]),
        ];
        var diverged = await _rnn.RunAsync(wild);
        Assert.Equal(ExitCode.TrainingDiverged, diverged.ExitCode);
        Assert.Contains("wild.checkpoint.best; use it with --model", diverged.Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, (await _rnn.RunAsync("sample", "--model", "wild.checkpoint.best")).ExitCode);
        Assert.Equal(ExitCode.Success, (await TrainAsync("wild")).ExitCode);
        Assert.Equal(["wild"], Directory.EnumerateFiles(_rnn.Folder, "wild*").Select(Path.GetFileName));
    }

    [Fact]
    public async Task Of_several_seeds_the_best_model_is_kept_also_after_a_kill()
    {
        // Which seed gives the best model is measured, not assumed.
        string[] Of(string output, params string[] more) =>
            ["train", "names", "--out", output, .. More(["--steps", "2000", .. more])];
        var losses = new List<byte[]>();
        foreach (var seed in new[] { "5", "6", "7" })
        {
            Assert.Equal(ExitCode.Success, (await _rnn.RunAsync(Of($"seed{seed}", "--seed", seed))).ExitCode);
            losses.Add(await File.ReadAllBytesAsync(_rnn.PathOf($"seed{seed}"), Token));
        }

        var all = await _rnn.RunAsync(Of("all", "--seed", "5", "--seeds", "3"));
        Assert.Equal((ExitCode.Success, ""), (all.ExitCode, all.Errors));
        Assert.Matches(@"Over 3 seeds: dev part \d\.\d+ ± \d\.\d+ nats per character", all.Output);
        var kept = System.Text.RegularExpressions.Regex.Match(all.Output, @"The model of seed (\d) is kept").Groups[1];
        Assert.Equal(
            losses[int.Parse(kept.Value, System.Globalization.CultureInfo.InvariantCulture) - 5],
            await File.ReadAllBytesAsync(_rnn.PathOf("all"), Token)
        );

        using (var process = Rnn.Start(_rnn.Folder, Of("ended", "--seed", "5", "--seeds", "3")))
        {
            await ForAsync("ended", process);
            process.Kill();
            await process.WaitForExitAsync(Token);
        }

        var resumed = await _rnn.RunAsync("train", "names", "--resume", "--out", "ended");
        Assert.Equal((ExitCode.Success, ""), (resumed.ExitCode, resumed.Errors));
        await AssertSameAsync("all", "ended");
    }

    private Task<Result> TrainAsync(string output) => TrainAsync(_rnn, output);

    private static Task<Result> TrainAsync(Rnn rnn, string output) =>
        rnn.RunAsync(["train", "names", "--out", output, .. Settings]);

    private Process Start(string output, params string[] more) =>
        Rnn.Start(_rnn.Folder, ["train", "names", "--out", output, .. More(more)]);

    // The parser accepts an option only once.
    private static IEnumerable<string> More(string[] more) =>
        Settings.Chunk(2).Where(pair => !more.Contains(pair[0])).Concat(more.Chunk(2)).SelectMany(pair => pair);

    private async Task ForAsync(string file, Process process)
    {
        while (!File.Exists(_rnn.PathOf(file)))
        {
            Assert.False(process.HasExited, "The training ended before it could be stopped.");
            await Task.Delay(1, Token);
        }
    }

    // One bit for each signal, the lowest for the first, SIGHUP.
    private static ulong SignalsIgnoredByThisProcess() =>
        ulong.Parse(
            File.ReadLines("/proc/self/status").Single(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))[
                "SigIgn:".Length..
            ],
            NumberStyles.AllowLeadingWhite | NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture
        );

    private async Task AssertSameAsync(string one, string other) =>
        Assert.Equal(
            await File.ReadAllBytesAsync(_rnn.PathOf(one), Token),
            await File.ReadAllBytesAsync(_rnn.PathOf(other), Token)
        );

    /// <summary>The same training, not stopped, as the model <c>whole</c>. The others run in its folder, since a model
    /// names the files of its data.</summary>
    public sealed class WholeTraining : IAsyncLifetime
    {
        internal Rnn Rnn { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await File.WriteAllLinesAsync(
                Rnn.PathOf("names.txt"),
                Enumerable
                    .Range(0, 120)
                    .Select(k => $"an{"abcde"[k % 5]}{"nml"[k % 3]}{"iouy"[k / 30]}{"xyzw"[k % 4]}"),
                Token
            );
            var trained = await TrainAsync(Rnn, "whole");
            Assert.Equal((ExitCode.Success, ""), (trained.ExitCode, trained.Errors));
        }

        public ValueTask DisposeAsync()
        {
            Rnn.Dispose();
            return default;
        }
    }
}
