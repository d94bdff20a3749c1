using System.Globalization;
using RnnCourse.Notebooks.Running;

namespace RnnCourse.Cli.Run;

/// <summary>
/// The reporter for logs, in plain lines: one when a notebook begins, one when it ends, and progress now and then if
/// that takes long. The lines are in the order of the notebooks, even if several run at a time.
/// </summary>
/// <param name="output">Receives the lines.</param>
internal sealed class PlainReporter(TextWriter output) : IRunReporter
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(15);

    private readonly OrderedOutput _order = new();

    public Task ShowAsync(Func<Task> work) => work();

    public INotebookReporter Begin(int index, int count, string name)
    {
        _order.Write(
            index,
            () => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{index}/{count}] {name}"))
        );
        return new NotebookReporter(output, _order, index);
    }

    private sealed class NotebookReporter(TextWriter output, OrderedOutput order, int index) : INotebookReporter
    {
        private const string Indent = "      ";

        private TimeSpan _last;

        public void Report(CellProgress value)
        {
            if (value.Elapsed - _last > ProgressInterval && value.Cell <= value.Count)
            {
                _last = value.Elapsed;
                order.WriteIfCurrent(
                    index,
                    () =>
                        output.WriteLine(
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{Indent}cell {value.Cell} of {value.Count} begins after "
                                    + $"{Terminal.FormatDuration(value.Elapsed)}"
                            )
                        )
                );
            }
        }

        public void End(RunResult result)
        {
            order.Write(
                index,
                () =>
                {
                    foreach (var line in ResultDescription.Describe(result))
                    {
                        output.WriteLine(Indent + line);
                    }
                }
            );
            order.Complete(index);
        }
    }
}
