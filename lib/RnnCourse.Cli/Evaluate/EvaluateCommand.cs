using System.CommandLine;
using RnnCourse.Cli.Files;
using RnnCourse.Cli.Train;
using RnnCourse.Tasks;

namespace RnnCourse.Cli.Evaluate;

/// <summary>The command <c>rnn evaluate</c>: its arguments and its help.</summary>
internal static class EvaluateCommand
{
    public const string Examples = """
        Examples:
          rnn evaluate names                      The model of 'rnn train names', beside unigram, bigram and 4-gram
          rnn evaluate pos --data UD_English-EWT --model ewt.safetensors
          rnn evaluate pos --data - < new.conllu  On data from the standard input
          rnn evaluate names --seeds 3            Train three new models, and show mean and spread
          rnn evaluate reviews --json scores.json Also write JSON ('-' for the standard output)

        Without --data, a model is measured on the test part of the data that it was trained on; it remembers where they
        are. A remark says what the test part has in common with what the model has learnt. The baselines learn from the
        training part of the same data. In brackets: the interval that holds 95 % of the bootstrap's results, so how far
        a score could be off because the test part is small. The spread is the standard deviation over the seeds.

        Exit codes:
          0    the table was shown
          1    a training diverged: the loss became infinite
          2    wrong usage, or no trained model
          4    a model or data that cannot be read
          70   a bug in rnn itself
          130  stopped by Ctrl-C

        """;

    public static Command Create()
    {
        var task = TaskArgument.Create(isRequired: false);
        var (data, settings) = (new DataOptions(), new SettingsOptions(withSeed: false));
        var model = ModelPath.Option("TASK");
        var json = new Option<string?>("--json")
        {
            Description = "Also write the numbers as JSON to this file; - for the standard output.",
            HelpName = "file",
        };
        var seeds = NumberOption.Whole(
            "--seeds",
            "Train this many new models, with seeds 1, 2, 3 …, instead of loading one.",
            1,
            1000
        );
        var force = OutputFile.ForceOption();
        var command = new Command(
            "evaluate",
            "Measure a model beside baselines, on data that none of them was trained on."
        )
        {
            task,
            model,
            json,
            seeds,
            force,
        };
        foreach (var option in data.All.Concat(settings.All))
        {
            command.Add(option);
        }

        command.SetAction(
            (parsed, cancellation) =>
                ErrorHandling.RunAsync(
                    () =>
                    {
                        var name = parsed.GetValue(task) is { } given ? TaskCatalogue.Find(given)!.Name : null;
                        var (file, count) = (parsed.GetValue(model), parsed.GetValue(seeds));
                        if (name is null && file is null)
                        {
                            throw new UserErrorException(
                                $"Name a task ({TaskArgument.Names}), or a model with --model."
                            );
                        }

                        if (count == 0 && settings.Given(parsed).FirstOrDefault() is { } setting)
                        {
                            throw new UserErrorException(
                                $"{setting} applies only to new models (--seeds). Leave it out, or give --seeds."
                            );
                        }

                        if (count > 0 && file is not null)
                        {
                            throw new UserErrorException(
                                "--seeds trains new models, --model loads one from a file. Give only one of the two."
                            );
                        }

                        var (source, scores) = (data.Read(parsed), parsed.GetValue(json));
                        ScoreJson.Check(scores, parsed.GetValue(force), source.Path, file);
                        if (count > 0)
                        {
                            return EvaluationRun.TrainAndMeasure(
                                name!,
                                InputFile.CopyIfPiped(source),
                                parsed.GetValue(task)!,
                                defaults => settings.Apply(parsed, defaults),
                                count,
                                scores,
                                cancellation
                            );
                        }

                        var trained = TaskModel.Load(ModelPath.Existing(file, name ?? ""));
                        if (name is not null && trained.Task != name)
                        {
                            throw new UserErrorException(
                                $"{file} is a model of the task '{trained.Task}', not of '{name}'. Name that task, "
                                    + "or another model."
                            );
                        }

                        return EvaluationRun.MeasureFile(
                            trained,
                            InputFile.CopyIfPiped(
                                data.IsGiven(parsed) ? source : EvaluationRun.DataOf(trained, source)
                            ),
                            parsed.GetValue(task) ?? trained.Task,
                            scores
                        );
                    },
                    cancellation
                )
        );
        return command;
    }
}
