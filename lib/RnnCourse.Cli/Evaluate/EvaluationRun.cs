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
    public static int MeasureFile(TaskModel trained, TaskData data, string? json)
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
        TrainingRun.WriteIntroduction(console, task, task.Name);
        if (trained.Notes.TryGetValue("data", out var learntFrom) && task.Notes.GetValueOrDefault("data") != learntFrom)
        {
            console.WriteUnwrapped(
                "The model was trained on other data than these. The baselines learn from the training part of these."
            );
        }

        var methods = Baselines(console, task, settings);
        methods.Add(new(trained.Description, IsModel: true, [task.Measure(trained.Model)]));
        return Show(console, task, methods, json);
    }

    public static int TrainAndMeasure(
        string name,
        TaskData data,
        Func<TaskSettings, TaskSettings> apply,
        int seeds,
        string? json,
        CancellationToken cancellation
    )
    {
        var task = TaskCatalogue.Open(name, data);
        var settings = apply(TaskCatalogue.SettingsFor(task, data));
        var console = ConsoleFor(json);
        TrainingRun.WriteIntroduction(console, task, task.Name);
        var methods = Baselines(console, task, settings);
        var scores = new List<IReadOnlyList<Score>>();
        var description = "";
        for (var seed = 1; seed <= seeds; seed++)
        {
            console.WriteUnwrapped($"Training with seed {seed} of {seeds}:");
            var bar = new TrainingBar(console, task.LossUnit, task.StepsOf(settings));
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
        return Show(console, task, methods, json);
    }

    private static List<MeasuredMethod> Baselines(IAnsiConsole console, CourseTask task, TaskSettings settings)
    {
        console.WriteUnwrapped("Measuring the baselines …");
        return
        [
            .. task.Baselines(settings)
                .Select(baseline => new MeasuredMethod(baseline.Method, IsModel: false, [baseline.Scores])),
        ];
    }

    private static int Show(IAnsiConsole console, CourseTask task, List<MeasuredMethod> methods, string? json)
    {
        ScoreTable.Write(console, methods);
        if (json is not null)
        {
            ScoreJson.Write(json, task, methods);
        }

        return ExitCode.Success;
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
