using System.CommandLine;
using RnnCourse.Model;
using RnnCourse.Tasks;

namespace RnnCourse.Cli.Train;

/// <summary>The options for the model and its training. The task's own settings apply for options that are not
/// given.</summary>
internal sealed class SettingsOptions
{
    private readonly Option<string?> _cell = new("--cell")
    {
        Description = "The recurrent cell: rnn, gru or lstm.",
        HelpName = "cell",
    };
    private readonly Option<int> _hidden = NumberOption.Whole("--hidden", "The size of the state.", 1, 8192);
    private readonly Option<int> _layers = NumberOption.Whole("--layers", "The number of recurrent layers.", 1, 16);
    private readonly Option<bool> _bidirectional = new("--bidirectional")
    {
        Description = "Read in both directions (pos, reviews, motion).",
        Arity = ArgumentArity.Zero,
    };
    private readonly Option<bool> _oneWay = new("--one-way")
    {
        Description = "Read forwards only.",
        Arity = ArgumentArity.Zero,
    };
    private readonly Option<double> _dropout = NumberOption.Real(
        "--dropout",
        "The share of states dropped between layers.",
        0,
        0.99
    );
    private readonly Option<double> _wordDropout = NumberOption.Real(
        "--word-dropout",
        "reviews: the share of words hidden while training.",
        0,
        0.99
    );
    private readonly Option<int> _batch = NumberOption.Whole(
        "--batch",
        "The number of sequences in a batch.",
        1,
        65536
    );
    private readonly Option<int> _steps = NumberOption.Whole(
        "--steps",
        "The number of training steps.",
        1,
        int.MaxValue
    );
    private readonly Option<double> _epochs = NumberOption.Real(
        "--epochs",
        "The number of passes through the data, instead of --steps.",
        0.001,
        1e6
    );
    private readonly Option<double> _rate = NumberOption.Real(
        "--learning-rate",
        "The learning rate after the warm-up.",
        1e-9,
        100
    );
    private readonly Option<double> _decay = NumberOption.Real("--weight-decay", "AdamW's weight decay.", 0, 10);
    private readonly Option<int> _window = NumberOption.Whole(
        "--window",
        "code: the number of steps that gradients go back.",
        1,
        100_000
    );
    private readonly Option<int> _patience = NumberOption.Whole(
        "--patience",
        "Stop after this many measurements on the dev part without improvement; 0 for never.",
        0,
        int.MaxValue
    );
    private readonly Option<int> _validateEvery = NumberOption.Whole(
        "--validate-every",
        "The number of steps between measurements on the dev part.",
        1,
        int.MaxValue
    );
    private readonly Option<ulong> _seed = NumberOption.Seed(
        "--seed",
        "The seed for the weights and the order of the data. Default: 1."
    );
    private readonly Option<int> _threads = NumberOption.Whole(
        "--threads",
        "The number of threads; the result does not depend on it.",
        1,
        1024
    );

    public SettingsOptions(bool withSeed = true)
    {
        _cell.AcceptOnlyFromAmong("rnn", "gru", "lstm");
        All =
        [
            _cell,
            _hidden,
            _layers,
            _bidirectional,
            _oneWay,
            _dropout,
            _wordDropout,
            _batch,
            _steps,
            _epochs,
            _rate,
            _decay,
            _window,
            _patience,
            _validateEvery,
            _threads,
        ];
        if (withSeed)
        {
            All = [.. All, _seed];
        }
    }

    public IReadOnlyList<Option> All { get; }

    /// <summary>The given options, except those that do not change the result.</summary>
    public IEnumerable<string> Given(ParseResult parsed) =>
        All.Where(option => option != _threads && parsed.IsGiven(option)).Select(option => option.Name);

    public TaskSettings Apply(ParseResult parsed, TaskSettings defaults)
    {
        return defaults with
        {
            Cell = parsed.GetValue(_cell) is { } cell ? Enum.Parse<CellKind>(cell, ignoreCase: true) : defaults.Cell,
            HiddenSize = parsed.GetValueOr(_hidden, defaults.HiddenSize),
            Layers = parsed.GetValueOr(_layers, defaults.Layers),
            Bidirectional = !parsed.GetValue(_oneWay) && (parsed.GetValue(_bidirectional) || defaults.Bidirectional),
            Dropout = parsed.GetValueOr(_dropout, defaults.Dropout),
            WordDropout = parsed.GetValueOr(_wordDropout, defaults.WordDropout),
            BatchSize = parsed.GetValueOr(_batch, defaults.BatchSize),
            Steps = parsed.GetValueOr(_steps, checked((int)Math.Min(defaults.Steps, int.MaxValue))),
            Epochs = parsed.IsGiven(_steps) ? 0 : parsed.GetValueOr(_epochs, defaults.Epochs),
            LearningRate = parsed.GetValueOr(_rate, defaults.LearningRate),
            WeightDecay = parsed.GetValueOr(_decay, defaults.WeightDecay),
            Window = parsed.GetValueOr(_window, defaults.Window),
            Patience = parsed.GetValueOr(_patience, defaults.Patience),
            ValidateEvery = parsed.GetValueOr(_validateEvery, defaults.ValidateEvery),
            Seed = All.Contains(_seed) ? parsed.GetValueOr(_seed, defaults.Seed) : defaults.Seed,
            Threads = parsed.GetValueOr(_threads, defaults.Threads),
        };
    }
}
