namespace RnnCourse.Jupyter.Wire;

/// <summary>The received frames must not be acted on. The exception's message says why, as the rest of a
/// sentence.</summary>
internal sealed class WireException(string message) : Exception(message);
