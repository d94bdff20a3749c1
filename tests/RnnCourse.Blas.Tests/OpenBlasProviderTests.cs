using System.Numerics;
using CsCheck;

namespace RnnCourse.Blas.Tests;

public sealed class OpenBlasProviderTests
{
    [Fact]
    public void Its_products_agree_with_the_plain_loop()
    {
        if (!OpenBlasProvider.TryLoad(out var provider, out var reason))
            Assert.Skip($"No native library here: {reason}.");
        ProductCase.Any.Sample(p => Check<float>(provider!, p), iter: 300, threads: 1);
        ProductCase.Any.Sample(p => Check<double>(provider!, p), iter: 300, threads: 1);
    }

    [Fact]
    public void It_says_what_it_loaded_or_why_not()
    {
        if (OpenBlasProvider.TryLoad(out var provider, out var reason))
            Assert.NotEmpty(provider.ToString());
        else
            Assert.NotEmpty(reason);
    }

    private static void Check<T>(OpenBlasProvider provider, ProductCase p)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = p.Fill<T>();
        var before = (T[])x.C.Clone();
        Gemm.On<T>(
            provider.Products,
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
            p.Ldc);
        Reference.Check(p, x, before);
    }
}
