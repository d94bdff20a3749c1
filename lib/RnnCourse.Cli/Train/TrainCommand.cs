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
          rnn train code --data novel.txt         Any text in UTF-8: the first 80 % are learnt from
          rnn train pos --data UD_English-EWT     A treebank: a .conllu file, or a folder with train, dev and test
          rnn train reviews --data reviews.tsv --text-column Review --label-column Liked
          rnn train names --resume                Go on after Ctrl-C, to the same result, bit by bit

        The tasks: names, code (or text), pos, reviews, motion, sunspots. Without --data they learn from the course's own
        data. A single file is split 80 : 10 : 10 into parts to learn from, to choose by and to test on, always the same way.
        The model with the lowest loss on the dev part is saved, with its vocabulary: artifacts/models/TASK.safetensors.

        Exit codes:
          0    the model is trained and saved
          1    the training diverged: the loss became infinite
          2    wrong usage
          4    data that cannot be read, or a model file that cannot be written
          70   a defect of rnn itself
          130  stopped by Ctrl-C, after a checkpoint was saved

        """;

    public static Command Create()
    {
        var task = TaskArgument.Create(isRequired: true);
        var (data, settings) = (new DataOptions(), new SettingsOptions());
        var output = new Option<string?>("--out", "-o")
        {
            Description = "The model file. Without it: artifacts/models/TASK.safetensors.",
            HelpName = "file",
        };
        var resume = new Option<bool>("--resume")
        {
            Description = "Go on with the training of this task (or --out) that was stopped.",
            Arity = ArgumentArity.Zero,
        };
        var command = new Command("train", "Trains a model for a task, on the course's data or your own.")
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
                Guard.RunToItsEndAsync(() =>
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
                            usual => settings.Apply(parsed, usual),
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
                            $"A training is resumed with its own data and settings; leave out {given}, or start "
                                + "anew without --resume."
                        );
                    }

                    return Resume(name, usual => settings.Apply(parsed, usual), file, cancellation);
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
                $"The training that was stopped there is one of '{plan.Task}', not of '{name}'."
            );
        }

        var task = TaskCatalogue.Open(name, plan.Data);
        if (task.Notes.GetValueOrDefault("data") != plan.Fingerprint)
        {
            throw new UserErrorException(
                "The data have changed since the training was stopped; it cannot be resumed. Start anew "
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
