namespace RnnCourse.Tasks;

/// <summary>One number that says how good a method is.</summary>
/// <param name="Name">What was measured, such as "accuracy".</param>
/// <param name="Value">The number; NaN if there was nothing to measure.</param>
/// <param name="Format">How to write it, as for <see cref="double.ToString(string)"/>.</param>
/// <param name="LowerIsBetter">Whether a smaller number is a better one.</param>
public sealed record Score(string Name, double Value, string Format, bool LowerIsBetter);

/// <summary>What a method reached on the test part.</summary>
/// <param name="Method">The method, such as "bigram" or "GRU, 64 hidden".</param>
/// <param name="Scores">Its numbers, the task's main one first; the same ones, in the same order, for all methods of a
/// task.</param>
public sealed record TaskScores(string Method, IReadOnlyList<Score> Scores);
