using System.CommandLine;
using RnnCourse.Cli.Files;
using RnnCourse.Tasks;

namespace RnnCourse.Cli.Train;

/// <summary>The command <c>rnn train</c>: its arguments and its help.</summary>
internal static class TrainCommand
{
    public static readonly string Examples = $"""
        Examples:
          rnn train names                         The character model of lesson 12, in seconds
          rnn train names --cell gru --hidden 128
          rnn train code --data novel.txt         Any text in UTF-8; the first 80 % are for training
          rnn train pos --data UD_English-EWT     A treebank: a .conllu file, or a folder with train, dev and test
          rnn train reviews --data reviews.tsv --text-column Review --label-column Liked
          rnn train names --resume                Continue after Ctrl-C, with exactly the same result
          sort -u names.txt | rnn train names --data -

        The tasks: {TaskArgument.Names}; code is also called text.
        Without --data they learn from the course's data. A single file is split into a training, a dev and a test part,
        always in the same way:
          names, pos, reviews, motion   {TaskCatalogue.SplitRuleOf("names")}
          code                          {TaskCatalogue.SplitRuleOf("code")}
          sunspots                      {TaskCatalogue.SplitRuleOf("sunspots")}
        The model with the lowest loss on the dev part is saved with its vocabulary, and with where it comes from:
        artifacts/models/TASK.safetensors. Files that rnn did not write are not replaced.

        While it trains, a checkpoint is saved after 30 seconds and then each minute: TASK.safetensors.checkpoint, and
        beside it the best model so far, ready for use, with .best added. --resume goes on from there, also after a
        crash, to exactly the same result. The first Ctrl-C saves a checkpoint, too.

        Exit codes:
          0    the model was trained and saved
          1    the training diverged: the loss became infinite
          2    wrong usage
          4    data that cannot be read, or a model file that cannot be written; the checkpoint stays
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
        var force = OutputFile.ForceOption();
        force.Description += " A stopped training at the same place is discarded.";
        var seeds = NumberOption.Whole(
            "--seeds",
            "Train this many models, with this many seeds from --seed on, show mean and spread, and keep the best. "
                + "Default: 1.",
            1,
            1000
        );
        var checkpoints = NumberOption.Real(
            "--checkpoint-every",
            "Save a checkpoint after so many seconds, again and again. Default: after 30 s, then each minute.",
            0.001,
            86_400
        );
        var command = new Command("train", "Train a model for a task, on the course's data or your own.")
        {
            task,
            output,
            resume,
            force,
            checkpoints,
            seeds,
        };
        foreach (var option in data.All.Concat(settings.All))
        {
            command.Add(option);
        }

        command.SetAction(
            async (parsed, cancellation) =>
            {
                var given = parsed.GetValue(task)!;
                var request = new TrainingRequest(
                    TaskCatalogue.Find(given)!.Name,
                    parsed.GetValue(output) is { Length: > 0 } named ? Path.GetFullPath(named) : null,
                    parsed.GetValue(force)
                )
                {
                    TaskName = given.ToLowerInvariant(),
                    Seeds = parsed.GetValueOr(seeds, 1),
                    CheckpointEvery = parsed.IsGiven(checkpoints)
                        ? TimeSpan.FromSeconds(parsed.GetValue(checkpoints))
                        : null,
                };
                // An interrupt while the data are read abandons the command at once: there is nothing to save yet.
                Func<int>? train = null;
                var code = await ErrorHandling.RunAsync(
                    () =>
                    {
                        train = parsed.GetValue(resume)
                            ? TrainingStart.Resume(
                                request,
                                GivenTwice(parsed, data, settings, seeds),
                                defaults => settings.Apply(parsed, defaults),
                                cancellation
                            )
                            : TrainingStart.Begin(
                                request,
                                data.Read(parsed),
                                defaults => settings.Apply(parsed, defaults),
                                cancellation
                            );
                        return ExitCode.Success;
                    },
                    cancellation
                );
                return code == ExitCode.Success ? await ErrorHandling.RunToCompletionAsync(train!) : code;
            }
        );
        return command;
    }

    // An option that a resumed training takes from the stopped one.
    private static string? GivenTwice(ParseResult parsed, DataOptions data, SettingsOptions settings, Option seeds) =>
        data
            .All.Append(seeds)
            .Where(option => parsed.IsGiven(option))
            .Select(option => option.Name)
            .Concat(settings.Given(parsed))
            .FirstOrDefault();
}
