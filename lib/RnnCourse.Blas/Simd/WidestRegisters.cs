using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RnnCourse.Blas.Simd;

/// <summary>A loop over vectors, written once for all widths of registers.</summary>
/// <typeparam name="T">float or double.</typeparam>
public interface ISimdLoop<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Runs the loop. It is compiled once for each width.</summary>
    /// <typeparam name="TSimd">The operations of one width.</typeparam>
    /// <typeparam name="TVector">The register's type.</typeparam>
    void Run<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged;
}

/// <summary>Runs loops on the widest registers that this machine has.</summary>
public static class WidestRegisters
{
    /// <summary>Gets their bits: 512, 256 or 128; 0 if the hardware has no vector registers.</summary>
    /// <remarks>On some servers .NET reports AVX-512 as not accelerated, because it can lower the clock. Here the
    /// double width is faster all the same.</remarks>
    internal static int Bits =>
        Vector512.IsHardwareAccelerated || Avx512F.IsSupported ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 0;

    /// <summary>Runs a loop.</summary>
    /// <typeparam name="TLoop">The loop; a structure, so that the compiler makes code for it alone.</typeparam>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="loop">The loop with its data.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TLoop, T>(TLoop loop)
        where TLoop : struct, ISimdLoop<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Bits == 512)
        {
            loop.Run<Simd512<T>, Vector512<T>>();
        }
        else if (Bits == 256)
        {
            loop.Run<Simd256<T>, Vector256<T>>();
        }
        else if (Bits == 128)
        {
            loop.Run<Simd128<T>, Vector128<T>>();
        }
        else
        {
            loop.Run<SimdScalar<T>, T>();
        }
    }
}
