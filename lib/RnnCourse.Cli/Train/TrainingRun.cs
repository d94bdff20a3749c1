using System.Diagnostics;
using System.Globalization;
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
    /// <param name="output">The model file.</param>
    /// <param name="resume">Whether to continue from the checkpoint beside the model file.</param>
    /// <param name="cancellation">Stops the training after a checkpoint is saved.</param>
    /// <returns>The exit code.</returns>
    public static int Execute(
        CourseTask task,
        TrainingPlan plan,
        string output,
        bool resume,
        CancellationToken cancellation
    )
    {
        var console = Terminal.CreateConsole();
        WriteIntroduction(console, task);
        var total = task.StepsOf(plan.Settings);
        var bar = new TrainingBar(console, task.LossUnit, total);
        var checkpoint = TrainingPlan.CheckpointFor(output);
        using var training = new TaskTraining(
            task,
            plan.Settings,
            checkpoint,
            bar.Report,
            (int)Math.Clamp(total / 400, 1, 100)
        );
        CheckOutput(output);
        if (resume)
        {
            training.Resume(checkpoint);
            console.WriteUnwrapped($"Continuing after step {training.StepCount}.");
        }
        else
        {
            TrainingPlan.Clear(output);
            plan.Save(output);
        }

        console.WriteUnwrapped(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{TaskModel.Describe(training.Model.Shape)}, {training.Model.ParameterCount} parameters, "
                    + $"{total} steps, seed {plan.Settings.Seed}"
            )
        );
        var clock = Stopwatch.StartNew();
        var end = bar.Show(training.StepCount, () => training.Run(cancellation));
        if (end == TrainingEnd.Cancelled)
        {
            console.WriteUnwrapped(
                $"Stopped after step {training.StepCount} of {total}. Everything is saved. Continue with: rnn train "
                    + $"{task.Name} "
                    + $"--resume{(output == ModelPath.For(task.Name) ? "" : $" --out {Terminal.Relative(output)}")}"
            );
            return ExitCode.Interrupted;
        }

        new TaskModel(task.Name, training.Model, task.Notes).Save(output);
        TrainingPlan.Clear(output);
        var loss = double.IsFinite(training.BestDevLoss)
            ? string.Create(CultureInfo.InvariantCulture, $", dev part {training.BestDevLoss:0.000} {task.LossUnit}")
            : "";
        var early =
            end == TrainingEnd.NoImprovement
                ? $" Stopped at step {training.StepCount}, because the loss on the dev part no longer improved."
                : "";
        console.WriteUnwrapped($"Trained in {Terminal.FormatDuration(clock.Elapsed)}{loss}.{early}");
        console.WriteUnwrapped($"Model: {Terminal.Printable(Terminal.Relative(output))}");
        foreach (var line in Next(task.Name, output))
        {
            console.WriteUnwrapped(line);
        }

        return ExitCode.Success;
    }

    public static void WriteIntroduction(IAnsiConsole console, CourseTask task)
    {
        console.WriteUnwrapped($"{task.Name}: {Terminal.Printable(task.Source)}");
        console.WriteUnwrapped($"{task.Sizes}.");
        foreach (var remark in task.Remarks)
        {
            console.WriteUnwrapped(Terminal.Printable(remark));
        }
    }

    // Checks that the model can be written, before a long training is lost.
    private static void CheckOutput(string output)
    {
        try
        {
            if (Directory.Exists(output))
            {
                throw new UserErrorException($"{output} is a folder. Name a file with --out.");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(output)!);
            var probe = $"{output}.{Environment.ProcessId}.tmp";
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"Cannot write the model to {output}: {e.Message} Name another file with --out.",
                e
            );
        }
    }

    private static IEnumerable<string> Next(string task, string output)
    {
        var model = output == ModelPath.For(task) ? "" : $" --model {Terminal.Printable(Terminal.Relative(output))}";
        yield return $"Measure it: rnn evaluate {task}{model}";
        if (task is "names" or "code")
        {
            yield return $"Let it write: rnn sample {task}{model}";
        }

        if (task == "pos")
        {
            yield return $"Use it: rnn tag \"They can fish.\"{model}";
        }

        if (task == "reviews")
        {
            yield return $"Use it: rnn rate \"Not bad at all.\"{model}";
        }
    }
}
