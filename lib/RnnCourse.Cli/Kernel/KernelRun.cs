using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using RnnCourse.Cli.Precompiling;
using RnnCourse.Cli.Run;
using RnnCourse.Jupyter;
using RnnCourse.Jupyter.Wire;

namespace RnnCourse.Cli.Kernel;

/// <summary>Carries out <c>rnn kernel run</c>: runs the kernel until its client, its parent or a signal ends
/// it.</summary>
internal static class KernelRun
{
    private static readonly TimeSpan ParentCheck = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(
        string connectionFile,
        bool allowRemote,
        IReadOnlyList<string> passedVariables,
        CancellationToken stop
    )
    {
        var log = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardError()) { AutoFlush = true });
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            var kernel = new JupyterKernel(
                new KernelOptions(connectionFile, NotebookRunnerFactory.SessionCommand)
                {
                    AllowRemote = allowRemote,
                    PassedVariables = passedVariables,
                    Version = Version(),
                },
                line => log.WriteLine($"rnn kernel: {line}")
            );

            // Ctrl-C in the terminal stops the cell, not the kernel.
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
            _ = EndWithParentAsync(ended);
            BackgroundPrecompilation.StartIfWanted();
            await kernel.RunAsync(ended.Token);
            KillAfterTimeout();
            await kernel.DisposeAsync();
        }
        catch (ConnectionFileException e)
        {
            await log.WriteLineAsync($"rnn: {e.Message}");
            return ExitCode.Usage;
        }

        return ExitCode.Success;
    }

    // Jupyter names the process that started the kernel. Once that has ended, nothing else would end the kernel.
    private static async Task EndWithParentAsync(CancellationTokenSource ended)
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

    private static void KillAfterTimeout() =>
        new Thread(() =>
        {
            Thread.Sleep(ShutdownTimeout);
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
