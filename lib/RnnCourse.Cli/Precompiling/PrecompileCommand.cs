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
          rnn precompile                 Translate now instead of in the background after the first 'rnn run'

        Notebooks start faster once the C# compiler and the engine are translated into machine code. That takes about
        half a minute. It needs the SDK's ahead-of-time compiler (12 MB), which is fetched from your package sources and
        verified. The next build puts the translated libraries beside the program. RNN_PRECOMPILE=off disables the
        translation in the background.

        Exit codes:
          0    everything is translated
          1    something could not be translated; notebooks only start more slowly
          2    wrong usage
          70   a bug in rnn itself

        """;

    public static Command Create()
    {
        var background = new Option<bool>(Background)
        {
            Description = "Translate in the background. 'rnn' starts this itself.",
            Arity = ArgumentArity.Zero,
            Hidden = true,
        };
        var command = new Command(
            Name,
            "Translate the program's libraries into machine code, so that notebooks start faster."
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
                : ErrorMessage.Write(
                    "This program was not built for translation. Use a release build: dotnet build -c Release",
                    ExitCode.NotTranslated
                );
        }

        try
        {
            var count = await new Precompilation(
                plan,
                library => Report(isBackground, $"Translating {library}")
            ).RunAsync(cancellation);
            Report(
                isBackground,
                count == 0
                    ? "Everything is already translated."
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"Libraries translated: {count}. The next build puts them in place."
                    )
            );
            return ExitCode.Success;
        }
        catch (PrecompilationException e)
        {
            return isBackground ? ExitCode.NotTranslated : ErrorMessage.Write(e.Message, ExitCode.NotTranslated);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    // In the background nobody reads the output, and the pipe is closed.
    private static void Report(bool isBackground, string line)
    {
        if (!isBackground)
        {
            Console.WriteLine(line);
        }
    }
}
