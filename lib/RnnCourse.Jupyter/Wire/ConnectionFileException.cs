namespace RnnCourse.Jupyter.Wire;

/// <summary>A connection file can't be used; the message says why.</summary>
/// <param name="message">What is wrong, and what to do.</param>
/// <param name="inner">What was thrown; null if nothing was.</param>
public sealed class ConnectionFileException(string message, Exception? inner = null) : Exception(message, inner);
