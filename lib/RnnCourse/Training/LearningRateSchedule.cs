namespace RnnCourse.Training;

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
