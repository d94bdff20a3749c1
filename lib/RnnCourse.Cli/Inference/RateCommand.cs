using System.CommandLine;
using RnnCourse.Tasks;
using Spectre.Console;

namespace RnnCourse.Cli.Inference;

/// <summary>The command <c>rnn rate</c>: judges a text.</summary>
internal static class RateCommand
{
    public const string Examples = """
        Examples:
          rnn rate "Not bad at all."
          rnn rate "I wanted to like it." --steps     Show the judgement after each word

        A star marks a word that the model does not know.

        Exit codes:
          0    the text was judged
          2    wrong usage, or no trained model
          4    a model that cannot be read
          70   a bug in rnn itself

        """;

    private static string Task => TaskCatalogue.All.First(task => task.Use == TaskUse.Rate).Name;

    public static Command Create()
    {
        var review = new Argument<string[]>("review")
        {
            Description = "The text, best in quotes.",
            Arity = ArgumentArity.OneOrMore,
        };
        var model = ModelPath.Option(Task);
        var steps = new Option<bool>("--steps")
        {
            Description = "Show the judgement after each word.",
            Arity = ArgumentArity.Zero,
        };
        var command = new Command("rate", "Judge a text: whether a review is positive, or which label it has.")
        {
            review,
            model,
            steps,
        };
        command.SetAction(
            (parsed, cancellation) =>
                ErrorHandling.RunAsync(
                    () =>
                    {
                        var rater = new TextRater(TaskModel.Load(ModelPath.Existing(parsed.GetValue(model), Task)));
                        var ratings = rater.Rate(string.Join(' ', parsed.GetValue(review)!));
                        if (ratings.Count == 0)
                        {
                            throw new UserErrorException("The text has no words. Give some.");
                        }

                        var console = Terminal.CreateConsole();
                        if (parsed.GetValue(steps))
                        {
                            WriteSteps(console, rater, ratings);
                        }
                        else if (
                            ratings
                                .Where(rating => !rating.IsKnown)
                                .Select(rating => Terminal.Printable(rating.Word))
                                .ToArray() is
                            { Length: > 0 } unknown
                        )
                        {
                            console.WriteUnwrapped($"The model does not know: {string.Join(", ", unknown)}.");
                        }

                        var whole = ratings[^1].Probabilities;
                        foreach (var k in Enumerable.Range(0, whole.Count).OrderByDescending(k => whole[k]).Take(5))
                        {
                            console.WriteUnwrapped(
                                $"{Terminal.Printable(rater.Labels[k])}: {PredictionText.Percentage(whole[k])}"
                            );
                        }

                        return ExitCode.Success;
                    },
                    cancellation
                )
        );
        return command;
    }

    private static void WriteSteps(IAnsiConsole console, TextRater rater, IReadOnlyList<RatingSoFar> ratings)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("so far");
        foreach (var label in rater.Labels.Take(5))
        {
            table.AddColumn(new TableColumn(Markup.Escape(Terminal.Printable(label))).RightAligned());
        }

        foreach (var rating in ratings)
        {
            table.AddRow([
                PredictionText.Word(rating.Word, rating.IsKnown),
                .. rating.Probabilities.Take(5).Select(PredictionText.Percentage),
            ]);
        }

        console.Write(table);
    }
}
