using System.Numerics;

namespace RnnCourse.Blas.Tests;

/// <summary>The plain triple loop, summed in pairs of doubles (about 106 bits): exact, as far as a float or a double
/// can tell.</summary>
public static class Reference
{
    /// <summary>The product's element (i, j) and the sum of the magnitudes that went into it, by which rounding is
    /// measured.</summary>
    public static (double Value, double Magnitude) Element<T>(ProductCase p, Buffers<T> x, T[] c, int i, int j)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (high, low, magnitude) = (0.0, 0.0, 0.0);
        void Add(double value, double factor)
        {
            var product = value * factor;
            var rest = Math.FusedMultiplyAdd(value, factor, -product);
            var sum = high + product;
            var back = sum - high;
            low += (high - (sum - back)) + (product - back) + rest;
            high = sum;
            magnitude += Math.Abs(product);
        }

        for (var q = 0; p.Alpha != 0 && q < p.K; q++)
        {
            var a = x.A[x.Margin + (p.TransposeA ? q + (i * p.Lda) : i + (q * p.Lda))];
            var b = x.B[x.Margin + (p.TransposeB ? j + (q * p.Ldb) : q + (j * p.Ldb))];
            Add(double.CreateChecked(a) * p.Alpha, double.CreateChecked(b));
        }

        if (p.Beta != 0)
        {
            Add(p.Beta, double.CreateChecked(c[x.Margin + i + (j * p.Ldc)]));
        }

        return (double.IsFinite(high) ? high + low : high, magnitude);
    }

    /// <summary>Checks every element of C against the loop, and every element around it against the canary.</summary>
    /// <remarks>The bound is the textbook's: k + 3 roundings, each at most ε/2 of the magnitudes; ε leaves a factor of
    /// two.</remarks>
    public static void Check<T>(ProductCase p, Buffers<T> x, T[] before)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var epsilon = typeof(T) == typeof(float) ? Math.Pow(2, -23) : Math.Pow(2, -52);
        for (var at = 0; at < x.C.Length; at++)
        {
            var (j, i) = Math.DivRem(at - x.Margin, p.Ldc);
            if (at < x.Margin || i >= p.M || j >= p.N)
            {
                Assert.True(x.C[at] == before[at], $"{p}: wrote {x.C[at]} outside C at {at}");
                continue;
            }

            var (value, magnitude) = Element(p, x, before, i, j);
            var error = Math.Abs(double.CreateChecked(x.C[at]) - value);
            Assert.True(
                error <= (p.K + 3) * epsilon * magnitude,
                $"{p}: C({i}, {j}) is {x.C[at]}, not {value}; error {error:E2}, magnitude {magnitude:E2}"
            );
        }
    }
}
