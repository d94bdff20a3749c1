using System.Globalization;
using RnnCourse.Notebooks.Running;
using Spectre.Console;

namespace RnnCourse.Cli.Run;

/// <summary>
/// The reporter for a terminal: an animated line for each notebook that runs, and a permanent line for each that has
/// ended. Permanent lines are in the order of the notebooks; one that ends before its turn stays animated until then.
/// </summary>
internal sealed class LiveReporter(IAnsiConsole console) : IRunReporter
{
    private readonly OrderedOutput _order = new();
    private ProgressContext? _context;

    public Task ShowAsync(Func<Task> work) =>
        console
            .Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(
                new SpinnerColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = 20 },
                new ElapsedTimeColumn()
            )
            .StartAsync(async context =>
            {
                _context = context;
                await work();
            });

    public INotebookReporter Begin(int index, int count, string name) =>
        new NotebookReporter(
            console,
            _order,
            index,
            _context!.AddTask(Markup.Escape(name), maxValue: 1),
            $"[bold]{Markup.Escape(name)}[/]"
        );

    private sealed class NotebookReporter(
        IAnsiConsole console,
        OrderedOutput order,
        int index,
        ProgressTask task,
        string name
    ) : INotebookReporter
    {
        public void Report(CellProgress value)
        {
            // The bar counts cells that have ended, so the last cell does not look finished while it runs.
            task.MaxValue = Math.Max(1, value.Count);
            task.Value = Math.Min(value.Cell - 1, value.Count - 0.01);
            task.Description = string.Create(
                CultureInfo.InvariantCulture,
                $"{name}  cell {Math.Min(value.Cell, value.Count)} of {value.Count}"
            );
        }

        public void End(RunResult result)
        {
            task.Description = $"{name}  ended";
            order.Write(
                index,
                () =>
                {
                    task.StopTask();
                    var good = result.ExitCode == ExitCode.Success;
                    var start =
                        $"[{(good ? "green" : "red")}]{(good ? "done" : "stop")}[/]  "
                        + $"[bold]{Markup.Escape(result.Name)}[/]  ";
                    foreach (var line in ResultDescription.Describe(result))
                    {
                        console.MarkupLine($"{start}{Markup.Escape(line)}");
                        start = "      ";
                    }
                }
            );
            order.Complete(index);
        }
    }
}
