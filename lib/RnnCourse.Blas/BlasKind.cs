namespace RnnCourse.Blas;

/// <summary>The implementations of matrix products to choose from.</summary>
public enum BlasKind
{
    /// <summary>SIMD C#: always there, the same bits for any number of threads. The default.</summary>
    Simd,

    /// <summary>A native OpenBLAS or Apple's Accelerate, where the system has one.</summary>
    OpenBlas,

    /// <summary>Math.NET's own binding to Intel's MKL, where its package is present.</summary>
    Mkl,

    /// <summary>Math.NET's managed provider: always there, slow; for comparison.</summary>
    Managed,

    /// <summary>Whichever of the others measures fastest here.</summary>
    Auto,
}
