using System.Numerics;
using RnnCourse.Blas.Simd;

namespace RnnCourse.Blas.Kernels;

/// <summary>The kernels of one vector width and one layout of B, by the tile's height and width.</summary>
internal static unsafe class TileTable<TSimd, TVector, T, TLayout>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLayout : struct, ILayoutOfB
{
    private static readonly nint[] Kernels = [.. Row<N1>(), .. Row<N2>(), .. Row<N3>()];

    /// <summary>The kernel for a tile of the given height (registers, 1 to 3) and width (columns, 1 to 8).</summary>
    public static delegate* <nint, T*, nint, T*, nint, T*, nint, T, T, int, void> For(int rows, int columns) =>
        (delegate* <nint, T*, nint, T*, nint, T*, nint, T, T, int, void>)Kernels[((rows - 1) * 8) + columns - 1];

    private static nint[] Row<TRows>()
        where TRows : struct, ICount =>
        [
            Of<TRows, N1>(),
            Of<TRows, N2>(),
            Of<TRows, N3>(),
            Of<TRows, N4>(),
            Of<TRows, N5>(),
            Of<TRows, N6>(),
            Of<TRows, N7>(),
            Of<TRows, N8>(),
        ];

    private static nint Of<TRows, TColumns>()
        where TRows : struct, ICount
        where TColumns : struct, ICount =>
        (nint)
            (delegate* <nint, T*, nint, T*, nint, T*, nint, T, T, int, void>)
                &Tile<TSimd, TVector, T, TRows, TColumns, TLayout>.Run;
}
