using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RnnCourse.Cli.Precompiling;

/// <summary>Starts a translation in the background, at the lowest priority. It continues after this program has
/// ended.</summary>
internal static class BackgroundPrecompilation
{
    /// <summary>The environment variable that, set to <c>off</c>, disables the translation in the background.</summary>
    public const string Switch = "RNN_PRECOMPILE";

    // A machine without a network may have one tomorrow.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromDays(1);

    /// <summary>Whether to start a translation.</summary>
    /// <param name="plan">The plan that the build wrote, or null.</param>
    /// <param name="variables">Reads environment variables.</param>
    /// <param name="now">The current time.</param>
    /// <returns>False if nothing is left to translate, in CI (machines are thrown away), and for a day after a
    /// failure.</returns>
    public static bool IsWanted(PrecompilationPlan? plan, Func<string, string?> variables, DateTime now) =>
        plan is not null
        && variables(Switch) != "off"
        && !string.Equals(variables("CI"), "true", StringComparison.OrdinalIgnoreCase)
        && plan.Missing.Any()
        && !(File.Exists(plan.FailureFile) && now - File.GetLastWriteTimeUtc(plan.FailureFile) < RetryAfter);

    /// <summary>Starts the translation if it is wanted. A failure costs only speed, so it is not reported.</summary>
    public static void StartIfWanted()
    {
        try
        {
            if (!IsWanted(PrecompilationPlan.Read(), Environment.GetEnvironmentVariable, DateTime.UtcNow))
            {
                return;
            }

            // With its own streams: a reader of this program's output must not wait for the translation.
            var start = new ProcessStartInfo(
                "dotnet",
                [
                    Path.Combine(AppContext.BaseDirectory, "rnn.dll"),
                    PrecompileCommand.Name,
                    PrecompileCommand.Background,
                ]
            )
            {
                WorkingDirectory = AppContext.BaseDirectory,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                CreateNoWindow = true,
            };
            if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host)
            {
                start.FileName = host;
            }

            using var process = Process.Start(start);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or Win32Exception or InvalidOperationException)
        {
            // Without a translation, notebooks start a little more slowly.
        }
    }

    /// <summary>Moves this process into the background: lowest priority, and no longer reached by Ctrl-C in the
    /// terminal.</summary>
    public static void EnterBackground()
    {
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                _ = StartSession();
            }

            using var self = Process.GetCurrentProcess();
            self.PriorityClass = ProcessPriorityClass.Idle;
        }
        catch (Exception e) when (e is Win32Exception or EntryPointNotFoundException or DllNotFoundException)
        {
            // The translation works without it.
        }
    }

    [DllImport("libc", EntryPoint = "setsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StartSession();
}
