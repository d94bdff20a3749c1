using System.CommandLine;
using RnnCourse.Cli.Train;
using RnnCourse.Core;
using RnnCourse.Tasks;

namespace RnnCourse.Cli.Inference;

/// <summary>The command <c>rnn sample</c>: generates text with a model.</summary>
internal static class SampleCommand
{
    private const int DefaultLength = 500;
    private const int DefaultCount = 20;
    private const int LongestName = 100;

    public const string Examples = """
        Examples:
          rnn sample names                        Twenty names that the model makes up
          rnn sample names --prompt jo --temperature 0.7
          rnn sample code --prompt "public static " --length 1000
          rnn sample --model novel.safetensors --top-k 5 --seed 42

        A temperature below 1 makes probable symbols more probable, above 1 less; 0 always takes the most probable one.
        The same seed gives the same text.

        Exit codes:
          0    everything was written
          2    wrong usage, or no trained model
          4    a model that cannot be read
          70   a bug in rnn itself
          130  stopped by Ctrl-C

        """;

    public static Command Create()
    {
        var task = TaskArgument.Create(isRequired: false, entry => entry.Name is "names" or "code");
        var model = ModelPath.Option("TASK");
        var prompt = new Option<string>("--prompt")
        {
            Description = "The beginning, which the model continues.",
            HelpName = "text",
            DefaultValueFactory = _ => "",
        };
        var temperature = NumberOption.Real("--temperature", "The temperature, from 0 to 100. Default: 1.", 0, 100);
        var topK = NumberOption.Whole(
            "--top-k",
            "Draw only from this many of the most probable symbols.",
            1,
            int.MaxValue
        );
        var length = NumberOption.Whole(
            "--length",
            $"The number of characters or tokens to write. Default: {DefaultLength}.",
            1,
            int.MaxValue
        );
        var count = NumberOption.Whole(
            "--count",
            $"The number of names to write. Default: {DefaultCount}.",
            1,
            int.MaxValue
        );
        var seed = NumberOption.Seed("--seed", "The seed of the random numbers. Default: a different one each time.");
        var command = new Command("sample", "Generate names, text or code with a model.")
        {
            task,
            model,
            prompt,
            temperature,
            topK,
            length,
            count,
            seed,
        };
        command.SetAction(
            (parsed, cancellation) =>
                ErrorHandling.RunAsync(
                    () =>
                    {
                        var name = parsed.GetValue(task) is { } given ? TaskCatalogue.Find(given)!.Name : "names";
                        var sampler = new TextSampler(TaskModel.Load(ModelPath.Existing(parsed.GetValue(model), name)));
                        var begin = parsed.GetValue(prompt) ?? "";
                        if (sampler.UnknownIn(begin) is { Count: > 0 } unknown)
                        {
                            ErrorMessage.Write(
                                "The model has never seen "
                                    + string.Join(", ", unknown.Select(symbol => $"'{symbol}'"))
                                    + ". It continues as well as it can."
                            );
                        }

                        var random = new SeededRandom(parsed.GetValueOr(seed, (ulong)DateTime.UtcNow.Ticks));
                        var heat = parsed.GetValueOr(temperature, 1);
                        for (var k = 0; k < (sampler.WritesNames ? parsed.GetValueOr(count, DefaultCount) : 1); k++)
                        {
                            Console.Out.Write(Terminal.Printable(begin));
                            foreach (
                                var symbol in sampler.Write(
                                    begin,
                                    sampler.WritesNames ? LongestName : parsed.GetValueOr(length, DefaultLength),
                                    heat,
                                    parsed.GetValue(topK),
                                    random
                                )
                            )
                            {
                                if (cancellation.IsCancellationRequested)
                                {
                                    return Interrupted();
                                }

                                Console.Out.Write(Terminal.Printable(symbol));
                                if (!Console.IsOutputRedirected)
                                {
                                    Console.Out.Flush();
                                }
                            }

                            Console.Out.WriteLine();
                        }

                        return ExitCode.Success;
                    },
                    cancellation
                )
        );
        return command;
    }

    private static int Interrupted()
    {
        Console.Out.WriteLine();
        return ExitCode.Interrupted;
    }
}
