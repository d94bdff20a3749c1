using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnCourse.Blas.Providers;

/// <summary>Operations on whole arrays, a vector register at a time.</summary>
internal static class Elementwise
{
    public static void Add<T>(T[] x, T[] y, T[] result)
        where T : struct, INumber<T> => Each<T, Sum<T>>(x, y, result);

    public static void Subtract<T>(T[] x, T[] y, T[] result)
        where T : struct, INumber<T> => Each<T, Difference<T>>(x, y, result);

    public static void Multiply<T>(T[] x, T[] y, T[] result)
        where T : struct, INumber<T> => Each<T, Product<T>>(x, y, result);

    public static void Divide<T>(T[] x, T[] y, T[] result)
        where T : struct, INumber<T> => Each<T, Quotient<T>>(x, y, result);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled<T>(T[] y, T alpha, T[] x, T[] result)
        where T : struct, INumber<T>
    {
        Require(y, x, result);
        var i = 0;
        var factor = new Vector<T>(alpha);
        for (; i <= result.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            (new Vector<T>(y, i) + (factor * new Vector<T>(x, i))).CopyTo(result, i);
        }

        for (; i < result.Length; i++)
        {
            result[i] = y[i] + (alpha * x[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale<T>(T alpha, T[] x, T[] result)
        where T : struct, INumber<T>
    {
        Require(x, x, result);
        var i = 0;
        var factor = new Vector<T>(alpha);
        for (; i <= result.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            (factor * new Vector<T>(x, i)).CopyTo(result, i);
        }

        for (; i < result.Length; i++)
        {
            result[i] = alpha * x[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Dot<T>(T[] x, T[] y)
        where T : struct, INumber<T>
    {
        Require(x, y, x);
        var i = 0;
        Vector<T> s0 = default,
            s1 = default,
            s2 = default,
            s3 = default;
        var step = Vector<T>.Count;
        for (; i <= x.Length - (4 * step); i += 4 * step)
        {
            s0 += new Vector<T>(x, i) * new Vector<T>(y, i);
            s1 += new Vector<T>(x, i + step) * new Vector<T>(y, i + step);
            s2 += new Vector<T>(x, i + (2 * step)) * new Vector<T>(y, i + (2 * step));
            s3 += new Vector<T>(x, i + (3 * step)) * new Vector<T>(y, i + (3 * step));
        }

        var sum = Vector.Sum((s0 + s1) + (s2 + s3));
        for (; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Each<T, TOperation>(T[] x, T[] y, T[] result)
        where T : struct, INumber<T>
        where TOperation : struct, IOperation<T>
    {
        Require(x, y, result);
        var i = 0;
        for (; i <= result.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            TOperation.Of(new Vector<T>(x, i), new Vector<T>(y, i)).CopyTo(result, i);
        }

        for (; i < result.Length; i++)
        {
            result[i] = TOperation.Of(x[i], y[i]);
        }
    }

    private static void Require<T>(T[] x, T[] y, T[] result)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(result);
        if (x.Length != y.Length || x.Length != result.Length)
        {
            throw new ArgumentException(
                $"The arrays must be of one length, but have {x.Length}, {y.Length} and, for the result, "
                    + $"{result.Length} elements."
            );
        }
    }

    private interface IOperation<T>
        where T : struct
    {
        static abstract Vector<T> Of(Vector<T> x, Vector<T> y);

        static abstract T Of(T x, T y);
    }

    private readonly struct Sum<T> : IOperation<T>
        where T : struct, INumber<T>
    {
        public static Vector<T> Of(Vector<T> x, Vector<T> y) => x + y;

        public static T Of(T x, T y) => x + y;
    }

    private readonly struct Difference<T> : IOperation<T>
        where T : struct, INumber<T>
    {
        public static Vector<T> Of(Vector<T> x, Vector<T> y) => x - y;

        public static T Of(T x, T y) => x - y;
    }

    private readonly struct Product<T> : IOperation<T>
        where T : struct, INumber<T>
    {
        public static Vector<T> Of(Vector<T> x, Vector<T> y) => x * y;

        public static T Of(T x, T y) => x * y;
    }

    private readonly struct Quotient<T> : IOperation<T>
        where T : struct, INumber<T>
    {
        public static Vector<T> Of(Vector<T> x, Vector<T> y) => x / y;

        public static T Of(T x, T y) => x / y;
    }
}
