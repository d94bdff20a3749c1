using MathNet.Numerics;
using RnnCourse.Blas.Threading;
using RnnCourse.Core;

namespace RnnCourse.Gradients;

/// <summary>Measures derivatives numerically, to check backward passes.</summary>
public static class CentralDifferences
{
    /// <summary>Measures the derivative of a function by each number in <paramref name="values"/>.</summary>
    /// <param name="loss">The function; it must read <paramref name="values"/> at each call.</param>
    /// <param name="values">Where to differentiate, shape (N) with N numbers in any layout; each number is moved a
    /// little and put back, to the bit.</param>
    /// <param name="step">h, how far a number is moved to either side.</param>
    /// <returns>The derivatives, shape (N), in the layout of <paramref name="values"/>.</returns>
    /// <remarks>
    /// Four function values instead of two: <c>f'(θ) ≈ (8 (f(θ+h) − f(θ−h)) − (f(θ+2h) − f(θ−2h))) / 12h</c>, whose
    /// error falls with h⁴ instead of h². The larger h that this allows loses fewer digits to rounding (about ε·|f|/h
    /// remains), which is what a relative error of 1e-7 needs. The step of 2e-4 makes the two errors about equal where
    /// a recurrent network's gradient explodes; at 1e-3 the formula's own error can pass 1e-6 there. Derivatives below
    /// about 1e-5 cannot be measured to seven digits with any step: the rounding error alone is 1e-12. Abramowitz and
    /// Stegun, "Handbook of Mathematical Functions", 1964, formula 25.3.6.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is not positive.</exception>
    public static double[] Gradient(Func<double> loss, double[] values, double step = 2e-4)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        var gradient = new double[values.Length];
        for (var k = 0; k < values.Length; k++)
        {
            HostInterrupt.Check();
            var here = values[k];
            double At(double offset)
            {
                values[k] = here + offset;
                return loss();
            }

            try
            {
                gradient[k] = ((8 * (At(step) - At(-step))) - (At(2 * step) - At(-2 * step))) / (12 * step);
            }
            finally
            {
                values[k] = here; // also where the function throws: a measurement must not change the network
            }
        }

        return gradient;
    }

    /// <summary>The steps that <see cref="GradientOverSteps"/> tries, from the longest to the shortest; each is about a
    /// quarter of the one before.</summary>
    public static IReadOnlyList<double> Steps { get; } = [2e-3, 5e-4, 1.25e-4, 3e-5, 7.5e-6, 2e-6];

    /// <summary>Measures the derivative of a function by each number in <paramref name="values"/>, with several steps,
    /// and takes the result whose error is estimated as the smallest.</summary>
    /// <param name="loss">The function; it must read <paramref name="values"/> at each call.</param>
    /// <param name="values">Where to differentiate, shape (N) with N numbers in any layout; each number is moved a
    /// little and put back, to the bit.</param>
    /// <param name="steps">The steps to try, in falling order; null for <see cref="Steps"/>.</param>
    /// <returns>The derivatives, shape (N), of the step with the smallest estimated error.</returns>
    /// <remarks>No single step suits every network. Where gradients explode or units saturate, one that is right
    /// elsewhere is too long; where gradients are small, a short one loses digits to rounding. The error of a step h is
    /// estimated as the distance of its result from that of the next longer step, plus what rounding may cost it,
    /// √N·ε·|f|/h with ε = 2⁻⁵³: the results of two short steps can agree by chance and yet both be wrong by that much.
    /// The choice does not look at the gradient that is to be judged.</remarks>
    /// <exception cref="ArgumentException">There are fewer than two steps.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A step is not positive.</exception>
    public static double[] GradientOverSteps(Func<double> loss, double[] values, IReadOnlyList<double>? steps = null)
    {
        steps ??= Steps;
        if (steps.Count < 2)
        {
            throw new ArgumentException(
                $"There are {steps.Count} steps; two or more are needed to compare.",
                nameof(steps)
            );
        }

        double[][] measured = [.. steps.Select(step => Gradient(loss, values, step))];
        var rounding = Math.Sqrt(values.Length) * Precision.DoublePrecision * Math.Abs(loss());
        double EstimatedError(int k) => Norm(measured[k].Zip(measured[k - 1], (p, q) => p - q)) + (rounding / steps[k]);
        return measured[Enumerable.Range(1, steps.Count - 1).MinBy(EstimatedError)];
    }

    /// <summary>Computes the distance of two gradients, relative to their size.</summary>
    /// <param name="a">One gradient, shape (N) with N numbers in any layout.</param>
    /// <param name="b">The other, shape (N), in the same layout.</param>
    /// <returns>‖a − b‖ / (‖a‖ + ‖b‖) in the Euclidean norm: 0 for equal gradients (two zero gradients included), 1 at
    /// the most, NaN if a number is NaN or infinite.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double RelativeError(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Count != b.Count)
        {
            throw new ArgumentException($"The gradients have {a.Count} and {b.Count} numbers.", nameof(b));
        }
        // In units of the largest number, so that the squares of very small or very large gradients stay within a
        // double's range.
        var unit = a.Concat(b).Aggregate(0.0, (largest, v) => Math.Max(largest, Math.Abs(v)));
        if (unit == 0)
        {
            return 0;
        }

        return Norm(a.Zip(b, (p, q) => (p / unit) - (q / unit)))
            / (Norm(a.Select(p => p / unit)) + Norm(b.Select(q => q / unit)));
    }

    /// <summary>Compares a network's gradients with measured ones, parameter by parameter.</summary>
    /// <param name="network">The network; unchanged afterwards.</param>
    /// <param name="example">The sequence whose loss is differentiated.</param>
    /// <returns>For each parameter its name and relative error, measured by <see cref="GradientOverSteps"/>.</returns>
    public static IReadOnlyList<(string Name, double RelativeError)> Check(
        ISequenceNetwork network,
        GradientDescent.Example example
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(example);
        var gradients = network.LossAndGradients(example.x, example.targets).Gradients;
        return
        [
            .. network.Parameters.Select(
                (parameter, p) =>
                    (
                        parameter.Name,
                        RelativeError(
                            gradients[p],
                            GradientOverSteps(
                                () => CrossEntropy.Loss(network.Predict(example.x), example.targets),
                                parameter.Values
                            )
                        )
                    )
            ),
        ];
    }

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(v => v * v));
}
