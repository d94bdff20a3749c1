using System.Globalization;
using System.Numerics;
using RnnCourse.Model.Files;

namespace RnnCourse.Training;

/// <summary>Saves and loads the complete state of a training as a safetensors file, so that it can be resumed to the
/// bit.</summary>
/// <remarks>
/// Besides what <see cref="ModelFile"/> writes (its format's name is "rnn-course-checkpoint"): the optimiser's state as
/// <c>optimiser.0</c> …, the parameters with the lowest validation loss as <c>best.0</c> … if they are kept, the
/// carried states as <c>state.SHARD.INDEX</c>, the log as <c>log</c>, one row for each entry; counts, sums and
/// positions as texts, doubles with all their digits.
/// </remarks>
internal static class Checkpoint
{
    private const string Format = "rnn-course-checkpoint";

    public static void Save<T>(Trainer<T> trainer, string path)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var progress = trainer.Progress;
        var metadata = ModelFile.Describe(trainer.Model.Shape);
        metadata["format"] = Format;
        metadata["optimiser"] = NameOf(trainer);
        Dictionary<string, IFormattable> numbers = new()
        {
            ["optimiserSteps"] = trainer.Optimiser.StepCount,
            ["steps"] = progress.StepCount,
            ["lossSum"] = progress.LossSum,
            ["lossSteps"] = progress.LossSteps,
            ["bestValidationLoss"] = progress.BestValidationLoss,
            ["validationsWithoutImprovement"] = progress.ValidationsWithoutImprovement,
            ["epoch"] = progress.Position.Epoch,
            ["index"] = progress.Position.Index,
            ["randomA"] = progress.Position.RandomState.A,
            ["randomB"] = progress.Position.RandomState.B,
            ["randomC"] = progress.Position.RandomState.C,
            ["randomD"] = progress.Position.RandomState.D,
            ["shards"] = progress.CarriedState.Count,
            ["statesPerShard"] = progress.CarriedState.Count == 0 ? 0 : progress.CarriedState[0].Count,
        };
        foreach (var (key, value) in numbers)
        {
            metadata[key] = ((IFormattable)value).ToString(value is double ? "R" : "D", CultureInfo.InvariantCulture);
        }

        List<Tensor> tensors = [.. trainer.Model.Parameters.Select(ParameterTensors.ToTensor)];
        tensors.AddRange(
            trainer.Optimiser.State.Select((memory, k) => Tensor.Of<T>($"optimiser.{k}", [memory.Length], memory))
        );
        if (trainer.BestParameters is { } best)
        {
            tensors.AddRange(best.Select((values, k) => Tensor.Of<T>($"best.{k}", [values.Length], values)));
        }

        for (var s = 0; s < progress.CarriedState.Count; s++)
        {
            tensors.AddRange(
                progress.CarriedState[s].Select((state, k) => Tensor.Of<T>($"state.{s}.{k}", [state.Length], state))
            );
        }

        double[] log =
        [
            .. trainer.Log.Entries.SelectMany(e =>
                new[] { e.Step, e.Epoch, e.Loss, e.GradientNorm, e.LearningRate, e.ValidationLoss }
            ),
        ];
        tensors.Add(Tensor.Of<double>("log", [log.Length / 6, 6], log));
        SafetensorsFile.Write(path, tensors, metadata);
    }

    public static void Load<T>(Trainer<T> trainer, string path)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (tensors, metadata) = SafetensorsFile.Read(path, requireChecksum: true);
        if (metadata.GetValueOrDefault("format") != Format)
        {
            throw SafetensorsFile.Refuse(
                path,
                $"its format is '{metadata.GetValueOrDefault("format") ?? "unknown"}', not '{Format}'"
            );
        }

        if (ModelFile.ReadShape(path, metadata) is var shape && shape != trainer.Model.Shape)
        {
            throw SafetensorsFile.Refuse(path, $"it belongs to another model: {shape}, not {trainer.Model.Shape}");
        }

        if (metadata.GetValueOrDefault("optimiser") != NameOf(trainer))
        {
            throw SafetensorsFile.Refuse(
                path,
                $"it belongs to the optimiser {metadata.GetValueOrDefault("optimiser")}, not {NameOf(trainer)}"
            );
        }

        TNumber Number<TNumber>(string key)
            where TNumber : struct, IParsable<TNumber> =>
            TNumber.TryParse(metadata.GetValueOrDefault(key), CultureInfo.InvariantCulture, out var value)
                ? value
                : throw SafetensorsFile.Refuse(
                    path,
                    $"'{key}' is '{metadata.GetValueOrDefault(key)}', which is not a number"
                );

        var model = ModelFile.Build<T>(path, tensors, metadata);
        T[][] memories =
        [
            .. tensors
                .Where(t => t.Name.StartsWith("optimiser.", StringComparison.Ordinal))
                .Select((_, k) => ParameterTensors.Find(path, tensors, $"optimiser.{k}").Read<T>()),
        ];
        T[][] best =
        [
            .. tensors
                .Where(t => t.Name.StartsWith("best.", StringComparison.Ordinal))
                .Select((_, k) => ParameterTensors.Find(path, tensors, $"best.{k}").Read<T>()),
        ];
        var sizes = trainer.Model.Parameters.Select(parameter => parameter.Values.Length);
        if (best.Length > 0 && !sizes.SequenceEqual(best.Select(values => values.Length)))
        {
            throw SafetensorsFile.Refuse(path, "the best parameters that it holds belong to another model");
        }

        var states = new List<IReadOnlyList<T[]>>();
        var statesPerShard = Number<int>("statesPerShard");
        for (var s = 0; s < Number<int>("shards"); s++)
        {
            states.Add([
                .. Enumerable
                    .Range(0, statesPerShard)
                    .Select(k => ParameterTensors.Find(path, tensors, $"state.{s}.{k}").Read<T>()),
            ]);
        }

        var log = ParameterTensors.Find(path, tensors, "log").Read<double>();
        var progress = new TrainerProgress<T>(
            Number<long>("steps"),
            Number<double>("lossSum"),
            Number<long>("lossSteps"),
            Number<double>("bestValidationLoss"),
            Number<int>("validationsWithoutImprovement"),
            new(
                Number<long>("epoch"),
                Number<long>("index"),
                (Number<ulong>("randomA"), Number<ulong>("randomB"), Number<ulong>("randomC"), Number<ulong>("randomD"))
            ),
            states
        );

        var before = trainer.Progress;
        try
        {
            trainer.Progress = progress;
            trainer.Optimiser.Restore(trainer.Model.Parameters, memories, Number<long>("optimiserSteps"));
        }
        catch (ArgumentException wrong)
        {
            trainer.Progress = before;
            throw new InvalidDataException($"'{path}' cannot be resumed: {wrong.Message}", wrong);
        }

        foreach (var (from, to) in model.Parameters.Zip(trainer.Model.Parameters))
        {
            from.Values.CopyTo(to.Values, 0);
        }

        trainer.BestParameters = best.Length > 0 ? best : null;
        trainer.Log.Replace(
            log.Chunk(6).Select(e => new TrainingLogEntry((long)e[0], (long)e[1], e[2], e[3], e[4], e[5]))
        );
    }

    private static string NameOf<T>(Trainer<T> trainer)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        $"{trainer.Optimiser.GetType().Name.Split('`')[0]} of {typeof(T).Name}";
}

/// <summary>The progress of a training, apart from the model, the optimiser and the log.</summary>
internal sealed record TrainerProgress<T>(
    long StepCount,
    double LossSum,
    long LossSteps,
    double BestValidationLoss,
    int ValidationsWithoutImprovement,
    BatchPosition Position,
    IReadOnlyList<IReadOnlyList<T[]>> CarriedState
);
