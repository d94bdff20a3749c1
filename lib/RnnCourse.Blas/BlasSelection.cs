using MathNet.Numerics.Providers.LinearAlgebra;
using RnnCourse.Blas.Selection;
using RnnCourse.Blas.Threading;

namespace RnnCourse.Blas;

/// <summary>Chooses the implementation of matrix products, for <see cref="Gemm"/> and for Math.NET's
/// matrices.</summary>
/// <remarks>
/// The first product asks the environment variable RNN_BLAS (simd, openblas, mkl, managed or auto; simd if it is not
/// set). A choice holds for the whole process until the next one.
/// </remarks>
public static class BlasSelection
{
    /// <summary>The environment variable that chooses.</summary>
    internal const string Variable = "RNN_BLAS";

    private static readonly Lock Gate = new();

    private static BlasImplementation? _current;

    /// <summary>Gets the implementation in use; never <see cref="BlasKind.Auto"/>, which is resolved when it is
    /// chosen.</summary>
    /// <exception cref="InvalidOperationException">Nothing was chosen yet, and RNN_BLAS names something unknown or not
    /// available.</exception>
    internal static BlasKind Current => (Volatile.Read(ref _current) ?? First()).Kind;

    /// <summary>Gets the implementation that <see cref="Gemm"/> calls.</summary>
    internal static IGemm CurrentGemm => (Volatile.Read(ref _current) ?? First()).Gemm;

    /// <summary>Chooses the library that RNN_BLAS names, or SIMD C# if it is not set. Call it once at the start of a
    /// program, so that Math.NET's matrices use the choice too.</summary>
    /// <returns>The implementation now in use.</returns>
    /// <exception cref="InvalidOperationException">RNN_BLAS names something unknown or not available.</exception>
    public static BlasKind UseEnvironment()
    {
        var value = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrWhiteSpace(value))
        {
            return Use(BlasKind.Simd);
        }

        try
        {
            return Use(value);
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            throw new InvalidOperationException(
                $"The environment variable {Variable} is \"{value}\". {wrong.Message}",
                wrong
            );
        }
    }

    /// <summary>Chooses by name.</summary>
    /// <param name="name">simd, openblas, mkl, managed or auto, in any case.</param>
    /// <returns>The implementation now in use.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is another text.</exception>
    /// <exception cref="NotSupportedException">The library that it names is not available on this machine; the message
    /// says why.</exception>
    public static BlasKind Use(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (var kind in Enum.GetValues<BlasKind>())
        {
            if (name.Trim().Equals(kind.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return Use(kind);
            }
        }

        throw new ArgumentException(
            $"There is no implementation \"{name}\": choose simd, openblas, mkl, managed or auto.",
            nameof(name)
        );
    }

    /// <summary>Chooses, and sets Math.NET's provider to the same. The first choice also keeps the loops of Math.NET's
    /// managed code on the caller's thread.</summary>
    /// <param name="kind">What to use; <see cref="BlasKind.Auto"/> measures for a second or two and takes the
    /// fastest.</param>
    /// <returns>The implementation now in use.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is not a value of the
    /// enumeration.</exception>
    /// <exception cref="NotSupportedException">It is not available on this machine; the message says why. The choice is
    /// then unchanged.</exception>
    public static BlasKind Use(BlasKind kind)
    {
        if (!Enum.IsDefined(kind))
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "The value does not name an implementation.");
        }

        lock (Gate)
        {
            MathNetThreads.UseOne();
            var chosen =
                kind == BlasKind.Auto
                    ? Fastest()
                    : BlasImplementation.Find(kind, out var reason)
                        ?? throw new NotSupportedException(
                            $"{kind} is not available: {reason}. Choose simd, which is always available, or auto."
                        );
            LinearAlgebraControl.Provider = chosen.Provider;
            Volatile.Write(ref _current, chosen);
            return chosen.Kind;
        }
    }

    private static BlasImplementation First()
    {
        lock (Gate)
        {
            if (_current is null)
            {
                UseEnvironment();
            }

            return _current!;
        }
    }

    /// <summary>The candidate with the highest geometric mean over the course's smaller shapes, in float.</summary>
    private static BlasImplementation Fastest()
    {
        BlasImplementation[] candidates =
        [
            .. BlasImplementation
                .Kinds.Where(kind => kind != BlasKind.Managed)
                .Select(kind => BlasImplementation.Find(kind, out _))
                .OfType<BlasImplementation>(),
        ];
        if (candidates.Length == 1)
        {
            return candidates[0];
        }

        var scores = new double[candidates.Length];
        foreach (var shape in BlasReport.CourseShapes.Where(shape => shape.Operations < 1e8))
        {
            var speeds = SpeedMeasurement.Gflops<float>(candidates, shape, 5);
            for (var i = 0; i < scores.Length; i++)
            {
                scores[i] += Math.Log(speeds[i]);
            }
        }

        return candidates[Array.IndexOf(scores, scores.Max())];
    }
}
