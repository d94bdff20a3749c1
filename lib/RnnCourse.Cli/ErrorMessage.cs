namespace RnnCourse.Cli;

/// <summary>Writes error messages to the standard error.</summary>
internal static class ErrorMessage
{
    /// <summary>Writes a message. It may contain a user's own words and file names: control characters are
    /// replaced.</summary>
    public static void Write(string message) => Console.Error.WriteLine($"rnn: {Terminal.Printable(message)}");

    /// <summary>Writes a message and returns the exit code that goes with it.</summary>
    public static int Write(string message, int exitCode)
    {
        Write(message);
        return exitCode;
    }
}
