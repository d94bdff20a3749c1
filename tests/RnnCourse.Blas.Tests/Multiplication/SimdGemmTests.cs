using System.Numerics;
using System.Runtime.Intrinsics;
using RnnCourse.Blas.Multiplication;
using RnnCourse.Blas.Simd;

namespace RnnCourse.Blas.Tests.Multiplication;

/// <summary>Every register width, whether or not this machine would choose it: without the hardware, the same code runs
/// on emulated registers.</summary>
public sealed class SimdGemmTests
{
    [Fact]
    public void With_512_bits_products_agree_with_the_plain_loop()
    {
        Sample<Simd512<float>, Vector512<float>, float>();
        Sample<Simd512<double>, Vector512<double>, double>();
    }

    [Fact]
    public void With_256_bits_products_agree_with_the_plain_loop()
    {
        Sample<Simd256<float>, Vector256<float>, float>();
        Sample<Simd256<double>, Vector256<double>, double>();
    }

    [Fact]
    public void With_128_bits_products_agree_with_the_plain_loop()
    {
        Sample<Simd128<float>, Vector128<float>, float>();
        Sample<Simd128<double>, Vector128<double>, double>();
    }

    [Fact]
    public void Without_vectors_products_agree_with_the_plain_loop()
    {
        Sample<SimdScalar<float>, float, float>();
        Sample<SimdScalar<double>, double, double>();
    }

    [Theory]
    [InlineData(700, 300, 130)]
    [InlineData(500, 40, 600)]
    [InlineData(1000, 1, 700)]
    [InlineData(1, 1000, 700)]
    [InlineData(3, 1000, 700)]
    [InlineData(1000, 2, 700)]
    public void Every_number_of_threads_gives_the_same_bits(int m, int n, int k)
    {
        for (var transposes = 0; transposes < 4; transposes++)
        {
            var p = new ProductCase(m, n, k, (transposes & 1) != 0, (transposes & 2) != 0, 1.5, -0.5, 1, 7);
            SameBits<Simd512<float>, Vector512<float>, float>(p);
            SameBits<Simd256<double>, Vector256<double>, double>(p);
        }
    }

    private static void Sample<TSimd, TVector, T>()
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        static void Check(ProductCase p)
        {
            var x = p.Fill<T>();
            var before = (T[])x.C.Clone();
            Multiply<TSimd, TVector, T>(p, x, 1);
            Reference.Check(p, x, before);
        }

        ProductCase.Any.Sample(Check, iter: 200);
        ProductCase.Deep.Sample(Check, iter: 15);
        ProductCase.FewVectors.Sample(Check, iter: 60);
        Check(new ProductCase(263, 131, 400, true, false, 1, 0, 1, 5));
        Check(new ProductCase(300, 300, 300, false, true, 1, 1, 0, 6));
    }

    private static void SameBits<TSimd, TVector, T>(ProductCase p)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var alone = p.Fill<T>();
        Multiply<TSimd, TVector, T>(p, alone, 1);
        foreach (var threads in (int[])[2, 3, 16])
        {
            var shared = p.Fill<T>();
            Multiply<TSimd, TVector, T>(p, shared, threads);
            Assert.True(alone.C.AsSpan().SequenceEqual(shared.C), $"{p}: {threads} threads gave other bits than one");
        }
    }

    private static unsafe void Multiply<TSimd, TVector, T>(ProductCase p, Buffers<T> x, int threads)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (
            T* a = x.A,
                b = x.B,
                c = x.C
        )
        {
            var operands = new GemmOperands<T>
            {
                M = p.M,
                N = p.N,
                K = p.K,
                TransposeA = p.TransposeA,
                TransposeB = p.TransposeB,
                A = a + x.Margin,
                B = b + x.Margin,
                C = c + x.Margin,
                StepA = p.Lda,
                StepB = p.Ldb,
                StepC = p.Ldc,
                Alpha = T.CreateChecked(p.Alpha),
                Beta = T.CreateChecked(p.Beta),
            };
            SimdGemm.RunWith<TSimd, TVector, T>(operands, threads);
        }
    }
}
