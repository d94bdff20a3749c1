using System.ComponentModel;
using System.Diagnostics;

namespace RnnCourse.Cli.Precompiling;

/// <summary>How a program ended, and what it printed.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its output, and behind it its errors.</param>
internal sealed record ProgramRun(int ExitCode, string Output)
{
    /// <summary>The last line that it printed; empty where it printed nothing.</summary>
    public string LastLine =>
        Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault("");

    /// <summary>Runs a program to its end, without a terminal.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="PrecompilationException">It could not be started.</exception>
    public static async Task<ProgramRun> RunAsync(IReadOnlyList<string> command, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        // In English, as some of it is read by us; and without waiting long for a network that may not be there.
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en-US";
        start.Environment["NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT"] = "1";
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new PrecompilationException($"{command[0]} could not be started: {e.Message}");
        }

        process.StandardInput.Close();
        try
        {
            var texts = await Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(cancellation),
                process.StandardError.ReadToEndAsync(cancellation)
            );
            await process.WaitForExitAsync(cancellation);
            return new ProgramRun(process.ExitCode, string.Concat(texts));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
