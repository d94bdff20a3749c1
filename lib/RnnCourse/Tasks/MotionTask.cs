using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Encoders;
using RnnCourse.Model;
using RnnCourse.Training;

namespace RnnCourse.Tasks;

/// <summary>Names the action of a clip after its last frame.</summary>
internal sealed class MotionTask : SequencesTask<VectorSequence>
{
    private const int TrainCount = 6000,
        DevCount = 600,
        TestCount = 1200;

    private readonly int _inputSize;
    private readonly DataSplit<Clip> _parts;

    /// <summary>Reads or draws the clips.</summary>
    /// <param name="data">Where they are: a folder ACTION/CLIP/FRAME.png; without one they are drawn (see
    /// <see cref="MotionClips"/>).</param>
    /// <param name="known">The actions of an existing model; null to learn them from the training part.</param>
    /// <exception cref="DataFileException">The data cannot be read, there are too few clips, or a part has only
    /// actions that are unknown.</exception>
    public MotionTask(TaskData data, Vocabulary? known = null)
        : base(TaskNames.Motion, data, "clips that the course draws")
    {
        var split = data.Path is { } path ? Read(path) : Draw();
        Actions =
            known
            ?? (
                data.Path is null ? new(MotionClips.Actions) : Vocabulary.Learn(split.Train.Select(clip => clip.Label))
            );
        RemarkUnknown(
            Source,
            Actions,
            known is not null,
            "clips",
            ActionsOf(split.Train),
            ActionsOf(split.Dev),
            ActionsOf(split.Test)
        );
        if (Actions.Count < 2)
        {
            throw new DataFileException(
                Source,
                0,
                0,
                $"There is only one action, '{Actions[0]}'; at least two folders with clips are needed."
            );
        }

        (Train, Dev, Test) = (Encode(split.Train), Encode(split.Dev), Encode(split.Test));
        _inputSize = split.Train[0].Frames[0].Pixels.Length;
        _parts = split;
        RemarkSmallDev(Dev.Count, 50, "clips");
        SplitRule =
            data.Path is null ? "drawn by seeds"
            : HasParts(data.Path) ? "as given"
            : TaskSplit.SingleRule;
        Notes = new Dictionary<string, string>
        {
            ["actions"] = Actions.ToJson(),
            ["data"] = string.Concat(PartRecords.Select(part => part.Sha256[..6])),
        };
    }

    /// <summary>The actions.</summary>
    public Vocabulary Actions { get; }

    /// <inheritdoc/>
    public override string Sizes =>
        $"{Train.Count} clips to learn from, {Dev.Count} for choices, {Test.Count} to test on; {Actions.Count} actions";

    /// <inheritdoc/>
    public override string LossUnit => "nats per clip";

    private protected override int InputSize => _inputSize;

    private protected override int OutputSize => Actions.Count;

    private protected override ShuffledBatches<float> BatchesOf(
        IReadOnlyList<VectorSequence> sequences,
        int batchSize,
        SeededRandom random
    ) => ShuffledBatches.OfVectors<float>(sequences, _inputSize, batchSize, random, ReadOut.LastStep, byLength: true);

    /// <inheritdoc/>
    public override IReadOnlyList<Score> Measure(SequenceModel<float> model) => Accuracy(model, Test);

    /// <inheritdoc/>
    /// <remarks>Both baselines are networks of the same settings: one sees only the middle frame, the other the mean of
    /// all frames, which loses their order.</remarks>
    public override IReadOnlyList<TaskScores> Baselines(TaskSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return
        [
            new("guessing", [new("accuracy", 1.0 / Actions.Count, "0.0 %", false)]),
            OneStep("a single frame, same network", settings, Middle),
            OneStep("the frames' mean, same network", settings, Mean),
        ];
    }

    private TaskScores OneStep(string name, TaskSettings settings, Func<VectorSequence, VectorSequence> toOneStep)
    {
        BaselineBegins?.Invoke(name);
        var model = new SequenceModel<float>(Shape(settings), new SeededRandom(settings.Seed));
        var steps = Math.Min(StepsOf(settings), 3000);
        using var trainer = new Trainer<float>(
            model,
            Loss,
            new Optimisers.Adam<float>(weightDecay: settings.WeightDecay),
            BatchesOf([.. Train.Select(toOneStep)], settings.BatchSize, new SeededRandom(settings.Seed).Fork()),
            new()
            {
                LearningRate = new CosineDecay(settings.LearningRate, steps),
                ClipNorm = settings.ClipNorm,
                Threads = settings.Threads,
            }
        );
        trainer.Run(steps);
        return new(name, Accuracy(model, [.. Test.Select(toOneStep)]));
    }

    private static VectorSequence Middle(VectorSequence clip) =>
        VectorSequence.OfClasses([clip.Values[clip.Length / 2]], clip.Classes);

    private static VectorSequence Mean(VectorSequence clip)
    {
        var mean = new float[clip.Values[0].Length];
        foreach (var frame in clip.Values)
        {
            TensorPrimitives.Add(mean, frame, mean);
        }

        TensorPrimitives.Divide(mean, clip.Length, mean);
        return VectorSequence.OfClasses([mean], clip.Classes);
    }

    private static List<Score> Accuracy(SequenceModel<float> model, IReadOnlyList<VectorSequence> clips)
    {
        var sums = new ItemSums(clips.Count);
        SequenceScores.ForEach(
            model,
            clips,
            ReadOut.LastStep,
            (clip, _, scores) => sums.Add(clip, TensorPrimitives.IndexOfMax(scores) == clips[clip].Classes[0] ? 1 : 0)
        );
        return [sums.ToScore("accuracy", "0.0 %", false)];
    }

    private protected override string ClassName => "action";

    private protected override IEnumerable<int> ClassesOf(VectorSequence sequence) => sequence.Classes;

    private protected override IReadOnlyList<string> ItemsOf(int part) => [.. ContentsOf(part)];

    private protected override IEnumerable<string> ContentsOf(int part) =>
        _parts
            .Part(part)
            .Select(clip =>
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                foreach (var frame in clip.Frames)
                {
                    hash.AppendData(MemoryMarshal.AsBytes<float>(frame.Pixels));
                }

                return $"{clip.Label} {Convert.ToHexStringLower(hash.GetHashAndReset())}";
            });

    private VectorSequence[] Encode(IEnumerable<Clip> clips) =>
        [
            .. clips.Select(clip =>
                VectorSequence.OfClasses(
                    [.. clip.Frames.Select(frame => frame.Pixels)],
                    [NumberOf(clip.Label, Actions)]
                )
            ),
        ];

    private (string Action, string Place)[] ActionsOf(IEnumerable<Clip> clips) =>
        [.. clips.Select(clip => (clip.Label, $"in {clip.Source ?? Source}"))];

    private static DataSplit<Clip> Draw()
    {
        var random = new SeededRandom(MotionClips.Seed);
        return new(
            MotionClips.Draw(TrainCount, random),
            MotionClips.Draw(DevCount, random),
            MotionClips.Draw(TestCount, random)
        );
    }

    private static bool HasParts(string path) =>
        Directory.Exists(Path.Combine(path, "train")) && Directory.Exists(Path.Combine(path, "test"));

    // A folder with folders train and test (and dev) holds the parts; otherwise the clips are split. Where only dev is
    // missing, it is taken from the training part, if that is large enough.
    private static DataSplit<Clip> Read(string path)
    {
        Clip[] ReadPart(string name) =>
            Directory.Exists(Path.Combine(path, name)) ? [.. FrameFolder.Read(Path.Combine(path, name))] : [];
        if (!HasParts(path))
        {
            return TaskSplit.Of(path, [.. FrameFolder.Read(path)], clip => clip.Source!, "clip");
        }

        var given = new DataSplit<Clip>(ReadPart("train"), ReadPart("dev"), ReadPart("test"));
        if (given.Dev.Count > 0 || given.Train.Count < 10)
        {
            return given;
        }

        var again = DataSplit.ByKey(given.Train, clip => clip.Source!);
        return given with { Train = [.. again.Train, .. again.Test], Dev = again.Dev };
    }
}
