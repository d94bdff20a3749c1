using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Checking;

/// <summary>Small networks and sequences on which checks test answers. No two sizes are equal, and no number is zero,
/// since a zero hides bugs.</summary>
internal static class SampleNetwork
{
    private static readonly AsyncLocal<ulong> OtherNumbers = new();

    /// <summary>Selects other samples than the default ones, for tests that verdicts don't depend on the
    /// samples.</summary>
    public static ulong Shift
    {
        get => OtherNumbers.Value;
        set => OtherNumbers.Value = value;
    }

    public static VanillaRnn Recurrent(ulong seed = 6, int D = 4, int H = 3, int K = 5)
    {
        var random = new SeededRandom(seed + Shift);
        var net = new VanillaRnn(D, H, K, random);
        foreach (var parameter in net.Parameters)
        {
            for (var k = 0; k < parameter.Values.Length; k++)
            {
                parameter.Values[k] = (random.NextIndex(2) == 0 ? -1 : 1) * random.NextUniform(0.2, 0.9);
            }
        }

        return net;
    }

    /// <summary>The same network with a zero in each parameter, which reveals divisions by a parameter.</summary>
    public static VanillaRnn WithZeros()
    {
        var net = Recurrent();
        foreach (var parameter in net.Parameters)
        {
            parameter.Values[0] = 0;
        }

        return net;
    }

    /// <summary>Numbers of either sign, none near zero; shape (N).</summary>
    public static Vector<double> Vector(int size, SeededRandom random) =>
        Vector<double>.Build.Dense(size, _ => (random.NextIndex(2) == 0 ? -1 : 1) * random.NextUniform(0.2, 0.9));

    /// <summary>n inputs of shape (D).</summary>
    public static IReadOnlyList<Vector<double>> Inputs(int D, int n, ulong seed)
    {
        var random = new SeededRandom(seed + Shift);
        return [.. Enumerable.Range(0, n).Select(_ => Vector(D, random))];
    }
}
