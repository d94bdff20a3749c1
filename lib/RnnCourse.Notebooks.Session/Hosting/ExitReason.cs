using System.Globalization;

namespace RnnCourse.Notebooks.Session.Hosting;

/// <summary>Describes the exit code of a process that should not have ended.</summary>
internal static class ExitReason
{
    private const int Signals = 128;
    private const string TopOfCell = "<<Initialize>>";

    /// <summary>The reason in the runtime's crash report, or null.</summary>
    /// <param name="report">The text that it wrote to its standard error.</param>
    public static string? FindInReport(string report) =>
        report.Contains("Stack overflow", StringComparison.Ordinal)
            ? "the stack overflowed: a method calls itself without end"
        : report.Contains("Out of memory", StringComparison.Ordinal) ? "the memory was used up"
        : null;

    /// <summary>Shortens the runtime's crash report: above the cell's top level, its stack shows only this
    /// engine.</summary>
    public static string ShortenReport(string report)
    {
        var top = report.IndexOf(TopOfCell, StringComparison.Ordinal);
        return top < 0 ? report : report[..(report.LastIndexOf('\n', top) + 1)] + "   at the cell's top level\n";
    }

    public static string Describe(int exitCode) =>
        exitCode switch
        {
            _ when OperatingSystem.IsWindows() => DescribeWindows(exitCode),
            Signals + 6 => "the runtime aborted (a stack overflow, an uncaught exception on another thread, "
                + "or Environment.FailFast)",
            Signals + 9 => "the process was killed, by the cell, by someone else, or by the system for lack of memory",
            Signals + 11 => "native code accessed invalid memory",
            Signals + 15 => "the process was asked to end (signal 15)",
            > Signals and < Signals + 65 => string.Create(
                CultureInfo.InvariantCulture,
                $"signal {exitCode - Signals} ended the process"
            ),
            _ => Exited(exitCode),
        };

    private static string DescribeWindows(int exitCode) =>
        unchecked((uint)exitCode) switch
        {
            0xC00000FD => "the stack overflowed",
            0xC0000005 => "native code accessed invalid memory",
            0xE0434352 => "an uncaught exception ended the process",
            0xC0000409 => "the runtime aborted (Environment.FailFast, or damaged memory)",
            _ => Exited(exitCode),
        };

    private static string Exited(int exitCode) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"the process exited with code {exitCode}, as Environment.Exit({exitCode}) does"
        );
}
