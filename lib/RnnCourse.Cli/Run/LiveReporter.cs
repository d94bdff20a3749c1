using System.Globalization;
using RnnCourse.Notebooks.Running;
using Spectre.Console;

namespace RnnCourse.Cli.Run;

/// <summary>For a terminal: a line that moves for the notebook that runs, and one that stays for each that has ended.</summary>
internal sealed class LiveReporter(IAnsiConsole console) : IRunReporter
{
    private ProgressContext? _context;
    private ProgressTask? _task;

    public Task ShowAsync(Func<Task> work) => console.Progress()
        .AutoClear(true)
        .HideCompleted(true)
        .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 20 }, new ElapsedTimeColumn())
        .StartAsync(async context =>
        {
            _context = context;
            await work();
        });

    public IProgress<CellProgress> Begin(int index, int count, string name)
    {
        var task = _context!.AddTask(Markup.Escape(name), maxValue: 1);
        _task = task;
        return new Progress(task, string.Create(CultureInfo.InvariantCulture, $"[bold]{Markup.Escape(name)}[/]"));
    }

    public void End(RunResult result)
    {
        _task?.StopTask();
        _task = null;
        var colour = result.ExitCode == ExitCode.Success ? "green" : "red";
        console.MarkupLine($"[{colour}]{(result.ExitCode == ExitCode.Success ? "done" : "stop")}[/]  [bold]{Markup.Escape(result.Name)}[/]  {Markup.Escape(Outcome.Describe(result))}");
    }

    private sealed class Progress(ProgressTask task, string name) : IProgress<CellProgress>
    {
        public void Report(CellProgress value)
        {
            // The bar shows cells that have ended, so the last cell does not look finished while it runs.
            task.MaxValue = Math.Max(1, value.Count);
            task.Value = Math.Min(value.Cell - 1, value.Count - 0.01);
            task.Description = string.Create(
                CultureInfo.InvariantCulture, $"{name}  cell {Math.Min(value.Cell, value.Count)} of {value.Count}");
        }
    }
}
