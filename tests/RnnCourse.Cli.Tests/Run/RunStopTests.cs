using System.Diagnostics;
using System.Globalization;

namespace RnnCourse.Cli.Tests.Run;

/// <summary>An end of <c>rnn run</c> before its time: no process of a notebook outlives it.</summary>
public sealed class RunStopTests : IDisposable
{
    private readonly Rnn _rnn = new();

    public void Dispose() => _rnn.Dispose();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_process_of_a_notebook_ends_when_the_command_is_killed()
    {
        using var command = StartEndless();
        using var worker = await WorkerAsync(command);
        command.Kill();
        await worker.WaitForExitAsync(Cancellation);
        Assert.True(worker.HasExited);
    }

    [Fact]
    public async Task A_command_that_is_asked_to_stop_ends_its_processes_and_writes_nothing()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no signal to ask with.");
            return;
        }

        using var command = StartEndless();
        using var worker = await WorkerAsync(command);

        Rnn.AskToStop(command);
        await command.WaitForExitAsync(Cancellation);
        await worker.WaitForExitAsync(Cancellation);
        Assert.Equal(ExitCode.Interrupted, command.ExitCode);
        Assert.StartsWith(
            "rnn: Stopped.",
            await command.StandardError.ReadToEndAsync(Cancellation),
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(_rnn.PathOf("artifacts", "course", "01-endless.ipynb")));
    }

    // The later ones arrive while the first is being handled.
    [Theory(Timeout = 600_000)]
    [InlineData(0)]
    [InlineData(0.005)]
    [InlineData(0.01)]
    [InlineData(0.02)]
    public async Task A_second_request_to_stop_ends_the_command_at_once_and_its_processes(double later)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no signal to ask with.");
            return;
        }

        using var command = StartEndless();
        using var worker = await WorkerAsync(command);
        using var twice = Process.Start(
            "sh",
            [
                "-c",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"kill {command.Id}; sleep {later}; kill {command.Id}; exit 0"
                ),
            ]
        );
        await command.WaitForExitAsync(TestContext.Current.CancellationToken);
        await worker.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Interrupted, command.ExitCode);
    }

    private Process StartEndless()
    {
        _rnn.Write(
            "01-endless.ipynb",
            "System.IO.File.WriteAllText(\"pid.tmp\", Environment.ProcessId.ToString());\n"
                + "System.IO.File.Move(\"pid.tmp\", \"pid\");\nwhile (true) { }"
        );
        return Rnn.Start(_rnn.Folder, "run");
    }

    private async Task<Process> WorkerAsync(Process command)
    {
        var pid = _rnn.PathOf("notebooks", "pid");
        while (!File.Exists(pid))
        {
            Assert.False(command.HasExited);
            await Task.Delay(50, Cancellation);
        }

        return Process.GetProcessById(
            int.Parse(await File.ReadAllTextAsync(pid, Cancellation), CultureInfo.InvariantCulture)
        );
    }
}
