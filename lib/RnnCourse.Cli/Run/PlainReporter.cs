using System.Globalization;
using RnnCourse.Notebooks.Running;

namespace RnnCourse.Cli.Run;

/// <summary>Plain lines, for logs: one when a notebook begins, one when it ends, and a sign of life where that takes long.</summary>
/// <param name="output">Where the lines go.</param>
/// <param name="namesEachLine">Whether each line says whose it is, as several notebooks may be under way.</param>
internal sealed class PlainReporter(TextWriter output, bool namesEachLine) : IRunReporter
{
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);

    public Task ShowAsync(Func<Task> work) => work();

    public INotebookReporter Begin(int index, int count, string name)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{index}/{count}] {name}"));
        return new OfNotebook(output, namesEachLine ? $"      {name}: " : "      ");
    }

    private sealed class OfNotebook(TextWriter output, string start) : INotebookReporter
    {
        private TimeSpan _last;

        public void Report(CellProgress value)
        {
            if (value.Elapsed - _last > SignOfLife && value.Cell <= value.Count)
            {
                _last = value.Elapsed;
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{start}cell {value.Cell} of {value.Count} begins after {Duration.Format(value.Elapsed)}"));
            }
        }

        public void End(RunResult result)
        {
            foreach (var line in Outcome.Describe(result))
            {
                output.WriteLine(start + line);
            }
        }
    }
}
