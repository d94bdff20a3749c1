using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace RnnCourse.Blas.Tests;

[Collection(nameof(Alone))]
public sealed class BlasSelectionTests : IDisposable
{
    private readonly string? _environment = Environment.GetEnvironmentVariable(BlasSelection.Variable);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(BlasSelection.Variable, _environment);
        BlasSelection.Use(BlasKind.Simd);
    }

    [Fact]
    public void Without_a_choice_it_is_simd()
    {
        Environment.SetEnvironmentVariable(BlasSelection.Variable, null);
        Assert.Equal(BlasKind.Simd, BlasSelection.UseEnvironment());
        Assert.IsType<SimdLinearAlgebraProvider>(LinearAlgebraControl.Provider);
    }

    [Theory]
    [InlineData("simd", BlasKind.Simd)]
    [InlineData(" Managed ", BlasKind.Managed)]
    public void The_environment_chooses(string value, BlasKind kind)
    {
        Environment.SetEnvironmentVariable(BlasSelection.Variable, value);
        Assert.Equal(kind, BlasSelection.UseEnvironment());
        Assert.Equal(kind, BlasSelection.Current);
    }

    [Fact]
    public void A_wrong_value_lists_the_choices_and_changes_nothing()
    {
        BlasSelection.Use(BlasKind.Managed);
        Environment.SetEnvironmentVariable(BlasSelection.Variable, "cuda");
        var wrong = Assert.Throws<InvalidOperationException>(() => BlasSelection.UseEnvironment());
        Assert.Contains("RNN_BLAS is \"cuda\"", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("choose simd, openblas, mkl, managed or auto", wrong.Message, StringComparison.Ordinal);
        Assert.Equal(BlasKind.Managed, BlasSelection.Current);
        Assert.Throws<ArgumentOutOfRangeException>(() => BlasSelection.Use((BlasKind)77));
        Assert.Throws<ArgumentNullException>(() => BlasSelection.Use(null!));
    }

    [Fact]
    public void Mkl_without_its_package_says_so()
    {
        var refused = Assert.Throws<NotSupportedException>(() => BlasSelection.Use("mkl"));
        Assert.Contains("MathNet.Numerics.Providers.MKL is not referenced", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Auto_takes_one_that_is_available()
    {
        var kind = BlasSelection.Use(BlasKind.Auto);
        Assert.True(kind is BlasKind.Simd or BlasKind.OpenBlas or BlasKind.Mkl);
        Assert.Equal(kind, BlasSelection.Current);
    }

    [Fact]
    public void Math_NETs_matrices_are_multiplied_by_the_choice()
    {
        var a = Matrix<double>.Build.Dense(70, 50, (i, j) => (i * 31 + j * 17) % 13 - 6.5);
        var b = Matrix<double>.Build.Dense(50, 40, (i, j) => (i * 7 + j * 11) % 9 - 4.25);
        BlasSelection.Use(BlasKind.Managed);
        var expected = a * b;
        BlasSelection.Use(BlasKind.Simd);
        Assert.Equal(0, (a * b - expected).InfinityNorm(), 1e-9);
        Assert.Equal(0, (a.TransposeThisAndMultiply(a) - a.Transpose() * a).InfinityNorm(), 1e-9);
        Assert.Equal(0, (a * b.Column(3) - expected.Column(3)).InfinityNorm(), 1e-9);
    }

    [Fact]
    public void Managed_products_agree_with_the_plain_loop_too()
    {
        BlasSelection.Use(BlasKind.Managed);
        ProductCase.Any.Sample(
            p =>
            {
                var x = p.Fill<double>();
                var before = (double[])x.C.Clone();
                GemmTests.Multiply(p, x);
                Reference.Check(p, x, before);
            },
            iter: 200,
            threads: 1
        );
    }
}
