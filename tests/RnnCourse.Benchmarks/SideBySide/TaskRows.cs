using System.Diagnostics;
using RnnCourse.Benchmarks.Peers;
using RnnCourse.Core;
using RnnCourse.Model;
using RnnCourse.Optimisers;
using RnnCourse.Tasks;
using RnnCourse.Training;
using Spectre.Console;

namespace RnnCourse.Benchmarks.SideBySide;

/// <summary>Whole trainings of the course's tasks: ours beside libtorch's, from the same weights, on the same batches,
/// with the same optimiser, step by step.</summary>
internal static class TaskRows
{
    private const int StepsInTurn = 20;

    private static readonly (string Label, string Task)[] Tasks =
    [
        ("names", "names"),
        ("text", "code"),
        ("tagging", "pos"),
        ("reviews", "reviews"),
    ];

    /// <summary>Trains each task on both sides, and on ours once more with another seed, for comparison.</summary>
    /// <param name="console">Where to report.</param>
    /// <param name="share">How much of each training to take, from 0 to 1.</param>
    /// <param name="treebank">A treebank for the tagging task; null for the course's sentences.</param>
    /// <param name="threads">How many cores each side uses.</param>
    /// <param name="wanted">Whether a row is wanted.</param>
    internal static IReadOnlyList<Row> Run(
        IAnsiConsole console,
        double share,
        string? treebank,
        int threads,
        Func<string, bool> wanted
    )
    {
        var rows = new List<Row>();
        foreach (var (label, name) in Tasks.Where(task => wanted(task.Label)))
        {
            var data = name == "pos" && treebank is not null ? new TaskData { Path = treebank } : new TaskData();
            var task = TaskCatalogue.Open(name, data);
            var settings = TaskCatalogue.SettingsFor(task, data) with { Threads = threads };
            var steps = Math.Max(StepsInTurn, (long)(task.StepsOf(settings) * share));
            rows.Add(Train(console, label, task, settings, steps));
        }

        return rows;
    }

    private static Row Train(IAnsiConsole console, string label, CourseTask task, TaskSettings settings, long steps)
    {
        var options = Options(task, settings);
        using var ours = Trainer(task, settings, options);
        using var another = Trainer(task, settings with { Seed = settings.Seed + 1 }, options);
        using var theirs = new TorchTaskTraining(
            new SequenceModel<float>(task.Shape(settings), new SeededRandom(settings.Seed)),
            options,
            settings.WeightDecay
        );
        var batches = task.Batches(settings);
        var (oursMs, theirsMs) = (new List<double>(), new List<double>());
        var (oursLoss, theirsLoss, anotherLoss) = (new List<double>(), new List<double>(), new List<double>());
        for (var turn = 0; turn * StepsInTurn < steps; turn++)
        {
            var count = (int)Math.Min(StepsInTurn, steps - (turn * StepsInTurn));
            void Ours() => oursMs.Add(Time(count, () => oursLoss.Add(ours.Step())));
            void Theirs() =>
                theirsMs.Add(
                    Time(
                        count,
                        () =>
                        {
                            var batch = batches.NextBatch(out var startsAnew);
                            theirsLoss.Add(theirs.Step(batch, startsAnew));
                        }
                    )
                );
            // The order changes each turn, so that neither always inherits the other's cache.
            if (turn % 2 == 0)
            {
                Ours();
                Theirs();
            }
            else
            {
                Theirs();
                Ours();
            }

            for (var step = 0; step < count; step++)
            {
                anotherLoss.Add(another.Step());
            }
        }

        // The losses of a tenth of the training each, at ten places: the curves.
        double[] Curve(List<double> losses) =>
            [
                .. Enumerable
                    .Range(0, 10)
                    .Select(k => losses[(k * losses.Count / 10)..((k + 1) * losses.Count / 10)].Average()),
            ];
        var curves = (Ours: Curve(oursLoss), Theirs: Curve(theirsLoss), Another: Curve(anotherLoss));
        var apart = curves.Ours.Zip(curves.Theirs, (a, b) => Math.Abs(a - b)).Max();
        var seeds = curves.Ours.Zip(curves.Another, (a, b) => Math.Abs(a - b)).Max();
        console.MarkupLineInterpolated($"  {label}: {TaskModel.Describe(ours.Model.Shape)}, {steps} steps");
        console.MarkupLineInterpolated(
            $"    loss at the end {curves.Ours[^1]:0.0000}, libtorch {curves.Theirs[^1]:0.0000}"
        );
        console.MarkupLineInterpolated(
            $"    curves apart by at most {apart:0.0000}, those of two of our seeds by {seeds:0.0000}"
        );

        // The first turns include the start of both runtimes.
        var start = Math.Min(2, oursMs.Count - 1);
        double[] ratios = [.. oursMs.Zip(theirsMs, (a, b) => b / a).Skip(start)];
        return new(
            $"task {label}",
            oursMs.Sum(),
            "libtorch",
            theirsMs.Sum(),
            theirsMs.Skip(start).Sum() / oursMs.Skip(start).Sum(),
            (PairedTimer.Percentile(ratios, 90) - PairedTimer.Percentile(ratios, 10))
                / 2
                / PairedTimer.Percentile(ratios, 50),
            double.NaN
        );
    }

    private static double Time(int count, Action step)
    {
        var start = Stopwatch.GetTimestamp();
        for (var k = 0; k < count; k++)
        {
            step();
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static Trainer<float> Trainer(CourseTask task, TaskSettings settings, TrainerOptions options) =>
        new(
            new SequenceModel<float>(task.Shape(settings), new SeededRandom(settings.Seed)),
            task.Loss,
            new Adam<float>(weightDecay: settings.WeightDecay),
            task.Batches(settings),
            options with
            {
                DropoutSeed = settings.Seed,
            }
        );

    // As in TaskTraining, without the measurements on the dev part.
    private static TrainerOptions Options(CourseTask task, TaskSettings settings)
    {
        var total = task.StepsOf(settings);
        var warmUp = Math.Clamp(total / 20, 1, 200);
        return new()
        {
            LearningRate = new WarmUp(warmUp, new CosineDecay(settings.LearningRate, Math.Max(1, total - warmUp))),
            ClipNorm = settings.ClipNorm,
            CarryState = task.CarriesState,
            Threads = settings.Threads,
        };
    }
}
