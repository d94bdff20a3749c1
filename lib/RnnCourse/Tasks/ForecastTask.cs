using System.Globalization;
using RnnCourse.Baselines;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Encoders;
using RnnCourse.Losses;
using RnnCourse.Model;
using RnnCourse.Training;

namespace RnnCourse.Tasks;

/// <summary>Forecasts a number of a series some steps ahead from a window of the numbers before.</summary>
/// <remarks>The model learns the differences of the next numbers, up to the requested one, from the window's last
/// number. So an untrained model forecasts persistence, and the nearer numbers help to learn the farther ones. Only the
/// requested number is measured.</remarks>
internal sealed class ForecastTask : CourseTask
{
    /// <summary>How far ahead a forecast of sunspots looks by default, in months.</summary>
    public const int UsualHorizon = 12;

    /// <summary>How far back a forecast looks, by default: two cycles of eleven years.</summary>
    public const int UsualWindow = 264;

    private const int RunLength = 10;

    private const double TrainShare = 0.7,
        TrainAndDevShare = 0.85;

    /// <summary>How a series becomes three parts, for help texts and notes.</summary>
    internal const string SingleRule = "70 : 15 : 15, in the order of time";

    private readonly double[] _series; // in the model's unit
    private readonly double[] _raw; // in the data's unit
    private readonly int _devFrom,
        _testFrom;
    private readonly Scaling _scaling;
    private IReadOnlyList<SeriesWindow>? _testWindows;

    /// <summary>Reads the series.</summary>
    /// <param name="data">Where it is: a table. Without one, the sunspots. Of another series, the first 70 % are the
    /// training part, the next 15 % the dev part, the rest the test part.</param>
    /// <param name="known">The scaling of an existing model; null to learn one from the training part.</param>
    /// <exception cref="DataFileException">The data cannot be read or are too short.</exception>
    public ForecastTask(TaskData data, Scaling? known = null)
        : base(TaskNames.Sunspots, data, "the course's monthly sunspots")
    {
        var path = data.Path ?? CourseData.PathOf("sunspots", "monthly.csv");
        if (Directory.Exists(path))
        {
            throw new DataFileException(path, 0, 0, "This is a folder; a table with a series of numbers is needed.");
        }

        var (values, column) = NumberSeries.Read(path, data.Column, hasHeader: data.NoHeader ? false : null);
        if (data.Path is not null)
        {
            Remark($"The numbers are column '{column}'.");
        }

        _raw = [.. values];
        // December 1919 and December 1949, as the card says.
        (_devFrom, _testFrom) = data.Path is null
            ? (171 * 12, 201 * 12)
            : ((int)(_raw.Length * TrainShare), (int)(_raw.Length * TrainAndDevShare));
        Window =
            data.Window > 0 ? data.Window
            : data.Path is null ? UsualWindow
            : Math.Min(UsualWindow, _raw.Length / 10);
        Horizon =
            data.Horizon > 0 ? data.Horizon
            : data.Path is null ? UsualHorizon
            : 1;
        if (_devFrom < 2 * (Window + Horizon) || _raw.Length < 60)
        {
            throw new DataFileException(
                path,
                0,
                0,
                $"The series has {_raw.Length} numbers, too few to look back at {Window} and {Horizon} "
                    + $"ahead; {Math.Max(60, 3 * (Window + Horizon))} are needed."
            );
        }
        // Numbers that, like counts, are never negative and vary more where they are larger, are easier to forecast on
        // the scale of their square roots.
        TakesRoots = _raw.Min() >= 0;
        _scaling = known ?? Scaling.Learn([.. _raw.Take(_devFrom).Select(Root)]);
        _series = [.. _raw.Select(value => _scaling.Apply(Root(value)))];
        SplitRule = data.Path is null ? "December 1919 and December 1949 end the first two parts" : SingleRule;
        RemarkSmallDev(_testFrom - _devFrom, 50, "numbers");
        if (_raw.Take(_devFrom).Distinct().Count() == 1)
        {
            Remark(
                $"All numbers of the training part are {_raw[0].ToString(CultureInfo.InvariantCulture)}: there is "
                    + "nothing to learn."
            );
        }

        Notes = new Dictionary<string, string>
        {
            ["mean"] = _scaling.Mean.ToString("R", CultureInfo.InvariantCulture),
            ["deviation"] = _scaling.Deviation.ToString("R", CultureInfo.InvariantCulture),
            ["roots"] = TakesRoots ? "true" : "false",
            ["window"] = Window.ToString(CultureInfo.InvariantCulture),
            ["horizon"] = Horizon.ToString(CultureInfo.InvariantCulture),
            ["data"] = Fingerprint([path]),
        };
    }

    /// <summary>How many steps ahead a forecast looks.</summary>
    public int Horizon { get; }

    /// <summary>How many numbers a forecast looks back at.</summary>
    public int Window { get; }

    /// <summary>Whether the model learns on the scale of square roots: where no number is negative.</summary>
    public bool TakesRoots { get; }

    /// <inheritdoc/>
    public override string Sizes =>
        $"{_devFrom} numbers to learn from, {_testFrom - _devFrom} for choices, "
        + $"{_raw.Length - _testFrom} to test on; forecast {Horizon} ahead";

    /// <inheritdoc/>
    public override ISequenceLoss<float> Loss { get; } = new MeanSquaredError<float>();

    /// <inheritdoc/>
    public override string LossUnit => "squared error, in units of the spread";

    /// <inheritdoc/>
    internal override bool MayReadBothWays => false;

    private protected override int InputSize => 1;

    private protected override int OutputSize => Horizon;

    /// <inheritdoc/>
    public override IBatchSource<float> Batches(TaskSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return ShuffledBatches.OfVectors<float>(
            Encode(Cut(_series, 0, _devFrom)),
            1,
            settings.BatchSize,
            new SeededRandom(settings.Seed).Fork(),
            ReadOut.LastStep
        );
    }

    /// <inheritdoc/>
    public override long BatchesPerEpoch(TaskSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return (Cut(_series, 0, _devFrom).Count + settings.BatchSize - 1) / settings.BatchSize;
    }

    /// <inheritdoc/>
    public override double DevLoss(SequenceModel<float> model)
    {
        var windows = Cut(_series, _devFrom, _testFrom);
        var sum = 0.0;
        SequenceScores.ForEach(
            model,
            Encode(windows),
            ReadOut.LastStep,
            (k, _, z) =>
            {
                var error = windows[k].Values.Span[^1] + z[^1] - windows[k].Target;
                sum += error * error;
            }
        );
        return sum / windows.Count;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Score> Measure(SequenceModel<float> model)
    {
        var forecasts = new double[TestWindows.Count];
        var windows = Cut(_series, _testFrom, _series.Length);
        SequenceScores.ForEach(
            model,
            Encode(windows),
            ReadOut.LastStep,
            (k, _, z) => forecasts[k] = Back(windows[k].Values.Span[^1] + z[^1])
        );
        return Scores(k => forecasts[k]);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<TaskScores> Baselines(TaskSettings settings)
    {
        TaskScores Of(string name, Func<int, double> forecast)
        {
            BaselineBegins?.Invoke(name);
            return new(name, Scores(forecast));
        }

        var mean = _raw.Take(_devFrom).Average();
        var linear = LinearAutoregression.Fit(Cut(_raw, 0, _devFrom));
        List<TaskScores> baselines =
        [
            Of("the training part's mean", _ => mean),
            Of("persistence: as the last number", k => TestWindows[k].Values.Span[^1]),
            Of("linear autoregression", k => linear.Predict(TestWindows[k].Values.Span)),
        ];
        if (TakesRoots)
        {
            var onRoots = LinearAutoregression.Fit(Cut(_series, 0, _devFrom));
            var windows = Cut(_series, _testFrom, _series.Length);
            baselines.Add(Of("linear autoregression of the roots", k => Back(onRoots.Predict(windows[k].Values.Span))));
        }

        return baselines;
    }

    /// <summary>The windows of the test part, in the data's unit.</summary>
    public IReadOnlyList<SeriesWindow> TestWindows => _testWindows ??= Cut(_raw, _testFrom, _raw.Length);

    private List<Score> Scores(Func<int, double> forecast)
    {
        // Forecasts of neighbouring numbers err alike.
        var together = Math.Max(Horizon, (int)Math.Cbrt(TestWindows.Count));
        ItemSums absolute = new(TestWindows.Count, together),
            squared = new(TestWindows.Count, together),
            scaled = new(TestWindows.Count, together);
        for (var k = 0; k < TestWindows.Count; k++)
        {
            var (value, target) = (forecast(k), TestWindows[k].Target);
            absolute.Add(k, Math.Abs(value - target));
            squared.Add(k, (value - target) * (value - target));
            var error = Scaled(value) - Scaled(target);
            scaled.Add(k, error * error);
        }

        return
        [
            absolute.ToScore("mean absolute error", "0.00", true),
            squared.ToScore("root mean squared error", "0.00", true, Math.Sqrt),
            scaled.ToScore(LossUnit, "0.000", true),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<DevReference> DevReferences
    {
        get
        {
            var windows = Cut(_series, _devFrom, _testFrom);
            return windows.Count == 0
                ? []
                :
                [
                    new("persistence", windows.Average(window => Square(window.Values.Span[^1] - window.Target))),
                    new("the training part's mean", windows.Average(window => Square(window.Target))),
                ];
        }
    }

    // Runs of numbers: a single number says nothing about where it comes from.
    private protected override IReadOnlyList<string> ItemsOf(int part)
    {
        var numbers = NumbersOf(part);
        return
        [
            .. Enumerable
                .Range(0, Math.Max(0, numbers.Length - RunLength + 1))
                .Select(k => string.Join(' ', numbers.AsSpan(k, RunLength).ToArray().Select(Text))),
        ];
    }

    private protected override IEnumerable<string> ContentsOf(int part) => NumbersOf(part).Select(Text);

    private double[] NumbersOf(int part) =>
        part switch
        {
            0 => _raw[.._devFrom],
            1 => _raw[_devFrom.._testFrom],
            _ => _raw[_testFrom..],
        };

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static double Square(double value) => value * value;

    private double Scaled(double value) => _scaling.Apply(Root(Math.Max(value, TakesRoots ? 0 : value)));

    private IReadOnlyList<SeriesWindow> Cut(double[] series, int from, int to) =>
        SeriesWindows.Cut(series, Window, Horizon, from, to);

    private double Back(double value) =>
        TakesRoots ? Math.Pow(Math.Max(0, _scaling.Undo(value)), 2) : _scaling.Undo(value);

    private VectorSequence[] Encode(IEnumerable<SeriesWindow> windows) =>
        [
            .. windows.Select(window =>
            {
                var last = window.Values.Span[^1];
                float[] ahead =
                [
                    .. Enumerable
                        .Range(window.TargetIndex - Horizon + 1, Horizon)
                        .Select(k => (float)(_series[k] - last)),
                ];
                return VectorSequence.OfNumbers(
                    [.. window.Values.ToArray().Select(value => new[] { (float)value })],
                    [ahead]
                );
            }),
        ];

    private double Root(double value) => TakesRoots ? Math.Sqrt(value) : value;
}
