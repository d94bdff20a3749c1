using System.CommandLine;
using RnnCourse.Tasks;

namespace RnnCourse.Cli.Train;

/// <summary>The command <c>rnn train</c>: its arguments and its help.</summary>
internal static class TrainCommand
{
    public const string Examples = """
        Examples:
          rnn train names                         The character model of lesson 12, in seconds
          rnn train names --cell gru --hidden 128
          rnn train code --data novel.txt         Any text in UTF-8; the first 80 % are for training
          rnn train pos --data UD_English-EWT     A treebank: a .conllu file, or a folder with train, dev and test
          rnn train reviews --data reviews.tsv --text-column Review --label-column Liked
          rnn train names --resume                Continue after Ctrl-C, with exactly the same result

        The tasks: names, code (or text), pos, reviews, motion, sunspots. Without --data they learn from the course's
        data. A single file is split 80 : 10 : 10 into a training, a dev and a test part, always in the same way. The
        model with the lowest loss on the dev part is saved with its vocabulary: artifacts/models/TASK.safetensors.

        Exit codes:
          0    the model was trained and saved
          1    the training diverged: the loss became infinite
          2    wrong usage
          4    data that cannot be read, or a model file that cannot be written
          70   a bug in rnn itself
          130  stopped by Ctrl-C, after a checkpoint was saved

        """;

    public static Command Create()
    {
        var task = TaskArgument.Create(isRequired: true);
        var (data, settings) = (new DataOptions(), new SettingsOptions());
        var output = new Option<string?>("--out", "-o")
        {
            Description = "The model file. Default: artifacts/models/TASK.safetensors.",
            HelpName = "file",
        };
        var resume = new Option<bool>("--resume")
        {
            Description = "Continue the stopped training of this task (or of --out).",
            Arity = ArgumentArity.Zero,
        };
        var command = new Command("train", "Train a model for a task, on the course's data or your own.")
        {
            task,
            output,
            resume,
        };
        foreach (var option in data.All.Concat(settings.All))
        {
            command.Add(option);
        }

        command.SetAction(
            (parsed, cancellation) =>
                ErrorHandling.RunToCompletionAsync(() =>
                {
                    var name = TaskCatalogue.Find(parsed.GetValue(task)!)!.Name;
                    var file = parsed.GetValue(output) is { Length: > 0 } named
                        ? Path.GetFullPath(named)
                        : ModelPath.For(name);
                    if (!parsed.GetValue(resume))
                    {
                        return Start(
                            name,
                            data.Read(parsed),
                            defaults => settings.Apply(parsed, defaults),
                            file,
                            cancellation
                        );
                    }

                    if (
                        data
                            .All.Where(option => parsed.IsGiven(option))
                            .Select(option => option.Name)
                            .Concat(settings.Given(parsed))
                            .FirstOrDefault() is
                        { } given
                    )
                    {
                        throw new UserErrorException(
                            "--resume continues with the data and settings of the stopped training. "
                                + $"Leave out {given}, or start "
                                + "again without --resume."
                        );
                    }

                    return Resume(name, defaults => settings.Apply(parsed, defaults), file, cancellation);
                })
        );
        return command;
    }

    private static int Start(
        string name,
        TaskData data,
        Func<TaskSettings, TaskSettings> apply,
        string file,
        CancellationToken cancellation
    )
    {
        var task = TaskCatalogue.Open(name, data);
        var settings = apply(TaskCatalogue.SettingsFor(task, data));
        return TrainingRun.Execute(
            task,
            new(name, data, settings, task.Notes.GetValueOrDefault("data")),
            file,
            resume: false,
            cancellation
        );
    }

    private static int Resume(
        string name,
        Func<TaskSettings, TaskSettings> apply,
        string file,
        CancellationToken cancellation
    )
    {
        var plan = TrainingPlan.Load(file);
        if (plan.Task != name)
        {
            throw new UserErrorException(
                $"The stopped training is of the task '{plan.Task}', not '{name}'. Name that task, or another --out."
            );
        }

        var task = TaskCatalogue.Open(name, plan.Data);
        if (task.Notes.GetValueOrDefault("data") != plan.Fingerprint)
        {
            throw new UserErrorException(
                "The data have changed since the training was stopped, so it cannot be resumed. Start again "
                    + "without --resume."
            );
        }

        return TrainingRun.Execute(
            task,
            plan with
            {
                Settings = apply(plan.Settings),
            },
            file,
            resume: true,
            cancellation
        );
    }
}
