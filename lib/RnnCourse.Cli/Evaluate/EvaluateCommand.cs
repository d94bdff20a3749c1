using System.CommandLine;
using RnnCourse.Cli.Train;
using RnnCourse.Tasks;

namespace RnnCourse.Cli.Evaluate;

/// <summary>The command <c>rnn evaluate</c>: its arguments and its help.</summary>
internal static class EvaluateCommand
{
    public const string Examples = """
        Examples:
          rnn evaluate names                      The model that 'rnn train names' made, beside unigram, bigram and 4-gram
          rnn evaluate pos --data UD_English-EWT --model ewt.safetensors
          rnn evaluate names --seeds 3            Train three models anew, and show mean and spread
          rnn evaluate reviews --json scores.json The same numbers for a program ('-' for the standard output)

        Everything is measured on the test part, which no method has learnt from. The baselines learn from the training part
        of the same data. A spread is the standard deviation over the seeds.

        Exit codes:
          0    the table was shown
          1    a training diverged: the loss became infinite
          2    wrong usage, or no model yet
          4    a model or data that cannot be read
          70   a defect of rnn itself
          130  stopped by Ctrl-C

        """;

    public static Command Create()
    {
        var task = TaskArgument.Create(isRequired: false);
        var (data, settings) = (new DataOptions(), new SettingsOptions(withSeed: false));
        var model = ModelPath.Option("TASK");
        var json = new Option<string?>("--json")
        {
            Description =
                "Also write the numbers as JSON into this file; - for the standard output, without the table.",
            HelpName = "file",
        };
        var seeds = NumberOption.Whole(
            "--seeds",
            "Train so many models anew, seeds 1, 2, 3 …, instead of loading one.",
            1,
            1000
        );
        var command = new Command(
            "evaluate",
            "Measures a model beside baselines, on data that none of them has learnt from."
        )
        {
            task,
            model,
            json,
            seeds,
        };
        foreach (var option in data.All.Concat(settings.All))
        {
            command.Add(option);
        }

        command.SetAction(
            (parsed, cancellation) =>
                Guard.RunAsync(
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
                                $"{setting} is for models that are trained anew (--seeds); a model in a file is as it is."
                            );
                        }

                        if (count > 0 && file is not null)
                        {
                            throw new UserErrorException(
                                "--seeds trains models anew, --model takes one from a file: give one of the two."
                            );
                        }

                        if (count > 0)
                        {
                            return EvaluationRun.Anew(
                                name!,
                                data.Read(parsed),
                                usual => settings.Apply(parsed, usual),
                                count,
                                parsed.GetValue(json),
                                cancellation
                            );
                        }

                        var trained = TaskModel.Load(ModelPath.Existing(file, name ?? ""));
                        if (name is not null && trained.Task != name)
                        {
                            throw new UserErrorException(
                                $"{file} is a model of the task '{trained.Task}', not of '{name}'."
                            );
                        }

                        return EvaluationRun.FromFile(trained, data.Read(parsed), parsed.GetValue(json));
                    },
                    cancellation
                )
        );
        return command;
    }
}
