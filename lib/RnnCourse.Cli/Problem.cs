using RnnCourse.Cli.Run;

namespace RnnCourse.Cli;

/// <summary>Tells a user what is wrong, on the standard error.</summary>
internal static class Problem
{
    /// <summary>Tells it. The message may hold a user's own words and names of files: they are made safe to
    /// print.</summary>
    public static void Tell(string message) => Console.Error.WriteLine($"rnn: {Terminal.Printable(message)}");

    /// <summary>Tells it and gives back the exit code that goes with it.</summary>
    public static int Tell(string message, int exitCode)
    {
        Tell(message);
        return exitCode;
    }
}
