using System.Globalization;
using RnnCourse.Notebooks.Running;

namespace RnnCourse.Cli.Run;

/// <summary>Plain lines, for logs: one when a notebook begins, one when it ends, and a sign of life where that takes long.</summary>
internal sealed class PlainReporter(TextWriter output) : IRunReporter
{
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);

    public Task ShowAsync(Func<Task> work) => work();

    public IProgress<CellProgress> Begin(int index, int count, string name)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{index}/{count}] {name}"));
        return new Progress(output);
    }

    public void End(RunResult result) => output.WriteLine($"      {Outcome.Describe(result)}");

    private sealed class Progress(TextWriter output) : IProgress<CellProgress>
    {
        private TimeSpan _last;

        public void Report(CellProgress value)
        {
            if (value.Elapsed - _last > SignOfLife && value.Cell <= value.Count)
            {
                _last = value.Elapsed;
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"      cell {value.Cell} of {value.Count} begins after {Duration.Format(value.Elapsed)}"));
            }
        }
    }
}
