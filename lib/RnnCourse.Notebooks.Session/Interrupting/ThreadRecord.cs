using System.Diagnostics;

namespace RnnCourse.Notebooks.Session.Interrupting;

/// <summary>The flag by which loops know that they must end.</summary>
internal sealed class StopFlag
{
    /// <summary>Whether loops must end. They read it without a lock.</summary>
    public bool IsSet;

    /// <summary>The flag of code that doesn't work for a cell; it is never set.</summary>
    public static StopFlag Never { get; } = new();
}

/// <summary>What the engine knows about one thread.</summary>
internal sealed class ThreadRecord
{
    /// <summary>How many <c>finally</c> blocks of cells it is in. Other threads read this, and don't wake this thread
    /// while it is above 0.</summary>
    public volatile int Finally;

    /// <summary>How many nested calls of engine code it is in; engine code must not be interrupted.</summary>
    public volatile int Engine;

    /// <summary>How many nested calls of native code it is in. No exception may pass through native code.</summary>
    public volatile int Native;

    /// <summary>Whether a <c>finally</c> block has used up the stack. Stays true until the stack is seen to have
    /// room again.</summary>
    public bool HasOverflownInFinally { get; set; }

    private nuint _nativeFrom;
    private WeakReference<object>? _forgottenFor;

    /// <summary>How many <c>finally</c> blocks with an <c>await</c> it is in.</summary>
    public int AsyncFinally { get; set; }

    /// <summary>The thread.</summary>
    public Thread Thread { get; } = Thread.CurrentThread;

    /// <summary>The cell that it works for, or null.</summary>
    public CellExecution? Execution { get; set; }

    /// <summary>When it was first asked to end its work for the current cell; 0 if it wasn't.</summary>
    public long StopRequestedAt { get; set; }

    /// <summary>Whether it is in a <c>finally</c> block, which is given some time.</summary>
    public bool TidiesUp => Finally > 0 || AsyncFinally > 0;

    /// <summary>The flag that is set when its current work must end.</summary>
    public StopFlag Flag =>
        Execution is not { } execution || Native > 0 ? StopFlag.Never
        : TidiesUp ? execution.EndTidyingUp
        : execution.EndAll;

    /// <summary>Whether <see cref="Thread.Interrupt"/> was called for it. This may take effect only at its next
    /// wait.</summary>
    public bool IsWoken { get; set; }

    /// <summary>Whether it is waiting.</summary>
    public bool Waits => (Thread.ThreadState & System.Threading.ThreadState.WaitSleepJoin) != 0;

    /// <summary>Native code is called.</summary>
    /// <param name="here">The position on the stack.</param>
    public void EnterNative(nuint here)
    {
        _nativeFrom = Native == 0 ? here : _nativeFrom;
        Native++;
    }

    /// <summary>The thread begins or continues to work for a cell. Resets counts that exceptions left wrong in earlier
    /// work, except for native code that was called from further up the stack and has not returned yet.</summary>
    public unsafe void Begin()
    {
        byte here;
        Finally = 0;
        Native = (nuint)(&here) < _nativeFrom ? Native : 0;
    }

    /// <summary>Undoes <see cref="EnterNative"/> for a call that failed before native code was reached.</summary>
    /// <param name="failure">The exception; several handlers may be asked about the same.</param>
    public void ForgetNative(object failure)
    {
        if (Native > 0 && !(_forgottenFor is { } last && last.TryGetTarget(out var known) && known == failure))
        {
            _forgottenFor = new WeakReference<object>(failure);
            Native--;
        }
    }

    /// <summary>Records that it was asked to end.</summary>
    public void RecordStopRequest() =>
        StopRequestedAt = StopRequestedAt == 0 ? Stopwatch.GetTimestamp() : StopRequestedAt;

    /// <summary>Consumes a wake-up that came while the thread wasn't waiting, so that it doesn't disturb a later
    /// wait.</summary>
    public void TakeLateWakeUp()
    {
        IsWoken = false;
        try
        {
            Thread.Sleep(1);
        }
        catch (ThreadInterruptedException)
        {
            // The late wake-up, now consumed.
        }
    }
}
