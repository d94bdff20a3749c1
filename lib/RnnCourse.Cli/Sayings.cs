using Spectre.Console;

namespace RnnCourse.Cli;

/// <summary>Writes lines as they are: a command or path that is to be copied must not be broken where a log's width
/// ends.</summary>
internal static class Sayings
{
    public static void Say(this IAnsiConsole console, string line) => console.Profile.Out.Writer.WriteLine(line);
}
