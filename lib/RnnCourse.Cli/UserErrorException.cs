namespace RnnCourse.Cli;

/// <summary>What a user asked for cannot be done. The message says why, and what to do.</summary>
internal sealed class UserErrorException : Exception
{
    public UserErrorException() { }

    public UserErrorException(string message)
        : base(message) { }

    public UserErrorException(string message, Exception innerException)
        : base(message, innerException) { }
}
