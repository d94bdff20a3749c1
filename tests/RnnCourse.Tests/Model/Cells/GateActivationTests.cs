using System.Numerics;
using System.Runtime.Intrinsics;
using RnnCourse.Blas.Simd;
using RnnCourse.Model.Cells;

namespace RnnCourse.Tests.Model.Cells;

/// <summary>Every width of registers runs everywhere: .NET emulates widths that the hardware lacks.</summary>
public sealed unsafe class GateActivationTests
{
    private static readonly double[] Special =
    [
        0,
        -0.0,
        double.Epsilon,
        1e-30,
        -1e-12,
        1e-5,
        20,
        -20,
        40,
        -86,
        87,
        -87,
        100,
        -100,
        700,
        -700,
        710,
        -710,
        1e300,
        -1e300,
        double.PositiveInfinity,
        double.NegativeInfinity,
    ];

    [Fact]
    public void The_hyperbolic_tangent_is_right_to_a_few_units_in_the_last_place()
    {
        AllWidths<float>(Tanh, Math.Tanh, 4);
        AllWidths<double>(Tanh, Math.Tanh, 5);
    }

    [Fact]
    public void The_sigmoid_is_right_to_a_few_units_in_the_last_place()
    {
        AllWidths<float>(Sigmoid, x => 1 / (1 + Math.Exp(-x)), 5);
        AllWidths<double>(Sigmoid, x => 1 / (1 + Math.Exp(-x)), 6);
    }

    [Fact]
    public void NaN_stays_NaN()
    {
        Assert.All(
            [512, 256, 128, 0],
            width =>
            {
                Assert.True(double.IsNaN(Run<double>(Tanh, width, [double.NaN, 1])[0]));
                Assert.True(float.IsNaN(Run<float>(Sigmoid, width, [1, 2, float.NaN])[2]));
            }
        );
    }

    [Fact]
    public void Numbers_behind_the_last_are_untouched()
    {
        Assert.All(
            [512, 256, 128, 0],
            width =>
            {
                for (var count = 1; count < 40; count++)
                {
                    var x = new float[48];
                    Array.Fill(x, 7);
                    fixed (
                        float* a = x,
                            zeros = new float[48]
                    )
                    {
                        Sigmoid(width, a, zeros, count);
                    }

                    Assert.Equal(48 - count, x.Count(value => value == 7));
                    Assert.Single(x.Take(count).Distinct());
                }
            }
        );
    }

    private delegate void Function<T>(int width, T* x, T* zeros, nint count)
        where T : unmanaged;

    private static void AllWidths<T>(Function<T> function, Func<double, double> exact, double ulps)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = Special
            .Concat(Enumerable.Range(0, 20001).Select(k => (k - 10000) / 400.0))
            .Concat(Enumerable.Range(0, 4001).Select(k => (k - 2000) / 1e4))
            .Select(T.CreateTruncating)
            .ToArray();
        foreach (var width in new[] { 512, 256, 128, 0 })
        {
            var y = Run(function, width, x);
            for (var k = 0; k < x.Length; k++)
            {
                var expected = exact(double.CreateChecked(x[k]));
                var actual = double.CreateChecked(y[k]);

                // Tiny numbers, below the smallest normal number of the type.
                if (Math.Abs(expected) < (typeof(T) == typeof(float) ? 1e-37 : 1e-300))
                {
                    Assert.Equal(expected, actual, typeof(T) == typeof(float) ? 1e-37 : 1e-300);
                    continue;
                }

                var ulp =
                    double.CreateChecked(T.BitIncrement(T.Abs(T.CreateTruncating(expected))))
                    - Math.Abs(double.CreateChecked(T.CreateTruncating(expected)));
                Assert.True(
                    Math.Abs(actual - expected) <= ulps * ulp,
                    $"{width} bits, {typeof(T).Name}: f({x[k]}) is {actual:R}, not {expected:R}: "
                        + $"{Math.Abs(actual - expected) / ulp:0.0} units in the last place."
                );
            }
        }
    }

    private static T[] Run<T>(Function<T> function, int width, T[] x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var y = (T[])x.Clone();
        fixed (
            T* a = y,
                zeros = new T[x.Length]
        )
        {
            function(width, a, zeros, x.Length);
        }

        return y;
    }

    private static void Tanh<T>(int width, T* x, T* zeros, nint count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (width == 512)
        {
            GateActivation<T>.Tanh<Simd512<T>, Vector512<T>>(x, zeros, zeros, x, count);
        }
        else if (width == 256)
        {
            GateActivation<T>.Tanh<Simd256<T>, Vector256<T>>(x, zeros, zeros, x, count);
        }
        else if (width == 128)
        {
            GateActivation<T>.Tanh<Simd128<T>, Vector128<T>>(x, zeros, zeros, x, count);
        }
        else
        {
            GateActivation<T>.Tanh<SimdScalar<T>, T>(x, zeros, zeros, x, count);
        }
    }

    private static void Sigmoid<T>(int width, T* x, T* zeros, nint count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (width == 512)
        {
            GateActivation<T>.Sigmoid<Simd512<T>, Vector512<T>>(x, zeros, zeros, count);
        }
        else if (width == 256)
        {
            GateActivation<T>.Sigmoid<Simd256<T>, Vector256<T>>(x, zeros, zeros, count);
        }
        else if (width == 128)
        {
            GateActivation<T>.Sigmoid<Simd128<T>, Vector128<T>>(x, zeros, zeros, count);
        }
        else
        {
            GateActivation<T>.Sigmoid<SimdScalar<T>, T>(x, zeros, zeros, count);
        }
    }
}
