using System.ComponentModel;
using System.Diagnostics;

namespace RnnCourse.Cli.Precompiling;

/// <summary>The exit code and the output of a program.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output, followed by its standard error.</param>
internal sealed record ProcessResult(int ExitCode, string Output)
{
    /// <summary>The last line of the output; empty if there is none.</summary>
    public string LastLine =>
        Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault("");

    /// <summary>Runs a program to its end, without a terminal.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="cancellation">Kills the program.</param>
    /// <returns>The result.</returns>
    /// <exception cref="PrecompilationException">The program could not be started.</exception>
    public static async Task<ProcessResult> RunAsync(IReadOnlyList<string> command, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        // In English, because the output is searched for English words; and without long waits for a missing network.
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
            return new ProcessResult(process.ExitCode, string.Concat(texts));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
