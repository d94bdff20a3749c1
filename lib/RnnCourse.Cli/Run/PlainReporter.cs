using System.Globalization;
using RnnCourse.Notebooks.Running;

namespace RnnCourse.Cli.Run;

/// <summary>
/// Plain lines, for logs: one when a notebook begins, one when it ends, and a sign of life where that takes long. They
/// come in the order of the notebooks, also when several run at a time.
/// </summary>
/// <param name="output">Where the lines go.</param>
internal sealed class PlainReporter(TextWriter output) : IRunReporter
{
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);

    private readonly TellingOrder _order = new();

    public Task ShowAsync(Func<Task> work) => work();

    public INotebookReporter Begin(int index, int count, string name)
    {
        _order.Say(
            index,
            () => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{index}/{count}] {name}"))
        );
        return new OfNotebook(output, _order, index);
    }

    private sealed class OfNotebook(TextWriter output, TellingOrder order, int index) : INotebookReporter
    {
        private const string Indent = "      ";

        private TimeSpan _last;

        public void Report(CellProgress value)
        {
            if (value.Elapsed - _last > SignOfLife && value.Cell <= value.Count)
            {
                _last = value.Elapsed;
                order.SayIfItsTurn(
                    index,
                    () =>
                        output.WriteLine(
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{Indent}cell {value.Cell} of {value.Count} begins after {Duration.Format(value.Elapsed)}"
                            )
                        )
                );
            }
        }

        public void End(RunResult result)
        {
            order.Say(
                index,
                () =>
                {
                    foreach (var line in Outcome.Describe(result))
                    {
                        output.WriteLine(Indent + line);
                    }
                }
            );
            order.End(index);
        }
    }
}
