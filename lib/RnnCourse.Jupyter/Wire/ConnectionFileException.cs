namespace RnnCourse.Jupyter.Wire;

/// <summary>A connection file can't be used; the message says why.</summary>
/// <param name="message">What is wrong, and what to do.</param>
/// <param name="inner">The cause; null if there is none.</param>
public sealed class ConnectionFileException(string message, Exception? inner = null) : Exception(message, inner);
