using RnnCourse.Core;

namespace RnnCourse.Datasets;

/// <summary>A task whose dependence has a known length: coins are tossed, and at each step the answer is the toss a
/// fixed number of steps earlier.</summary>
/// <remarks>Only the input of exactly <c>lag</c> steps ago determines the answer, so a network that doesn't remember
/// that far can only guess: half of the answers right, a loss of ln 2 ≈ 0.693 nats.</remarks>
public static class EchoTask
{
    /// <summary>How many symbols and classes there are: heads and tails. D = K = 2.</summary>
    public const int Symbols = 2;

    /// <summary>Draws a sequence.</summary>
    /// <param name="lag">How many steps back the answer is, at least 0: the target of step i is the symbol of step i −
    /// lag.</param>
    /// <param name="length">n, how many steps, at least 1.</param>
    /// <param name="random">Where the tosses are drawn from.</param>
    /// <returns>The symbols, shape (n), 0 or 1 each, and the targets, shape (n); −1 at the first <paramref name="lag"/>
    /// steps, which have nothing to echo.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lag"/> is negative, or <paramref name="length"/>
    /// below 1.</exception>
    public static (int[] Symbols, int[] Targets) Draw(int lag, int length, SeededRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lag);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentNullException.ThrowIfNull(random);
        var symbols = new int[length];
        var targets = new int[length];
        for (var t = 0; t < length; t++)
        {
            symbols[t] = random.NextIndex(Symbols);
            targets[t] = t < lag ? -1 : symbols[t - lag];
        }

        return (symbols, targets);
    }
}
