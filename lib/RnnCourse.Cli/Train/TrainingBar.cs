using System.Diagnostics;
using System.Globalization;
using RnnCourse.Training;
using Spectre.Console;

namespace RnnCourse.Cli.Train;

/// <summary>Shows the progress of a training: loss, speed and remaining time. An animated bar on a terminal, a line now
/// and then in a log.</summary>
internal sealed class TrainingBar(IAnsiConsole console, string unit, long total, bool mayEndEarly = false)
{
    // The speed of the last half minute: the first steps are slow, and a mean over everything would not forget them.
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    // Before this, nobody can tell how long the rest takes.
    private static readonly TimeSpan UntilEstimate = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private ProgressTask? _task;
    private TimeSpan _lastLine;
    private readonly Queue<(TimeSpan At, long Step)> _recent = new();
    private double _dev = double.NaN,
        _loss = double.NaN;

    /// <summary>Whether the output can show an animated bar.</summary>
    private bool IsLive =>
        !Console.IsOutputRedirected && console.Profile.Capabilities is { Ansi: true, Interactive: true };

    public T Show<T>(long done, Func<T> work)
    {
        _recent.Enqueue((_clock.Elapsed, done));
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
        var now = _clock.Elapsed;
        while (_recent.Count > 2 && now - _recent.Peek().At > Window)
        {
            _recent.Dequeue();
        }

        var (since, from) = _recent.Count > 0 ? _recent.Peek() : (TimeSpan.Zero, 0);
        _recent.Enqueue((now, step));
        var dev = double.IsNaN(_dev) ? "" : string.Create(CultureInfo.InvariantCulture, $", dev {_dev:0.000}");
        var pace = Pace((now - since).TotalSeconds, step - from, total - step, now, mayEndEarly);
        return string.Create(CultureInfo.InvariantCulture, $"loss {_loss:0.000}{dev} {unit}{pace}");
    }

    /// <summary>The speed with its significant digits, and the remaining time once it can be estimated.</summary>
    internal static string Pace(double seconds, long steps, long stepsLeft, TimeSpan running, bool mayEndEarly)
    {
        if (steps <= 0 || seconds <= 0)
        {
            return "";
        }

        var speed = steps / seconds;
        var digits =
            speed >= 10 ? "0"
            : speed >= 1 ? "0.0"
            : "0.00";
        var rate =
            speed >= 0.01
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $", {speed.ToString(digits, CultureInfo.InvariantCulture)} steps/s"
                )
                : $", {Terminal.FormatDuration(TimeSpan.FromSeconds(1 / speed))} per step";
        var left = TimeSpan.FromSeconds(Math.Min(1e7, stepsLeft / speed));
        return stepsLeft == 0 || (running < UntilEstimate && left > UntilEstimate)
            ? rate
            : $"{rate}, {(mayEndEarly ? "at most " : "")}{Terminal.FormatDuration(left)} left";
    }
}
