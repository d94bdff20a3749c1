using System.Numerics;
using RnnCourse.Blas.Threading;
using RnnCourse.Gradients;
using RnnCourse.Losses;
using RnnCourse.Model;
using RnnCourse.Optimisers;

namespace RnnCourse.Training;

/// <summary>Why a training ended.</summary>
public enum TrainingEnd
{
    /// <summary>All requested steps were taken.</summary>
    AllSteps,

    /// <summary>The validation loss did not improve for too long.</summary>
    NoImprovement,

    /// <summary>The training was cancelled.</summary>
    Cancelled,
}

/// <summary>Trains a model: batch, loss, gradient, clipping, optimiser, again and again.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// With the same model, options, seeds and batches a training gives exactly the same numbers, bit by bit, on any number
/// of cores of one machine, and also when it is stopped and resumed from a checkpoint. A step allocates nothing once
/// the buffers have grown.
/// </remarks>
public sealed class Trainer<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly IBatchSource<T> _batches;
    private readonly ShardedGradient<T> _gradient;
    private readonly CheckpointTimes _checkpoints;
    private double _lossSum;
    private long _lossSteps;

    /// <summary>Prepares a training.</summary>
    /// <param name="model">The model; its parameters will change.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="optimiser">The optimiser that changes the parameters.</param>
    /// <param name="batches">The source of training batches.</param>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public Trainer(
        SequenceModel<T> model,
        ISequenceLoss<T> loss,
        Optimiser<T> optimiser,
        IBatchSource<T> batches,
        TrainerOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimiser);
        ArgumentNullException.ThrowIfNull(batches);
        Options = options ?? new();
        Options.Validated();
        (Model, Optimiser, _batches) = (model, optimiser, batches);
        if (Options.CarryState && model.Shape.Bidirectional)
        {
            throw new ArgumentException(
                "A bidirectional model cannot carry its state: it reads from both ends.",
                nameof(options)
            );
        }

        _gradient = new(model, loss, Options.Threads, Options.ShardSize) { CarriesState = Options.CarryState };
        _checkpoints = new(Options, sizeof(double) * 4L * model.ParameterCount);
    }

    /// <summary>The model that is trained.</summary>
    public SequenceModel<T> Model { get; }

    /// <summary>The optimiser.</summary>
    public Optimiser<T> Optimiser { get; }

    /// <summary>The settings of the training.</summary>
    public TrainerOptions Options { get; }

    /// <summary>How many steps were taken.</summary>
    public long StepCount { get; private set; }

    /// <summary>The log of the training so far.</summary>
    public TrainingLog Log { get; } = new();

    /// <summary>The lowest validation loss so far; +∞ before the first validation.</summary>
    public double BestValidationLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>How many validations in a row did not improve on the best one.</summary>
    public int ValidationsWithoutImprovement { get; private set; }

    /// <summary>The parameters with the lowest validation loss, each of its parameter's shape and layout; null before
    /// the first validation, and unless <see cref="TrainerOptions.KeepBest"/> is set.</summary>
    internal T[][]? BestParameters { get; set; }

    /// <summary>Trains until the given number of steps is reached, validation stops improving, or the training is
    /// cancelled.</summary>
    /// <param name="steps">How many steps to take at most, counted from now.</param>
    /// <param name="cancellation">Stops the training between two steps; a checkpoint is saved first, if a path for it
    /// is set.</param>
    /// <returns>Why it ended.</returns>
    /// <exception cref="TrainingDivergedException">The loss or the gradient became NaN or infinite.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written, and <see cref="TrainerOptions.CheckpointFailed"/>
    /// is null; the previous checkpoint is kept.</exception>
    public TrainingEnd Run(long steps, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        _checkpoints.Begin();
        for (var k = 0L; k < steps; k++)
        {
            if (cancellation.IsCancellationRequested)
            {
                TrySaveCheckpoint();
                return TrainingEnd.Cancelled;
            }

            Step();
            if (Options.Patience > 0 && ValidationsWithoutImprovement >= Options.Patience)
            {
                return TrainingEnd.NoImprovement;
            }
        }

        return TrainingEnd.AllSteps;
    }

    /// <summary>Takes one training step, and then logs, validates and saves a checkpoint where due.</summary>
    /// <returns>The mean loss of the batch, before the step.</returns>
    /// <exception cref="TrainingDivergedException">The loss or the gradient became NaN or infinite.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written, and <see cref="TrainerOptions.CheckpointFailed"/>
    /// is null; the previous checkpoint is kept.</exception>
    public double Step()
    {
        HostInterrupt.Check(); // before anything has moved on, so that a later step continues where this one would
        var batch = _batches.NextBatch(out var startsAnew);
        if (Options.CarryState && startsAnew)
        {
            _gradient.ResetState();
        }

        var loss = _gradient.Compute(
            batch,
            Model.Shape.Dropout > 0 ? Options.DropoutSeed + ((ulong)StepCount * 0x9E3779B97F4A7C15) : null
        );
        if (Options.ClipValue is { } limit)
        {
            GradientClipping.ByValue(Model.Parameters, limit);
        }

        var norm = Options.ClipNorm is { } maxNorm
            ? GradientClipping.ByNorm(Model.Parameters, maxNorm)
            : GradientClipping.Norm(Model.Parameters);
        var rate = Options.LearningRate.At(StepCount);
        if (!double.IsFinite(loss) || !double.IsFinite(norm))
        {
            throw Diverged(loss, norm, rate);
        }

        Optimiser.Step(Model.Parameters, rate);
        StepCount++;
        _lossSum += loss;
        _lossSteps++;
        Report(norm, rate);
        if (_checkpoints.IsDue(StepCount))
        {
            TrySaveCheckpoint();
        }

        return loss;
    }

    // A full disk must not cost what has been learnt: training goes on if the caller asked to be told of the failure.
    private void TrySaveCheckpoint()
    {
        if (Options.CheckpointPath is not { } path)
        {
            return;
        }

        try
        {
            _checkpoints.Measure(() => SaveCheckpoint(path));
            Options.CheckpointSaved?.Invoke();
        }
        catch (Exception e)
            when (Options.CheckpointFailed is not null && e is IOException or UnauthorizedAccessException)
        {
            Options.CheckpointFailed!(e);
        }
    }

    /// <summary>Saves everything needed to resume the training later without any difference: parameters, the
    /// optimiser's state, carried states, the position in the data, the log.</summary>
    /// <param name="path">The file; an existing one is replaced, completely or not at all.</param>
    /// <exception cref="TrainingDivergedException">A parameter is NaN or infinite; an existing checkpoint is
    /// kept.</exception>
    /// <exception cref="IOException">The file cannot be written; an existing file is kept.</exception>
    public void SaveCheckpoint(string path)
    {
        foreach (var parameter in Model.Parameters)
        {
            foreach (var value in parameter.Values)
            {
                if (!T.IsFinite(value))
                {
                    throw new TrainingDivergedException(
                        $"After step {StepCount} the parameter {parameter.Name} holds {value}; no checkpoint is "
                            + $"saved. {Advice()}"
                    );
                }
            }
        }

        Checkpoint.Save(this, path);
    }

    /// <summary>Resumes from a checkpoint: afterwards this training has exactly the state of the saved one.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is broken, or belongs to another model, number type or
    /// optimiser; the message says which. The training is then unchanged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Resume(string path) => Checkpoint.Load(this, path);

    /// <summary>Keeps the present parameters as the best ones.</summary>
    internal void KeepParameters()
    {
        BestParameters ??= [.. Model.Parameters.Select(parameter => new T[parameter.Values.Length])];
        for (var p = 0; p < BestParameters.Length; p++)
        {
            Model.Parameters[p].Values.CopyTo(BestParameters[p], 0);
        }
    }

    /// <summary>Does nothing today: the worker threads belong to the process and are shared.</summary>
    public void Dispose() => _gradient.Dispose();

    internal TrainerProgress<T> Progress
    {
        get =>
            new(
                StepCount,
                _lossSum,
                _lossSteps,
                BestValidationLoss,
                ValidationsWithoutImprovement,
                _batches.Position,
                _gradient.CarriedState
            );
        set
        {
            _batches.Position = value.Position;
            _gradient.CarriedState = value.CarriedState;
            (StepCount, _lossSum, _lossSteps) = (value.StepCount, value.LossSum, value.LossSteps);
            (BestValidationLoss, ValidationsWithoutImprovement) = (
                value.BestValidationLoss,
                value.ValidationsWithoutImprovement
            );
        }
    }

    private void Report(double norm, double rate)
    {
        var validation = double.NaN;
        if (Options.Validate is { } validate && StepCount % Options.ValidateEvery == 0)
        {
            validation = validate();
            if (Options.KeepBest && validation < BestValidationLoss)
            {
                KeepParameters();
            }

            // A loss that is not a number is not an improvement, and must not become the best one.
            (BestValidationLoss, ValidationsWithoutImprovement) =
                validation < BestValidationLoss
                    ? (validation, 0)
                    : (BestValidationLoss, ValidationsWithoutImprovement + 1);
        }
        else if (StepCount % Options.LogEvery != 0)
        {
            return;
        }

        var entry = new TrainingLogEntry(
            StepCount,
            _batches.Position.Epoch,
            _lossSum / _lossSteps,
            norm,
            rate,
            validation
        );
        (_lossSum, _lossSteps) = (0, 0);
        Log.Add(entry);
        Options.Progress?.Invoke(entry);
    }

    private TrainingDivergedException Diverged(double loss, double norm, double rate) =>
        new(
            $"At step {StepCount + 1} the loss is {loss} and the gradient's norm {norm}, at a learning "
                + $"rate of {rate}. The parameters are as before that step. {Advice()}"
        );

    private string Advice() =>
        $"Try a smaller learning rate{(Options.ClipNorm is null ? ", or clip the gradient's norm (ClipNorm)" : "")}."
        + (Options.CheckpointPath is { } path && File.Exists(path) ? $" The last good checkpoint is '{path}'." : "");
}

/// <summary>An endless source of training batches.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IBatchSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The position of the source. Set it to an earlier value to get the same batches again.</summary>
    BatchPosition Position { get; set; }

    /// <summary>Returns the next batch.</summary>
    /// <param name="startsAnew">Whether its sequences do not continue those of the previous batch, so that a carried
    /// state must be reset.</param>
    /// <returns>The batch; the next call may refill the same one.</returns>
    SequenceBatch<T> NextBatch(out bool startsAnew);
}

/// <summary>A position in a source of batches.</summary>
/// <param name="Epoch">How many times all data has been used.</param>
/// <param name="Index">How many batches of this epoch were returned.</param>
/// <param name="RandomState">The state that the source's generator had when the epoch began.</param>
public readonly record struct BatchPosition(long Epoch, long Index, (ulong A, ulong B, ulong C, ulong D) RandomState);
