using RnnCourse.Blas.Multiplication;
using RnnCourse.Blas.Providers;
using RnnCourse.Blas.Simd;

namespace RnnCourse.Blas;

/// <summary>A provider for Math.NET Numerics whose products run in portable SIMD C#: no native library, the same result
/// for any number of threads.</summary>
/// <remarks>Use it through <see cref="BlasSelection"/>, or set <c>LinearAlgebraControl.Provider</c> to an instance.
/// Safe for concurrent callers.</remarks>
public sealed class SimdLinearAlgebraProvider : GemmProvider
{
    /// <summary>Makes a provider; it has no state, so all instances are equal.</summary>
    public SimdLinearAlgebraProvider()
        : base(SimdGemm.Instance) { }

    /// <summary>Gets the bits of the registers that the products use on this machine: 512, 256 or 128; 0 means one
    /// number at a time.</summary>
    internal static int RegisterBits => WidestRegisters.Bits;

    /// <summary>Describes this provider.</summary>
    /// <returns>Such as "SIMD C#, 512-bit registers".</returns>
    public override string ToString() =>
        RegisterBits == 0
            ? "SIMD C#, but this machine has no vectors: one number at a time"
            : $"SIMD C#, {RegisterBits}-bit registers";
}
