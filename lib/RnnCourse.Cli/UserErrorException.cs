namespace RnnCourse.Cli;

/// <summary>Thrown when a request of the user cannot be fulfilled. The message says why, and what to do.</summary>
internal sealed class UserErrorException(string message, Exception? innerException = null)
    : Exception(message, innerException);
