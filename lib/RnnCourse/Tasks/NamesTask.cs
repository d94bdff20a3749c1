using RnnCourse.Baselines;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Encoders;
using RnnCourse.Metrics;
using RnnCourse.Model;
using RnnCourse.Training;

namespace RnnCourse.Tasks;

/// <summary>Completes names, letter by letter: at each step the next letter, or the end, is predicted.</summary>
public sealed class NamesTask : SequencesTask<SymbolSequence>
{
    /// <summary>The symbol before a name's first letter and after its last. No name contains it, because it ends
    /// lines.</summary>
    public const string End = "\n";

    /// <summary>Reads the names and encodes them.</summary>
    /// <param name="data">Where they are.</param>
    /// <param name="known">The vocabulary of an existing model; null to learn one from the training part.</param>
    /// <exception cref="DataFileException">The data cannot be read, or there are too few names.</exception>
    public NamesTask(TaskData data, Vocabulary? known = null)
        : base(TaskNames.Names, data, "the course's names")
    {
        var path = data.Path ?? CourseData.PathOf("names");
        var parts = DataParts.Find(path, ".txt", ".csv", ".tsv");
        Split = Read(path, parts, data);
        Vocabulary = known ?? Learn(Split);
        (Train, Dev, Test) = (Encode(Split.Train), Encode(Split.Dev), Encode(Split.Test));
        RemarkSmallDev(Dev.Count, 50, "names");
        Notes = new Dictionary<string, string>
        {
            ["vocabulary"] = Vocabulary.ToJson(),
            ["data"] = Fingerprint(parts.All),
        };
    }

    /// <summary>The names.</summary>
    public DataSplit<string> Split { get; }

    /// <summary>The letters, and <see cref="End"/>, which has number 0.</summary>
    public Vocabulary Vocabulary { get; }

    /// <inheritdoc/>
    public override string Sizes =>
        $"{Train.Count} names to learn from, {Dev.Count} for choices, {Test.Count} to test on; "
        + $"{Vocabulary.Count} symbols";

    /// <inheritdoc/>
    public override string LossUnit => "nats per character";

    /// <inheritdoc/>
    internal override bool MayReadBothWays => false;

    private protected override int InputSize => Vocabulary.Count;

    private protected override int OutputSize => Vocabulary.Count;

    private protected override ShuffledBatches<float> BatchesOf(
        IReadOnlyList<SymbolSequence> sequences,
        int batchSize,
        SeededRandom random
    ) => new(sequences, Vocabulary.Count, batchSize, random);

    /// <inheritdoc/>
    public override IReadOnlyList<Score> Measure(SequenceModel<float> model)
    {
        var sums = new ItemSums(Test.Count);
        SequenceScores.ForEach(
            model,
            Test,
            ReadOut.EveryStep,
            (k, step, scores) => sums.Add(k, Probabilities.LossOf(scores, Test[k].Targets[step]))
        );
        return Scores(sums);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<TaskScores> Baselines(TaskSettings settings)
    {
        TaskScores Of(string name, Func<IReadOnlyList<int>, int, double> loss)
        {
            BaselineBegins?.Invoke(name);
            var sums = new ItemSums(Test.Count);
            for (var k = 0; k < Test.Count; k++)
            {
                for (var i = 0; i < Test[k].Targets.Count; i++)
                {
                    sums.Add(k, loss(Test[k].Targets, i));
                }
            }

            return new(name, Scores(sums));
        }

        var baselines = new List<TaskScores> { Of("each symbol alike", (_, _) => Math.Log(Vocabulary.Count)) };
        foreach (var (name, order) in new[] { ("unigram", 1), ("bigram", 2), ("4-gram, smoothed", 4) })
        {
            var model = NGramModel.Fit(Train.Select(name => name.Targets), Vocabulary.Count, order);
            baselines.Add(Of(name, (symbols, i) => -Math.Log(model.Probability(symbols, i, symbols[i]))));
        }

        return baselines;
    }

    /// <summary>Encodes names: the inputs are the end's symbol and the letters, the targets the letters and the
    /// end.</summary>
    /// <param name="names">The names.</param>
    public SymbolSequence[] Encode(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return
        [
            .. names.Select(name =>
            {
                var letters = Vocabulary.Encode(Tokens.Characters(name));
                return new SymbolSequence([0, .. letters], [.. letters, 0]);
            }),
        ];
    }

    private static IReadOnlyList<Score> Scores(ItemSums nats) =>
        [
            nats.ToScore("nats per character", "0.000", true),
            nats.ToScore("perplexity", "0.00", true, SequenceMetrics.Perplexity),
        ];

    private protected override string ClassName => "letter";

    private protected override IEnumerable<int> ClassesOf(SymbolSequence sequence) => sequence.Targets;

    private protected override IReadOnlyList<string> ItemsOf(int part) => Split.Part(part);

    private protected override IEnumerable<string> ContentsOf(int part) => Split.Part(part);

    private static Vocabulary Learn(DataSplit<string> split)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var letter in split.Train.SelectMany(Tokens.Characters))
        {
            counts[letter] = counts.GetValueOrDefault(letter) + 1;
        }
        // Letters that occur once count as unknown, so that the symbol for unknown letters is trained too.
        var needsUnknown =
            counts.ContainsValue(1)
            || split.Dev.Concat(split.Test).SelectMany(Tokens.Characters).Any(letter => !counts.ContainsKey(letter));
        return Vocabulary.Learn(
            split.Train.SelectMany(Tokens.Characters),
            [End],
            needsUnknown ? Vocabulary.UnknownSymbol : null,
            needsUnknown ? 2 : 1
        );
    }

    private DataSplit<string> Read(string path, DataParts parts, TaskData data)
    {
        string[] ReadAll(IReadOnlyList<string> files)
        {
            string[] all =
            [
                .. files
                    .SelectMany(file => NameList.Read(file, data.Column, data.NoHeader ? false : null))
                    .Select(line => line.Text),
            ];
            string[] different = [.. all.Distinct()];
            if (all.Length > different.Length)
            {
                Remark(
                    $"{all.Length - different.Length} of {all.Length} names repeat an earlier one; each counts once."
                );
            }

            return different;
        }

        var train = ReadAll(parts.Train);
        if (train.Length == 0)
        {
            throw new DataFileException(path, 0, 0, "The file is empty; a list of names is needed, one in each line.");
        }

        SplitRule = TaskSplit.Rule(parts);
        return TaskSplit.Of(path, parts, train, ReadAll, name => name, "name", Remark);
    }
}
