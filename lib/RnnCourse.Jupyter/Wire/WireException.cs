namespace RnnCourse.Jupyter.Wire;

/// <summary>What came in is no message that may be acted on; the message says why, as the rest of a sentence.</summary>
internal sealed class WireException(string message) : Exception(message);
