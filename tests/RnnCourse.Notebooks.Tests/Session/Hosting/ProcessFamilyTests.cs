using System.Diagnostics;
using System.Globalization;
using RnnCourse.Notebooks.Session.Hosting;

namespace RnnCourse.Notebooks.Tests.Session.Hosting;

public sealed class ProcessFamilyTests : IDisposable
{
    // Not that of another run of these tests, whose programs would end here.
    private readonly string _family = $"{Guid.NewGuid():N}";
    private readonly string _folder = Directory.CreateTempSubdirectory("family").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory(Timeout = 600_000)]
    [InlineData("sleep 1000 & write $!")]
    [InlineData("(sleep 1000 & write $!)")]
    [InlineData("setsid sh -c 'echo $$ > pid; exec sleep 1000' &")]
    [InlineData("(setsid sh -c 'echo $$ > pid; exec sleep 1000' &)")]
    [InlineData("env -i sleep 1000 & write $!")]
    [InlineData("sh -c 'env -i sleep 1000 & echo $! > pid; wait' &")]
    [InlineData("bash -c 'env -i sh -c \"echo \\$\\$ > pid; exec sleep 1000\" & exec -a \"a ) 1 b\" sleep 1000' &")]
    public async Task What_a_process_started_ends_with_it(string script) =>
        await AssertEndsAsync(script, TestContext.Current.CancellationToken);

    // At one moment in forty the system doesn't tell whose such a program is, and it may change while that is read.
    [Fact(Timeout = 600_000)]
    public async Task A_program_that_becomes_another_one_without_end_ends_with_it()
    {
        for (var i = 0; i < 40; i++)
        {
            await AssertEndsAsync(
                "echo 'exec sh again' > again; (setsid sh -c 'echo $$ > pid; exec sh again' &)",
                TestContext.Current.CancellationToken
            );
            File.Delete(Path.Combine(_folder, "pid"));
        }
    }

    private async Task AssertEndsAsync(string script, CancellationToken stop)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Only Linux shows who belongs to a family.");
            return;
        }

        var start = new ProcessStartInfo(
            "bash",
            ["-c", $"write() {{ echo $1 > pid; }}; {script}\nwhile true; do sleep 1; done"]
        )
        {
            WorkingDirectory = _folder,
        };
        // So much takes a while to read.
        start.Environment["FILLER"] = new string('x', 100_000);
        start.Environment[ProcessFamily.Variable] = _family;
        using var session = Process.Start(start)!;
        var started = await ReadPidAsync(stop);
        ProcessFamily.Kill(session, _family);
        await session.WaitForExitAsync(stop);
        while (!HasEnded(started))
        {
            await Task.Delay(20, stop);
        }

        ProcessFamily.Kill(session, _family);
    }

    // A process that has ended stays in the list until its new parent reads its exit code.
    private static bool HasEnded(int process)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"))
                .Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }

    private async Task<int> ReadPidAsync(CancellationToken stop)
    {
        var file = Path.Combine(_folder, "pid");
        int id;
        while (
            !File.Exists(file)
            || !int.TryParse(await File.ReadAllTextAsync(file, stop), CultureInfo.InvariantCulture, out id)
        )
        {
            await Task.Delay(20, stop);
        }

        return id;
    }
}
