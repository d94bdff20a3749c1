using System.Numerics;
using RnnCourse.Core;

namespace RnnCourse.Tests;

/// <summary>
/// Derivatives by the complex step: f'(θ) = Im f(θ + ih) / h. Nothing is subtracted, so h may be 1e-100 and the result
/// has nearly all digits of a double, however small it is (Squire and Trapp, "Using complex variables to estimate
/// derivatives of real functions", 1998). The networks' formulas are written again here, on complex numbers and loops.
/// </summary>
internal static class ComplexStep
{
    private const double H = 1e-100;

    /// <summary>The derivative of the loss by every parameter, in the layout of <see
    /// cref="ISequenceNetwork.Parameters"/>.</summary>
    public static IReadOnlyList<double[]> Gradients(ISequenceNetwork network, GradientDescent.Example example)
    {
        var values = network.Parameters.ToDictionary(p => p.Name, p => p.Values.Select(v => (Complex)v).ToArray());
        return
        [
            .. network.Parameters.Select(parameter =>
            {
                var gradient = new double[parameter.Values.Length];
                for (var k = 0; k < gradient.Length; k++)
                {
                    var here = values[parameter.Name][k];
                    values[parameter.Name][k] = here + (Complex.ImaginaryOne * H);
                    gradient[k] = Loss(network, values, example).Imaginary / H;
                    values[parameter.Name][k] = here;
                }

                return gradient;
            }),
        ];
    }

    /// <summary>The loss, by formulas of our own.</summary>
    public static double Loss(ISequenceNetwork network, GradientDescent.Example example) =>
        Loss(
            network,
            network.Parameters.ToDictionary(p => p.Name, p => p.Values.Select(v => (Complex)v).ToArray()),
            example
        ).Real;

    private static Complex Loss(
        ISequenceNetwork network,
        Dictionary<string, Complex[]> p,
        GradientDescent.Example example
    )
    {
        var loss = Complex.Zero;
        var s = p.GetValueOrDefault("s_0");
        for (var i = 1; i <= example.x.Count; i++)
        {
            var x_i = example.x[i - 1].Select(v => (Complex)v).ToArray();
            var z = Formulas(network) switch
            {
                VanillaRnn => Affine(
                    p["V"],
                    s = Tanh(Sum(Affine(p["U"], x_i, p["b"]), Affine(p["W"], s!, new Complex[s!.Length]))),
                    p["c"]
                ),
                SharedNetwork => Affine(p["V"], Tanh(Affine(p["U"], x_i, p["b"])), p["c"]),
                FunctionPerStep => Affine(
                    p[$"V_{i}"],
                    Tanh(
                        Affine(
                            p[$"U_{i}"],
                            [.. example.x.Take(i).SelectMany(x => x).Select(v => (Complex)v)],
                            p[$"b_{i}"]
                        )
                    ),
                    p[$"c_{i}"]
                ),
                _ => throw new NotSupportedException(network.GetType().Name),
            };
            if (example.targets[i - 1] is not { } k)
            {
                continue;
            }

            var shift = z.Max(z_j => z_j.Real);
            loss += Complex.Log(z.Aggregate(Complex.Zero, (sum, z_j) => sum + Complex.Exp(z_j - shift))) + shift - z[k];
        }

        return loss;
    }

    // A broken network computes what the healthy one computes; only its gradients differ.
    private static ISequenceNetwork Formulas(ISequenceNetwork network) =>
        network is BrokenRnn broken ? broken.Healthy : network;

    // m is laid out column after column: the number at (r, j) is m[r + j·rows].
    private static Complex[] Affine(Complex[] m, Complex[] v, Complex[] bias)
    {
        var result = (Complex[])bias.Clone();
        for (var r = 0; r < result.Length; r++)
        {
            for (var j = 0; j < v.Length; j++)
            {
                result[r] += m[r + (j * result.Length)] * v[j];
            }
        }

        return result;
    }

    private static Complex[] Sum(Complex[] a, Complex[] b) => [.. a.Zip(b, (p, q) => p + q)];

    private static Complex[] Tanh(Complex[] a) => [.. a.Select(Complex.Tanh)];
}
