namespace RnnCourse.Exercises.Checking;

/// <summary>What is wrong with an answer: the first thing to correct, and two hints, the second more
/// detailed.</summary>
/// <param name="Key">A short name, for tests; never shown.</param>
/// <param name="What">The term or shape at fault, as one or two sentences.</param>
/// <param name="Hint">Where to look.</param>
/// <param name="More">What to do about it.</param>
internal sealed record Finding(string Key, string What, string Hint, string More);
