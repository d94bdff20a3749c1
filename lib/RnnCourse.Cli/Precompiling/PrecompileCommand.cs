using System.CommandLine;
using System.Globalization;

namespace RnnCourse.Cli.Precompiling;

/// <summary>The command <c>rnn precompile</c>: translates the program's libraries into machine code, once for this
/// machine.</summary>
internal static class PrecompileCommand
{
    public const string Name = "precompile";

    public const string Background = "--background";

    public const string Examples = """
        Examples:
          rnn precompile                 Translate now; without it, that happens in the background after the first 'rnn run'

        Notebooks start faster once the C# compiler and the engine are machine code. That takes about half a minute, and the
        SDK's ahead-of-time compiler (12 MB), which is fetched from your package sources and checked. The next build
        puts the translated libraries beside the program. RNN_PRECOMPILE=off keeps the background translation from starting.

        Exit codes:
          0    everything is translated
          1    something could not be translated; the program works all the same, only slower
          2    wrong usage
          70   a defect of rnn itself

        """;

    public static Command Create()
    {
        var background = new Option<bool>(Background)
        {
            Description = "Be the translation in the background. 'rnn' starts this itself.",
            Arity = ArgumentArity.Zero,
            Hidden = true,
        };
        var command = new Command(
            Name,
            "Translates the program's libraries into machine code, so that notebooks start faster."
        )
        {
            background,
        };
        command.SetAction((parsed, cancellation) => ExecuteAsync(parsed.GetValue(background), cancellation));
        return command;
    }

    private static async Task<int> ExecuteAsync(bool isBackground, CancellationToken cancellation)
    {
        if (isBackground)
        {
            BackgroundPrecompilation.EnterBackground();
        }

        if (PrecompilationPlan.Read() is not { } plan)
        {
            return isBackground
                ? ExitCode.NotTranslated
                : Problem.Tell(
                    "This program was not built for translation: use a release build of the course.",
                    ExitCode.NotTranslated
                );
        }

        try
        {
            var count = await new Precompilation(
                plan,
                library => Tell(isBackground, $"Translating {library}")
            ).RunAsync(cancellation);
            Tell(
                isBackground,
                count == 0
                    ? "Everything is translated already."
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"Libraries translated: {count}. The next build puts them in place."
                    )
            );
            return ExitCode.Success;
        }
        catch (PrecompilationException e)
        {
            return isBackground ? ExitCode.NotTranslated : Problem.Tell(e.Message, ExitCode.NotTranslated);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    // In the background nobody reads, and the pipe has closed.
    private static void Tell(bool isBackground, string line)
    {
        if (!isBackground)
        {
            Console.WriteLine(line);
        }
    }
}
