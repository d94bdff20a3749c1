using CsCheck;
using MathNet.Numerics.Providers.LinearAlgebra;
using Operation = MathNet.Numerics.Providers.LinearAlgebra.Transpose;

namespace RnnCourse.Blas.Tests.Providers;

/// <summary>Seen as Math.NET sees it: through the interface.</summary>
public sealed class GemmProviderTests
{
#pragma warning disable CA1859 // The class shows its operations through the interface only.
    private static readonly ILinearAlgebraProvider Ours = new SimdLinearAlgebraProvider();
#pragma warning restore CA1859

    private static readonly ManagedLinearAlgebraProvider Theirs = ManagedLinearAlgebraProvider.Instance;

    private static readonly Gen<(double[] X, double[] Y)> Pairs = Gen.Int[0, 300]
        .SelectMany(n => Gen.Select(Gen.Double[-1, 1].Array[n], Gen.Double[-1, 1].Array[n]));

    [Fact]
    public void Products_with_update_are_Math_NETs_for_every_transpose() =>
        Gen.Select(
                Gen.Int[1, 30],
                Gen.Int[1, 30],
                Gen.Int[1, 30],
                Gen.Enum<Operation>(),
                Gen.Enum<Operation>(),
                Gen.Int
            )
            .Sample(
                (m, n, k, ta, tb, seed) =>
                {
                    var random = new Random(seed);
                    double[] a = Numbers(random, m * k),
                        b = Numbers(random, k * n),
                        ours = Numbers(random, m * n);
                    var theirs = (double[])ours.Clone();
                    var (rowsA, columnsA) = ta == Operation.DontTranspose ? (m, k) : (k, m);
                    var (rowsB, columnsB) = tb == Operation.DontTranspose ? (k, n) : (n, k);
                    Ours.MatrixMultiplyWithUpdate(ta, tb, 1.5, a, rowsA, columnsA, b, rowsB, columnsB, -0.5, ours);
                    Theirs.MatrixMultiplyWithUpdate(ta, tb, 1.5, a, rowsA, columnsA, b, rowsB, columnsB, -0.5, theirs);
                    Close(theirs, ours);

                    float[] a32 = Singles(a),
                        b32 = Singles(b),
                        c32 = new float[m * n];
                    Ours.MatrixMultiplyWithUpdate(ta, tb, 1.5f, a32, rowsA, columnsA, b32, rowsB, columnsB, 0f, c32);
                    Theirs.MatrixMultiplyWithUpdate(ta, tb, 1.5, a, rowsA, columnsA, b, rowsB, columnsB, 0, theirs);
                    Close(theirs, Array.ConvertAll(c32, x => (double)x), 1e-4);
                }
            );

    [Fact]
    public void The_result_may_be_one_of_the_factors()
    {
        double[] a = [1, 3, 2, 4],
            b = [5, 7, 6, 8];
        var left = (double[])a.Clone();
        Ours.MatrixMultiply(left, 2, 2, b, 2, 2, left);
        Assert.Equal([19, 43, 22, 50], left);
        var right = (double[])b.Clone();
        Ours.MatrixMultiply(a, 2, 2, right, 2, 2, right);
        Assert.Equal([19, 43, 22, 50], right);
    }

    // Large enough for several tiles, since a small product reads everything before it writes the first number.
    [Fact]
    public void The_result_may_be_one_of_the_factors_also_where_it_is_written_in_parts()
    {
        const int Size = 150;
        var random = new Random(1);
        double[] a = Numbers(random, Size * Size),
            b = Numbers(random, Size * Size),
            apart = new double[Size * Size];
        Ours.MatrixMultiply(a, Size, Size, b, Size, Size, apart);
        var left = (double[])a.Clone();
        Ours.MatrixMultiply(left, Size, Size, b, Size, Size, left);
        Assert.Equal(apart, left);
        var right = (double[])b.Clone();
        Ours.MatrixMultiply(a, Size, Size, right, Size, Size, right);
        Assert.Equal(apart, right);
    }

    [Fact]
    public void Factors_that_do_not_fit_are_refused_with_their_sizes()
    {
        var inner = Assert.Throws<ArgumentOutOfRangeException>(() =>
            Ours.MatrixMultiply(new double[6], 2, 3, new double[8], 4, 2, new double[4])
        );
        Assert.Contains("2 × 3 and 4 × 2", inner.Message, StringComparison.Ordinal);
        var result = Assert.Throws<ArgumentOutOfRangeException>(() =>
            Ours.MatrixMultiply(new double[6], 2, 3, new double[6], 3, 2, new double[5])
        );
        Assert.Contains(
            "The product is 2 × 2, but the array for it has 5 elements",
            result.Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() =>
            Ours.MatrixMultiply(new float[5], 2, 3, new float[6], 3, 2, new float[4])
        );
        Assert.Throws<ArgumentNullException>(() => Ours.MatrixMultiply(null!, 2, 3, new float[6], 3, 2, new float[4]));
    }

    [Fact]
    public void Elementwise_operations_are_Math_NETs() =>
        Pairs.Sample(p =>
        {
            var n = p.X.Length;
            double[] ours = new double[n],
                theirs = new double[n];
            foreach (
                var (mine, other) in (Span<(Action<double[]>, Action<double[]>)>)
                    [
                        (r => Ours.AddArrays(p.X, p.Y, r), r => Theirs.AddArrays(p.X, p.Y, r)),
                        (r => Ours.SubtractArrays(p.X, p.Y, r), r => Theirs.SubtractArrays(p.X, p.Y, r)),
                        (
                            r => Ours.PointWiseMultiplyArrays(p.X, p.Y, r),
                            r => Theirs.PointWiseMultiplyArrays(p.X, p.Y, r)
                        ),
                        (r => Ours.PointWiseDivideArrays(p.X, p.Y, r), r => Theirs.PointWiseDivideArrays(p.X, p.Y, r)),
                        (r => Ours.ScaleArray(2.5, p.X, r), r => Theirs.ScaleArray(2.5, p.X, r)),
                        (
                            r => Ours.AddVectorToScaledVector(p.Y, 1, p.X, r),
                            r => Theirs.AddVectorToScaledVector(p.Y, 1, p.X, r)
                        ),
                        (
                            r => Ours.AddVectorToScaledVector(p.Y, -2, p.X, r),
                            r => Theirs.AddVectorToScaledVector(p.Y, -2, p.X, r)
                        ),
                    ]
            )
            {
                mine(ours);
                other(theirs);
                Assert.Equal(theirs, ours);
            }

            Assert.Equal(Theirs.DotProduct(p.X, p.Y), Ours.DotProduct(p.X, p.Y), 1e-12);
            var (x, y, z) = (Singles(p.X), Singles(p.Y), new float[n]);
            Ours.AddArrays(x, y, z);
            Assert.Equal(x.Zip(y, (u, v) => u + v), z);
            Assert.Equal(Theirs.DotProduct(p.X, p.Y), Ours.DotProduct(x, y), 1e-4);
        });

    [Fact]
    public void Arrays_of_different_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Ours.AddArrays(new double[2], new double[3], new double[3]));
        Assert.Throws<ArgumentException>(() => Ours.ScaleArray(2f, new float[2], new float[3]));
        Assert.Throws<ArgumentException>(() => Ours.DotProduct(new float[2], new float[3]));
        Assert.Throws<ArgumentNullException>(() => Ours.PointWiseDivideArrays(new float[2], null!, new float[2]));
    }

    [Fact]
    public void What_is_not_accelerated_is_inherited()
    {
        double[] a = [4, 1, 2, 3],
            b = [1, 2];
        Ours.LUSolve(1, (double[])a.Clone(), 2, b);
        Assert.Equal(-0.1, b[0], 1e-12);
        Assert.Equal(0.7, b[1], 1e-12);
        System.Numerics.Complex[] i = [System.Numerics.Complex.ImaginaryOne],
            square = new System.Numerics.Complex[1];
        Ours.MatrixMultiply(i, 1, 1, i, 1, 1, square);
        Assert.Equal(-1, square[0].Real);
        Assert.True(Ours.IsAvailable());
    }

    private static double[] Numbers(Random random, int n)
    {
        var numbers = new double[n];
        for (var i = 0; i < n; i++)
        {
            numbers[i] = (2 * random.NextDouble()) - 1;
        }

        return numbers;
    }

    private static float[] Singles(double[] x) => Array.ConvertAll(x, v => (float)v);

    private static void Close(double[] expected, double[] actual, double tolerance = 1e-12)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }
}
