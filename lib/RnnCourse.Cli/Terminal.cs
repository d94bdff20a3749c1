using System.Globalization;
using RnnCourse.Cli.Run;
using RnnCourse.Notebooks.Reports;
using Spectre.Console;

namespace RnnCourse.Cli;

/// <summary>Adapts the output to its reader: a person at a terminal, or a log.</summary>
internal static class Terminal
{
    private const int LogWidth = 120;

    /// <summary>Whether GitHub Actions reads the log. It interprets some lines as commands.</summary>
    public static bool IsGitHubActions { get; } = Environment.GetEnvironmentVariable("GITHUB_ACTIONS") == "true";

    private static bool IsReadByHost { get; } =
        IsGitHubActions || Environment.GetEnvironmentVariable("TF_BUILD") is not null;

    /// <summary>Creates a console that uses colours and animation only on a terminal.</summary>
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

                // They would turn colours on again where a build host reads the log.
                Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            }
        );
        console.Profile.Width = LogWidth;
        return console;
    }

    /// <summary>Creates the progress reporter that suits the console.</summary>
    public static IRunReporter CreateReporter(IAnsiConsole console) =>
        !Console.IsOutputRedirected && console.Profile.Capabilities is { Ansi: true, Interactive: true }
            ? new LiveReporter(console)
            : new PlainReporter(TextWriter.Synchronized(Console.Out));

    /// <summary>
    /// Makes text from a notebook or a file name safe to print. A terminal would interpret control characters, so each
    /// is replaced by its symbol; tabs and line ends are kept. Lines that a build host would interpret as commands are
    /// disarmed.
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

    /// <summary>Writes a line without wrapping it at the console's width, so that a command or path in it can be copied
    /// as a whole.</summary>
    public static void WriteUnwrapped(this IAnsiConsole console, string line) =>
        console.Profile.Out.Writer.WriteLine(line);

    /// <summary>Formats a duration for people: <c>3.2 s</c>, <c>2 min 05 s</c>.</summary>
    public static string FormatDuration(TimeSpan time) =>
        time.TotalSeconds < 60
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds:00} s");

    /// <summary>The path relative to the current folder, unless that needs three or more steps up.</summary>
    public static string Relative(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith(Path.Combine("..", "..", ".."), StringComparison.Ordinal) ? path : relative;
    }
}
