using RnnCourse.Notebooks.Running;

namespace RnnCourse.Cli.Run;

/// <summary>Shows how far a run is, while it runs.</summary>
internal interface IRunReporter
{
    /// <summary>Does the work and shows what it tells through the other methods.</summary>
    Task ShowAsync(Func<Task> work);

    /// <summary>A notebook begins; what is returned takes its progress.</summary>
    IProgress<CellProgress> Begin(int index, int count, string name);

    /// <summary>The notebook that began last has ended, or could not begin.</summary>
    void End(RunResult result);
}
