using System.Diagnostics;
using System.Globalization;
using RnnCourse.Metrics;
using RnnCourse.Tasks;
using RnnCourse.Training;
using Spectre.Console;

namespace RnnCourse.Cli.Train;

/// <summary>Carries out <c>rnn train</c>.</summary>
internal static class TrainingRun
{
    /// <summary>Trains a model and saves it.</summary>
    /// <param name="task">The task, on its data.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="request">The user's request.</param>
    /// <param name="resume">Whether to continue from the checkpoint beside the model file.</param>
    /// <param name="cancellation">Stops the training after a checkpoint is saved.</param>
    /// <returns>The exit code.</returns>
    public static int Execute(
        CourseTask task,
        TrainingPlan plan,
        TrainingRequest request,
        bool resume,
        CancellationToken cancellation
    )
    {
        var output = request.Output;
        var console = Terminal.CreateConsole();
        WriteIntroduction(console, task, request.TaskName);
        if (!resume)
        {
            TrainingPlan.Clear(output, keep: plan.Data.Path);
            plan.Save(output);
        }

        var isResumed = resume;
        while (plan.Done.Count < plan.Seeds)
        {
            if (plan.Seeds > 1)
            {
                console.WriteUnwrapped($"Model {plan.Done.Count + 1} of {plan.Seeds}:");
            }

            var (exitCode, loss) = TrainOne(console, task, plan, request, isResumed, cancellation);
            if (exitCode != ExitCode.Success)
            {
                return exitCode;
            }

            // In this order: a process that is killed in between trains this model again, to the same bits.
            File.Delete(TrainingPlan.CheckpointFor(output));
            plan = plan with { Done = [.. plan.Done, double.IsFinite(loss) ? loss : null] };
            isResumed = false;
            if (plan.Done.Count < plan.Seeds)
            {
                plan.Save(output);
            }
        }

        TrainingPlan.Clear(output);
        if (plan.Seeds > 1)
        {
            WriteSeeds(console, task, plan);
        }

        console.WriteUnwrapped($"Model: {Terminal.Printable(Terminal.Relative(output))}");
        foreach (var line in Next(task, plan.Data, request))
        {
            console.WriteUnwrapped(line);
        }

        return ExitCode.Success;
    }

    // Trains the plan's next model, and saves it unless an earlier one is better.
    private static (int ExitCode, double Loss) TrainOne(
        IAnsiConsole console,
        CourseTask task,
        TrainingPlan plan,
        TrainingRequest request,
        bool resume,
        CancellationToken cancellation
    )
    {
        var output = request.Output;
        var settings = plan.Settings with { Seed = unchecked(plan.Settings.Seed + (ulong)plan.Done.Count) };
        var total = task.StepsOf(settings);
        var bar = new TrainingBar(console, task.LossUnit, total, settings.Patience > 0);
        var usual = new TaskCheckpoint(TrainingPlan.CheckpointFor(output));
        var failures = new CheckpointFailures();
        using var training = new TaskTraining(
            task,
            settings,
            usual with
            {
                First = request.CheckpointEvery ?? usual.First,
                Period = request.CheckpointEvery ?? usual.Period,
                Share = request.CheckpointEvery is null ? usual.Share : 1,
                Failed = failures.Report,
            },
            bar.Report,
            (int)Math.Clamp(total / 400, 1, 100)
        );
        failures.Training = training;
        if (resume && File.Exists(usual.Path))
        {
            training.Resume(usual.Path);
            console.WriteUnwrapped($"Continuing after step {training.StepCount}.");
        }
        else if (resume)
        {
            console.WriteUnwrapped(
                "The training was stopped before its first checkpoint. It starts from the beginning."
            );
        }

        console.WriteUnwrapped(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{TaskModel.Describe(training.Model.Shape)}, {training.Model.ParameterCount} parameters, "
                    + $"{total} steps, seed {settings.Seed}"
            )
        );
        var clock = Stopwatch.StartNew();
        TrainingEnd end;
        try
        {
            end = bar.Show(training.StepCount, () => training.Run(cancellation));
        }
        catch (TrainingDivergedException e)
        {
            throw KeepBest(task, training, output, usual.BestPath, e);
        }

        if (end == TrainingEnd.Cancelled)
        {
            console.WriteUnwrapped(
                $"Stopped after step {training.StepCount} of {total}. {Saved(training)} Continue with: rnn train "
                    + $"{request.TaskName} --resume{request.OutOption("--out")}"
            );
            return (ExitCode.Interrupted, 0);
        }

        if (plan.Done.All(loss => !(loss <= training.BestDevLoss)))
        {
            var model = training.Trained;
            try
            {
                model.Save(output);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return (SaveElsewhere(model, training, request, e), 0);
            }
        }

        WriteEnd(console, task, training, end, clock.Elapsed);
        return (ExitCode.Success, training.BestDevLoss);
    }

    private static void WriteSeeds(IAnsiConsole console, CourseTask task, TrainingPlan plan)
    {
        double[] losses = [.. plan.Done.OfType<double>()];
        if (losses.Length == 0)
        {
            console.WriteUnwrapped("Without a dev part no model is better than another: the last one is kept.");
            return;
        }

        var best = plan.Settings.Seed + (ulong)plan.Done.ToList().IndexOf(losses.Min());
        console.WriteUnwrapped(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Over {losses.Length} seeds: dev part {SeedSummary.Of(losses)} {task.LossUnit} (mean ± standard "
                    + $"deviation). The model of seed {best} is kept."
            )
        );
    }

    public static void WriteIntroduction(IAnsiConsole console, CourseTask task, string called)
    {
        console.WriteUnwrapped($"{called}: {Terminal.Printable(task.Source)}");
        console.WriteUnwrapped($"{task.Sizes}.");
        foreach (var remark in task.Remarks)
        {
            console.WriteUnwrapped(Terminal.Printable(remark));
        }
    }

    private static void WriteEnd(
        IAnsiConsole console,
        CourseTask task,
        TaskTraining training,
        TrainingEnd end,
        TimeSpan elapsed
    )
    {
        var references = task.DevReferences;
        var others = string.Concat(references.Select(reference => $", {reference.Method} {LossText(reference.Loss)}"));
        var loss = double.IsFinite(training.BestDevLoss)
            ? $", dev part {LossText(training.BestDevLoss)} {task.LossUnit}"
                + (others.Length > 0 ? $" ({others[2..]})" : "")
            : "";
        var early =
            end == TrainingEnd.NoImprovement
                ? $" Stopped at step {training.StepCount}, because the loss on the dev part no longer improved."
                : "";
        console.WriteUnwrapped($"Trained in {Terminal.FormatDuration(elapsed)}{loss}.{early}");
        // The last one is the weakest, so losing to it says the most.
        if (references.LastOrDefault(reference => !(training.BestDevLoss < reference.Loss)) is { } better)
        {
            console.WriteUnwrapped(
                $"Attention: this model doesn't beat '{better.Method}', the simplest method in the comparison. "
                    + "Try another --learning-rate or more --steps, or check the data."
            );
        }
    }

    // Small losses, such as those of a series, would otherwise all be 0.000.
    private static string LossText(double loss) =>
        loss.ToString(Math.Abs(loss) >= 0.1 ? "0.000" : "G3", CultureInfo.InvariantCulture);

    private static string Saved(TaskTraining training) =>
        training.CheckpointedStep == training.StepCount ? "Everything is saved."
        : training.CheckpointedStep >= 0
            ? $"The checkpoint could not be written; the one of step {training.CheckpointedStep} is kept."
        : "No checkpoint could be written: the training will start from the beginning.";

    // A diverged training would diverge again: its plan goes, and the best model that it found stays.
    private static TrainingDivergedException KeepBest(
        CourseTask task,
        TaskTraining training,
        string output,
        string bestPath,
        TrainingDivergedException diverged
    )
    {
        File.Delete(TrainingPlan.PathFor(output));
        if (!double.IsFinite(training.BestDevLoss))
        {
            return diverged;
        }

        training.Trained.Save(bestPath);
        return new(
            diverged.Message
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $" The best model before (dev part {LossText(training.BestDevLoss)} {task.LossUnit}) is "
                        + $"{Terminal.Relative(bestPath)}; use it with --model."
                ),
            diverged
        );
    }

    // A model that took hours must not be lost because a disk is full.
    private static int SaveElsewhere(TaskModel model, TaskTraining training, TrainingRequest request, Exception problem)
    {
        var elsewhere = Path.Combine(Path.GetTempPath(), $"rnn-{model.Task}-{Guid.NewGuid():N}.safetensors");
        var kept = "";
        try
        {
            model.Save(elsewhere);
            kept = $" It is kept as {elsewhere}.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            kept =
                training.CheckpointedStep >= 0
                    ? $" The checkpoint of step {training.CheckpointedStep} is kept."
                    : " The plan of the training is kept.";
        }

        return ErrorMessage.Write(
            $"The trained model cannot be written to {request.Output}: {problem.Message}{kept} Make room, then repeat "
                + $"the last steps with: rnn train {request.TaskName} --resume{request.OutOption("--out")}",
            ExitCode.File
        );
    }

    private static IEnumerable<string> Next(CourseTask task, TaskData data, TrainingRequest request)
    {
        var model = request.OutOption("--model");
        // The model knows the paths of files, but data that came through a pipe are gone.
        var piped = data.Origin is null ? "" : " --data FILE";
        yield return $"Measure it: rnn evaluate {request.TaskName}{model}{piped}";
        switch (TaskCatalogue.Find(task.Name)!.Use)
        {
            case TaskUse.Sample:
                yield return $"Let it write: rnn sample {request.TaskName}{model}";
                break;
            case TaskUse.Tag:
                yield return $"Use it: rnn tag \"They can fish.\"{model}";
                break;
            case TaskUse.Rate:
                yield return $"Use it: rnn rate \"Not bad at all.\"{model}";
                break;
            default:
                break;
        }
    }
}

/// <summary>Reports failures to write checkpoints: once for several in a row.</summary>
internal sealed class CheckpointFailures
{
    private long _reportedAfter = -2;

    public TaskTraining? Training { get; set; }

    public void Report(Exception problem)
    {
        var last = Training!.CheckpointedStep;
        if (_reportedAfter == last)
        {
            return;
        }

        _reportedAfter = last;
        ErrorMessage.Write(
            $"A checkpoint cannot be written: {problem.Message} The training continues. "
                + (last < 0 ? "There is no earlier checkpoint." : $"The checkpoint of step {last} is kept.")
        );
    }
}
