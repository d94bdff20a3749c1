namespace RnnCourse.Exercises;

/// <summary>Asserts the statements of a notebook: a condition that is false makes the run fail.</summary>
public static class Claim
{
    /// <summary>Asserts a statement of the lecture, and prints it to the console.</summary>
    /// <param name="statement">The statement's number, "L01" to "L20".</param>
    /// <param name="condition">The condition, which must be true.</param>
    /// <param name="inWords">The condition in words, as a sentence without its full stop.</param>
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

    /// <summary>Asserts a statement that a lesson makes beyond the lecture, and prints it to the console.</summary>
    /// <param name="condition">The condition, which must be true.</param>
    /// <param name="inWords">The condition in words, without a full stop.</param>
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

/// <summary>Thrown if a statement of a notebook is false.</summary>
/// <param name="message">The statement and what was expected of it.</param>
public sealed class ClaimFailedException(string message) : Exception(message);
