using RnnCourse.Notebooks.Running;

namespace RnnCourse.Cli.Run;

/// <summary>Shows the progress of a run.</summary>
internal interface IRunReporter
{
    /// <summary>Does the work and shows the progress that it reports through the other methods.</summary>
    Task ShowAsync(Func<Task> work);

    /// <summary>Reports that a notebook begins; several may run at a time.</summary>
    INotebookReporter Begin(int index, int count, string name);
}

/// <summary>Shows the progress of one notebook.</summary>
internal interface INotebookReporter : IProgress<CellProgress>
{
    /// <summary>Reports that the notebook has ended, or could not begin.</summary>
    void End(RunResult result);
}
