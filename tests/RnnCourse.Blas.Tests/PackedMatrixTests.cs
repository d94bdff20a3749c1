using System.Numerics;

namespace RnnCourse.Blas.Tests;

public sealed class PackedMatrixTests
{
    [Fact]
    public void Products_with_a_packed_matrix_agree_with_the_plain_loop()
    {
        ProductCase.Any.Sample(Check<float>, iter: 400);
        ProductCase.Any.Sample(Check<double>, iter: 400);
    }

    [Fact]
    public void Deep_products_with_a_packed_matrix_agree_with_the_plain_loop() =>
        ProductCase.Deep.Sample(Check<float>, iter: 60);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void The_bits_are_the_same_for_any_number_of_threads(int threads)
    {
        var p = new ProductCase(259, 70, 530, true, false, 1, 1, 0, 4);
        Assert.Equal(With(1), With(threads));

        float[] With(int count)
        {
            var before = BlasThreads.Count;
            BlasThreads.Count = count;
            try
            {
                var x = p.Fill<float>();
                Multiply(p, x, new());
                return x.C;
            }
            finally
            {
                BlasThreads.Count = before;
            }
        }
    }

    [Fact]
    public void Packing_another_matrix_forgets_the_first()
    {
        var packed = new PackedMatrix<double>();
        var (large, small) = (
            new ProductCase(50, 9, 40, false, false, 1, 0, 0, 1),
            new ProductCase(5, 9, 4, true, false, 1, 0, 0, 2)
        );
        Check(large, packed);
        Check(small, packed);
        Assert.Equal((5, 4), (packed.Rows, packed.Columns));
        Check(large, packed);
    }

    [Fact]
    public void Packing_again_allocates_nothing()
    {
        var packed = new PackedMatrix<float>();
        var a = new float[300 * 70];
        packed.Pack(Transpose.No, 300, 70, a, 300);
        packed.Pack(Transpose.Yes, 70, 300, a, 300);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var k = 0; k < 10; k++)
        {
            packed.Pack(Transpose.Yes, 70, 300, a, 300);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Wrong_sizes_are_refused()
    {
        var packed = new PackedMatrix<float>();
        Assert.Throws<ArgumentException>(() => packed.Pack(Transpose.No, 3, 2, new float[5], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => packed.Pack(Transpose.No, 3, 2, new float[6], 2));
        Assert.Throws<NotSupportedException>(() => new PackedMatrix<Half>().Pack(Transpose.No, 1, 1, new Half[1], 1));
        packed.Pack(Transpose.No, 3, 2, new float[6], 3);
        Assert.Throws<ArgumentException>(() => packed.Multiply(2, new float[3], 2, 0, new float[6], 3));
        Assert.Throws<ArgumentException>(() => packed.Multiply(2, new float[4], 2, 0, new float[5], 3));
    }

    private static void Check<T>(ProductCase any)
        where T : unmanaged, IFloatingPointIeee754<T> => Check<T>(any, new());

    private static void Check<T>(ProductCase any, PackedMatrix<T> packed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var p = any with { Alpha = 1, TransposeB = false };
        var x = p.Fill<T>();
        var before = (T[])x.C.Clone();
        Multiply(p, x, packed);
        Reference.Check(p, x, before);
    }

    private static void Multiply<T>(ProductCase p, Buffers<T> x, PackedMatrix<T> packed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        packed.Pack(p.TransposeA ? Transpose.Yes : Transpose.No, p.M, p.K, x.A.AsSpan(x.Margin), p.Lda);
        packed.Multiply(p.N, x.B.AsSpan(x.Margin), p.Ldb, T.CreateChecked(p.Beta), x.C.AsSpan(x.Margin), p.Ldc);
    }
}
