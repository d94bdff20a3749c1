using System.Numerics.Tensors;
using RnnCourse.Baselines;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Encoders;
using RnnCourse.Model;
using RnnCourse.Training;

namespace RnnCourse.Tasks;

/// <summary>Tags each word of a sentence with its part of speech.</summary>
internal sealed class TaggingTask : SequencesTask<VectorSequence>
{
    // The tags of each word in the training part.
    private readonly Dictionary<string, HashSet<string>> _tagsOf = new(StringComparer.Ordinal);

    /// <summary>Reads the sentences and encodes them.</summary>
    /// <param name="data">Where they are, in CoNLL-U.</param>
    /// <param name="known">The features and tags of an existing model; null to learn them from the training
    /// part.</param>
    /// <exception cref="DataFileException">The data cannot be read, have no tags, or a part has only tags that are
    /// unknown.</exception>
    public TaggingTask(TaskData data, (WordFeatures Features, Vocabulary Tags)? known = null)
        : base(TaskNames.Pos, data, "the course's tagged sentences")
    {
        var path = data.Path ?? CourseData.PathOf("pos");
        var parts = DataParts.Find(path, ".conllu");
        Split = Read(path, parts);
        foreach (var (word, tag) in Pairs(Split.Train))
        {
            if (!_tagsOf.TryGetValue(word.ToLowerInvariant(), out var tags))
            {
                _tagsOf[word.ToLowerInvariant()] = tags = [];
            }

            tags.Add(tag);
        }

        Features = known?.Features ?? WordFeatures.Learn(Split.Train.SelectMany(sentence => sentence.Words));
        Tags = known?.Tags ?? Vocabulary.Learn(Pairs(Split.Train).Select(pair => pair.Tag));
        RemarkUnknown(
            path,
            Tags,
            known is not null,
            "words",
            TagsOf(Split.Train),
            TagsOf(Split.Dev),
            TagsOf(Split.Test)
        );
        (Train, Dev, Test) = (Encode(Split.Train), Encode(Split.Dev), Encode(Split.Test));
        RemarkSmallDev(Dev.Count, 50, "sentences");
        Notes = new Dictionary<string, string>
        {
            ["features"] = Features.Vocabulary.ToJson(),
            ["tags"] = Tags.ToJson(),
            ["data"] = Fingerprint(parts.All),
        };
    }

    /// <summary>The sentences.</summary>
    public DataSplit<TaggedSentence> Split { get; }

    /// <summary>The features of words that the model uses.</summary>
    public WordFeatures Features { get; }

    /// <summary>The tags.</summary>
    public Vocabulary Tags { get; }

    /// <inheritdoc/>
    public override string Sizes =>
        $"{Train.Count} sentences with {Words(Split.Train)} words to learn from, {Dev.Count} with {Words(Split.Dev)} "
        + $"for choices, {Test.Count} with {Words(Split.Test)} to test on; {Tags.Count} tags";

    /// <inheritdoc/>
    public override string LossUnit => "nats per word";

    private protected override int InputSize => Features.Count;

    private protected override int OutputSize => Tags.Count;

    private protected override ShuffledBatches<float> BatchesOf(
        IReadOnlyList<VectorSequence> sequences,
        int batchSize,
        SeededRandom random
    ) => ShuffledBatches.OfVectors<float>(sequences, Features.Count, batchSize, random, byLength: true);

    /// <inheritdoc/>
    public override IReadOnlyList<Score> Measure(SequenceModel<float> model)
    {
        var tags = Split.Test.Select(sentence => new string[sentence.Words.Count]).ToArray();
        SequenceScores.ForEach(
            model,
            Test,
            ReadOut.EveryStep,
            (sentence, step, scores) => tags[sentence][step] = Tags[TensorPrimitives.IndexOfMax(scores)]
        );
        return Scores((sentence, step) => tags[sentence][step]);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<TaskScores> Baselines(TaskSettings settings)
    {
        TaskScores Of(string name, bool byEnding)
        {
            BaselineBegins?.Invoke(name);
            var baseline = MostFrequentTag.Fit(Pairs(Split.Train), byEnding);
            return new(name, Scores((sentence, step) => baseline.Predict(Split.Test[sentence].Words[step])));
        }

        return [Of("most frequent tag", false), Of("most frequent tag, unknown words by ending", true)];
    }

    private VectorSequence[] Encode(IEnumerable<TaggedSentence> sentences) =>
        [
            .. sentences.Select(sentence =>
                VectorSequence.OfFeatures(
                    [.. sentence.Words.Select(Features.Of)],
                    [.. sentence.Tags.Select(tag => tag is null ? Vocabulary.Padding : NumberOf(tag, Tags))]
                )
            ),
        ];

    private List<Score> Scores(Func<int, int, string> predict)
    {
        ItemSums all = new(Split.Test.Count),
            ambiguous = new(Split.Test.Count),
            unknown = new(Split.Test.Count);
        for (var s = 0; s < Split.Test.Count; s++)
        {
            for (var i = 0; i < Split.Test[s].Words.Count; i++)
            {
                if (Split.Test[s].Tags[i] is not { } tag)
                {
                    continue;
                }

                var right = predict(s, i) == tag ? 1 : 0;
                var tags = _tagsOf.GetValueOrDefault(Split.Test[s].Words[i].ToLowerInvariant());
                all.Add(s, right);
                if (tags is null)
                {
                    unknown.Add(s, right);
                }
                else if (tags.Count > 1)
                {
                    ambiguous.Add(s, right);
                }
            }
        }

        return
        [
            all.ToScore("accuracy", "0.0 %", false),
            ambiguous.ToScore($"ambiguous words ({ambiguous.Weight})", "0.0 %", false),
            unknown.ToScore($"unknown words ({unknown.Weight})", "0.0 %", false),
        ];
    }

    private protected override string ClassName => "tag";

    private protected override bool HasTexts => true;

    private protected override IEnumerable<int> ClassesOf(VectorSequence sequence) => sequence.Classes;

    private protected override IReadOnlyList<string> ItemsOf(int part) =>
        [.. Split.Part(part).Select(sentence => sentence.ToString())];

    private protected override IEnumerable<string> ContentsOf(int part) =>
        Split.Part(part).Select(sentence => $"{sentence}\t{string.Join(' ', sentence.Tags)}");

    private static IEnumerable<(string Word, string Tag)> Pairs(IEnumerable<TaggedSentence> sentences) =>
        from sentence in sentences
        from pair in sentence.Words.Zip(sentence.Tags)
        where pair.Second is not null
        select (pair.First, pair.Second);

    private static (string Tag, string Place)[] TagsOf(IEnumerable<TaggedSentence> sentences) =>
        [
            .. from sentence in sentences
            from tag in sentence.Tags
            where tag is not null
            select (tag, $"in the sentence of line {sentence.Line}"),
        ];

    private static int Words(IEnumerable<TaggedSentence> sentences) => sentences.Sum(sentence => sentence.Words.Count);

    private DataSplit<TaggedSentence> Read(string path, DataParts parts)
    {
        TaggedSentence[] ReadAll(IReadOnlyList<string> files) => [.. files.SelectMany(ConlluFile.Read)];
        static string KeyOf(TaggedSentence sentence) => sentence.ToString();
        var train = ReadAll(parts.Train);
        if (train.Length == 0)
        {
            throw new DataFileException(path, 0, 0, "The file is empty; sentences in CoNLL-U are needed.");
        }

        if (train.All(sentence => sentence.Tags.All(tag => tag is null)))
        {
            throw new DataFileException(
                path,
                0,
                0,
                "No word has a universal part-of-speech tag: the fourth column is '_' throughout."
            );
        }

        SplitRule = TaskSplit.Rule(parts);
        return TaskSplit.Of(path, parts, train, ReadAll, KeyOf, "sentence", Remark);
    }
}
