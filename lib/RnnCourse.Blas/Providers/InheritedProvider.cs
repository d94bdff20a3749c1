using System.Numerics;
using MathNet.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace RnnCourse.Blas.Providers;

/// <summary>A provider that hands everything to Math.NET's managed provider, which is sealed: what a derived class
/// re-implements is its own, the rest is inherited.</summary>
public abstract class InheritedProvider
    : ILinearAlgebraProvider,
        IInherited<float>,
        IInherited<double>,
        IInherited<Complex32>,
        IInherited<Complex>
{
    private protected InheritedProvider() { }

    /// <summary>Whether this provider can be used.</summary>
    /// <returns>True: an instance exists only if it can.</returns>
    public bool IsAvailable() => true;

    /// <summary>Does nothing: a provider is ready when it is made.</summary>
    public void InitializeVerify() { }

    /// <summary>Does nothing: buffers go with the threads that use them.</summary>
    public void FreeResources() { }
}
