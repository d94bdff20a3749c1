using System.CommandLine;
using RnnCourse.Cli.Run;
using RnnCourse.Cli.Train;
using RnnCourse.Core;
using RnnCourse.Tasks;

namespace RnnCourse.Cli.Use;

/// <summary>The command <c>rnn sample</c>: lets a model write.</summary>
internal static class SampleCommand
{
    private const int UsualLength = 500;
    private const int UsualCount = 20;
    private const int LongestName = 100;

    public const string Examples = """
        Examples:
          rnn sample names                        Twenty names that the model makes up
          rnn sample names --prompt jo --temperature 0.7
          rnn sample code --prompt "public static " --length 1000
          rnn sample --model novel.safetensors --top-k 5 --seed 42

        The temperature makes the probable more probable (below 1) or less (above 1); 0 always takes the most probable. The
        same seed writes the same text.

        Exit codes:
          0    all was written
          2    wrong usage, or no model yet
          4    a model that cannot be read
          70   a defect of rnn itself
          130  stopped by Ctrl-C

        """;

    public static Command Create()
    {
        var task = TaskArgument.Create(isRequired: false, entry => entry.Name is "names" or "code");
        var model = ModelPath.Option("TASK");
        var prompt = new Option<string>("--prompt")
        {
            Description = "The beginning, which the model goes on from.",
            HelpName = "text",
            DefaultValueFactory = _ => "",
        };
        var temperature = NumberOption.Real("--temperature", "How daring, from 0 to 100; 1 if not given.", 0, 100);
        var topK = NumberOption.Whole(
            "--top-k",
            "Draw from so many of the most probable symbols only.",
            1,
            int.MaxValue
        );
        var length = NumberOption.Whole(
            "--length",
            $"How many characters or tokens of text to write; {UsualLength} if not given.",
            1,
            int.MaxValue
        );
        var count = NumberOption.Whole(
            "--count",
            $"How many names to write; {UsualCount} if not given.",
            1,
            int.MaxValue
        );
        var seed = NumberOption.Seed("--seed", "What is drawn by; another one each time if not given.");
        var command = new Command("sample", "Lets a model write names, text or code.")
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
                Guard.RunAsync(
                    () =>
                    {
                        var name = parsed.GetValue(task) is { } given ? TaskCatalogue.Find(given)!.Name : "names";
                        var sampler = new TextSampler(TaskModel.Load(ModelPath.Existing(parsed.GetValue(model), name)));
                        var begin = parsed.GetValue(prompt) ?? "";
                        if (sampler.UnknownIn(begin) is { Count: > 0 } unknown)
                        {
                            Problem.Tell(
                                "the model has never seen "
                                    + $"{string.Join(", ", unknown.Select(symbol => $"'{symbol}'"))}; it goes on as well as it can."
                            );
                        }

                        var random = new SeededRandom(parsed.Or(seed, (ulong)DateTime.UtcNow.Ticks));
                        var heat = parsed.Or(temperature, 1);
                        for (var k = 0; k < (sampler.WritesNames ? parsed.Or(count, UsualCount) : 1); k++)
                        {
                            Console.Out.Write(Terminal.Printable(begin));
                            foreach (
                                var symbol in sampler.Write(
                                    begin,
                                    sampler.WritesNames ? LongestName : parsed.Or(length, UsualLength),
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
