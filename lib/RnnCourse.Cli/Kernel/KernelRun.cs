using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using RnnCourse.Cli.Precompiling;
using RnnCourse.Jupyter;
using RnnCourse.Jupyter.Wire;

namespace RnnCourse.Cli.Kernel;

/// <summary>What <c>rnn kernel run</c> does: the kernel, until its client, its parent or a signal ends it.</summary>
internal static class KernelRun
{
    private static readonly TimeSpan ParentCheck = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(string connectionFile, bool allowRemote, CancellationToken stop)
    {
        // Cells have the console from now on; the log keeps the real one.
        var log = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardError()) { AutoFlush = true });
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            var kernel = new JupyterKernel(
                new KernelOptions(connectionFile) { AllowRemote = allowRemote, Version = Version() },
                line => log.WriteLine($"rnn kernel: {line}")
            );

            // An interrupt of the terminal means the cell, not the kernel.
            using var interrupt = PosixSignalRegistration.Create(
                PosixSignal.SIGINT,
                context =>
                {
                    context.Cancel = true;
                    kernel.Interrupt();
                }
            );
            using var terminate = PosixSignalRegistration.Create(
                PosixSignal.SIGTERM,
                context =>
                {
                    context.Cancel = true;
                    ended.Cancel();
                }
            );
            _ = FollowParentAsync(ended);
            BackgroundPrecompilation.StartIfWanted();
            await kernel.RunAsync(ended.Token);
            EndAnyway();
            kernel.Dispose();
        }
        catch (ConnectionFileException e)
        {
            await log.WriteLineAsync($"rnn: {e.Message}");
            return ExitCode.Usage;
        }

        // Threads that a cell has left behind must not keep the process.
        Environment.Exit(ExitCode.Success);
        return ExitCode.Success;
    }

    // Jupyter says who started the kernel; without that process nobody will ever end it.
    private static async Task FollowParentAsync(CancellationTokenSource ended)
    {
        if (
            !int.TryParse(
                Environment.GetEnvironmentVariable("JPY_PARENT_PID"),
                CultureInfo.InvariantCulture,
                out var id
            )
            || id <= 1
        )
        {
            return;
        }

        try
        {
            using var parent = Process.GetProcessById(id);
            while (!parent.HasExited)
            {
                await Task.Delay(ParentCheck, ended.Token);
            }

            await ended.CancelAsync();
        }
        catch (Exception e)
            when (e
                    is ArgumentException
                        or InvalidOperationException
                        or OperationCanceledException
                        or System.ComponentModel.Win32Exception
            )
        {
            if (e is ArgumentException)
            {
                await ended.CancelAsync();
            }
        }
    }

    private static void EndAnyway() =>
        new Thread(() =>
        {
            Thread.Sleep(LastPatience);
            Process.GetCurrentProcess().Kill();
        })
        {
            IsBackground = true,
        }.Start();

    private static string Version() =>
        typeof(KernelRun)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0]
        ?? "0";
}
