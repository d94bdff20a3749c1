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
    /// except where its source starts again.</summary>
    public bool CarryState { get; init; }

    /// <summary>The seed of dropout.</summary>
    public ulong DropoutSeed { get; init; } = 1;

    /// <summary>How many cores to use; 0 for all. The result is the same to the bit.</summary>
    public int Threads { get; init; }

    /// <summary>The most sequences that a core works on at once (see <see cref="ShardedGradient{T}"/>). Another number
    /// changes the rounding.</summary>
    internal int ShardSize { get; init; } = ShardedGradient<float>.DefaultShardSize;

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

    /// <summary>Called when a checkpoint cannot be written; the training then continues, and the previous checkpoint
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

/// <summary>The learning rate as a function of the step. Steps are counted from 0.</summary>
public abstract record LearningRateSchedule
{
    private protected LearningRateSchedule() { }

    /// <summary>Returns the learning rate of a step.</summary>
    /// <param name="stepsTaken">The number of steps taken before it.</param>
    public abstract double At(long stepsTaken);

    private protected static double Positive(double value, string name) =>
        value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "This must be above 0 and finite.");

    private protected static long Positive(long value, string name) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "This must be at least 1.");
}

/// <summary>The same learning rate at every step.</summary>
/// <param name="Rate">The learning rate, above 0.</param>
public sealed record ConstantRate(double Rate) : LearningRateSchedule
{
    /// <summary>The learning rate.</summary>
    public double Rate { get; } = Positive(Rate, nameof(Rate));

    /// <inheritdoc/>
    public override double At(long stepsTaken) => Rate;
}

/// <summary>A learning rate that falls along half a cosine wave, and stays at its end.</summary>
/// <param name="Rate">The learning rate at first, above 0.</param>
/// <param name="Steps">After how many steps the end is reached; at least 1.</param>
/// <param name="Floor">The learning rate at the end, at least 0.</param>
/// <remarks>Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017, equation 5, without
/// restarts.</remarks>
public sealed record CosineDecay(double Rate, long Steps, double Floor = 0) : LearningRateSchedule
{
    /// <summary>The learning rate at first.</summary>
    public double Rate { get; } = Positive(Rate, nameof(Rate));

    /// <summary>After how many steps the end is reached.</summary>
    public long Steps { get; } = Positive(Steps, nameof(Steps));

    /// <summary>The learning rate at the end.</summary>
    public double Floor { get; } = Floor == 0 ? 0 : Positive(Floor, nameof(Floor));

    /// <inheritdoc/>
    public override double At(long stepsTaken) =>
        Floor + ((Rate - Floor) * (1 + Math.Cos(Math.PI * Math.Min(stepsTaken, Steps) / Steps)) / 2);
}

/// <summary>A learning rate that grows linearly to that of another schedule, and follows that schedule
/// afterwards.</summary>
/// <param name="Steps">The number of steps of growth, at least 1; the last of them has the full learning rate of the
/// other schedule.</param>
/// <param name="Then">The other schedule; its step 0 is the first after the growth.</param>
public sealed record WarmUp(long Steps, LearningRateSchedule Then) : LearningRateSchedule
{
    /// <summary>How many steps the learning rate grows.</summary>
    public long Steps { get; } = Positive(Steps, nameof(Steps));

    /// <inheritdoc/>
    public override double At(long stepsTaken) =>
        stepsTaken < Steps ? Then.At(0) * (stepsTaken + 1) / Steps : Then.At(stepsTaken - Steps);
}
