namespace RnnCourse.Cli.Edition;

/// <summary>A lesson cannot be given solutions.</summary>
/// <param name="message">Which cell, and what is missing.</param>
internal sealed class EditionException(string message) : Exception(message);
