using RnnCourse.Baselines;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Encoders;
using RnnCourse.Losses;
using RnnCourse.Metrics;
using RnnCourse.Model;
using RnnCourse.Training;

namespace RnnCourse.Tasks;

/// <summary>Completes names, letter by letter: at each step the next letter, or the end, is predicted.</summary>
public sealed class NamesTask : CourseTask
{
    /// <summary>The symbol before a name's first letter and after its last. No name holds it, for it ends lines.</summary>
    public const string End = "\n";

    private readonly SymbolSequence[] _train, _dev, _test;

    /// <summary>Reads the names and encodes them.</summary>
    /// <param name="data">Where they are.</param>
    /// <param name="known">The vocabulary of a model that is there already; null to learn one from the training part.</param>
    /// <exception cref="DataFileException">The data cannot be read, or there are too few names.</exception>
    public NamesTask(TaskData data, Vocabulary? known = null)
        : base("names", (data ?? throw new ArgumentNullException(nameof(data))).Path ?? "the course's names")
    {
        var path = data.Path ?? CourseData.PathOf("names");
        var parts = DataParts.Find(path, ".txt", ".csv", ".tsv");
        Split = Read(path, parts, data);
        Vocabulary = known ?? Learn(Split);
        (_train, _dev, _test) = (Encode(Split.Train), Encode(Split.Dev), Encode(Split.Test));
        Notes = new Dictionary<string, string> { ["vocabulary"] = Vocabulary.ToJson(), ["data"] = Fingerprint(parts.All) };
    }

    /// <summary>The names.</summary>
    public DataSplit<string> Split { get; }

    /// <summary>The letters, and <see cref="End"/>, which has number 0.</summary>
    public Vocabulary Vocabulary { get; }

    /// <inheritdoc/>
    public override string Sizes => $"{_train.Length} names to learn from, {_dev.Length} for choices, {_test.Length} to test on; {Vocabulary.Count} symbols";

    /// <inheritdoc/>
    public override ISequenceLoss<float> Loss { get; } = new SoftmaxCrossEntropy<float>();

    /// <inheritdoc/>
    public override string LossUnit => "nats per character";

    /// <inheritdoc/>
    public override bool MayReadBothWays => false;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Notes { get; }

    /// <inheritdoc/>
    public override ModelShape Shape(TaskSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(settings.Cell, Vocabulary.Count, settings.HiddenSize, Vocabulary.Count) { Layers = settings.Layers, Dropout = settings.Dropout };
    }

    /// <inheritdoc/>
    public override IBatchSource<float> Batches(TaskSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new ShuffledBatches<float>(_train, Vocabulary.Count, settings.BatchSize, new SeededRandom(settings.Seed).Fork());
    }

    /// <inheritdoc/>
    public override long BatchesPerEpoch(TaskSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return (_train.Length + settings.BatchSize - 1) / settings.BatchSize;
    }

    /// <inheritdoc/>
    public override double DevLoss(SequenceModel<float> model) => MeanLoss(model, _dev);

    /// <inheritdoc/>
    public override IReadOnlyList<Score> Measure(SequenceModel<float> model) => Scores(MeanLoss(model, _test));

    /// <inheritdoc/>
    public override IReadOnlyList<TaskScores> Baselines(TaskSettings settings)
    {
        var baselines = new List<TaskScores> { new("each symbol alike", Scores(Math.Log(Vocabulary.Count))) };
        foreach (var (name, order) in new[] { ("unigram", 1), ("bigram", 2), ("4-gram, smoothed", 4) })
            baselines.Add(new(name, Scores(NGramModel.Fit(_train.Select(name => name.Targets), Vocabulary.Count, order).MeanLoss(_test.Select(name => name.Targets)))));
        return baselines;
    }

    /// <summary>Encodes names: the inputs are the end's symbol and the letters, the targets the letters and the end.</summary>
    /// <param name="names">The names.</param>
    public SymbolSequence[] Encode(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return [.. names.Select(name =>
        {
            var letters = Vocabulary.Encode(Tokens.Characters(name));
            return new SymbolSequence([0, .. letters], [.. letters, 0]);
        })];
    }

    private static IReadOnlyList<Score> Scores(double nats) =>
    [
        new("nats per character", nats, "0.000", true),
        new("perplexity", SequenceMetrics.Perplexity(nats), "0.00", true),
    ];

    private static Vocabulary Learn(DataSplit<string> split)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var letter in split.Train.SelectMany(Tokens.Characters)) counts[letter] = counts.GetValueOrDefault(letter) + 1;
        // A letter that is seen once stands in for those never seen, so that the symbol for unknown ones is learnt too.
        var needsUnknown = counts.ContainsValue(1) || split.Dev.Concat(split.Test).SelectMany(Tokens.Characters).Any(letter => !counts.ContainsKey(letter));
        return Vocabulary.Learn(split.Train.SelectMany(Tokens.Characters), [End], needsUnknown ? Vocabulary.UnknownSymbol : null, needsUnknown ? 2 : 1);
    }

    private DataSplit<string> Read(string path, DataParts parts, TaskData data)
    {
        string[] ReadAll(IReadOnlyList<string> files) =>
            [.. files.SelectMany(file => NameList.Read(file, data.Column, data.NoHeader ? false : null)).Select(line => line.Text).Distinct()];
        var train = ReadAll(parts.Train);
        if (train.Length == 0) throw new DataFileException(path, 0, 0, "The file is empty; a list of names is needed, one in each line.");
        if (train.Length < 10 && !parts.AreGiven) throw new DataFileException(path, 0, 0, $"There {(train.Length == 1 ? "is 1 name" : $"are {train.Length} different names")}; at least 10 are needed to learn, choose and test.");
        if (!parts.AreGiven) return DataSplit.ByKey(train, name => name);
        var (split, removed) = DataSplit.WithoutLeaks<string>(new(train, ReadAll(parts.Dev), ReadAll(parts.Test)), name => name);
        if (removed > 0) Remark($"{removed} names were left out of the training and dev parts because a later part has them too.");
        if (split.Test.Count == 0 || split.Train.Count == 0) throw new DataFileException(path, 0, 0, "A part is empty.");
        if (split.Dev.Count > 0) return split;
        var again = DataSplit.ByKey(split.Train, name => name);
        return split with { Train = [.. again.Train, .. again.Test], Dev = again.Dev };
    }

    private double MeanLoss(SequenceModel<float> model, SymbolSequence[] names)
    {
        var batches = new ShuffledBatches<float>(names, Vocabulary.Count, 128, new SeededRandom(1));
        return Evaluation.MeanLoss(model, Loss, Evaluation.OneEpoch(batches));
    }
}
