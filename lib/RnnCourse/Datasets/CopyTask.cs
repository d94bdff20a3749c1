using RnnCourse.Core;

namespace RnnCourse.Datasets;

/// <summary>A task that measures memory: a few letters are shown, then blanks, and then the letters have to be
/// repeated.</summary>
/// <remarks>
/// <para>Of K letters, <c>count</c> are drawn; then come <c>lag</c> blanks; then <c>count</c> question signs, at which
/// the letters are the targets, in their order or in reverse. The inputs are numbered 0 to K − 1 for the letters, K for
/// the blank, K + 1 for the question sign; so D = K + 2.</para>
/// <para>A model that remembers nothing is right once in K times. <c>lag</c> is the number of steps for which something
/// has to be kept, <c>count</c> how much.</para>
/// </remarks>
public static class CopyTask
{
    /// <summary>The number of inputs besides the letters: the blank and the question sign.</summary>
    internal const int Signs = 2;

    /// <summary>Draws a sequence.</summary>
    /// <param name="letters">K, how many letters there are, at least 2.</param>
    /// <param name="count">How many letters are shown, at least 1.</param>
    /// <param name="lag">How many blanks follow, at least 0.</param>
    /// <param name="random">Where the letters are drawn from.</param>
    /// <param name="reversed">Whether the last letter is asked for first.</param>
    /// <returns>The inputs, shape (n) with n = 2·count + lag, and the targets, shape (n); −1 where nothing is
    /// asked.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public static (int[] Symbols, int[] Targets) Draw(
        int letters,
        int count,
        int lag,
        SeededRandom random,
        bool reversed = false
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(letters, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(lag);
        ArgumentNullException.ThrowIfNull(random);
        var n = checked((2 * count) + lag);
        var (symbols, targets) = (new int[n], new int[n]);
        Array.Fill(targets, -1);
        Array.Fill(symbols, letters, count, lag);
        Array.Fill(symbols, letters + 1, count + lag, count);
        for (var i = 0; i < count; i++)
        {
            symbols[i] = random.NextIndex(letters);
            targets[reversed ? n - 1 - i : count + lag + i] = symbols[i];
        }

        return (symbols, targets);
    }
}
