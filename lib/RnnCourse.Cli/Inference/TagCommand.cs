using System.CommandLine;
using RnnCourse.Tasks;
using Spectre.Console;

namespace RnnCourse.Cli.Inference;

/// <summary>The command <c>rnn tag</c>: tags the words of a sentence.</summary>
internal static class TagCommand
{
    public const string Examples = """
        Examples:
          rnn tag "They can fish."
          rnn tag "The old man the boats." --model ewt.safetensors

        A star marks a word that the model has never seen. It is tagged by its ending, its form, and its neighbours.

        Exit codes:
          0    the sentence was tagged
          2    wrong usage, or no trained model
          4    a model that cannot be read
          70   a bug in rnn itself

        """;

    private static string Task => TaskCatalogue.All.First(task => task.Use == TaskUse.Tag).Name;

    public static Command Create()
    {
        var sentence = new Argument<string[]>("sentence")
        {
            Description = "The sentence, best in quotes.",
            Arity = ArgumentArity.OneOrMore,
        };
        var model = ModelPath.Option(Task);
        var command = new Command("tag", "Tag each word of a sentence with its part of speech.") { sentence, model };
        command.SetAction(
            (parsed, cancellation) =>
                ErrorHandling.RunAsync(
                    () =>
                    {
                        var tagger = new SentenceTagger(
                            TaskModel.Load(ModelPath.Existing(parsed.GetValue(model), Task))
                        );
                        var tagged = tagger.Tag(string.Join(' ', parsed.GetValue(sentence)!));
                        if (tagged.Count == 0)
                        {
                            throw new UserErrorException("The sentence has no words. Give some.");
                        }

                        var table = new Table()
                            .Border(TableBorder.Simple)
                            .AddColumn("word")
                            .AddColumn("tag")
                            .AddColumn(new TableColumn("probability").RightAligned());
                        foreach (var word in tagged)
                        {
                            table.AddRow(
                                PredictionText.Word(word.Word, word.IsKnown),
                                Markup.Escape(Terminal.Printable(word.Tag)),
                                PredictionText.Percentage(word.Probability)
                            );
                        }

                        Terminal.CreateConsole().Write(table);
                        return ExitCode.Success;
                    },
                    cancellation
                )
        );
        return command;
    }
}
