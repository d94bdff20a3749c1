using System.Numerics;
using RnnCourse.Blas.Simd;

namespace RnnCourse.Blas.Kernels;

/// <summary>The matrix–vector kernels of one vector width, by size.</summary>
internal static unsafe class VectorTable<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The largest size of a kernel here.</summary>
    public const int Most = 8;

    private static readonly nint[] Sweeps =
    [
        Sweep<N1>(),
        Sweep<N2>(),
        Sweep<N3>(),
        Sweep<N4>(),
        Sweep<N5>(),
        Sweep<N6>(),
        Sweep<N7>(),
        Sweep<N8>(),
    ];

    private static readonly nint[] Dots =
    [
        Dot<N1>(),
        Dot<N2>(),
        Dot<N3>(),
        Dot<N4>(),
        Dot<N5>(),
        Dot<N6>(),
        Dot<N7>(),
        Dot<N8>(),
    ];

    /// <summary>The kernel for a number of registers, 1 to <see cref="Most"/>.</summary>
    public static delegate* <nint, T*, nint, T*, nint, T*, T, T, int, void> SweepOf(int registers) =>
        (delegate* <nint, T*, nint, T*, nint, T*, T, T, int, void>)Sweeps[registers - 1];

    /// <summary>The kernel for a number of inner products, 1 to <see cref="Most"/>.</summary>
    public static delegate* <nint, T*, nint, T*, T*, nint, T, T, void> DotsOf(int columns) =>
        (delegate* <nint, T*, nint, T*, T*, nint, T, T, void>)Dots[columns - 1];

    private static nint Sweep<TRows>()
        where TRows : struct, ICount =>
        (nint)(delegate* <nint, T*, nint, T*, nint, T*, T, T, int, void>)&Kernels.Sweep<TSimd, TVector, T, TRows>.Run;

    private static nint Dot<TColumns>()
        where TColumns : struct, ICount =>
        (nint)(delegate* <nint, T*, nint, T*, T*, nint, T, T, void>)&Kernels.Dots<TSimd, TVector, T, TColumns>.Run;
}
