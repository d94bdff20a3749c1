namespace RnnCourse.Blas;

/// <summary>The implementations of matrix products to choose from.</summary>
public enum BlasKind
{
    /// <summary>SIMD C#: always available, the same bits for any number of threads. The default.</summary>
    Simd,

    /// <summary>A native OpenBLAS or Apple's Accelerate, if the system has one.</summary>
    OpenBlas,

    /// <summary>Math.NET's own binding to Intel's MKL, if its package is present.</summary>
    Mkl,

    /// <summary>Math.NET's managed provider: always available, slow; for comparison.</summary>
    Managed,

    /// <summary>The one of the others that measures fastest on this machine.</summary>
    Auto,
}
