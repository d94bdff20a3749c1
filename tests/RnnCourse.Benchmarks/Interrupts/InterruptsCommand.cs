using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using RnnCourse.Benchmarks.SideBySide;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Scripting;
using Spectre.Console;

namespace RnnCourse.Benchmarks.Interrupts;

/// <summary>The command interrupts: times cells that check whether they were interrupted beside the same cells without
/// checks.</summary>
internal static class InterruptsCommand
{
    // Code that a learner might write, from a plain loop to methods that mostly call others.
    private static readonly (string Name, string Body)[] Pieces =
    [
        ("count", "long n = 0; for (var i = 0; i < 3_000_000; i++) n += i; return n;"),
        (
            "sum of an array",
            "var a = new double[3000]; var s = 0.0; for (var r = 0; r < 1000; r++) for (var i = 0; "
                + "i < a.Length; i++) s += a[i]; return s;"
        ),
        (
            "product of matrices",
            "const int N = 120; var a = new double[N, N]; var b = new double[N, N]; var c = new double[N, N]; "
                + "for (var i = 0; i < N; i++) for (var j = 0; j < N; j++) { var s = 0.0; for (var k = 0; k < N; "
                + "k++) s += a[i, k] * b[k, j]; c[i, j] = s; } return c[1, 1];"
        ),
        ("LINQ, trivial lambda", "return Enumerable.Range(0, 1_000_000).Sum(x => x % 3);"),
        (
            "LINQ, three operators",
            "return Enumerable.Range(0, 1_000_000).Where(x => (x & 1) == 0).Select(x => x + 1L).Sum();"
        ),
        ("recursion", "int F(int n) => n < 2 ? n : F(n - 1) + F(n - 2); return F(27);"),
        (
            "local function",
            "double F(double x) => 1 / (1 + Math.Exp(-x)); var s = 0.0; for (var i = 0; i < 1_000_000; i++) "
                + "s += F(i * 1e-6); return s;"
        ),
        (
            "iterator",
            "IEnumerable<int> F(int n) { for (var i = 0; i < n; i++) yield return i; } var s = 0L; "
                + "foreach (var i in F(1_000_000)) s += i; return s;"
        ),
        (
            "dictionary of strings",
            "var d = new Dictionary<string, int>(); for (var i = 0; i < 200_000; i++) "
                + "{ var k = (i % 1000).ToString(); d[k] = d.GetValueOrDefault(k) + 1; } return d.Count;"
        ),
        (
            "sort, own comparison",
            "var r = new Random(1); var a = Enumerable.Range(0, 50_000).Select(_ => r.Next()).ToArray(); "
                + "Array.Sort(a, (x, y) => x.CompareTo(y)); return a[5];"
        ),
        ("lock", "var o = new object(); var n = 0; for (var i = 0; i < 500_000; i++) lock (o) n++; return n;"),
        (
            "throw and catch",
            "var n = 0; for (var i = 0; i < 500; i++) try { throw new InvalidOperationException(); "
                + "} catch { n++; } return n;"
        ),
    ];

    internal static Command Create()
    {
        var rounds = new Option<int>("--rounds")
        {
            Description = "How many pairs of samples to take of each row.",
            DefaultValueFactory = _ => 15,
        };
        var notebooks = new Option<string[]>("--notebook")
        {
            Description = "Also time all cells of this notebook, compilation included; may be repeated.",
        };
        var command = new Command("interrupts", "Time cells with the checks by which interrupts end them, and without.")
        {
            rounds,
            notebooks,
        };
        command.SetAction(async result =>
            await RunAsync(AnsiConsole.Console, result.GetValue(rounds), result.GetValue(notebooks) ?? [])
        );
        return command;
    }

    private static async Task RunAsync(IAnsiConsole console, int rounds, string[] notebooks)
    {
        // The console's own writer is kept; the output of cells is discarded.
        console.Profile.Width = Math.Max(console.Profile.Width, 120);
        using var elsewhere = new DisplayScope(new Nowhere()).Enter();
        var (withChecks, first) = await StartAsync(withChecks: true);
        var (plain, _) = await StartAsync(withChecks: false);
        console.MarkupLineInterpolated(
            $"first cell of the process, with checks: {first.TotalMilliseconds:F0} ms of processor time"
        );
        foreach (var (name, body) in Pieces)
        {
            var (workPlain, workChecked) = (await DelegateAsync(plain, body), await DelegateAsync(withChecks, body));
            var timed = PairedTimer.Time(workPlain, workChecked, rounds);
            var (plainTime, checkedTime) = (timed.OursMs, timed.PeerMs);
            var ratio = FormattableString.Invariant($"x {timed.Ratio:F2} ± {timed.Spread:P0}");
            console.MarkupLineInterpolated(
                $"{name, -24} {plainTime, 8:F2} ms, with checks {checkedTime, 8:F2} ms: {ratio}"
            );
        }

        foreach (var path in notebooks)
        {
            var ratios = new double[rounds];
            for (var round = 0; round < rounds; round++)
            {
                var a = await TimeAsync(path, withChecks: round % 2 == 0);
                var b = await TimeAsync(path, withChecks: round % 2 == 1);
                ratios[round] = round % 2 == 0 ? a / b : b / a;
            }

            double Ratio(double percent) => PairedTimer.Percentile(ratios, percent);
            console.MarkupLineInterpolated(
                $"{Path.GetFileName(path), -24} x {Ratio(50):F3}, from {Ratio(10):F3} to {Ratio(90):F3}"
            );
        }
    }

    private static ScriptSession Session(string folder, bool withChecks) =>
        new(new ScriptSessionOptions(folder) { InsertsInterruptChecks = withChecks });

    private static async Task<(ScriptSession Session, TimeSpan First)> StartAsync(bool withChecks)
    {
        var before = Environment.CpuUsage.TotalTime;
        var session = Session(Environment.CurrentDirectory, withChecks);
        await session.ExecuteAsync(new CellSource("first", "1 + 1"));
        return (session, Environment.CpuUsage.TotalTime - before);
    }

    private static async Task<Action> DelegateAsync(ScriptSession session, string body)
    {
        var outcome = await session.ExecuteAsync(
            new CellSource("piece", $"object Work() {{ {body} }}\n(Action)(() => Work())")
        );
        return (Action?)outcome.Result
            ?? throw new InvalidOperationException(string.Join('\n', outcome.Error!.Traceback));
    }

    private static async Task<double> TimeAsync(string path, bool withChecks)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        using var session = Session(folder, withChecks);
        await session.LoadCompilerAsync();
        await session.WarmUpAsync();
        var before = Stopwatch.GetTimestamp();
        foreach (var (number, cell) in NotebookReader.Read(path).Cells.OfType<CodeCell>().Index())
        {
            var source = CellSource.OfCell(Path.GetFileName(path), number + 1, cell.Source);
            var outcome = await session.ExecuteAsync(source);
            if (outcome.Error is { } error)
            {
                throw new InvalidOperationException(
                    string.Create(CultureInfo.InvariantCulture, $"Cell {number + 1} of {path}: {error.Message}")
                );
            }
        }

        return Stopwatch.GetElapsedTime(before).TotalMilliseconds;
    }

    private sealed class Nowhere : ICellOutput
    {
        public void Print(string stream, string text) { }

        public void Show(MimeBundle data, string displayId) { }

        public void Replace(MimeBundle data, string displayId) { }
    }
}
