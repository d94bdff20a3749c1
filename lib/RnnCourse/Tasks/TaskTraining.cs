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
    private float[][]? _best;

    /// <summary>Prepares a training.</summary>
    /// <param name="task">The task.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="checkpoint">Where to save a checkpoint from time to time and when cancelled; null for none. The
    /// best model so far is saved beside it, with <c>.best</c> added.</param>
    /// <param name="progress">Called with the progress, at most a few times a second; null for no report.</param>
    /// <param name="logEvery">After how many steps <paramref name="progress"/> is called.</param>
    /// <exception cref="ArgumentException">A setting is out of range, or does not fit the task.</exception>
    public TaskTraining(
        CourseTask task,
        TaskSettings settings,
        string? checkpoint = null,
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
        _bestPath = checkpoint is null ? null : checkpoint + ".best";
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
                Validate = Validate,
                ValidateEvery = (int)Math.Min(settings.ValidateEvery, TotalSteps),
                Patience = settings.Patience,
                CheckpointPath = checkpoint,
                CheckpointEvery = 1000,
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

    /// <summary>The log of the training so far.</summary>
    public TrainingLog Log => _trainer.Log;

    /// <summary>The lowest loss on the dev part so far; +∞ before the first measurement.</summary>
    public double BestDevLoss => _trainer.BestValidationLoss;

    /// <summary>Trains to the end.</summary>
    /// <param name="cancellation">Stops the training between two steps; a checkpoint is saved first, if a path for it
    /// is set.</param>
    /// <returns>Why it ended. Unless it was cancelled, <see cref="Model"/> is the best one.</returns>
    /// <exception cref="TrainingDivergedException">The loss or the gradient became NaN or infinite.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written.</exception>
    public TrainingEnd Run(CancellationToken cancellation = default)
    {
        var end =
            Settings.Patience > 0 && _trainer.ValidationsWithoutImprovement >= Settings.Patience
                ? TrainingEnd.NoImprovement
                : _trainer.Run(Math.Max(0, TotalSteps - StepCount), cancellation);
        if (end == TrainingEnd.Cancelled)
        {
            return end;
        }

        if (StepCount % Math.Min(Settings.ValidateEvery, TotalSteps) != 0 && _task.DevLoss(Model) < BestDevLoss)
        {
            Keep();
        }

        if (_best is not null)
        {
            for (var p = 0; p < _best.Length; p++)
            {
                _best[p].CopyTo(Model.Parameters[p].Values, 0);
            }
        }

        return end;
    }

    /// <summary>Resumes from a checkpoint.</summary>
    /// <param name="checkpoint">The file.</param>
    /// <exception cref="InvalidDataException">The file is broken or belongs to another training; the training is then
    /// unchanged.</exception>
    /// <exception cref="IOException">The file cannot be read, or the best model beside it.</exception>
    public void Resume(string checkpoint)
    {
        ArgumentException.ThrowIfNullOrEmpty(checkpoint);
        _trainer.Resume(checkpoint);
        if (double.IsPositiveInfinity(BestDevLoss))
        {
            return;
        }

        var (best, _) = ModelFile.Load<float>(checkpoint + ".best");
        if (best.Shape != Model.Shape)
        {
            throw new InvalidDataException($"'{checkpoint}.best' belongs to another model: {best.Shape}.");
        }

        _best = [.. best.Parameters.Select(parameter => parameter.Values)];
    }

    /// <summary>Does nothing today: the worker threads belong to the process and are shared.</summary>
    public void Dispose() => _trainer.Dispose();

    private double Validate()
    {
        var loss = _task.DevLoss(Model);
        if (loss < _trainer.BestValidationLoss)
        {
            Keep();
        }

        return loss;
    }

    private void Keep()
    {
        _best = [.. Model.Parameters.Select(parameter => parameter.Values.ToArray())];
        if (_bestPath is not null)
        {
            ModelFile.Save(Model, _bestPath);
        }
    }
}
