using RnnCourse.Notebooks.Running;

namespace RnnCourse.Cli.Run;

/// <summary>Shows how far a run is, while it runs.</summary>
internal interface IRunReporter
{
    /// <summary>Does the work and shows what it tells through the other methods.</summary>
    Task ShowAsync(Func<Task> work);

    /// <summary>A notebook begins; several may be under way.</summary>
    INotebookReporter Begin(int index, int count, string name);
}

/// <summary>Shows how far one notebook is.</summary>
internal interface INotebookReporter : IProgress<CellProgress>
{
    /// <summary>The notebook has ended, or could not begin.</summary>
    void End(RunResult result);
}
