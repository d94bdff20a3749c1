using MathNet.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;
using RnnCourse.Blas.Multiplication;
using RnnCourse.Blas.Providers;

namespace RnnCourse.Blas.Selection;

/// <summary>An implementation of matrix products that is available on this machine.</summary>
/// <param name="Kind">Which implementation it is.</param>
/// <param name="Provider">For Math.NET's matrices.</param>
/// <param name="Gemm">For <see cref="Blas.Gemm"/>.</param>
internal sealed record BlasImplementation(BlasKind Kind, ILinearAlgebraProvider Provider, IGemm Gemm)
{
    /// <summary>Every implementation that can be measured; <see cref="BlasKind.Auto"/> chooses among them.</summary>
    public static readonly IReadOnlyList<BlasKind> Kinds =
    [
        BlasKind.Simd,
        BlasKind.OpenBlas,
        BlasKind.Mkl,
        BlasKind.Managed,
    ];

    /// <summary>Finds one implementation.</summary>
    /// <param name="kind">Not <see cref="BlasKind.Auto"/>.</param>
    /// <param name="reason">Why the result is null, if it is.</param>
    public static BlasImplementation? Find(BlasKind kind, out string reason)
    {
        reason = string.Empty;
        switch (kind)
        {
            case BlasKind.Simd:
                return new BlasImplementation(kind, new SimdLinearAlgebraProvider(), SimdGemm.Instance);
            case BlasKind.Managed:
                return Of(kind, ManagedLinearAlgebraProvider.Instance);
            case BlasKind.OpenBlas:
                return OpenBlasProvider.TryLoad(out var openBlas, out reason)
                    ? new BlasImplementation(kind, openBlas, openBlas.Gemm)
                    : null;
            case BlasKind.Mkl:
                return MathNetMkl.TryLoad(out reason) is { } mkl ? Of(kind, mkl) : null;
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(kind),
                    kind,
                    "This value does not name an implementation that can be loaded."
                );
        }
    }

    private static BlasImplementation Of(BlasKind kind, ILinearAlgebraProvider provider) =>
        new(kind, provider, new MathNetGemm(provider));
}

/// <summary>Math.NET's own MKL provider, which comes in a separate package.</summary>
internal static class MathNetMkl
{
    private const string ControlType =
        "MathNet.Numerics.Providers.MKL.LinearAlgebra.MklLinearAlgebraControl, MathNet.Numerics.Providers.MKL";

    /// <summary>Loads the provider, or returns why that is not possible.</summary>
    public static ILinearAlgebraProvider? TryLoad(out string reason)
    {
        if (Type.GetType(ControlType, throwOnError: false) is null)
        {
            reason = "the package MathNet.Numerics.Providers.MKL is not referenced by this program";
            return null;
        }

        // Math.NET can create its provider only by selecting it, and only then sets the native library's number of
        // threads.
        var before = LinearAlgebraControl.Provider;
        var threads = Control.MaxDegreeOfParallelism;
        try
        {
            Control.MaxDegreeOfParallelism = BlasThreads.Count;
            if (!LinearAlgebraControl.TryUseNativeMKL())
            {
                reason = "Math.NET's MKL package is present, but its native library does not load on this machine";
                return null;
            }

            reason = string.Empty;
            return LinearAlgebraControl.Provider;
        }
        finally
        {
            LinearAlgebraControl.Provider = before;
            Control.MaxDegreeOfParallelism = threads;
        }
    }
}
