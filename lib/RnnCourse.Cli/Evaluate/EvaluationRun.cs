using System.Globalization;
using RnnCourse.Cli.Train;
using RnnCourse.Metrics;
using RnnCourse.Tasks;
using RnnCourse.Training;
using Spectre.Console;

namespace RnnCourse.Cli.Evaluate;

/// <summary>Carries out <c>rnn evaluate</c>.</summary>
internal static class EvaluationRun
{
    /// <summary>The data on which a model was trained; if the model does not name them, or they are the course's data,
    /// those that the options name.</summary>
    /// <exception cref="UserErrorException">The data no longer exist.</exception>
    public static TaskData DataOf(TaskModel trained, TaskData given)
    {
        if (Provenance.Of(trained) is not { } provenance || provenance.Data is { Path: null, Origin: null })
        {
            return given;
        }

        if (provenance.Data.Origin is { } origin)
        {
            throw new UserErrorException(
                $"The model was trained on what came through {origin}. Say with --data on what to measure it."
            );
        }

        return File.Exists(provenance.Data.Path) || Directory.Exists(provenance.Data.Path)
            ? provenance.Data
            : throw new UserErrorException(
                $"The model was trained on {provenance.Data.Path}, which is not there any more. Say with --data on "
                    + "what to measure it."
            );
    }

    public static int MeasureFile(TaskModel trained, TaskData data, string called, string? json)
    {
        var task = trained.OpenTask(data);
        var usual = TaskCatalogue.SettingsFor(task.Name);
        var settings = usual with
        {
            Cell = trained.Model.Shape.Cell,
            HiddenSize = trained.Model.Shape.HiddenSize,
            Layers = trained.Model.Shape.Layers,
            Bidirectional = trained.Model.Shape.Bidirectional,
        };
        var console = ConsoleFor(json);
        TrainingRun.WriteIntroduction(console, task, called);
        WriteDifference(console, task, trained);
        var overlap = task.OverlapWith(trained);
        WriteOverlap(console, overlap);
        var methods = Baselines(console, task, settings);
        methods.Add(new(trained.Description, IsModel: true, [task.Measure(trained.Model)]));
        return Show(console, task, methods, overlap, json);
    }

    public static int TrainAndMeasure(
        string name,
        TaskData data,
        string called,
        Func<TaskSettings, TaskSettings> apply,
        int seeds,
        string? json,
        CancellationToken cancellation
    )
    {
        var task = TaskCatalogue.Open(name, data);
        var settings = apply(TaskCatalogue.SettingsFor(task, data));
        var console = ConsoleFor(json);
        TrainingRun.WriteIntroduction(console, task, called);
        var overlap = task.OverlapWith(null);
        WriteOverlap(console, overlap);
        var methods = Baselines(console, task, settings);
        var scores = new List<IReadOnlyList<Score>>();
        var description = "";
        for (var seed = 1; seed <= seeds; seed++)
        {
            console.WriteUnwrapped($"Training with seed {seed} of {seeds}:");
            var bar = new TrainingBar(console, task.LossUnit, task.StepsOf(settings), settings.Patience > 0);
            using var training = new TaskTraining(task, settings with { Seed = (ulong)seed }, progress: bar.Report);
            if (bar.Show(0, () => training.Run(cancellation)) == TrainingEnd.Cancelled)
            {
                return ExitCode.Interrupted;
            }

            scores.Add(task.Measure(training.Model));
            console.WriteUnwrapped("  " + string.Join(", ", scores[^1].Select(Format)));
            description = TaskModel.Describe(training.Model.Shape);
        }

        methods.Add(new(description, IsModel: true, scores));
        return Show(console, task, methods, overlap, json);
    }

    private static void WriteDifference(IAnsiConsole console, CourseTask task, TaskModel trained)
    {
        if (Provenance.Of(trained) is { } provenance)
        {
            string[] changed =
            [
                .. provenance
                    .Parts.Zip(task.PartRecords)
                    .Where(pair => pair.First != pair.Second)
                    .Select(pair => pair.First.Name),
            ];
            if (changed.Length > 0)
            {
                console.WriteUnwrapped(
                    "Attention: these are not the data that the model was trained on, or they have changed since "
                        + $"(parts: {string.Join(", ", changed)}). The baselines learn from the training part of these."
                );
            }
        }
        else if (trained.Notes.TryGetValue("data", out var learnt) && task.Notes.GetValueOrDefault("data") != learnt)
        {
            console.WriteUnwrapped(
                "Attention: the model was trained on other data than these. The baselines learn from the training part "
                    + "of these."
            );
        }
    }

    private static void WriteOverlap(IAnsiConsole console, Overlap? overlap)
    {
        if (overlap is null)
        {
            console.WriteUnwrapped(
                "The model is from an earlier version and does not record its training data, so it is unknown whether "
                    + "it has seen some of the test part."
            );
        }
        else if (overlap.Same > 0 || overlap.Near > 0)
        {
            var near = overlap.Near switch
            {
                0 => "",
                1 => $"1 {(overlap.Same > 0 ? "more" : "text")} is nearly the same as one that was learnt. ",
                var count => $"{count} {(overlap.Same > 0 ? "more" : "texts")} are nearly the same as learnt ones. ",
            };
            var same = overlap.Same > 0 ? $"{overlap.Same} of {overlap.Items} compared items were learnt. " : "";
            console.WriteUnwrapped(
                $"Attention: the model knows a part of what it is measured on. {same}{near}On new data its scores "
                    + "would be worse, the more so the larger this part."
            );
        }
    }

    private static List<MeasuredMethod> Baselines(IAnsiConsole console, CourseTask task, TaskSettings settings)
    {
        task.BaselineBegins = name => console.WriteUnwrapped($"Measuring: {name} …");
        List<MeasuredMethod> methods =
        [
            .. task.Baselines(settings)
                .Select(baseline => new MeasuredMethod(baseline.Method, IsModel: false, [baseline.Scores])),
        ];
        task.BaselineBegins = null;
        return methods;
    }

    private static int Show(
        IAnsiConsole console,
        CourseTask task,
        List<MeasuredMethod> methods,
        Overlap? overlap,
        string? json
    )
    {
        ScoreTable.Write(console, methods);
        foreach (var sentence in Verdict(methods))
        {
            console.WriteUnwrapped(sentence);
        }

        if (json is not null)
        {
            ScoreJson.Write(json, task, methods, overlap);
        }

        return ExitCode.Success;
    }

    /// <summary>Describes in which scores a baseline beats the model, and whether its lead in the main score is
    /// certain.</summary>
    internal static IEnumerable<string> Verdict(IReadOnlyList<MeasuredMethod> methods)
    {
        var model = methods[^1];
        for (var k = 0; k < model.Runs[0].Count; k++)
        {
            var score = model.Runs[0][k];
            var sign = score.LowerIsBetter ? 1 : -1;
            var best = methods
                .Take(methods.Count - 1)
                .Where(method => !double.IsNaN(method.Summary(k).Mean))
                .MinBy(method => sign * method.Summary(k).Mean);
            if (best is null || double.IsNaN(model.Summary(k).Mean))
            {
                continue;
            }

            var (own, other) = (model.Summary(k).Mean, best.Summary(k).Mean);
            if (sign * own >= sign * other)
            {
                yield return $"Attention: in {score.Name} the model doesn't beat '{best.Name}'.";
            }
            else if (k == 0 && model.Runs.Count == 1 && score.Low <= other && other <= score.High)
            {
                yield return $"Its lead over '{best.Name}' in {score.Name} may be chance: the interval holds both. "
                    + "More test data would tell.";
            }
        }
    }

    private static string Format(Score score) =>
        $"{score.Name} {score.Value.ToString(score.Format, CultureInfo.InvariantCulture)}";

    // JSON gets the standard output for itself; text for people then goes to the standard error.
    private static IAnsiConsole ConsoleFor(string? json) =>
        json == "-"
            ? AnsiConsole.Create(
                new AnsiConsoleSettings
                {
                    Out = new AnsiConsoleOutput(Console.Error),
                    Ansi = AnsiSupport.No,
                    Interactive = InteractionSupport.No,
                }
            )
            : Terminal.CreateConsole();
}

/// <summary>A method and its scores: from one run, or from one run for each seed.</summary>
internal sealed record MeasuredMethod(string Name, bool IsModel, IReadOnlyList<IReadOnlyList<Score>> Runs)
{
    public SeedSummary Summary(int score) => SeedSummary.Of([.. Runs.Select(run => run[score].Value)]);
}
