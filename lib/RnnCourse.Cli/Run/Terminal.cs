using RnnCourse.Notebooks.Reports;
using Spectre.Console;

namespace RnnCourse.Cli.Run;

/// <summary>Finds out whom the program speaks to: a person at a terminal, or a log.</summary>
internal static class Terminal
{
    private const int LogWidth = 120;

    /// <summary>Whether GitHub Actions reads the log, and takes some lines for commands.</summary>
    public static bool IsGitHubActions { get; } = Environment.GetEnvironmentVariable("GITHUB_ACTIONS") == "true";

    private static bool IsReadByHost { get; } =
        IsGitHubActions || Environment.GetEnvironmentVariable("TF_BUILD") is not null;

    /// <summary>A console that writes colours and moves only where someone can see that.</summary>
    public static IAnsiConsole CreateConsole()
    {
        if (!Console.IsOutputRedirected)
        {
            return AnsiConsole.Create(new AnsiConsoleSettings());
        }

        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
            }
        );
        console.Profile.Width = LogWidth;
        return console;
    }

    /// <summary>The reporter that fits the console.</summary>
    public static IRunReporter CreateReporter(IAnsiConsole console) =>
        !Console.IsOutputRedirected && console.Profile.Capabilities is { Ansi: true, Interactive: true }
            ? new LiveReporter(console)
            : new PlainReporter(TextWriter.Synchronized(Console.Out));

    /// <summary>
    /// Text from a notebook or a file's name, made safe to print: a control character would be an order to the
    /// terminal, so its picture stands for it. Tabs and ends of lines stay. What a build host would take for a command
    /// is made none.
    /// </summary>
    public static string Printable(string text) =>
        IsReadByHost ? GitHubAnnotations.Disarm(WithoutControls(text)) : WithoutControls(text);

    private static string WithoutControls(string text) =>
        string.Create(
            text.Length,
            text,
            static (shown, text) =>
            {
                for (var i = 0; i < text.Length; i++)
                {
                    shown[i] = text[i] switch
                    {
                        '\t' or '\n' => text[i],
                        < ' ' => (char)('\u2400' + text[i]),
                        '\u007f' => '\u2421',
                        >= '\u0080' and < '\u00a0' => '\ufffd',
                        var other => other,
                    };
                }
            }
        );

    /// <summary>A path as it is shortest to type from the current folder.</summary>
    public static string Relative(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith(Path.Combine("..", "..", ".."), StringComparison.Ordinal) ? path : relative;
    }
}
