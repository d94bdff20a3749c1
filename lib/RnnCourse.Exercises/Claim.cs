namespace RnnCourse.Exercises;

/// <summary>How a notebook shows that what it says is so: by a condition that fails the run if it stops
/// holding.</summary>
public static class Claim
{
    /// <summary>Asserts a statement of the lecture and says so on the console.</summary>
    /// <param name="statement">The statement's number, "L01" to "L20".</param>
    /// <param name="condition">What must hold.</param>
    /// <param name="inWords">What the condition says, in words, as a sentence without its full stop.</param>
    /// <exception cref="ArgumentException"><paramref name="statement"/> is not the number of a statement.</exception>
    /// <exception cref="ClaimFailedException"><paramref name="condition"/> is false.</exception>
    public static void Holds(string statement, bool condition, string inWords)
    {
        ArgumentNullException.ThrowIfNull(statement);
        if (!Lecture.Statements.ContainsKey(statement))
        {
            throw new ArgumentException(
                $"'{statement}' is not a statement of the lecture. Use one of L01 to L20.",
                nameof(statement)
            );
        }

        if (!condition)
        {
            throw new ClaimFailedException($"{statement} does not hold: {inWords}.");
        }

        Console.WriteLine($"{statement} ✓ {inWords}.");
        Progress.NoteClaim(statement, inWords);
    }

    /// <summary>Asserts what a lesson says of its own, beyond the lecture, and says so on the console.</summary>
    /// <param name="condition">What must hold.</param>
    /// <param name="inWords">What the condition says, in words, without a full stop.</param>
    /// <exception cref="ArgumentNullException"><paramref name="inWords"/> is null.</exception>
    /// <exception cref="ClaimFailedException"><paramref name="condition"/> is false.</exception>
    public static void Holds(bool condition, string inWords)
    {
        ArgumentNullException.ThrowIfNull(inWords);
        if (!condition)
        {
            throw new ClaimFailedException($"This does not hold: {inWords}.");
        }

        Console.WriteLine($"✓ {inWords}");
    }
}

/// <summary>Thrown where what a notebook says does not hold.</summary>
/// <param name="message">The statement and what was expected of it.</param>
public sealed class ClaimFailedException(string message) : Exception(message);
