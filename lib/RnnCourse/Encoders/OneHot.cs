using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Encoders;

/// <summary>Turns symbols' numbers into vectors, and back.</summary>
/// <remarks>The fast models don't need it: they take the numbers and look up columns.</remarks>
public static class OneHot
{
    /// <summary>Turns each symbol into a vector of zeros with a single 1 at the symbol's number, and padding into
    /// zeros.</summary>
    /// <param name="symbols">The numbers, n of them, each from 0 to <paramref name="size"/> − 1, or <see
    /// cref="Vocabulary.Padding"/>.</param>
    /// <param name="size">D, how many symbols there are.</param>
    /// <returns>n vectors of shape (D).</returns>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static IReadOnlyList<Vector<double>> Encode(IReadOnlyList<int> symbols, int size)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return
        [
            .. symbols.Select(
                (symbol, k) =>
                {
                    if (symbol < Vocabulary.Padding || symbol >= size)
                    {
                        throw new ArgumentException(
                            $"Symbol {k} is {symbol}; symbols are 0 to {size - 1}, or "
                                + $"{Vocabulary.Padding} for padding.",
                            nameof(symbols)
                        );
                    }
                    var x_i = Vector<double>.Build.Dense(size);
                    if (symbol >= 0)
                    {
                        x_i[symbol] = 1;
                    }
                    return x_i;
                }
            ),
        ];
    }

    /// <summary>Finds the place of each vector's largest number: its symbol, or an output's most probable class. The
    /// first, if several are as large.</summary>
    /// <param name="vectors">The vectors, n of them, each of shape (D).</param>
    /// <returns>The numbers, of shape (n); <see cref="Vocabulary.Padding"/> for a vector of zeros.</returns>
    internal static int[] Decode(IEnumerable<Vector<double>> vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        return
        [
            .. vectors.Select(vector =>
                vector.Exists(value => value != 0) ? vector.MaximumIndex() : Vocabulary.Padding
            ),
        ];
    }
}
