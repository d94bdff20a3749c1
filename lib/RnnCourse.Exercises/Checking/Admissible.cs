using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Checking;

/// <summary>Draws arguments with which methods of the exercises may be called, and describes them in words. They
/// include zeros, ones and the smallest sizes.</summary>
internal static class Admissible
{
    private const int MaxSize = 4;
    private const int MaxClasses = 5;

    /// <summary>How many steps a drawn sequence has at most.</summary>
    public const int MaxSteps = 5;

    /// <summary>The networks that <see cref="Network"/> draws, in words.</summary>
    public static string Networks => $"networks with $D$ and $H$ from 1 to {MaxSize} and $K$ from 2 to {MaxClasses}";

    /// <summary>The sequences that <see cref="Sequence"/> draws, in words.</summary>
    public static string Steps => $"0 to {MaxSteps} steps";

    /// <summary>The arguments that <see cref="Traced"/> draws, in words.</summary>
    public static string Traces => $"{Networks}, {Steps}, targets among which some are null";

    /// <summary>Draws a number from 0 to max.</summary>
    public static int UpTo(int max, SeededRandom random) => random.NextIndex(max + 1);

    /// <summary>Draws a number from 1 to max.</summary>
    public static int From1To(int max, SeededRandom random) => 1 + random.NextIndex(max);

    /// <summary>Draws a number between −2 and 2; often 0 or 1.</summary>
    public static double Value(SeededRandom random) =>
        random.NextIndex(8) switch
        {
            0 => 0,
            1 => 1,
            _ => random.NextUniform(-2, 2),
        };

    public static double[] Numbers(int size, SeededRandom random) =>
        [.. Enumerable.Range(0, size).Select(_ => Value(random))];

    public static Vector<double> Vector(int size, SeededRandom random) =>
        Vector<double>.Build.Dense(Numbers(size, random));

    public static double[,] Table(int rows, int columns, SeededRandom random)
    {
        var table = new double[rows, columns];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                table[r, c] = Value(random);
            }
        }

        return table;
    }

    public static VanillaRnn Network(SeededRandom random)
    {
        var net = new VanillaRnn(
            From1To(MaxSize, random),
            From1To(MaxSize, random),
            1 + From1To(MaxClasses - 1, random),
            random
        );
        foreach (var parameter in net.Parameters)
        {
            for (var k = 0; k < parameter.Values.Length; k++)
            {
                parameter.Values[k] = Value(random);
            }
        }

        return net;
    }

    /// <summary>Inputs for a network; sometimes one-hot vectors, as for words.</summary>
    public static IReadOnlyList<Vector<double>> Sequence(VanillaRnn net, int n, SeededRandom random)
    {
        var (D, oneHot) = (net.U.ColumnCount, random.NextIndex(4) == 0);
        return
        [
            .. Enumerable
                .Range(0, n)
                .Select(_ => oneHot ? Vector<double>.Build.Dense(D, d => d == 0 ? 1 : 0) : Vector(D, random)),
        ];
    }

    /// <summary>Scores; some are large, and sometimes all are far below 0.</summary>
    public static Vector<double> Scores(SeededRandom random)
    {
        var (size, scale, middle) = (
            From1To(MaxClasses, random),
            random.NextIndex(3) == 0 ? 300.0 : 2,
            (random.NextIndex(3) - 1) * 1000.0
        );
        return Vector<double>.Build.Dense(size, _ => middle + random.NextUniform(-scale, scale));
    }

    /// <summary>The scores that <see cref="Scores"/> draws, in words.</summary>
    public static string ScoresInWords => $"1 to {MaxClasses} scores, some around 1000 and some around −1000";

    public static int?[] Targets(int n, int K, SeededRandom random) =>
        [.. Enumerable.Range(0, n).Select(_ => random.NextIndex(3) == 0 ? (int?)null : random.NextIndex(K))];

    /// <summary>The outputs of a sequence, and its targets.</summary>
    public static object?[] Outputs(SeededRandom random)
    {
        var (n, K) = (UpTo(MaxSteps, random), 1 + From1To(MaxClasses - 1, random));
        return
        [
            (IReadOnlyList<Vector<double>>)
                [.. Enumerable.Range(0, n).Select(_ => CrossEntropy.Softmax(Vector(K, random)))],
            (IReadOnlyList<int?>)Targets(n, K, random),
        ];
    }

    /// <summary>A network, the trace of its forward pass, and targets.</summary>
    public static (VanillaRnn Net, VanillaRnn.Trace Trace, IReadOnlyList<int?> Targets) Traced(SeededRandom random)
    {
        var net = Network(random);
        var n = UpTo(MaxSteps, random);
        return (net, net.Forward(Sequence(net, n, random)), Targets(n, net.V.RowCount, random));
    }

    /// <summary>The batches that <see cref="Batch"/> draws, in words.</summary>
    public static string Batches => $"{Networks}, batches of 1 to 3 sequences of 1 to {MaxSize} steps, some unread";

    public static object?[] Batch(SeededRandom random)
    {
        var net = Network(random);
        List<GradientDescent.Example> sequences =
        [
            .. Enumerable
                .Range(0, From1To(3, random))
                .Select(_ => From1To(MaxSize, random))
                .Select(n => new GradientDescent.Example(Sequence(net, n, random), Targets(n, net.V.RowCount, random))),
        ];
        return [net, BatchedRnn.Forward(net, sequences)];
    }

    /// <summary>The arguments that <see cref="Gates"/> draws, in words.</summary>
    public static string GatesInWords => $"$D$ from 1 to 3 and $H$ from 1 to {MaxSize}";

    public static object?[] Gates(SeededRandom random, int count, bool withCell)
    {
        var (D, H) = (From1To(3, random), From1To(MaxSize, random));
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

    /// <summary>The sizes that <see cref="Sizes"/> draws, in words.</summary>
    public static string SizesInWords(params string[] names) =>
        $"{string.Join(", ", names.SkipLast(1).Select(name => $"${name}$"))} and ${names[^1]}$ from 1 to {MaxCount}";

    private const int MaxCount = 40;

    public static Func<SeededRandom, object?[]> Sizes(int count) =>
        random => [.. Enumerable.Range(0, count).Select(_ => (object)From1To(MaxCount, random))];
}
