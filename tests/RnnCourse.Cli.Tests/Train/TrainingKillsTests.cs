using System.Diagnostics;
using System.Globalization;

namespace RnnCourse.Cli.Tests.Train;

/// <summary>Trainings of all tasks that are killed at random moments, and disks that are full at every write. They take
/// minutes, so they run in <c>.ci/long</c> only (<c>RNN_LONG=1</c>).</summary>
public sealed class TrainingKillsTests(ITestOutputHelper log) : IDisposable
{
    private const int Kills = 200;

    private readonly Rnn _rnn = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static bool IsLong => Environment.GetEnvironmentVariable("RNN_LONG") == "1";

    public void Dispose() => _rnn.Dispose();

    public static TheoryData<string> Tasks => ["names", "code", "pos", "reviews", "motion", "sunspots"];

    [Theory]
    [MemberData(nameof(Tasks))]
    public async Task A_training_that_is_killed_again_and_again_ends_with_the_same_bytes(string task)
    {
        Assert.SkipUnless(IsLong, "This takes minutes; RNN_LONG=1, as in .ci/long, runs it.");
        string[] settings = [.. Settings(task), "--checkpoint-every", "0.05"];
        var clock = Stopwatch.StartNew();
        Assert.Equal(0, (await _rnn.RunAsync(["train", task, "--out", "whole", .. settings])).ExitCode);
        var milliseconds = (int)clock.ElapsedMilliseconds;
        var whole = await File.ReadAllBytesAsync(_rnn.PathOf("whole"), Token);

        // The moment of each kill is left to chance. The bytes must not depend on it.
        var (kills, rounds) = (0, 0);
        while (kills < (Kills / 6) + 1)
        {
            var resumes = File.Exists(_rnn.PathOf("killed.plan.json"));
            var run = Stopwatch.StartNew();
            using var process = Rnn.Start(
                _rnn.Folder,
                ["train", task, "--out", "killed", .. resumes ? ["--resume", .. settings[^2..]] : settings]
            );
            var output = process.StandardOutput.ReadToEndAsync(Token);
            var errors = process.StandardError.ReadToEndAsync(Token);
            await Task.WhenAny(
                process.WaitForExitAsync(Token),
                Task.Delay(Random.Shared.Next(milliseconds * 11 / 10), Token)
            );
            if (process.HasExited)
            {
                // The machine's load changes, so the next kills come within the time that a training takes now.
                milliseconds = Math.Max(100, Math.Min(milliseconds, (int)run.ElapsedMilliseconds));
                Assert.Equal((0, ""), (process.ExitCode, await errors));
            }
            else
            {
                process.Kill();
                kills++;
            }

            await process.WaitForExitAsync(Token);
            await output;
            if (!File.Exists(_rnn.PathOf("killed.plan.json")) && File.Exists(_rnn.PathOf("killed")))
            {
                Assert.Equal(whole, await File.ReadAllBytesAsync(_rnn.PathOf("killed"), Token));
                File.Delete(_rnn.PathOf("killed"));
                rounds++;
            }
        }

        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{task}: {kills} kills, {rounds} whole trainings"));
        if (File.Exists(_rnn.PathOf("killed.plan.json")))
        {
            var last = await _rnn.RunAsync("train", task, "--resume", "--out", "killed");
            Assert.Equal((0, ""), (last.ExitCode, last.Errors));
            Assert.Equal(whole, await File.ReadAllBytesAsync(_rnn.PathOf("killed"), Token));
        }

        // At the end, no files of these processes are left.
        Assert.All(
            Directory.EnumerateFiles(_rnn.Folder, "killed*").Select(Path.GetFileName),
            name =>
                Assert.Contains(
                    name,
                    (string[])["killed", "killed.lock", "killed.checkpoint", "killed.checkpoint.best"]
                )
        );
    }

    [Fact]
    public async Task On_a_disk_that_is_full_at_any_write_the_last_checkpoint_stays_and_can_be_resumed()
    {
        Assert.SkipUnless(IsLong, "This takes minutes; RNN_LONG=1, as in .ci/long, runs it.");
        var disk = _rnn.PathOf("disk");
        Directory.CreateDirectory(disk);
        var probe = await SmallDiskAsync(disk, 64, "true");
        Assert.SkipUnless(probe.ExitCode == 0, $"A small disk cannot be made here: {probe.Errors}");

        string[] settings = [.. Settings("names"), "--checkpoint-every", "0.02"];
        Assert.Equal(0, (await _rnn.RunAsync(["train", "names", "--out", "whole", .. settings])).ExitCode);
        var whole = await File.ReadAllBytesAsync(_rnn.PathOf("whole"), Token);
        var seen = new HashSet<int>();
        for (var kilobytes = 4; kilobytes <= 96; kilobytes += 4)
        {
            var saved = _rnn.PathOf($"saved-{kilobytes}");
            Directory.CreateDirectory(saved);
            var words = string.Join(' ', settings.Select(word => $"'{word}'"));
            var run = await SmallDiskAsync(
                disk,
                kilobytes,
                $"TMPDIR='{disk}' '{TestedProgram.Path}' train names --out '{disk}/m' {words}; code=$?; "
                    + $"cp '{disk}'/m* '{saved}'; rm -f '{saved}/m.lock'; exit $code"
            );
            seen.Add(run.ExitCode);
            Assert.Contains(run.ExitCode, (int[])[ExitCode.Success, ExitCode.Usage, ExitCode.File]);
            Assert.Empty(Directory.EnumerateFiles(saved, "*.tmp"));
            if (run.ExitCode == ExitCode.Success)
            {
                Assert.Equal(whole, await File.ReadAllBytesAsync(Path.Combine(saved, "m"), Token));
                continue;
            }

            Assert.Contains("rnn: ", run.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
            if (File.Exists(Path.Combine(saved, "m.plan.json")))
            {
                var resumed = await _rnn.RunAsync("train", "names", "--resume", "--out", Path.Combine(saved, "m"));
                Assert.Equal((0, ""), (resumed.ExitCode, resumed.Errors));
                Assert.Equal(whole, await File.ReadAllBytesAsync(Path.Combine(saved, "m"), Token));
            }
        }

        log.WriteLine($"Exit codes: {string.Join(", ", seen.Order())}");
        Assert.Contains(ExitCode.File, seen);
        Assert.Contains(ExitCode.Success, seen);
    }

    // Runs a command in a separate namespace, in which the folder is a small disk.
    private static async Task<Result> SmallDiskAsync(string folder, int kilobytes, string command)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new(1, "", "only Linux has namespaces.");
        }

        using var process = Process.Start(
            new ProcessStartInfo(
                "unshare",
                [
                    "--map-root-user",
                    "--mount",
                    "sh",
                    "-c",
                    $"mount -t tmpfs -o size={kilobytes}k tmpfs '{folder}' || exit 99; {command}",
                ]
            )
            {
                WorkingDirectory = Path.GetDirectoryName(folder),
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var errors = process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return new(process.ExitCode, await output, await errors);
    }

    // Data and settings of a training that takes about a second.
    private string[] Settings(string task)
    {
        string[] With(string file, IEnumerable<string> lines, params string[] more)
        {
            File.WriteAllLines(_rnn.PathOf(file), lines);
            return ["--data", _rnn.PathOf(file), "--patience", "0", "--validate-every", "20", .. more];
        }

        return task switch
        {
            "names" => With("n.txt", Words(150), "--steps", "3000", "--hidden", "24"),
            "code" => With(
                "t.txt",
                Words(150).Select(word => $"the {word} sat on the {word}'s mat"),
                ["--steps", "300", "--hidden", "24", "--window", "16"]
            ),
            "pos" => With(
                "p.conllu",
                Words(150).SelectMany(word => (string[])[Row(1, "the", "DET"), Row(2, word, "NOUN"), ""]),
                ["--steps", "1500"]
            ),
            "reviews" => With(
                "r.tsv",
                ["label\ttext", .. Words(150).Select((word, k) => $"{k % 2}\t{(k % 2 == 0 ? "bad" : "good")} {word}")],
                ["--steps", "1500"]
            ),
            "motion" => ["--steps", "60", "--validate-every", "20", "--hidden", "8"],
            _ => With("s.csv", Enumerable.Range(0, 400).Select(k => $"{k * k % 17}"), "--steps", "1500"),
        };

        static string Row(int number, string word, string tag) => $"{number}\t{word}\t_\t{tag}\t_\t_\t_\t_\t_\t_";
    }

    private static IEnumerable<string> Words(int count) =>
        Enumerable
            .Range(0, count)
            .Select(k => $"{"bcdfghjklm"[k % 10]}{"aeiou"[k / 10 % 5]}{"nrst"[k / 50]}{"aeo"[k % 3]}");
}
