using RnnCourse.Core;

namespace RnnCourse.Datasets;

/// <summary>A task that takes counting: among letters, brackets are opened and closed, and at each step the answer is
/// how many are open.</summary>
/// <remarks>A closing bracket never occurs where none is open. The answer depends on all inputs so far, so a network
/// has to keep a count in its state.</remarks>
public static class BracketTask
{
    /// <summary>How many symbols there are: 0 opens a bracket, 1 closes one, 2 is a letter, which changes nothing. D =
    /// 3.</summary>
    public const int Symbols = 3;

    private const double ShareOfLetters = 0.4;

    /// <summary>Draws a sequence.</summary>
    /// <param name="maxDepth">How many brackets may be open at once, at least 1.</param>
    /// <param name="length">n, how many steps, at least 1.</param>
    /// <param name="random">Where the symbols are drawn from: two of five are letters; opening and closing are equally
    /// likely where both are possible.</param>
    /// <returns>The symbols, shape (n), and the depths, shape (n): after each step, how many brackets are open, from 0
    /// to <paramref name="maxDepth"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static (int[] Symbols, int[] Depths) Draw(int maxDepth, int length, SeededRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDepth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentNullException.ThrowIfNull(random);
        var (symbols, depths) = (new int[length], new int[length]);
        var depth = 0;
        for (var i = 0; i < length; i++)
        {
            symbols[i] =
                random.NextDouble() < ShareOfLetters ? 2
                : depth == 0 ? 0
                : depth == maxDepth ? 1
                : random.NextIndex(2);
            depths[i] = depth += symbols[i] switch
            {
                0 => 1,
                1 => -1,
                _ => 0,
            };
        }

        return (symbols, depths);
    }
}
