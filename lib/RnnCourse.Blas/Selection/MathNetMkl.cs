using MathNet.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace RnnCourse.Blas.Selection;

/// <summary>Math.NET's own MKL provider, which lives in a package of its own.</summary>
internal static class MathNetMkl
{
    private const string ControlType =
        "MathNet.Numerics.Providers.MKL.LinearAlgebra.MklLinearAlgebraControl, MathNet.Numerics.Providers.MKL";

    /// <summary>Loads the provider, or says why that is not possible.</summary>
    public static ILinearAlgebraProvider? TryLoad(out string reason)
    {
        if (Type.GetType(ControlType, throwOnError: false) is null)
        {
            reason = "the package MathNet.Numerics.Providers.MKL is not referenced by this program";
            return null;
        }

        // Math.NET can only make its provider by selecting it, and tells the native library only then how many threads
        // to use.
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
