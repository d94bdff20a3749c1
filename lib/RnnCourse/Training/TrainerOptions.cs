namespace RnnCourse.Training;

/// <summary>The settings of the training.</summary>
public sealed record TrainerOptions
{
    /// <summary>The learning rate at each step.</summary>
    public LearningRateSchedule LearningRate { get; init; } = new ConstantRate(0.1);

    /// <summary>The largest norm that the gradients of a step may have together; null for no limit.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>The largest size that one number of a gradient may have; null for no limit. Applied before
    /// <see cref="ClipNorm"/>.</summary>
    public double? ClipValue { get; init; }

    /// <summary>Whether a batch starts from the states in which the one before ended (truncated backpropagation),
    /// except where its source starts anew.</summary>
    public bool CarryState { get; init; }

    /// <summary>The seed of dropout.</summary>
    public ulong DropoutSeed { get; init; } = 1;

    /// <summary>How many cores to use; 0 for all. The result is the same to the bit.</summary>
    public int Threads { get; init; }

    /// <summary>The most sequences that a core works on at once (see <see cref="ShardedGradient{T}"/>). Another number
    /// changes the rounding.</summary>
    public int ShardSize { get; init; } = ShardedGradient<float>.DefaultShardSize;

    /// <summary>After how many steps the log gets an entry and <see cref="Progress"/> is called.</summary>
    public int LogEvery { get; init; } = 100;

    /// <summary>Called with each new entry of the log.</summary>
    public Action<TrainingLogEntry>? Progress { get; init; }

    /// <summary>Measures the loss on data that is not learnt from; null to measure nothing. It must not change the
    /// model.</summary>
    public Func<double>? Validate { get; init; }

    /// <summary>After how many steps <see cref="Validate"/> is called.</summary>
    public int ValidateEvery { get; init; } = 1000;

    /// <summary>Training stops after this many validations in a row without improvement; 0 for never.</summary>
    public int Patience { get; init; }

    /// <summary>Where to save checkpoints; null for none.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>After how many steps a checkpoint is saved; 0 to save by time.</summary>
    public int CheckpointEvery { get; init; } = 1000;

    /// <summary>How long after its start a training saves its first checkpoint, where they are saved by time.</summary>
    internal TimeSpan CheckpointFirst { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after a checkpoint the next is saved, where they are saved by time.</summary>
    internal TimeSpan CheckpointPeriod { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The largest share of the time that checkpoints may cost, where they are saved by time: those that take
    /// long come less often.</summary>
    internal double CheckpointShare { get; init; } = 0.02;

    /// <summary>Called when a checkpoint cannot be written; the training then goes on, and the previous checkpoint
    /// stays. Null to stop the training with the exception.</summary>
    internal Action<Exception>? CheckpointFailed { get; init; }

    /// <summary>Called after each checkpoint that is saved.</summary>
    internal Action? CheckpointSaved { get; init; }

    /// <summary>Whether the parameters with the lowest validation loss are kept, also in checkpoints.</summary>
    internal bool KeepBest { get; init; }

    /// <summary>The clock for checkpoints.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    internal void Validated()
    {
        ArgumentNullException.ThrowIfNull(LearningRate);
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(ShardSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(LogEvery, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ValidateEvery, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(CheckpointEvery);
        ArgumentOutOfRangeException.ThrowIfLessThan(CheckpointFirst, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(CheckpointPeriod, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(Clock);
        if (!(CheckpointShare is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(CheckpointShare),
                CheckpointShare,
                "The share must be above 0 and at most 1."
            );
        }

        ArgumentOutOfRangeException.ThrowIfNegative(Patience);
        if (ClipNorm is { } norm && !(norm > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(ClipNorm), norm, "The largest norm must be above 0.");
        }

        if (ClipValue is { } value && !(value > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(ClipValue), value, "The largest size must be above 0.");
        }
    }
}
