using System.Numerics;

namespace RnnCourse.Core;

/// <summary>The course's own source of random numbers: the same seed gives the same numbers on every machine.</summary>
/// <remarks>
/// The generator is xoshiro256** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2018), seeded
/// through SplitMix64 as its authors advise. Integers and uniform numbers are the same to the bit everywhere;
/// <see cref="NextNormal"/> uses the platform's logarithm and cosine, so it is the same only up to rounding. An
/// instance is not safe for use by several threads at once: give each its own, by <see cref="Fork"/>.
/// </remarks>
public sealed class SeededRandom
{
    private ulong _a,
        _b,
        _c,
        _d;

    /// <summary>Starts the sequence that belongs to <paramref name="seed"/>.</summary>
    /// <param name="seed">Any number; 0 is as good as any other.</param>
    public SeededRandom(ulong seed) => Restart(seed);

    /// <summary>The complete state of the generator. Setting it continues the sequence from there, to the
    /// bit.</summary>
    /// <exception cref="ArgumentException">All four words are zero, which is not a state of this generator.</exception>
    public (ulong A, ulong B, ulong C, ulong D) State
    {
        get => (_a, _b, _c, _d);
        set
        {
            if (value == default)
            {
                throw new ArgumentException(
                    "Four zero words are not a state of this generator. Set a state that was read from it.",
                    nameof(value)
                );
            }

            (_a, _b, _c, _d) = value;
        }
    }

    /// <summary>Starts the sequence that belongs to <paramref name="seed"/>, as a new generator would.</summary>
    /// <param name="seed">Any number.</param>
    internal void Restart(ulong seed)
    {
        _a = SplitMix64(ref seed);
        _b = SplitMix64(ref seed);
        _c = SplitMix64(ref seed);
        _d = SplitMix64(ref seed);
    }

    /// <summary>Draws 64 random bits.</summary>
    internal ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>Draws a number from the uniform distribution over [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Draws a number from the uniform distribution over [<paramref name="low"/>, <paramref
    /// name="high"/>).</summary>
    /// <param name="low">The smallest number that can be drawn.</param>
    /// <param name="high">The end of the interval.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="high"/> is below <paramref name="low"/>, or either
    /// is NaN or infinite.</exception>
    public double NextUniform(double low, double high)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || high < low)
        {
            throw new ArgumentOutOfRangeException(
                nameof(high),
                $"The interval [{low}, {high}) is empty or not finite."
            );
        }

        return low + ((high - low) * NextDouble());
    }

    /// <summary>Draws a number from the normal distribution with mean 0 and standard deviation 1.</summary>
    /// <remarks>Box and Muller's transform (1958) of two uniform draws; the second normal number is not kept, so that
    /// every draw uses up the same amount of the sequence.</remarks>
    public double NextNormal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>Draws a whole number from 0 to <paramref name="count"/> − 1, each as likely as the others.</summary>
    /// <param name="count">How many numbers there are to draw from; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public int NextIndex(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        // Lemire's multiplication (2019); draws from the uneven rest are thrown away, so that no number is favoured.
        var unevenRest = unchecked(0UL - (ulong)count) % (ulong)count;
        while (true)
        {
            var high = Math.BigMul(NextBits(), (ulong)count, out var low);
            if (low >= unevenRest)
            {
                return (int)high;
            }
        }
    }

    /// <summary>Draws one of <paramref name="items"/>, each as likely as the others.</summary>
    /// <typeparam name="T">What is drawn.</typeparam>
    /// <param name="items">What to draw from; at least one item.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="items"/> is empty.</exception>
    internal T Pick<T>(IReadOnlyList<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return items[NextIndex(items.Count)];
    }

    /// <summary>Puts <paramref name="items"/> into a random order, in place (Fisher and Yates).</summary>
    /// <typeparam name="T">What is shuffled.</typeparam>
    /// <param name="items">What to shuffle.</param>
    internal void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextIndex(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>Makes an independent generator whose numbers depend only on this one's past draws.</summary>
    internal SeededRandom Fork() => new(NextBits());

    private static ulong SplitMix64(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
