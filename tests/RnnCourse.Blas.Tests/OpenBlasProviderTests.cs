namespace RnnCourse.Blas.Tests;

public sealed class OpenBlasProviderTests
{
    [Fact]
    public void Its_products_agree_with_the_plain_loop()
    {
        if (!OpenBlasProvider.TryLoad(out var provider, out var reason))
        {
            Assert.Skip($"No native library here: {reason}.");
        }

        ProductCase.Any.Sample(p => GemmTests.Check<float>(p, provider.Gemm), iter: 300, threads: 1);
        ProductCase.Any.Sample(p => GemmTests.Check<double>(p, provider.Gemm), iter: 300, threads: 1);
    }

    [Fact]
    public void It_says_what_it_loaded_or_why_not()
    {
        if (OpenBlasProvider.TryLoad(out var provider, out var reason))
        {
            Assert.NotEmpty(provider.ToString());
        }
        else
        {
            Assert.NotEmpty(reason);
        }
    }
}
