using MathNet.Numerics.Providers.LinearAlgebra;
using RnnCourse.Blas.Products;
using RnnCourse.Blas.Providers;

namespace RnnCourse.Blas.Selection;

/// <summary>One kind of products that is available.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Provider">For Math.NET's matrices.</param>
/// <param name="Products">For <see cref="Gemm"/>.</param>
internal sealed record Candidate(BlasKind Kind, ILinearAlgebraProvider Provider, IProducts Products)
{
    /// <summary>Every kind that can be measured; <see cref="BlasKind.Auto"/> is the choice among them.</summary>
    public static readonly IReadOnlyList<BlasKind> Kinds =
    [
        BlasKind.Simd,
        BlasKind.OpenBlas,
        BlasKind.Mkl,
        BlasKind.Managed,
    ];

    /// <summary>Finds one kind.</summary>
    /// <param name="kind">Not <see cref="BlasKind.Auto"/>.</param>
    /// <param name="reason">Why the result is null, if it is.</param>
    public static Candidate? Find(BlasKind kind, out string reason)
    {
        reason = string.Empty;
        switch (kind)
        {
            case BlasKind.Simd:
                return new Candidate(kind, new SimdLinearAlgebraProvider(), SimdProducts.Instance);
            case BlasKind.Managed:
                return Of(kind, ManagedLinearAlgebraProvider.Instance);
            case BlasKind.OpenBlas:
                return OpenBlasProvider.TryLoad(out var openBlas, out reason)
                    ? new Candidate(kind, openBlas, openBlas.Products)
                    : null;
            case BlasKind.Mkl:
                return MathNetMkl.TryLoad(out reason) is { } mkl ? Of(kind, mkl) : null;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of products.");
        }
    }

    private static Candidate Of(BlasKind kind, ILinearAlgebraProvider provider) =>
        new(kind, provider, new MathNetProducts(provider));
}
