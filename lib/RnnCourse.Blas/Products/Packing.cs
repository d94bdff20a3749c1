using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCourse.Blas.Simd;

namespace RnnCourse.Blas.Products;

/// <summary>Copies blocks into panels, where the numbers that one step of the depth needs lie side by side.</summary>
internal static unsafe class Packing<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Copies a panel whose rows are contiguous already: <c>target[p·targetStep + i] = source[p·sourceStep +
    /// i]</c>.</summary>
    /// <param name="source">The block's first element.</param>
    /// <param name="sourceStep">Distance between two steps of the depth.</param>
    /// <param name="width">Numbers per step of the depth.</param>
    /// <param name="depth">Steps of the depth.</param>
    /// <param name="target">The panel.</param>
    /// <param name="targetStep">The panel's width; if it is more than <paramref name="width"/>, a multiple of the
    /// lanes, and filled up with zeros.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Straight(T* source, nint sourceStep, int width, int depth, T* target, nint targetStep)
    {
        var whole = width - (width % TSimd.Lanes);
        for (var p = 0; p < depth; p++)
        {
            var i = 0;
            for (; i < whole; i += TSimd.Lanes)
            {
                TSimd.Store(target + i, TSimd.Load(source + i));
            }

            if (i < width)
            {
                var last = TSimd.LoadFirst(source + i, width - i);
                if (targetStep >= i + TSimd.Lanes)
                {
                    TSimd.Store(target + i, last);
                }
                else
                {
                    TSimd.StoreFirst(target + i, last, width - i);
                }
            }

            source += sourceStep;
            target += targetStep;
        }
    }

    /// <summary>Copies a panel whose columns are contiguous: <c>target[p·targetStep + i] = source[i·sourceStep +
    /// p]</c>.</summary>
    /// <remarks>Positions from <paramref name="width"/> to the panel's own width hold zeros or copies of the last
    /// column: no element of C sees them.</remarks>
    /// <param name="source">The block's first element.</param>
    /// <param name="sourceStep">Distance between two positions of the panel.</param>
    /// <param name="width">Numbers per step of the depth.</param>
    /// <param name="depth">Steps of the depth.</param>
    /// <param name="target">The panel, with room for <see cref="Transposition.Side"/> more elements.</param>
    /// <param name="targetStep">The panel's width.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transposed(T* source, nint sourceStep, int width, int depth, T* target, nint targetStep)
    {
        var whole = Transposition.Suits(width, targetStep) ? depth - (depth % Transposition.DepthStep) : 0;
        if (whole > 0)
        {
            for (var i = 0; i < width; i += Transposition.Side)
            {
                Transposition.Strip(source + (i * sourceStep), sourceStep, width - i, whole, target + i, targetStep);
            }
        }

        for (nint p = whole; p < depth; p++)
        {
            for (var i = 0; i < width; i++)
            {
                target[(p * targetStep) + i] = source[(i * sourceStep) + p];
            }

            for (var i = width; i < targetStep; i++)
            {
                target[(p * targetStep) + i] = T.Zero;
            }
        }
    }
}
