using System.Numerics;
using System.Numerics.Tensors;
using RnnCourse.Model;

namespace RnnCourse.Gradients;

/// <summary>Limits gradients that explode, so that a step stays small.</summary>
public static class GradientClipping
{
    /// <summary>Computes the Euclidean norm of all gradients together.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameters">The parameters whose gradients to measure.</param>
    /// <returns>√Σ g² over all numbers; NaN if one is NaN.</returns>
    public static double Norm<T>(IReadOnlyList<Parameter<T>> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var sum = 0.0;
        for (var p = 0; p < parameters.Count; p++)
        {
            sum += SumOfSquares<T>(parameters[p].Gradient);
        }

        return Math.Sqrt(sum);
    }

    /// <summary>Scales all gradients together so that their norm is at most <paramref name="maxNorm"/>; their direction
    /// stays.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameters">The parameters whose gradients to clip.</param>
    /// <param name="maxNorm">The largest norm, above 0.</param>
    /// <returns>The norm before. If it is NaN or infinite, nothing is scaled.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNorm"/> is not above 0.</exception>
    /// <remarks>Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks", 2013, algorithm
    /// 1.</remarks>
    public static double ByNorm<T>(IReadOnlyList<Parameter<T>> parameters, double maxNorm)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!(maxNorm > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(maxNorm), maxNorm, "The largest norm must be above 0.");
        }

        var norm = Norm(parameters);
        if (norm <= maxNorm || !double.IsFinite(norm))
        {
            return norm;
        }

        var factor = T.CreateChecked(maxNorm / norm);
        for (var p = 0; p < parameters.Count; p++)
        {
            TensorPrimitives.Multiply(parameters[p].Gradient, factor, parameters[p].Gradient);
        }

        return norm;
    }

    /// <summary>Moves every number of every gradient into ±<paramref name="limit"/>; their direction may
    /// change.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameters">The parameters whose gradients to clip. NaN stays NaN.</param>
    /// <param name="limit">The largest size of a number, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is not above 0.</exception>
    public static void ByValue<T>(IReadOnlyList<Parameter<T>> parameters, double limit)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (!(limit > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "The limit must be above 0.");
        }

        var high = T.CreateSaturating(limit);
        for (var p = 0; p < parameters.Count; p++)
        {
            var gradient = parameters[p].Gradient;
            TensorPrimitives.Min(gradient, high, gradient);
            TensorPrimitives.Max(gradient, -high, gradient);
        }
    }

    // Single precision squares overflow at 1e19, which an exploding gradient does reach: then each number is widened
    // first.
    private static double SumOfSquares<T>(ReadOnlySpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int Chunk = 1024;
        var sum = 0.0;
        for (var at = 0; at < gradient.Length; at += Chunk)
        {
            var chunk = gradient[at..Math.Min(at + Chunk, gradient.Length)];
            var part = TensorPrimitives.SumOfSquares(chunk);
            if (T.IsFinite(part))
            {
                sum += double.CreateChecked(part);
                continue;
            }

            foreach (var g in chunk)
            {
                sum += double.CreateChecked(g) * double.CreateChecked(g);
            }
        }

        return sum;
    }
}
