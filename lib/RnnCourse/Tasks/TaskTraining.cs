using RnnCourse.Core;
using RnnCourse.Model;
using RnnCourse.Model.Files;
using RnnCourse.Optimisers;
using RnnCourse.Training;

namespace RnnCourse.Tasks;

/// <summary>Trains a task's model and keeps the best one, which has the lowest loss on the dev part.</summary>
/// <remarks>With the same task, settings and machine the result is the same to the bit, on any number of cores, and
/// also when the training was stopped and resumed.</remarks>
public sealed class TaskTraining : IDisposable
{
    private readonly CourseTask _task;
    private readonly Trainer<float> _trainer;
    private readonly string? _bestPath;
    private readonly Action<Exception>? _saveFailed;
    private double _savedBest = double.PositiveInfinity;

    /// <summary>Prepares a training.</summary>
    /// <param name="task">The task.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="checkpoint">Where to save checkpoints and how often; null for none.</param>
    /// <param name="progress">Called with the progress, at most a few times a second; null for no report.</param>
    /// <param name="logEvery">After how many steps <paramref name="progress"/> is called.</param>
    /// <exception cref="ArgumentException">A setting is out of range, or does not fit the task.</exception>
    public TaskTraining(
        CourseTask task,
        TaskSettings settings,
        TaskCheckpoint? checkpoint = null,
        Action<TrainingLogEntry>? progress = null,
        int logEvery = 50
    )
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        if (settings.Bidirectional && !task.MayReadBothWays)
        {
            throw new ArgumentException(
                $"The task '{task.Name}' predicts what comes next; a bidirectional model would see it. "
                    + "Take a model that reads one way."
            );
        }

        _task = task;
        (Settings, TotalSteps) = (settings, task.StepsOf(settings));
        _bestPath = checkpoint?.BestPath;
        _saveFailed = checkpoint?.Failed;
        Model = new(task.Shape(settings), new SeededRandom(settings.Seed));
        var warmUp = Math.Clamp(TotalSteps / 20, 1, 200);
        _trainer = new(
            Model,
            task.Loss,
            new Adam<float>(weightDecay: settings.WeightDecay),
            task.Batches(settings),
            new()
            {
                LearningRate = new WarmUp(
                    warmUp,
                    new CosineDecay(settings.LearningRate, Math.Max(1, TotalSteps - warmUp))
                ),
                ClipNorm = settings.ClipNorm,
                CarryState = task.CarriesState,
                DropoutSeed = settings.Seed,
                Threads = settings.Threads,
                LogEvery = logEvery,
                Progress = progress,
                Validate = () => _task.DevLoss(Model),
                ValidateEvery = (int)Math.Min(settings.ValidateEvery, TotalSteps),
                Patience = settings.Patience,
                KeepBest = true,
                CheckpointPath = checkpoint?.Path,
                CheckpointEvery = 0,
                CheckpointFirst = checkpoint?.First ?? TimeSpan.Zero,
                CheckpointPeriod = checkpoint?.Period ?? TimeSpan.Zero,
                CheckpointShare = checkpoint?.Share ?? 1,
                CheckpointFailed = checkpoint?.Failed,
                CheckpointSaved = () =>
                {
                    CheckpointedStep = StepCount;
                    SaveBest();
                },
            }
        );
    }

    /// <summary>The settings.</summary>
    public TaskSettings Settings { get; }

    /// <summary>The model. While training it is the current one; after <see cref="Run"/> it is the best one.</summary>
    public SequenceModel<float> Model { get; }

    /// <summary>How many steps the training takes.</summary>
    public long TotalSteps { get; }

    /// <summary>How many steps were taken.</summary>
    public long StepCount => _trainer.StepCount;

    /// <summary>The step of the last checkpoint that was saved or resumed from; −1 if there is none.</summary>
    public long CheckpointedStep { get; private set; } = -1;

    /// <summary>The log of the training so far.</summary>
    public TrainingLog Log => _trainer.Log;

    /// <summary>The lowest loss on the dev part so far; +∞ before the first measurement.</summary>
    public double BestDevLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>Trains to the end.</summary>
    /// <param name="cancellation">Stops the training between two steps; a checkpoint is saved first, if a path for it
    /// is set.</param>
    /// <returns>Why it ended. Unless it was cancelled, <see cref="Model"/> is the best one.</returns>
    /// <exception cref="TrainingDivergedException">The loss or the gradient became NaN or infinite; <see cref="Model"/>
    /// is then the best one so far, if <see cref="BestDevLoss"/> is finite.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written, and there is no handler for this.</exception>
    public TrainingEnd Run(CancellationToken cancellation = default)
    {
        TrainingEnd end;
        try
        {
            end =
                Settings.Patience > 0 && _trainer.ValidationsWithoutImprovement >= Settings.Patience
                    ? TrainingEnd.NoImprovement
                    : _trainer.Run(Math.Max(0, TotalSteps - StepCount), cancellation);
        }
        catch (TrainingDivergedException)
        {
            TakeBest();
            throw;
        }
        finally
        {
            BestDevLoss = _trainer.BestValidationLoss;
        }

        if (end == TrainingEnd.Cancelled)
        {
            return end;
        }

        if (
            StepCount % Math.Min(Settings.ValidateEvery, TotalSteps) != 0
            && _task.DevLoss(Model) is var last
            && last < BestDevLoss
        )
        {
            BestDevLoss = last;
            _trainer.KeepParameters();
        }

        TakeBest();
        return end;
    }

    /// <summary>The model, ready to be saved, with notes on where it comes from.</summary>
    public TaskModel Trained => _task.Describe(Model, Settings, StepCount, BestDevLoss);

    /// <summary>Resumes from a checkpoint.</summary>
    /// <param name="checkpoint">The file.</param>
    /// <exception cref="InvalidDataException">The file is broken or belongs to another training; the training is then
    /// unchanged.</exception>
    /// <exception cref="IOException">The file cannot be read, or the best model beside it.</exception>
    public void Resume(string checkpoint)
    {
        ArgumentException.ThrowIfNullOrEmpty(checkpoint);
        _trainer.Resume(checkpoint);
        (BestDevLoss, CheckpointedStep) = (_trainer.BestValidationLoss, StepCount);
        if (double.IsPositiveInfinity(BestDevLoss) || _trainer.BestParameters is not null)
        {
            return;
        }

        // Checkpoints of the first version keep the best model in a file beside them.
        var beside = TaskCheckpoint.BestBeside(checkpoint);
        var (best, _) = ModelFile.Load<float>(beside);
        if (best.Shape != Model.Shape)
        {
            throw new InvalidDataException($"'{beside}' belongs to another model: {best.Shape}.");
        }

        _trainer.BestParameters = [.. best.Parameters.Select(parameter => parameter.Values)];
    }

    /// <summary>Does nothing today: the worker threads belong to the process and are shared.</summary>
    public void Dispose() => _trainer.Dispose();

    private void TakeBest()
    {
        for (var p = 0; p < _trainer.BestParameters?.Length; p++)
        {
            _trainer.BestParameters[p].CopyTo(Model.Parameters[p].Values, 0);
        }
    }

    // The best model so far, ready for use. A checkpoint does not need it, so a failure costs nothing.
    private void SaveBest()
    {
        if (_bestPath is null || _trainer.BestParameters is not { } best || !(_trainer.BestValidationLoss < _savedBest))
        {
            return;
        }

        var model = new SequenceModel<float>(Model.Shape, new SeededRandom(0));
        for (var p = 0; p < best.Length; p++)
        {
            best[p].CopyTo(model.Parameters[p].Values, 0);
        }

        try
        {
            _task.Describe(model, Settings, StepCount, _trainer.BestValidationLoss).Save(_bestPath);
            _savedBest = _trainer.BestValidationLoss;
        }
        catch (Exception e) when (_saveFailed is not null && e is IOException or UnauthorizedAccessException)
        {
            _saveFailed!(e);
        }
    }
}

/// <summary>Where and how often a training saves checkpoints. The best model so far is saved beside each, ready for
/// use.</summary>
/// <param name="Path">The checkpoint's file.</param>
public sealed record TaskCheckpoint(string Path)
{
    /// <summary>How long after the start the first checkpoint is saved.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after a checkpoint the next is saved.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The largest share of the time that checkpoints may cost.</summary>
    public double Share { get; init; } = 0.02;

    /// <summary>Called when a file cannot be written; the training then continues. Null to stop it with the
    /// exception.</summary>
    public Action<Exception>? Failed { get; init; }

    /// <summary>The best model so far: the checkpoint's path with <c>.best</c> added.</summary>
    public string BestPath => BestBeside(Path);

    internal static string BestBeside(string checkpoint) => checkpoint + ".best";
}
