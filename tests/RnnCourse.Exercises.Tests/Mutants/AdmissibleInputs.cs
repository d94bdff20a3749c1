using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Tests.Mutants;

/// <summary>What the methods of the exercises may be called with: inputs drawn as the lessons allow them, with the
/// cases that a check must not forget among them (nothing at all, one step, zeros, large numbers).</summary>
internal static class AdmissibleInputs
{
    /// <summary>By exercise: draws the arguments of one call.</summary>
    public static readonly IReadOnlyDictionary<string, Func<SeededRandom, object[]>> Draw = new Dictionary<
        string,
        Func<SeededRandom, object[]>
    >
    {
        ["00.2"] = random =>
        {
            var n = random.NextIndex(6);
            return [Numbers(n, random), Numbers(n, random)];
        },
        ["04.1"] = Sizes(3),
        ["06.1a"] = random =>
        {
            var net = Network(random);
            return
            [
                Vector(net.U.ColumnCount, random),
                Vector(net.W.RowCount, random),
                net.U,
                net.W,
                net.V,
                net.b,
                net.c,
            ];
        },
        ["06.1b"] = random =>
        {
            var net = Network(random);
            return [net, Sequence(net, random.NextIndex(5), random), Vector(net.W.RowCount, random)];
        },
        ["06.2b"] = random =>
        {
            var net = Network(random);
            return [net, Sequence(net, random.NextIndex(5), random)];
        },
        ["07.1"] = random =>
        {
            var n = random.NextIndex(6);
            return [random.NextIndex(2) == 0 ? Read.EveryStep : Read.LastStep, n, n + random.NextIndex(4)];
        },
        ["07.2a"] = Outputs,
        ["07.2b"] = Outputs,
        ["07.3"] = random =>
        {
            var net = Network(random);
            return
            [
                net,
                (IReadOnlyList<IReadOnlyList<Vector<double>>>)
                    [
                        .. Enumerable
                            .Range(0, random.NextIndex(4))
                            .Select(_ => Sequence(net, random.NextIndex(4), random)),
                    ],
            ];
        },
        ["07.4"] = random => [Scores(random)],
        ["08.1"] = random => [random.NextIndex(12), random.NextIndex(14)],
        ["08.3"] = random =>
        {
            var (net, trace, targets) = Traced(random);
            return [net, trace, targets];
        },
        ["08.5"] = random =>
        {
            var (net, trace, targets) = Traced(random);
            return [net, trace, targets, random.NextIndex(targets.Count + 2)];
        },
        ["09.1"] = Sizes(2),
        ["09.2"] = random =>
        {
            var (T, B) = (1 + random.NextIndex(6), 1 + random.NextIndex(6));
            return [1 + random.NextIndex(T), random.NextIndex(B), T, B];
        },
        ["09.3a"] = Batch,
        ["09.3b"] = Batch,
        ["09.3c"] = Batch,
        ["09.3d"] = Batch,
        ["10.1"] = random =>
        {
            var net = Network(random);
            return [net, Vector(net.W.RowCount, random).PointwiseTanh()];
        },
        ["10.2"] = random =>
        {
            var (net, trace, _) = Traced(random);
            var k = random.NextIndex(trace.s.Count);
            return [net, trace.s, k + random.NextIndex(trace.s.Count - k), k];
        },
        ["11.1"] = random =>
        {
            var size = 1 + random.NextIndex(4);
            return
            [
                (IReadOnlyList<double[]>)
                    [.. Enumerable.Range(0, 1 + random.NextIndex(4)).Select(_ => Numbers(size, random))],
                random.NextUniform(0.1, 5),
            ];
        },
        ["11.3"] = random =>
        {
            var (net, trace, targets) = Traced(random);
            return [net, trace, targets, 1 + random.NextIndex(targets.Count + 2)];
        },
        ["12.1"] = random => [Scores(random).ToArray(), Math.Exp(random.NextUniform(-2, 2))],
        ["12.2"] = random =>
            [Enumerable.Range(0, 1 + random.NextIndex(12)).Select(_ => random.NextUniform(0.001, 1)).ToArray()],
        ["13.1"] = random =>
        {
            var net = Network(random);
            return
            [
                net,
                Sequence(net, 1 + random.NextIndex(5), random),
                random.NextIndex(net.W.RowCount),
                random.NextUniform(-1, 1),
            ];
        },
        ["14.1"] = random => Gates(random, 4, withCell: true),
        ["14.4"] = random => Gates(random, 3, withCell: false),
    };

    private static Func<SeededRandom, object[]> Sizes(int count) =>
        random => [.. Enumerable.Range(0, count).Select(_ => (object)(1 + random.NextIndex(40)))];

    private static double Value(SeededRandom random) =>
        random.NextIndex(8) switch
        {
            0 => 0,
            1 => 1,
            _ => random.NextUniform(-2, 2),
        };

    private static double[] Numbers(int size, SeededRandom random) =>
        [.. Enumerable.Range(0, size).Select(_ => Value(random))];

    private static Vector<double> Vector(int size, SeededRandom random) =>
        Vector<double>.Build.Dense(Numbers(size, random));

    private static Vector<double> Scores(SeededRandom random)
    {
        var (size, scale, middle) = (
            1 + random.NextIndex(5),
            random.NextIndex(3) == 0 ? 300.0 : 2,
            (random.NextIndex(3) - 1) * 1000.0
        );
        return Vector<double>.Build.Dense(size, _ => middle + random.NextUniform(-scale, scale));
    }

    private static VanillaRnn Network(SeededRandom random)
    {
        var net = new VanillaRnn(1 + random.NextIndex(4), 1 + random.NextIndex(4), 2 + random.NextIndex(4), random);
        foreach (var parameter in net.Parameters)
        {
            for (var k = 0; k < parameter.Values.Length; k++)
            {
                parameter.Values[k] = Value(random);
            }
        }

        return net;
    }

    private static IReadOnlyList<Vector<double>> Sequence(VanillaRnn net, int n, SeededRandom random) =>
        [.. Enumerable.Range(0, n).Select(_ => Vector(net.U.ColumnCount, random))];

    private static int?[] Targets(int n, int K, SeededRandom random) =>
        [.. Enumerable.Range(0, n).Select(_ => random.NextIndex(3) == 0 ? (int?)null : random.NextIndex(K))];

    private static object[] Outputs(SeededRandom random)
    {
        var (n, K) = (random.NextIndex(6), 2 + random.NextIndex(4));
        return
        [
            (IReadOnlyList<Vector<double>>)
                [.. Enumerable.Range(0, n).Select(_ => CrossEntropy.Softmax(Vector(K, random)))],
            (IReadOnlyList<int?>)Targets(n, K, random),
        ];
    }

    private static (VanillaRnn Net, VanillaRnn.Trace Trace, IReadOnlyList<int?> Targets) Traced(SeededRandom random)
    {
        var net = Network(random);
        var n = random.NextIndex(6);
        return (net, net.Forward(Sequence(net, n, random)), Targets(n, net.V.RowCount, random));
    }

    private static object[] Batch(SeededRandom random)
    {
        var net = Network(random);
        List<GradientDescent.Example> sequences =
        [
            .. Enumerable
                .Range(0, 1 + random.NextIndex(3))
                .Select(_ => 1 + random.NextIndex(4))
                .Select(n => new GradientDescent.Example(Sequence(net, n, random), Targets(n, net.V.RowCount, random))),
        ];
        return [net, BatchedRnn.Forward(net, sequences)];
    }

    private static object[] Gates(SeededRandom random, int count, bool withCell)
    {
        var (D, H) = (1 + random.NextIndex(3), 1 + random.NextIndex(4));
        Matrix<double> Rows(int columns) => Matrix<double>.Build.Dense(H, columns, (_, _) => Value(random));
        return
        [
            Vector(D, random),
            Vector(H, random),
            .. withCell ? new object[] { 3 * Vector(H, random) } : [],
            .. Enumerable
                .Range(0, count)
                .Select(k => new Gate(
                    Rows(D),
                    Rows(H),
                    Vector(H, random),
                    count == 3 && k == 2 ? Vector(H, random) : null
                )),
        ];
    }
}
