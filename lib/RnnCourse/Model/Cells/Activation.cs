using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCourse.Blas.Simd;

namespace RnnCourse.Model.Cells;

/// <summary>Nonlinearities of many numbers that lie side by side, the sums completed on the way.</summary>
internal static unsafe class Activation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>a ← σ(a + b + u).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sigmoid<TSimd, TVector>(T* a, T* b, T* u, nint count)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
    {
        for (nint k = 0; k < count; k += TSimd.Lanes)
        {
            var left = (int)(count - k);
            var sum = TSimd.Add(
                Lane<TSimd, TVector, T>.Load(a + k, left),
                TSimd.Add(Lane<TSimd, TVector, T>.Load(b + k, left), Lane<TSimd, TVector, T>.Load(u + k, left))
            );
            Lane<TSimd, TVector, T>.Store(a + k, Lane<TSimd, TVector, T>.Sigmoid(sum), left);
        }
    }

    /// <summary>y ← tanh(a + b + u).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tanh<TSimd, TVector>(T* a, T* b, T* u, T* y, nint count)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
    {
        for (nint k = 0; k < count; k += TSimd.Lanes)
        {
            var left = (int)(count - k);
            var sum = TSimd.Add(
                Lane<TSimd, TVector, T>.Load(a + k, left),
                TSimd.Add(Lane<TSimd, TVector, T>.Load(b + k, left), Lane<TSimd, TVector, T>.Load(u + k, left))
            );
            Lane<TSimd, TVector, T>.Store(y + k, Lane<TSimd, TVector, T>.Tanh(sum), left);
        }
    }
}
