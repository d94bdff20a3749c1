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
        Execution is not { } execution ? StopFlag.Never
        : TidiesUp ? execution.EndTidyingUp
        : execution.EndAll;

    /// <summary>Whether it was woken, which may strike only at its next wait.</summary>
    public bool IsWoken { get; set; }

    /// <summary>Whether it waits for something.</summary>
    public bool Waits => (Thread.ThreadState & System.Threading.ThreadState.WaitSleepJoin) != 0;

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
