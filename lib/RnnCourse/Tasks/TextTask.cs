using RnnCourse.Baselines;
using RnnCourse.Datasets;
using RnnCourse.Encoders;
using RnnCourse.Metrics;
using RnnCourse.Model;
using RnnCourse.Training;

namespace RnnCourse.Tasks;

/// <summary>Completes running text or code: at each step the next character, or the next token, is predicted.</summary>
internal sealed class TextTask : CourseTask
{
    /// <summary>The most tokens that a vocabulary of tokens has.</summary>
    public const int MaxTokens = 4000;

    internal const string SingleRule = "80 : 10 : 10, in the order of the text";

    // Neighbouring symbols depend on each other; a test part is drawn anew in blocks.
    private const int BlockLength = 200;

    private const int ShortestLine = 40;

    private readonly int[] _train,
        _dev,
        _test;
    private readonly bool _byToken;
    private readonly (string Train, string Dev, string Test) _texts;

    /// <summary>Reads the text and encodes it.</summary>
    /// <param name="data">Where it is. If it has no separate parts, the first 80 % are the training part, the next 10 %
    /// the dev part, the rest the test part.</param>
    /// <param name="known">The vocabulary of an existing model; null to learn one from the training part.</param>
    /// <exception cref="DataFileException">The data cannot be read, or are too short.</exception>
    public TextTask(TaskData data, Vocabulary? known = null)
        : base(TaskNames.Code, data, "the course's own C#")
    {
        var path = data.Path ?? CourseData.PathOf("code");
        var parts = DataParts.Find(path, data.Path is null ? [".cs.txt"] : [".txt", ".cs", ".md", ".text"]);
        _byToken = data.ByToken;
        var texts = parts.AreGiven ? Parts(parts) : Cut(path, parts);
        _texts = texts;
        SplitRule =
            !parts.AreGiven ? SingleRule
            : parts.Dev.Count > 0 ? "as given"
            : "as given; the dev part is the last tenth of the training part";
        Vocabulary = known ?? Learn(texts.Train);
        (_train, _dev, _test) = (Encode(texts.Train), Encode(texts.Dev), Encode(texts.Test));
        if (_train.Length < 100 || _test.Length < 2)
        {
            throw new DataFileException(
                path,
                0,
                0,
                $"The text is too short: {_train.Length} {Unit}s to learn from and {_test.Length} to test "
                    + "on. At least about a thousand characters are needed."
            );
        }

        var unknown = Vocabulary.Unknown is { } number ? _test.Count(symbol => symbol == number) : 0;
        if (unknown > 0)
        {
            Remark(
                $"{unknown} of the {_test.Length} {Unit}s of the test part are unknown; all methods predict "
                    + $"'{Vocabulary.UnknownSymbol}' for them."
            );
        }

        RemarkSmallDev(_dev.Length < 2 ? 0 : _dev.Length, 2000, $"{Unit}s");
        Notes = new Dictionary<string, string>
        {
            ["vocabulary"] = Vocabulary.ToJson(),
            ["unit"] = Unit,
            ["data"] = Fingerprint(parts.All),
        };
    }

    /// <summary>The characters or tokens.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>The training part, shape (symbols).</summary>
    public IReadOnlyList<int> Train => _train;

    /// <summary>The test part, shape (symbols).</summary>
    public IReadOnlyList<int> Test => _test;

    /// <inheritdoc/>
    public override string Sizes =>
        $"{_train.Length} {Unit}s to learn from, {_dev.Length} for choices, {_test.Length} to test "
        + $"on; {Vocabulary.Count} symbols";

    /// <inheritdoc/>
    public override string LossUnit => $"nats per {Unit}";

    /// <inheritdoc/>
    public override bool CarriesState => true;

    /// <inheritdoc/>
    internal override bool MayReadBothWays => false;

    private string Unit => _byToken ? "token" : "character";

    private protected override int InputSize => Vocabulary.Count;

    private protected override int OutputSize => Vocabulary.Count;

    /// <inheritdoc/>
    public override IBatchSource<float> Batches(TaskSettings settings) => Stream(settings);

    /// <inheritdoc/>
    public override long BatchesPerEpoch(TaskSettings settings) => Stream(settings).BatchesPerEpoch;

    /// <inheritdoc/>
    public override double DevLoss(SequenceModel<float> model) =>
        _dev.Length < 2 ? double.NaN : StreamScores.Measure(model, _dev.AsSpan(0, Math.Min(_dev.Length, 50_000))).Loss;

    /// <inheritdoc/>
    public override IReadOnlyList<Score> Measure(SequenceModel<float> model)
    {
        var (loss, right) = (new ItemSums(Blocks), new ItemSums(Blocks));
        StreamScores.ForEach(
            model,
            _test,
            (at, nats, isRight) =>
            {
                loss.Add(at / BlockLength, nats);
                right.Add(at / BlockLength, isRight ? 1 : 0);
            }
        );
        return Scores(loss, right);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<TaskScores> Baselines(TaskSettings settings)
    {
        var baselines = new List<TaskScores>();
        foreach (var (name, order) in new[] { ("unigram", 1), ("bigram", 2), ("4-gram, smoothed", 4) })
        {
            BaselineBegins?.Invoke(name);
            var model = NGramModel.Fit([_train], Vocabulary.Count, order);
            var (loss, right) = (new ItemSums(Blocks), new ItemSums(Blocks));
            for (var at = 0; at < _test.Length; at++)
            {
                loss.Add(at / BlockLength, -Math.Log(model.Probability(_test, at, _test[at])));
                right.Add(at / BlockLength, model.Guess(_test, at) == _test[at] ? 1 : 0);
            }

            baselines.Add(new(name, Scores(loss, right)));
        }

        return baselines;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<DevReference> DevReferences =>
        _dev.Length < 2 ? [] : Frequencies.On(_train, _dev, Vocabulary.Count, "unigram");

    private protected override bool HasTexts => true;

    // Short lines, such as a brace, are the same everywhere.
    private protected override IReadOnlyList<string> ItemsOf(int part) =>
        [.. TextOf(part).Split('\n').Select(line => line.Trim()).Where(line => line.Length >= ShortestLine).Distinct()];

    private protected override IEnumerable<string> ContentsOf(int part) => [TextOf(part)];

    private string TextOf(int part) =>
        part switch
        {
            0 => _texts.Train,
            1 => _texts.Dev,
            _ => _texts.Test,
        };

    // Where the text is too short, fewer pieces are read side by side, and then shorter ones.
    private StreamBatches<float> Stream(TaskSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var steps = Math.Min(settings.Window, Math.Max(1, (_train.Length / 4) - 1));
        return new(
            _train,
            Vocabulary.Count,
            steps,
            Math.Clamp(_train.Length / (2 * (steps + 1)), 1, settings.BatchSize)
        );
    }

    private IReadOnlyList<Score> Scores(ItemSums loss, ItemSums right) =>
        [
            loss.ToScore(LossUnit, "0.000", true),
            loss.ToScore("perplexity", "0.00", true, SequenceMetrics.Perplexity),
            right.ToScore($"next {Unit} right", "0.0 %", false),
        ];

    private int Blocks => ((_test.Length - 1) / BlockLength) + 1;

    private IEnumerable<string> Symbols(string text) => _byToken ? Tokens.Code(text) : Tokens.Characters(text);

    private int[] Encode(string text) => Vocabulary.Encode(Symbols(text));

    // Symbols that occur once count as unknown, so that the symbol for unknown symbols is trained too.
    private Vocabulary Learn(string train) =>
        Vocabulary.Learn(
            Symbols(train),
            unknown: Vocabulary.UnknownSymbol,
            minCount: 2,
            maxCount: _byToken ? MaxTokens : int.MaxValue
        );

    private static (string Train, string Dev, string Test) Parts(DataParts parts)
    {
        static string ReadAll(IReadOnlyList<string> files) => string.Join('\n', files.Select(TextFile.ReadAll));
        var (train, dev, test) = (ReadAll(parts.Train), ReadAll(parts.Dev), ReadAll(parts.Test));
        if (dev.Length > 0)
        {
            return (train, dev, test);
        }

        var cut = NextLine(train, train.Length * 9L / 10);
        return (train[..cut], train[cut..], test);
    }

    private static (string Train, string Dev, string Test) Cut(string path, DataParts parts)
    {
        var text = string.Join('\n', parts.Train.Select(TextFile.ReadAll));
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new DataFileException(path, 0, 0, "The file is empty; a text is needed.");
        }

        int first = NextLine(text, text.Length * 8L / 10),
            second = NextLine(text, text.Length * 9L / 10);
        return (text[..first], text[first..second], text[second..]);
    }

    // The beginning of the line after a position; the position itself, if that line is far away.
    private static int NextLine(string text, long from)
    {
        var at = (int)Math.Min(from, text.Length);
        var end = text.AsSpan(at, Math.Min(1000, text.Length - at)).IndexOf('\n');
        at = end < 0 ? at : at + end + 1;
        return at < text.Length && char.IsLowSurrogate(text[at]) ? at + 1 : at;
    }
}
