namespace RnnCourse.Notebooks.Running;

/// <summary>A parameter given for a run doesn't fit the notebook. The message says which one, why, and what
/// fits.</summary>
/// <param name="message">What is wrong and what to do.</param>
public sealed class ParameterException(string message) : Exception(message);
