using System.CommandLine;
using RnnCourse.Model;
using RnnCourse.Tasks;

namespace RnnCourse.Cli.Train;

/// <summary>The options that say what model to build and how to train it. What is not given stays as the task's own
/// settings have it.</summary>
internal sealed class SettingsOptions
{
    private readonly Option<string?> _cell = new("--cell")
    {
        Description = "The recurrent cell: rnn, gru or lstm.",
        HelpName = "cell",
    };
    private readonly Option<int> _hidden = NumberOption.Whole("--hidden", "The size of the state.", 1, 8192);
    private readonly Option<int> _layers = NumberOption.Whole("--layers", "How many recurrent layers.", 1, 16);
    private readonly Option<bool> _bidirectional = new("--bidirectional")
    {
        Description = "Read from both ends (pos, reviews, motion).",
        Arity = ArgumentArity.Zero,
    };
    private readonly Option<bool> _oneWay = new("--one-way")
    {
        Description = "Read from the front only.",
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
    private readonly Option<int> _batch = NumberOption.Whole("--batch", "How many sequences a batch has.", 1, 65536);
    private readonly Option<int> _steps = NumberOption.Whole("--steps", "How many steps to train.", 1, int.MaxValue);
    private readonly Option<double> _epochs = NumberOption.Real(
        "--epochs",
        "How often to go through the data, instead of --steps.",
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
        "code: how many steps gradients go back.",
        1,
        100_000
    );
    private readonly Option<int> _patience = NumberOption.Whole(
        "--patience",
        "Stop after so many measurements on the dev part without a better one; 0 for never.",
        0,
        int.MaxValue
    );
    private readonly Option<int> _validateEvery = NumberOption.Whole(
        "--validate-every",
        "After how many steps to measure the dev part.",
        1,
        int.MaxValue
    );
    private readonly Option<ulong> _seed = NumberOption.Seed(
        "--seed",
        "What weights and order are drawn by; 1 if not given."
    );
    private readonly Option<int> _threads = NumberOption.Whole(
        "--threads",
        "How many cores to use; the result is the same.",
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

    /// <summary>The options that the user gave, but for those that don't change the result.</summary>
    public IEnumerable<string> Given(ParseResult parsed) =>
        All.Where(option => option != _threads && parsed.IsGiven(option)).Select(option => option.Name);

    public TaskSettings Apply(ParseResult parsed, TaskSettings usual)
    {
        return usual with
        {
            Cell = parsed.GetValue(_cell) is { } cell ? Enum.Parse<CellKind>(cell, ignoreCase: true) : usual.Cell,
            HiddenSize = parsed.Or(_hidden, usual.HiddenSize),
            Layers = parsed.Or(_layers, usual.Layers),
            Bidirectional = !parsed.GetValue(_oneWay) && (parsed.GetValue(_bidirectional) || usual.Bidirectional),
            Dropout = parsed.Or(_dropout, usual.Dropout),
            WordDropout = parsed.Or(_wordDropout, usual.WordDropout),
            BatchSize = parsed.Or(_batch, usual.BatchSize),
            Steps = parsed.Or(_steps, checked((int)Math.Min(usual.Steps, int.MaxValue))),
            Epochs = parsed.IsGiven(_steps) ? 0 : parsed.Or(_epochs, usual.Epochs),
            LearningRate = parsed.Or(_rate, usual.LearningRate),
            WeightDecay = parsed.Or(_decay, usual.WeightDecay),
            Window = parsed.Or(_window, usual.Window),
            Patience = parsed.Or(_patience, usual.Patience),
            ValidateEvery = parsed.Or(_validateEvery, usual.ValidateEvery),
            Seed = All.Contains(_seed) ? parsed.Or(_seed, usual.Seed) : usual.Seed,
            Threads = parsed.Or(_threads, usual.Threads),
        };
    }
}
