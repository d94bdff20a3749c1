using System.Diagnostics.CodeAnalysis;
using RnnCourse.Blas.Native;
using RnnCourse.Blas.Providers;

namespace RnnCourse.Blas;

/// <summary>A provider for Math.NET Numerics whose products are computed by a native OpenBLAS, or by Apple's
/// Accelerate, where the system has one.</summary>
/// <remarks>
/// The library decides how it uses the cores and in which order it sums: the last bits may differ between machines and
/// numbers of threads. An OpenBLAS older than the processor may not recognise it and fall back to slow kernels:
/// <see cref="ToString"/> names the core type it chose, and the environment variable OPENBLAS_CORETYPE, set before the
/// process starts, overrules it.
/// </remarks>
public sealed class OpenBlasProvider : GemmProvider
{
    private static readonly Lazy<(CblasLibrary? Library, string Reason)> Loaded = new(() =>
        CblasLibrary.TryLoad(out var library, out var reason) ? (library, reason) : (null, reason)
    );

    private readonly CblasLibrary _library;

    private OpenBlasProvider(CblasLibrary library, CblasGemm gemm)
        : base(gemm)
    {
        _library = library;
        Gemm = gemm;
    }

    /// <summary>Gets the implementation that <see cref="Blas.Gemm"/> uses when this provider is selected.</summary>
    internal IGemm Gemm { get; }

    /// <summary>Looks for the native library.</summary>
    /// <param name="provider">The provider, if one was found.</param>
    /// <param name="reason">The reason, for people, if none was found.</param>
    /// <returns>Whether a library was found.</returns>
    public static bool TryLoad([NotNullWhen(true)] out OpenBlasProvider? provider, out string reason)
    {
        (var library, reason) = Loaded.Value;
        provider = library is null ? null : new OpenBlasProvider(library, new CblasGemm(library));
        library?.SetThreads(BlasThreads.Count);
        return provider is not null;
    }

    /// <summary>Tells the library, if it was loaded, how many threads to use.</summary>
    internal static void FollowThreads(int count)
    {
        if (Loaded.IsValueCreated)
        {
            Loaded.Value.Library?.SetThreads(count);
        }
    }

    /// <summary>Describes the native library.</summary>
    /// <returns>The library's file name and, for OpenBLAS, its version and core type.</returns>
    public override string ToString() => _library.Description;
}
