using Spectre.Console;

namespace RnnCourse.Cli.Run;

/// <summary>Finds out whom the program speaks to: a person at a terminal, or a log.</summary>
internal static class Terminal
{
    private const int LogWidth = 120;

    /// <summary>A console that writes colours and moves only where someone can see that.</summary>
    public static IAnsiConsole CreateConsole()
    {
        if (!Console.IsOutputRedirected)
        {
            return AnsiConsole.Create(new AnsiConsoleSettings());
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = LogWidth;
        return console;
    }

    /// <summary>The reporter that fits the console.</summary>
    public static IRunReporter CreateReporter(IAnsiConsole console) =>
        !Console.IsOutputRedirected && console.Profile.Capabilities is { Ansi: true, Interactive: true }
            ? new LiveReporter(console)
            : new PlainReporter(Console.Out);

    /// <summary>A path as it is shortest to type from the current folder.</summary>
    public static string Relative(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith(Path.Combine("..", "..", ".."), StringComparison.Ordinal) ? path : relative;
    }
}
