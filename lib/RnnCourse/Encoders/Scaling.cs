namespace RnnCourse.Encoders;

/// <summary>Scales numbers to mean 0 and standard deviation 1, and back. Learnt from the training part.</summary>
/// <param name="Mean">What is subtracted.</param>
/// <param name="Deviation">What is divided by; above 0.</param>
internal sealed record Scaling(double Mean, double Deviation)
{
    /// <summary>Learns the scaling from numbers.</summary>
    /// <param name="values">The numbers, shape (n), at least one. If all are the same, they are only shifted.</param>
    /// <exception cref="InvalidOperationException">There are no numbers.</exception>
    public static Scaling Learn(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return new(mean, deviation > 0 ? deviation : 1);
    }

    /// <summary>From the data's unit to the model's.</summary>
    /// <param name="value">A number in the data's unit.</param>
    public double Apply(double value) => (value - Mean) / Deviation;

    /// <summary>From the model's unit to the data's.</summary>
    /// <param name="value">A number in the model's unit.</param>
    public double Undo(double value) => (value * Deviation) + Mean;
}
