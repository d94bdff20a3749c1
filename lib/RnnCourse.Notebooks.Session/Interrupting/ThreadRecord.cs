using System.Diagnostics;

namespace RnnCourse.Notebooks.Session.Interrupting;

/// <summary>Says to loops whether they must end.</summary>
internal sealed class StopFlag
{
    /// <summary>Whether they must. Loops read it without a lock.</summary>
    public bool IsSet;

    /// <summary>The flag of code that works for no cell.</summary>
    public static StopFlag Never { get; } = new();
}

/// <summary>What is known of one thread.</summary>
internal sealed class ThreadRecord
{
    /// <summary>In how many <c>finally</c> blocks of cells it is. Read by others, to leave it alone.</summary>
    public volatile int Finally;

    /// <summary>In how many pieces of the engine's own code it is, which nothing may end half-way.</summary>
    public volatile int Engine;

    /// <summary>In how many calls of native code it is, through which no exception may pass.</summary>
    public volatile int Native;

    /// <summary>Whether a <c>finally</c> block has used up the stack, and nothing was seen of it since that has
    /// enough.</summary>
    public bool HasOverflownInFinally { get; set; }

    private nuint _nativeFrom;
    private WeakReference<object>? _forgottenFor;

    /// <summary>In how many <c>finally</c> blocks that await it is.</summary>
    public int AsyncFinally { get; set; }

    /// <summary>The thread.</summary>
    public Thread Thread { get; } = Thread.CurrentThread;

    /// <summary>The cell that it works for, or null.</summary>
    public CellExecution? Execution { get; set; }

    /// <summary>When it was first told to end since it works for that cell; 0 before.</summary>
    public long ToldAt { get; set; }

    /// <summary>Whether it tidies up, for which it has some time.</summary>
    public bool TidiesUp => Finally > 0 || AsyncFinally > 0;

    /// <summary>What is set when it must end what it does now.</summary>
    public StopFlag Flag =>
        Execution is not { } execution || Native > 0 ? StopFlag.Never
        : TidiesUp ? execution.EndTidyingUp
        : execution.EndAll;

    /// <summary>Whether it was woken, which may strike only at its next wait.</summary>
    public bool IsWoken { get; set; }

    /// <summary>Whether it waits for something.</summary>
    public bool Waits => (Thread.ThreadState & System.Threading.ThreadState.WaitSleepJoin) != 0;

    /// <summary>Native code is called.</summary>
    /// <param name="here">Where on the stack.</param>
    public void EnterNative(nuint here)
    {
        _nativeFrom = Native == 0 ? here : _nativeFrom;
        Native++;
    }

    /// <summary>The thread begins to work for a cell, or goes on with it. Forgets what exceptions left behind of other
    /// work; but native code that was called from further up the stack has still to return.</summary>
    public unsafe void Begin()
    {
        byte here;
        Finally = 0;
        Native = (nuint)(&here) < _nativeFrom ? Native : 0;
    }

    /// <summary>A call of native code failed before it began.</summary>
    /// <param name="failure">The exception; several handlers may be asked about the same.</param>
    public void ForgetNative(object failure)
    {
        if (Native > 0 && !(_forgottenFor is { } last && last.TryGetTarget(out var known) && known == failure))
        {
            _forgottenFor = new WeakReference<object>(failure);
            Native--;
        }
    }

    /// <summary>It is told to end.</summary>
    public void IsTold() => ToldAt = ToldAt == 0 ? Stopwatch.GetTimestamp() : ToldAt;

    /// <summary>Takes a wake-up that found the thread awake: better here than at a wait of other work.</summary>
    public void TakeLateWakeUp()
    {
        IsWoken = false;
        try
        {
            Thread.Sleep(1);
        }
        catch (ThreadInterruptedException)
        {
            // This is it.
        }
    }
}
