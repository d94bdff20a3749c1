namespace RnnCourse.Notebooks.Session.Scripting.Interrupting;

/// <summary>What is known of one thread.</summary>
internal sealed class ThreadRecord
{
    /// <summary>In how many <c>finally</c> blocks of cells it is. Read by others, to leave it alone.</summary>
    public volatile int Finally;

    /// <summary>In how many pieces of the engine's own code it is, which nothing may end half-way.</summary>
    public volatile int Engine;

    /// <summary>The thread.</summary>
    public Thread Thread { get; } = Thread.CurrentThread;

    /// <summary>The cell that it works for, or null.</summary>
    public CellExecution? Execution { get; set; }

    /// <summary>When it first met a question since it works for that cell, and was told to end; 0 before.</summary>
    public long ToldAt { get; set; }

    /// <summary>Whether it was woken, which may strike only at its next wait.</summary>
    public bool IsWoken { get; set; }

    /// <summary>Whether it waits for something.</summary>
    public bool Waits => (Thread.ThreadState & ThreadState.WaitSleepJoin) != 0;

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
