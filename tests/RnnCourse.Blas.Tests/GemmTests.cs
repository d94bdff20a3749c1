using System.Numerics;
using CsCheck;

namespace RnnCourse.Blas.Tests;

public sealed class GemmTests
{
    [Fact]
    public void A_two_by_two_product_is_right()
    {
        double[] a = [1, 3, 2, 4],
            b = [5, 7, 6, 8],
            c = new double[4];
        Gemm.Multiply(Transpose.No, Transpose.No, 2, 2, 2, 1.0, a, 2, b, 2, 0.0, c, 2);
        Assert.Equal([19, 43, 22, 50], c);
    }

    [Fact]
    public void Float_products_of_any_shape_agree_with_the_plain_loop() =>
        ProductCase.Any.Sample(Check<float>, iter: 700);

    [Fact]
    public void Double_products_of_any_shape_agree_with_the_plain_loop() =>
        ProductCase.Any.Sample(Check<double>, iter: 700);

    [Fact]
    public void Deep_float_products_agree_with_the_plain_loop() => ProductCase.Deep.Sample(Check<float>, iter: 100);

    [Fact]
    public void Deep_double_products_agree_with_the_plain_loop() => ProductCase.Deep.Sample(Check<double>, iter: 100);

    [Fact]
    public void Products_of_a_few_vectors_agree_with_the_plain_loop()
    {
        ProductCase.FewVectors.Sample(Check<float>, iter: 400);
        ProductCase.FewVectors.Sample(Check<double>, iter: 400);
    }

    [Theory]
    [InlineData(300, 300, 300)]
    [InlineData(512, 64, 512)]
    [InlineData(7, 1100, 450)]
    [InlineData(1100, 9, 450)]
    public void Large_products_agree_with_the_plain_loop(int m, int n, int k)
    {
        foreach (var (ta, tb) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            Check<float>(new ProductCase(m, n, k, ta, tb, 1, 0, 0, 1));
            Check<double>(new ProductCase(m, n, k, ta, tb, -1, 1, 3, 2));
        }
    }

    [Theory]
    [InlineData(5, 4, 3)]
    [InlineData(40, 1, 30)]
    [InlineData(1, 40, 30)]
    [InlineData(4, 4, 0)]
    [InlineData(100, 33, 500)]
    public void Beta_zero_overwrites_NaN(int m, int n, int k)
    {
        var p = new ProductCase(m, n, k, false, true, 1, 0, 0, 3);
        var x = p.Fill<float>();
        x.C.AsSpan(x.Margin, m * n).Fill(float.NaN);
        Multiply(p, x);
        for (var i = 0; i < m * n; i++)
        {
            Assert.Equal(Reference.Element(p, x, x.C, i % m, i / m).Value, x.C[x.Margin + i], 1e-4);
        }
    }

    [Fact]
    public void Alpha_zero_reads_neither_A_nor_B()
    {
        float[] a = [float.NaN],
            b = [float.PositiveInfinity],
            c = [3];
        Gemm.Multiply(Transpose.No, Transpose.No, 1, 1, 1, 0f, a, 1, b, 1, 2f, c, 1);
        Assert.Equal([6], c);
    }

    [Fact]
    public void One_NaN_or_infinity_reaches_just_the_elements_that_plain_arithmetic_gives_it_to() =>
        Gen.Select(
                ProductCase.Cases(Gen.Frequency((1, Gen.Const(1)), (3, Gen.Int[1, 60]))),
                Gen.OneOf(double.NaN, double.PositiveInfinity, double.NegativeInfinity),
                Gen.Bool,
                Gen.Int[0, 100000],
                Gen.Bool
            )
            .Sample(
                (p, special, inA, at, zeros) =>
                {
                    p = p with { Alpha = 1, Spare = 0 };
                    var x = p.Fill<float>();
                    var (hit, other) = inA ? (x.A, x.B) : (x.B, x.A);
                    if (zeros)
                    {
                        Array.Clear(other);
                    }

                    hit[x.Margin + (at % (hit.Length - (2 * x.Margin)))] = (float)special;
                    var before = (float[])x.C.Clone();
                    Multiply(p, x);
                    for (var i = 0; i < p.M * p.N; i++)
                    {
                        var expected = (float)Plain(p, x, before, i % p.M, i / p.M);
                        var actual = x.C[x.Margin + i];
                        Assert.True(
                            float.IsFinite(expected) ? Math.Abs(expected - actual) < 1e-3 : expected.Equals(actual),
                            $"{p}: element {i} is {actual}, not {expected}"
                        );
                    }
                }
            );

    [Theory]
    [InlineData(-1, 1, 1, 1, 1, 1)]
    [InlineData(2, 2, 2, 1, 2, 2)]
    [InlineData(2, 2, 2, 2, 1, 2)]
    [InlineData(2, 2, 2, 2, 2, 1)]
    [InlineData(0, 0, 0, 0, 1, 1)]
    public void Impossible_sizes_are_refused(int m, int n, int k, int lda, int ldb, int ldc)
    {
        var c = new float[16];
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Gemm.Multiply(Transpose.No, Transpose.No, m, n, k, 1f, new float[16], lda, new float[16], ldb, 0f, c, ldc)
        );
    }

    [Theory]
    [InlineData(5, 9, 9, "A")]
    [InlineData(9, 5, 9, "B")]
    [InlineData(9, 9, 5, "C")]
    public void A_buffer_that_is_too_short_is_named(int a, int b, int c, string name)
    {
        var refused = Assert.Throws<ArgumentException>(() =>
            Gemm.Multiply(
                Transpose.No,
                Transpose.No,
                3,
                3,
                3,
                1.0,
                new double[a],
                3,
                new double[b],
                3,
                0.0,
                new double[c],
                3
            )
        );
        Assert.Contains(
            $"Matrix {name} of 3 × 3 with leading dimension 3 needs 9 elements, but its buffer has 5.",
            refused.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_last_column_need_not_fill_its_leading_dimension()
    {
        float[] a = [1, 2, 0, 3, 4],
            b = [1, 1],
            c = [0, 0];
        Gemm.Multiply(Transpose.No, Transpose.No, 2, 1, 2, 1f, a, 3, b, 2, 0f, c, 2);
        Assert.Equal([4, 6], c);
    }

    [Fact]
    public void A_type_without_kernels_is_refused() =>
        Assert.Throws<NotSupportedException>(() =>
            Gemm.Multiply(
                Transpose.No,
                Transpose.No,
                1,
                1,
                1,
                Half.One,
                new Half[1],
                1,
                new Half[1],
                1,
                Half.Zero,
                new Half[1],
                1
            )
        );

    internal static void Multiply<T>(ProductCase p, Buffers<T> x, IGemm? gemm = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Gemm.MultiplyWith(
            gemm ?? BlasSelection.CurrentGemm,
            p.TransposeA ? Transpose.Yes : Transpose.No,
            p.TransposeB ? Transpose.Yes : Transpose.No,
            p.M,
            p.N,
            p.K,
            T.CreateChecked(p.Alpha),
            x.A.AsSpan(x.Margin),
            p.Lda,
            x.B.AsSpan(x.Margin),
            p.Ldb,
            T.CreateChecked(p.Beta),
            x.C.AsSpan(x.Margin),
            p.Ldc
        );

    internal static void Check<T>(ProductCase p, IGemm? gemm)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = p.Fill<T>();
        var before = (T[])x.C.Clone();
        Multiply(p, x, gemm);
        Reference.Check(p, x, before);
    }

    private static void Check<T>(ProductCase p)
        where T : unmanaged, IFloatingPointIeee754<T> => Check<T>(p, null);

    // No compensation here, since it would turn an infinity into NaN.
    private static double Plain(ProductCase p, Buffers<float> x, float[] c, int i, int j)
    {
        var sum = p.Beta == 0 ? 0 : p.Beta * c[x.Margin + i + (j * p.Ldc)];
        for (var q = 0; q < p.K; q++)
        {
            sum +=
                (double)x.A[x.Margin + (p.TransposeA ? q + (i * p.Lda) : i + (q * p.Lda))]
                * x.B[x.Margin + (p.TransposeB ? j + (q * p.Ldb) : q + (j * p.Ldb))];
        }

        return sum;
    }
}
