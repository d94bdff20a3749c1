using System.Diagnostics;
using System.Globalization;
using RnnCourse.Training;
using Spectre.Console;

namespace RnnCourse.Cli.Train;

/// <summary>Shows the progress of a training: loss, speed and remaining time. An animated bar on a terminal, a line now
/// and then in a log.</summary>
internal sealed class TrainingBar(IAnsiConsole console, string unit, long total)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private ProgressTask? _task;
    private TimeSpan _lastLine;
    private long _firstStep = -1;
    private double _dev = double.NaN,
        _loss = double.NaN;

    /// <summary>Whether the output can show an animated bar.</summary>
    private bool IsLive =>
        !Console.IsOutputRedirected && console.Profile.Capabilities is { Ansi: true, Interactive: true };

    public T Show<T>(long done, Func<T> work)
    {
        _firstStep = done;
        if (!IsLive)
        {
            return work();
        }

        return console
            .Progress()
            .AutoClear(true)
            .Columns(
                new ProgressBarColumn { Width = 30 },
                new PercentageColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left }
            )
            .Start(context =>
            {
                _task = context.AddTask("begins", maxValue: Math.Max(1, total));
                _task.Value = done;
                return work();
            });
    }

    public void Report(TrainingLogEntry entry)
    {
        _loss = double.IsNaN(_loss) ? entry.Loss : (0.7 * _loss) + (0.3 * entry.Loss);
        if (!double.IsNaN(entry.ValidationLoss))
        {
            _dev = entry.ValidationLoss;
        }

        var text = Describe(entry.Step);
        if (_task is not null)
        {
            _task.Value = entry.Step;
            _task.Description = Markup.Escape(text);
        }
        else if (!IsLive && (_clock.Elapsed - _lastLine > BetweenLines || entry.Step == total))
        {
            _lastLine = _clock.Elapsed;
            console.WriteUnwrapped($"  step {entry.Step} of {total}: {text}");
        }
    }

    private string Describe(long step)
    {
        var speed = (step - _firstStep) / Math.Max(1e-3, _clock.Elapsed.TotalSeconds);
        var left = TimeSpan.FromSeconds(Math.Min(1e7, (total - step) / Math.Max(1e-6, speed)));
        var dev = double.IsNaN(_dev) ? "" : string.Create(CultureInfo.InvariantCulture, $", dev {_dev:0.000}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"loss {_loss:0.000}{dev} {unit}, {speed:0} steps/s, {Terminal.FormatDuration(left)} left"
        );
    }
}
