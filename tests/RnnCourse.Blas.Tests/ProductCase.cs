using System.Numerics;
using CsCheck;

namespace RnnCourse.Blas.Tests;

/// <summary>One random product: its shape, its factors, and buffers with canaries around and between the
/// columns.</summary>
public sealed record ProductCase(
    int M,
    int N,
    int K,
    bool TransposeA,
    bool TransposeB,
    double Alpha,
    double Beta,
    int Spare,
    int Seed
)
{
    /// <summary>The value of the memory outside the matrices; no product may change it.</summary>
    public const double Canary = 12345;

    private const int Margin = 5;

    public static readonly Gen<ProductCase> Any = Cases(Gen.Frequency((3, Gen.Int[0, 20]), (2, Gen.Int[21, 110])));

    public static readonly Gen<ProductCase> Deep = Cases(Gen.Int[1, 12], Gen.Int[300, 1100]);

    public static readonly Gen<ProductCase> FewVectors = Cases(
        Gen.Frequency((2, Gen.Int[1, 5]), (1, Gen.Int[6, 70])),
        Gen.Int[30, 80]
    );

    public int Lda => Math.Max(1, TransposeA ? K : M) + Spare;

    public int Ldb => Math.Max(1, TransposeB ? N : K) + Spare;

    public int Ldc => Math.Max(1, M) + Spare;

    public static Gen<ProductCase> Cases(Gen<int> size, Gen<int>? depth = null)
    {
        var factor = Gen.OneOf(0.0, 1.0, -1.0, 0.5, -2.25);
        var shape = Gen.Select(size, size, depth ?? size, Gen.Bool, Gen.Bool);
        return Gen.Select(shape, factor, factor, Gen.Int[0, 3], Gen.Int)
            .Select(
                (s, alpha, beta, spare, seed) =>
                    new ProductCase(s.Item1, s.Item2, s.Item3, s.Item4, s.Item5, alpha, beta, spare, seed)
            );
    }

    /// <summary>The three buffers, filled with numbers from −1 to 1, and canaries everywhere else.</summary>
    public Buffers<T> Fill<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(Seed);
        return new Buffers<T>(
            GemmBlock<T>(random, TransposeA ? K : M, TransposeA ? M : K, Lda),
            GemmBlock<T>(random, TransposeB ? N : K, TransposeB ? K : N, Ldb),
            GemmBlock<T>(random, M, N, Ldc),
            Margin
        );
    }

    private static T[] GemmBlock<T>(Random random, int rows, int columns, int ld)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var buffer = new T[(ld * columns) + (2 * Margin)];
        Array.Fill(buffer, T.CreateChecked(Canary));
        for (var j = 0; j < columns; j++)
        {
            for (var i = 0; i < rows; i++)
            {
                buffer[Margin + i + (j * ld)] = T.CreateTruncating((2 * random.NextDouble()) - 1);
            }
        }

        return buffer;
    }
}

/// <summary>The buffers of a case; the matrices start after the margin.</summary>
public sealed record Buffers<T>(T[] A, T[] B, T[] C, int Margin);
