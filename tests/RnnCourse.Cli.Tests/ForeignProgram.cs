using System.Diagnostics;

namespace RnnCourse.Cli.Tests;

/// <summary>Runs programs in folders outside the repository, with a separate package folder, so that packages that
/// another build has put into the default one are not used.</summary>
internal static class ForeignProgram
{
    /// <summary>Runs a program to its end, which must be successful; returns what it printed.</summary>
    public static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        using var process = Start(folder, program, arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{await output}\n{await errors}");
        return await output;
    }

    /// <summary>Starts a program.</summary>
    public static Process Start(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["RNN_PROGRESS"] = "off";
        start.Environment["RNN_SERVERS"] = Path.Combine(folder, "servers");
        start.Environment["NUGET_PACKAGES"] = Path.Combine(folder, "packages");
        return Process.Start(start)!;
    }
}
