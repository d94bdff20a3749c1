using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using RnnCourse.Blas.Products;
using RnnCourse.Blas.Simd;

namespace RnnCourse.Model.Cells;

/// <summary>e to the power of many numbers.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>In place of <c>TensorPrimitives.Exp</c>: that starts unoptimised, a hundred times slower on 512-bit
/// registers, and on a busy machine stays so for seconds, longer than most trainings of the course take. The same up to
/// the last bits.</remarks>
internal static unsafe class Exponential<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>x ← e^x, number by number: 0 for −∞, NaN for NaN. For numbers of at most 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfNegative(Span<T> x)
    {
        fixed (T* first = x)
        {
            if (Route.RegisterBits == 512)
            {
                Each<Simd512<T>, Vector512<T>>(first, x.Length);
            }
            else if (Route.RegisterBits == 256)
            {
                Each<Simd256<T>, Vector256<T>>(first, x.Length);
            }
            else if (Route.RegisterBits == 128)
            {
                Each<Simd128<T>, Vector128<T>>(first, x.Length);
            }
            else
            {
                Each<SimdScalar<T>, T>(first, x.Length);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Each<TSimd, TVector>(T* x, nint count)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
    {
        for (nint k = 0; k < count; k += TSimd.Lanes)
        {
            var left = (int)(count - k);
            Lane<TSimd, TVector, T>.Store(
                x + k,
                Lane<TSimd, TVector, T>.ExpOfNegative(Lane<TSimd, TVector, T>.Load(x + k, left)),
                left
            );
        }
    }
}
