using System.Numerics;
using RnnCourse.Blas.Simd;

namespace RnnCourse.Blas.Products;

/// <summary>How a product is cut to fit the caches.</summary>
internal readonly struct Blocking
{
    // The same on every machine, and so is the order of the sums.
    public const int MostDepth = 512;

    // As they lie, A and B serve well while they are small: measured, packing costs up to a tenth at the course's
    // shapes. A is packed once its panel is read often enough for that not to matter, B once it outgrows the
    // second-level cache.
    private const int ColumnsToPackA = 512;
    private const int ColumnsToPackThinA = 48;
    private const int CacheLine = 64;
    private const int FarApart = 2048;
    private const int BytesToPackB = 1 << 18;
    private const int RowsToPackB = 256;

    /// <summary>Gets the most steps of the depth in a block.</summary>
    public required int Depth { get; init; }

    /// <summary>Gets the most columns in a block of B.</summary>
    public required int Columns { get; init; }

    /// <summary>Gets whether A is copied into panels first.</summary>
    public required bool PackA { get; init; }

    /// <summary>Gets whether B is copied into panels first.</summary>
    public required bool PackB { get; init; }

    /// <summary>Chooses from the sizes alone; the result's bits depend only on the depth.</summary>
    public static unsafe Blocking Of<TSimd, TVector, T>(in Product<T> product)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new()
        {
            Depth = MostDepth,
            Columns = 512,
            PackA = product.TransposeA || product.N >= ColumnsToPackA || IsThin<TSimd, TVector, T>(product),
            PackB = product.M >= RowsToPackB && (long)product.N * product.K * sizeof(T) >= BytesToPackB,
        };

    // A panel one cache line wide with its columns far apart uses few of the first-level cache's sets and falls out of
    // them.
    private static unsafe bool IsThin<TSimd, TVector, T>(in Product<T> product)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TSimd.TileRows * TSimd.Lanes * sizeof(T) <= CacheLine
        && product.StepA * sizeof(T) >= FarApart
        && product.N >= ColumnsToPackThinA;
}
