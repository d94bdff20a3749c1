using System.Diagnostics;
using System.Globalization;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Hosting;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Tests.Session.Hosting;

/// <summary>Cells that end their process, one after the other: each runs in the session that was started when the
/// previous cell had ended its own.</summary>
public sealed class CrashTests(SharedSession session) : IClassFixture<SharedSession>
{
    private const string Native = """
        [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "close")] static extern int Close(int file);
        [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "abort")] static extern void Abort();
        [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "_exit")] static extern void Leave(int code);
        [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "raise")] static extern int Raise(int signal);

        """;

    // Among these are the pipes to the host. Their numbers are as high as the host has files open.
    private const string CloseAll =
        Native
        + "foreach (var file in System.IO.Directory.GetFileSystemEntries(\"/dev/fd\")) "
        + "{ Close(int.Parse(System.IO.Path.GetFileName(file))); } ";

    private readonly List<SessionEvent> _events = [];

    public static TheoryData<string, string> Crashes =>
        new()
        {
            { "Environment.Exit(3);", "exited with code 3" },
            { "Environment.FailFast(\"enough\");", "the runtime aborted" },
            { "System.Diagnostics.Process.GetCurrentProcess().Kill(); await Task.Delay(-1);", "was killed" },
            { Native + "Abort();", "the runtime aborted" },
            { Native + "Leave(4);", "exited with code 4" },
            { Native + "Raise(9);", "was killed" },
            { Native + "Raise(15); await Task.Delay(-1);", "" },
            { CloseAll + "await Task.Delay(-1);", "" },
            { "System.Runtime.InteropServices.Marshal.WriteInt64((IntPtr)0x7_0000_0000, 1);", "" },
            { "void F() { Span<byte> large = stackalloc byte[64 << 20]; large.Fill(1); } F();", "" },
        };

    [Theory]
    [MemberData(nameof(Crashes))]
    public async Task A_cell_that_ends_its_process_is_answered_and_the_next_one_has_a_new_session(
        string code,
        string reason
    )
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && code.StartsWith(Native, StringComparison.Ordinal), "no libc");
        Assert.Null((await ExecuteAsync(1, "var kept = 1;")).Error);
        Assert.Null((await ExecuteAsync(2, "Environment.ProcessId")).Error);
        var process = int.Parse(LastResult(), CultureInfo.InvariantCulture);

        var ended = await ExecuteAsync(3, "Console.WriteLine(\"last words\");\n" + code);

        Assert.True(ended.HasSessionEnded);
        Assert.Contains(reason, ended.Error!.Message, StringComparison.Ordinal);
        Assert.Contains(
            "A new session has started; all variables are gone. Run the cells that you need again: cells 1–2.",
            ended.Error.Message,
            StringComparison.Ordinal
        );
        Assert.IsType<CellFailed>(_events[^1]);
        Assert.Contains("last words\n", Printed(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(process));
        Assert.Equal(CellError.Compilation, (await ExecuteAsync(2, "kept")).Error!.Name);
        Assert.Null((await ExecuteAsync(1, "40 + 2")).Error);
        Assert.Equal("42", LastResult());
    }

    private Task<ExecutionResult> ExecuteAsync(int number, string code)
    {
        _events.Clear();
        return session.Session.ExecuteAsync(
            new ExecutionRequest(CellSource.OfCell("notebook", number, code)),
            happened =>
            {
                lock (_events)
                {
                    _events.Add(happened);
                }
            },
            TestContext.Current.CancellationToken
        );
    }

    private string LastResult() => _events.OfType<ResultGiven>().Last().Data.Text("text/plain")!;

    private string Printed() => string.Concat(_events.OfType<TextPrinted>().Select(printed => printed.Text));
}
