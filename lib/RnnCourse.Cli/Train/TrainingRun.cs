using System.Diagnostics;
using System.Globalization;
using RnnCourse.Cli.Run;
using RnnCourse.Tasks;
using RnnCourse.Training;
using Spectre.Console;

namespace RnnCourse.Cli.Train;

/// <summary>Does what <c>rnn train</c> promises.</summary>
internal static class TrainingRun
{
    /// <summary>Trains a model and saves it.</summary>
    /// <param name="task">The task, on its data.</param>
    /// <param name="plan">What to do.</param>
    /// <param name="output">The model file.</param>
    /// <param name="resume">Whether to go on from the checkpoint beside the model file.</param>
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
        Introduce(console, task);
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
        Prepare(output);
        if (resume)
        {
            training.Resume(checkpoint);
            console.Say($"Goes on after step {training.StepCount}.");
        }
        else
        {
            TrainingPlan.Clear(output);
            plan.Save(output);
        }

        console.Say(
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
            console.Say(
                $"Stopped after step {training.StepCount} of {total}. All is saved; go on with: rnn train "
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
                ? $" Stopped at step {training.StepCount}, because the dev part no longer got better."
                : "";
        console.Say($"Trained in {Duration.Format(clock.Elapsed)}{loss}.{early}");
        console.Say($"Model: {Terminal.Printable(Terminal.Relative(output))}");
        foreach (var line in Next(task.Name, output))
        {
            console.Say(line);
        }

        return ExitCode.Success;
    }

    public static void Introduce(IAnsiConsole console, CourseTask task)
    {
        console.Say($"{task.Name}: {Terminal.Printable(task.Source)}");
        console.Say($"{task.Sizes}.");
        foreach (var remark in task.Remarks)
        {
            console.Say(Terminal.Printable(remark));
        }
    }

    // Before an hour's training is lost: the folder is made and written to.
    private static void Prepare(string output)
    {
        try
        {
            if (Directory.Exists(output))
            {
                throw new UserErrorException($"{output} is a folder; name a file with --out.");
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
