namespace RnnCourse.Training;

/// <summary>Thrown when the loss or the gradient became NaN or infinite. The parameters are those before that
/// step.</summary>
public sealed class TrainingDivergedException : Exception
{
    /// <summary>Makes the exception.</summary>
    public TrainingDivergedException() { }

    /// <summary>Makes the exception with a message.</summary>
    /// <param name="message">What happened, and what to do.</param>
    public TrainingDivergedException(string message)
        : base(message) { }

    /// <summary>Makes the exception with a message and a cause.</summary>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public TrainingDivergedException(string message, Exception innerException)
        : base(message, innerException) { }
}
