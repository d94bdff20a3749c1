using System.Numerics.Tensors;
using RnnCourse.Baselines;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Encoders;
using RnnCourse.Model;
using RnnCourse.Training;

namespace RnnCourse.Tasks;

/// <summary>Judges a text after its last word: whether a review is positive, or another label.</summary>
internal sealed class ReviewTask : SequencesTask<SymbolSequence>
{
    /// <summary>The most words that a vocabulary has.</summary>
    public const int MaxWords = 20_000;

    private const int MaxLabels = 100;
    private static readonly double[] Penalties = [0.1, 0.3, 1, 3, 10];

    private readonly SymbolSequence[] _contrast;

    /// <summary>Reads the texts and encodes them.</summary>
    /// <param name="data">Where they are: a table, or a folder with parts. A file with "contrast" in its name holds
    /// pairs that differ in order only, as a second test.</param>
    /// <param name="known">The words and labels of an existing model; null to learn them from the training
    /// part.</param>
    /// <exception cref="DataFileException">The data cannot be read, have fewer than two labels, or a part has only
    /// labels that are unknown.</exception>
    public ReviewTask(TaskData data, (Vocabulary Words, Vocabulary Labels)? known = null)
        : base(TaskNames.Reviews, data, "the course's reviews")
    {
        var path = data.Path ?? CourseData.PathOf("reviews");
        var parts = DataParts.Find(path, ".tsv", ".csv", ".txt");
        string[] contrast =
            Directory.Exists(path) && parts.AreGiven
                ? [.. Directory.EnumerateFiles(path, "*contrast*").Order(StringComparer.Ordinal)]
                : [];
        Split = Read(path, parts, data);
        Contrast = ReadAll(contrast, data);
        Labels =
            known?.Labels
            ?? new Vocabulary(Split.Train.Select(review => review.Label).Distinct().Order(StringComparer.Ordinal));
        if (known is null && (Labels.Count < 2 || Labels.Count > MaxLabels))
        {
            throw new DataFileException(
                path,
                0,
                0,
                Labels.Count < 2
                    ? $"All texts have one label, '{Labels[0]}'; there must be at least two."
                    : $"There are {Labels.Count} different labels; at most {MaxLabels} are supported. Is it "
                        + "the right column (--label-column)?"
            );
        }

        RemarkUnknown(
            path,
            Labels,
            known is not null,
            "texts",
            LabelsOf(Split.Train),
            LabelsOf(Split.Dev),
            LabelsOf(Split.Test),
            LabelsOf(Contrast)
        );
        Words =
            known?.Words
            ?? Vocabulary.Learn(
                Split.Train.SelectMany(review => Tokens.Words(review.Text)),
                unknown: Vocabulary.UnknownSymbol,
                minCount: 2,
                maxCount: MaxWords
            );
        (Train, Dev, Test, _contrast) = (Encode(Split.Train), Encode(Split.Dev), Encode(Split.Test), Encode(Contrast));
        RemarkSmallDev(Dev.Count, 50, "texts");
        Notes = new Dictionary<string, string>
        {
            ["vocabulary"] = Words.ToJson(),
            ["labels"] = Labels.ToJson(),
            ["data"] = Fingerprint(parts.All.Concat(contrast)),
        };
    }

    /// <summary>The texts.</summary>
    public DataSplit<LabelledText> Split { get; }

    /// <summary>The second test: pairs that differ only in word order. Empty if the data have none.</summary>
    public IReadOnlyList<LabelledText> Contrast { get; }

    /// <summary>The words.</summary>
    public Vocabulary Words { get; }

    /// <summary>The labels.</summary>
    public Vocabulary Labels { get; }

    /// <inheritdoc/>
    public override string Sizes =>
        $"{Train.Count} texts to learn from, {Dev.Count} for choices, {Test.Count} to test "
        + $"on{(_contrast.Length > 0 ? $" and {_contrast.Length} for contrast" : "")}; "
        + $"{Words.Count} words, {Labels.Count} labels";

    /// <inheritdoc/>
    public override string LossUnit => "nats per text";

    private protected override int InputSize => Words.Count;

    private protected override int OutputSize => Labels.Count;

    /// <inheritdoc/>
    public override IBatchSource<float> Batches(TaskSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var random = new SeededRandom(settings.Seed);
        var batches = BatchesOf(Train, settings.BatchSize, random.Fork());
        return settings.WordDropout > 0
            ? new WordDropoutBatches(batches, settings.WordDropout, Words.Unknown!.Value, random.NextBits())
            : batches;
    }

    private protected override ShuffledBatches<float> BatchesOf(
        IReadOnlyList<SymbolSequence> sequences,
        int batchSize,
        SeededRandom random
    ) => new(sequences, Words.Count, batchSize, random, ReadOut.LastStep, byLength: true);

    /// <inheritdoc/>
    public override IReadOnlyList<Score> Measure(SequenceModel<float> model)
    {
        int[] Guess(IReadOnlyList<SymbolSequence> texts)
        {
            var guesses = new int[texts.Count];
            SequenceScores.ForEach(
                model,
                texts,
                ReadOut.LastStep,
                (k, _, scores) => guesses[k] = TensorPrimitives.IndexOfMax(scores)
            );
            return guesses;
        }

        var (test, contrast) = (Guess(Test), Guess(_contrast));
        return Scores((k, _) => test[k], (k, _) => contrast[k]);
    }

    /// <inheritdoc/>
    /// <remarks>The penalty of the two bag-of-words models is the one that does best on the dev part.</remarks>
    public override IReadOnlyList<TaskScores> Baselines(TaskSettings settings)
    {
        var most = Train
            .Where(text => text.Targets[0] >= 0)
            .GroupBy(text => text.Targets[0])
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key)
            .First()
            .Key;
        return
        [
            new("most frequent label", Scores((_, _) => most, (_, _) => most)),
            Bag("bag of words, logistic regression", pairs: false),
            Bag("bag of words and of pairs of neighbours", pairs: true),
        ];
    }

    private TaskScores Bag(string name, bool pairs)
    {
        IEnumerable<string> NamesOf(SymbolSequence text)
        {
            var words = text.Symbols.Select(number => Words[number]).ToArray();
            return pairs
                ? words.Concat(words.Append("</s>").Zip(words.Prepend("<s>"), (after, before) => $"{before} {after}"))
                : words;
        }

        var features = Vocabulary.Learn(Train.SelectMany(NamesOf));
        int[] FeaturesOf(SymbolSequence text) =>
            [.. NamesOf(text).Where(features.Knows).Select(features.NumberOf).Distinct()];
        (int[] Features, int Class)[] LabelledOf(IEnumerable<SymbolSequence> texts) =>
            [
                .. texts
                    .Where(text => text.Targets[0] >= 0)
                    .Select(text => (Features: FeaturesOf(text), Class: text.Targets[0])),
            ];
        var train = LabelledOf(Train);
        var dev = Dev.Count > 0 ? LabelledOf(Dev) : train;
        var best = Penalties
            .Select(
                (penalty, k) =>
                {
                    BaselineBegins?.Invoke($"{name}, penalty {k + 1} of {Penalties.Length}");
                    return SoftmaxRegression.Fit(train, features.Count, Labels.Count, penalty);
                }
            )
            .MinBy(model =>
                dev.Sum(text => -Math.Log(Math.Max(1e-300, model.Probabilities(text.Features)[text.Class])))
            )!;
        int Guess(SymbolSequence text) => best.Predict(FeaturesOf(text));
        return new(name, Scores((_, text) => Guess(text), (_, text) => Guess(text)));
    }

    private List<Score> Scores(Func<int, SymbolSequence, int> guessTest, Func<int, SymbolSequence, int> guessContrast)
    {
        static Score Share(string name, IReadOnlyList<SymbolSequence> texts, Func<int, SymbolSequence, int> guess)
        {
            var sums = new ItemSums(texts.Count);
            for (var k = 0; k < texts.Count; k++)
            {
                sums.Add(k, guess(k, texts[k]) == texts[k].Targets[0] ? 1 : 0);
            }

            return sums.ToScore(name, "0.0 %", false);
        }

        List<Score> scores = [Share("accuracy", Test, guessTest)];
        if (_contrast.Length > 0)
        {
            scores.Add(Share("accuracy on pairs that differ in order only", _contrast, guessContrast));
        }

        return scores;
    }

    private protected override string ClassName => "label";

    private protected override bool HasTexts => true;

    private protected override IEnumerable<int> ClassesOf(SymbolSequence sequence) => sequence.Targets;

    private protected override IReadOnlyList<string> ItemsOf(int part) => [.. Split.Part(part).Select(KeyOf)];

    private protected override IEnumerable<string> ContentsOf(int part) =>
        Split.Part(part).Select(review => $"{review.Label}\t{review.Text}");

    private static (string Label, string Place)[] LabelsOf(IEnumerable<LabelledText> reviews) =>
        [.. reviews.Select(review => (review.Label, $"in line {review.Line}"))];

    private static string KeyOf(LabelledText review) => string.Join(' ', Tokens.Words(review.Text));

    private SymbolSequence[] Encode(IEnumerable<LabelledText> reviews) =>
        [
            .. reviews.Select(review => new SymbolSequence(
                EncodeText(review.Text, Words),
                [NumberOf(review.Label, Labels)]
            )),
        ];

    /// <summary>Encodes a text; a text without words or punctuation becomes one unknown word.</summary>
    internal static int[] EncodeText(string text, Vocabulary words) =>
        words.Encode(Tokens.Words(text)) is { Length: > 0 } numbers ? numbers : [words.Unknown ?? 0];

    private LabelledText[] ReadAll(IReadOnlyList<string> files, TaskData data) =>
        [
            .. files.SelectMany(file =>
            {
                var table = new LabelledTextFile(file, data.TextColumn, data.LabelColumn, hasHeader: !data.NoHeader);
                if (data.Path is not null)
                {
                    Remark(
                        $"{Path.GetFileName(file)}: the texts are column '{table.TextColumn}', the labels column "
                            + $"'{table.LabelColumn}'."
                    );
                }
                return table.Read();
            }),
        ];

    private DataSplit<LabelledText> Read(string path, DataParts parts, TaskData data)
    {
        var train = ReadAll(parts.Train, data);
        if (train.Length == 0)
        {
            throw new DataFileException(path, 0, 0, "The table has a header, but no rows.");
        }

        SplitRule = TaskSplit.Rule(parts);
        return TaskSplit.Of(path, parts, train, files => ReadAll(files, data), KeyOf, "text", Remark);
    }
}
