using System.CommandLine;
using RnnCourse.Benchmarks.Peers;
using Spectre.Console;

namespace RnnCourse.Benchmarks.SideBySide;

/// <summary>The command side-by-side: times us and our peers in turn, in one run.</summary>
internal static class SideBySideCommand
{
    internal static Command Create()
    {
        var rows = new Option<string?>("--rows")
        {
            Description =
                "Only rows whose name contains one of these, separated by commas; for example: --rows \"LSTM,1024\"",
        };
        var json = new Option<string?>("--json") { Description = "Also write the rows to this file." };
        var rounds = new Option<int>("--rounds")
        {
            Description = "How many pairs of samples to take of each row.",
            DefaultValueFactory = _ => 15,
        };
        var shapes = new Option<string[]>("--shape")
        {
            Description =
                "A training step of other sizes, in place of the listed rows: CELL,V,H,T,B[,LAYERS]; for "
                + "example: --shape GRU,50,200,40,16",
        };
        var tasks = new Option<bool>("--tasks")
        {
            Description = "Whole trainings of tasks, in place of the listed rows: names, text, tagging, reviews.",
        };
        var share = new Option<double>("--share")
        {
            Description = "With --tasks: how much of each training to take, above 0 and at most 1.",
            DefaultValueFactory = _ => 1,
        };
        var treebank = new Option<string?>("--treebank")
        {
            Description = "With --tasks: a treebank in CoNLL-U for the tagging row. Default: the course's sentences.",
        };
        var command = new Command(
            "side-by-side",
            "Time our products and training steps beside those of libtorch, OpenBLAS and Math.NET."
        )
        {
            rows,
            json,
            rounds,
            shapes,
            tasks,
            share,
            treebank,
        };
        command.SetAction(result =>
            result.GetValue(tasks)
                ? RunTasks(
                    AnsiConsole.Console,
                    result.GetValue(rows),
                    result.GetValue(json),
                    result.GetValue(share),
                    result.GetValue(treebank)
                )
                : Run(
                    AnsiConsole.Console,
                    result.GetValue(rows),
                    result.GetValue(json),
                    result.GetValue(rounds),
                    result.GetValue(shapes) ?? []
                )
        );
        return command;
    }

    private static int Run(IAnsiConsole console, string? filter, string? json, int rounds, string[] shapes)
    {
        // The table's width; a redirected console claims 80.
        console.Profile.Width = Math.Max(console.Profile.Width, 120);
        var threads = Environment.ProcessorCount;
        console.MarkupLineInterpolated($"{threads} cores; {RuntimeName}");
        var torch = Torch.TryLoad(threads, out var whyNot);
        console.MarkupLineInterpolated($"libtorch: {torch ?? whyNot}");

        List<Contest> contests;
        try
        {
            // A training step has libtorch as its only peer; without it there is nothing to compare.
            contests =
                shapes.Length > 0
                    ?
                    [
                        .. shapes
                            .Select(ParseShape)
                            .SelectMany(shape => torch is null ? [] : TrainingRows.For(shape, threads)),
                    ]
                    :
                    [
                        .. torch is null ? [] : TrainingRows.All(threads),
                        .. ProductRows.All(console, torch is not null, threads),
                    ];
        }
        catch (FormatException exception)
        {
            console.MarkupLineInterpolated($"[red]{exception.Message}[/]");
            return 2;
        }

        if (filter is not null)
        {
            var wanted = filter.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            contests =
            [
                .. contests.Where(contest =>
                    wanted.Any(word => contest.Name.Contains(word, StringComparison.OrdinalIgnoreCase))
                ),
            ];
        }

        if (contests.Count == 0)
        {
            console.MarkupLine("[red]No row is left to time.[/]");
            return 2;
        }

        var rows = new List<Row>();
        foreach (var contest in contests)
        {
            var peak = contest.IsDouble ? PeakMeter.Measure<double>(threads) : PeakMeter.Measure<float>(threads);
            using var contestants = contest.Prepare();
            var timed = PairedTimer.Time(contestants.Ours, contestants.Theirs, rounds);
            var row = new Row(
                contest.Name,
                timed.OursMs,
                contest.Peer,
                timed.PeerMs,
                timed.Ratio,
                timed.Spread,
                contest.Flops / (timed.OursMs * 1e6) / peak
            );
            rows.Add(row);
            console.MarkupLineInterpolated($"  {row.Name}, {row.Peer}: {row.Ratio:0.00}");
        }

        Report.Print(console, rows);
        if (json is not null)
        {
            Report.WriteJson(json, rows);
        }
        return 0;
    }

    private static int RunTasks(IAnsiConsole console, string? filter, string? json, double share, string? treebank)
    {
        console.Profile.Width = Math.Max(console.Profile.Width, 120);
        var threads = Environment.ProcessorCount;
        console.MarkupLineInterpolated($"{threads} cores; {RuntimeName}");
        var torch = Torch.TryLoad(threads, out var whyNot);
        console.MarkupLineInterpolated($"libtorch: {torch ?? whyNot}");
        if (torch is null || !(share is > 0 and <= 1))
        {
            console.MarkupLine(
                torch is null ? "[red]No row is left to time.[/]" : "[red]--share takes a number above 0, at most 1.[/]"
            );
            return 2;
        }

        string[] wanted =
            filter?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        var rows = TaskRows.Run(
            console,
            share,
            treebank,
            threads,
            name => wanted.Length == 0 || wanted.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))
        );
        Report.Print(console, rows);
        if (json is not null)
        {
            Report.WriteJson(json, rows);
        }

        return rows.Count > 0 ? 0 : 2;
    }

    private static TrainingShape ParseShape(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length is 5 or 6 && parts[0].ToUpperInvariant() is "RNN" or "GRU" or "LSTM")
        {
            int[] sizes = [.. parts[1..].Select(part => int.TryParse(part, out var size) && size > 0 ? size : 0)];
            if (!sizes.Contains(0))
            {
                return new TrainingShape(
                    parts[0].ToUpperInvariant(),
                    sizes[0],
                    sizes[1],
                    sizes[2],
                    sizes[3],
                    sizes.Length == 5 ? sizes[4] : 1
                );
            }
        }

        throw new FormatException(
            $"'{text}' is not a shape; write CELL,V,H,T,B or CELL,V,H,T,B,LAYERS with CELL one of RNN, GRU, LSTM."
        );
    }

    private static string RuntimeName => System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription;
}
