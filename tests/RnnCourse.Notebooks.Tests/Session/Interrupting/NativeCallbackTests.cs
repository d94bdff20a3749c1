using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Interrupting;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Tests.Session.Interrupting;

/// <summary>Code of cells that native code calls: an exception must not leave it, as it would end the
/// process.</summary>
public sealed class NativeCallbackTests : IDisposable
{
    private const string Sorting = """
        using System.Runtime.InteropServices;
        unsafe delegate int Order(int* a, int* b);
        static class Native
        {
            [DllImport("libc")] public static extern void qsort(int[] items, nint count, nint size, Order order);
            [DllImport("libc", EntryPoint = "qsort")]
            public static extern void SortBy(int[] items, nint count, nint size, nint order);
            [DllImport("libc", EntryPoint = "qsort")]
            public static extern unsafe void SortUnmanaged(
                int[] items, nint count, nint size, delegate* unmanaged<int*, int*, int> order);
            [UnmanagedCallersOnly] public static unsafe int Compare(int* a, int* b) { Beat(); return *a - *b; }
            [DllImport("no-such-library")] public static extern void Missing();
            public static Action Beat;
        }
        """;

    // Only to turn a hang into an error.
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private readonly ScriptSession _session = new(new ScriptSessionOptions(Environment.CurrentDirectory));

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("while (true) { unsafe { Native.qsort(items, 1000, 4, (a, b) => { Beat(); return *a - *b; }); } }")]
    [InlineData(
        "unsafe { Order order = (a, b) => { for (var i = 0; i < 9; i++) { Beat(); } return *a - *b; }; "
            + "while (true) { Native.SortBy(items, 1000, 4, Marshal.GetFunctionPointerForDelegate(order)); } }"
    )]
    [InlineData(
        "Native.Beat = Beat; unsafe { while (true) { Native.SortUnmanaged(items, 1000, 4, &Native.Compare); } }"
    )]
    [InlineData(
        "Native.Beat = Beat; unsafe { var sort = (delegate* unmanaged<int*, nint, nint, "
            + "delegate* unmanaged<int*, int*, int>, void>)NativeLibrary.GetExport(NativeLibrary.Load(\"libc.so.6\"), "
            + "\"qsort\"); fixed (int* p = items) { while (true) { sort(p, 1000, 4, &Native.Compare); } } }"
    )]
    [InlineData(
        "unsafe { while (true) { Native.qsort(items, 1000, 4, (a, b) => { Beat(); try { throw new Exception(); } "
            + "catch { return *a - *b; } }); } }"
    )]
    [InlineData(
        "unsafe { Native.qsort(items, 1000, 4, (a, b) => { Beat(); System.Threading.Thread.Sleep(1); "
            + "Console.Write(\"\"); return *a - *b; }); } while (true) { }"
    )]
    [InlineData(
        "try { Native.Missing(); } catch (DllNotFoundException) { } Beat(); void Loop() { while (true) { } } Loop();"
    )]
    public async Task A_cell_in_native_code_is_interrupted_when_that_has_returned(string cell)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no libc with this function.");
        await RunAsync(Sorting);
        await RunAsync(
            "var items = Enumerable.Range(0, 1000).Select(i => i * 7919 % 1009).ToArray(); var kept = new object(); "
                + "var begun = new TaskCompletionSource(); void Beat() => begun.TrySetResult();"
        );
        var kept = await RunAsync("kept");
        var begun = (TaskCompletionSource)(await RunAsync("begun"))!;
        var execution = new CellExecution { Patience = Long };
        var running = Task.Run(() => _session.ExecuteAsync(new CellSource("cell", cell), execution));
        await Task.WhenAny(begun.Task, running).WaitAsync(Long, TestContext.Current.CancellationToken);
        execution.Interrupt();
        var error = (await running.WaitAsync(Long, TestContext.Current.CancellationToken)).Error!;

        Assert.Equal((CellError.Interruption, "The cell was interrupted."), (error.Name, error.Message));
        Assert.Same(kept, await RunAsync("kept"));
    }

    [Fact]
    public async Task A_callback_without_an_end_is_left_behind()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no libc with this function.");
        await RunAsync(Sorting);
        await RunAsync("var kept = 5; var stop = false; var begun = new TaskCompletionSource();");
        var begun = (TaskCompletionSource)(await RunAsync("begun"))!;
        var execution = new CellExecution();
        const string Cell = """
            unsafe
            {
                Native.qsort(new[] { 2, 1 }, 2, 4, (a, b) =>
                {
                    begun.TrySetResult();
                    while (!System.Threading.Volatile.Read(ref stop)) { Console.Write(""); }
                    return 0;
                });
            }
            """;
        var running = Task.Run(() => _session.ExecuteAsync(new CellSource("cell", Cell), execution));
        await Task.WhenAny(begun.Task, running).WaitAsync(Long, TestContext.Current.CancellationToken);
        execution.Interrupt();
        var error = (await running.WaitAsync(Long, TestContext.Current.CancellationToken)).Error!;

        Assert.Contains("can't be stopped", error.Message, StringComparison.Ordinal);
        Assert.Equal(5, await RunAsync("stop = true; kept"));
    }

    private async Task<object?> RunAsync(string source)
    {
        var outcome = await _session.ExecuteAsync(new CellSource("cell", source));
        Assert.Null(outcome.Error?.Traceback);
        return outcome.Result;
    }
}
