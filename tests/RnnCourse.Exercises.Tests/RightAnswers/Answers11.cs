using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Losses;
using RnnCourse.Model;
using RnnCourse.Optimisers;
using RnnCourse.Training;

namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>Right answers to the exercises of lesson 11.</summary>
internal static class Answers11
{
    public static IReadOnlyList<RightAnswer> All { get; } =
    [
        new(
            "11.1",
            new Dictionary<string, Func<IReadOnlyList<double[]>, double, double[]>>
            {
                ["a loop"] = (all, limit) =>
                {
                    var sum = new double[all[0].Length];
                    foreach (var one in all)
                    {
                        for (var k = 0; k < sum.Length; k++)
                        {
                            sum[k] += one[k];
                        }
                    }

                    var norm = Math.Sqrt(sum.Sum(v => v * v));
                    return norm > limit ? [.. sum.Select(v => v * limit / norm)] : sum;
                },
                ["LINQ"] = (all, limit) =>
                {
                    double[] sum = [.. all[0].Select((_, k) => all.Sum(one => one[k]))];
                    var factor = Math.Min(1, limit / Math.Max(1e-300, Math.Sqrt(sum.Sum(v => v * v))));
                    return [.. sum.Select(v => v * factor)];
                },
                ["vectors"] = (all, limit) =>
                {
                    var sum = Sum(all);
                    return (sum.L2Norm() > limit ? sum.Normalize(2) * limit : sum).ToArray();
                },
                ["divided, not multiplied"] = (all, limit) =>
                    (Sum(all) / Math.Max(1, Sum(all).L2Norm() / limit)).ToArray(),
                ["squares compared"] = (all, limit) =>
                {
                    var sum = Sum(all);
                    var square = sum * sum;
                    return (square > limit * limit ? sum * (limit / Math.Sqrt(square)) : sum).ToArray();
                },
                ["a little below the limit"] = (all, limit) =>
                    (Sum(all) * Math.Min(1, limit / (Sum(all).L2Norm() + 1e-12))).ToArray(),
                ["recursion"] = (all, limit) =>
                {
                    Vector<double> From(int i) =>
                        i == all.Count
                            ? Vector<double>.Build.Dense(all[0].Length)
                            : RightAnswerParts.Vector(all[i]) + From(i + 1);
                    var sum = From(0);
                    return (sum.L2Norm() > limit ? limit / sum.L2Norm() * sum : sum).ToArray();
                },
                ["a matrix with a column for each"] = (all, limit) =>
                {
                    var sum = Matrix<double>.Build.DenseOfColumnArrays(all).RowSums();
                    return (sum * (sum.L2Norm() > limit ? limit / sum.L2Norm() : 1)).ToArray();
                },
                ["in place in a copy"] = (all, limit) =>
                {
                    var sum = Sum(all);
                    if (sum.L2Norm() is var norm && norm > limit)
                    {
                        sum.Multiply(limit / norm, sum);
                    }

                    return sum.ToArray();
                },
            }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.Clip(way.Value)))
        ),
        new(
            "11.2",
            new Dictionary<string, Func<SequenceModel<float>>>
            {
                ["a larger state"] = () => Train(1, 48, 13),
                ["a longer window"] = () => Train(2, 32, 20),
                ["an output fitted to states that nothing has trained, 100 numbers"] = () =>
                    TrainedNetworks.EchoState(100, 7),
                ["the same with 120"] = () => TrainedNetworks.EchoState(120, 8),
                ["the same with 150"] = () => TrainedNetworks.EchoState(150, 9),
                ["the same with 200"] = () => TrainedNetworks.EchoState(200, 10),
            }
                .Concat(
                    RightAnswersTests.Seeds.Select(seed =>
                        KeyValuePair.Create($"τ = 13, seed {seed}", () => Train(seed, 32, 13))
                    )
                )
                .ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.WindowForLag12(13, way.Value())))
        ),
        new(
            "11.3",
            new Dictionary<string, Func<VanillaRnn, VanillaRnn.Trace, IReadOnlyList<int?>, int, Matrix<double>>>
            {
                ["a question at each step"] = (rnn, trace, targets, tau) =>
                    Cut(rnn, trace, targets, i => (i - 1) % tau == 0),
                ["borders counted up"] = (rnn, trace, targets, tau) =>
                {
                    var borders = new HashSet<int>();
                    for (var i = 1; i <= targets.Count; i += tau)
                    {
                        borders.Add(i);
                    }

                    return Cut(rnn, trace, targets, borders.Contains);
                },
                ["by whole division"] = (rnn, trace, targets, tau) =>
                    Cut(rnn, trace, targets, i => i == 1 || (i - 1) / tau > (i - 2) / tau),
                ["window by window"] = (rnn, trace, targets, tau) =>
                    Windows(rnn, trace, targets, tau).Aggregate(0 * rnn.W, (sum, part) => sum + part),
                ["window by window, backwards"] = (rnn, trace, targets, tau) =>
                    Windows(rnn, trace, targets, tau).Reverse().Aggregate(0 * rnn.W, (sum, part) => part + sum),
                ["the library on windows from their own states"] = (rnn, trace, targets, tau) =>
                    Enumerable
                        .Range(0, targets.Count)
                        .Chunk(tau)
                        .Aggregate(
                            0 * rnn.W,
                            (sum, window) =>
                                sum
                                + rnn.Backward(
                                    new(
                                        [.. window.Select(i => trace.x[i])],
                                        [trace.s[window[0]], .. window.Select(i => trace.s[i + 1])],
                                        [.. window.Select(i => trace.y[i])]
                                    ),
                                    [.. window.Select(i => targets[i])]
                                ).dW
                        ),
                ["recursion over windows"] = (rnn, trace, targets, tau) =>
                {
                    Matrix<double> From(int begin) =>
                        begin > targets.Count ? 0 * rnn.W : Window(rnn, trace, targets, begin, tau) + From(begin + tau);
                    return From(1);
                },
                ["each loss back to its border"] = (rnn, trace, targets, tau) =>
                {
                    var dW = 0 * rnn.W;
                    for (var j = 1; j <= targets.Count; j++)
                    {
                        var ds = rnn.V.Transpose() * CrossEntropy.ScoreGradient(trace.y[j - 1], targets[j - 1]);
                        for (var i = j; i > (j - 1) / tau * tau; i--)
                        {
                            var da = (1 - trace.s[i].PointwisePower(2)).PointwiseMultiply(ds);
                            dW += da.OuterProduct(trace.s[i - 1]);
                            ds = rnn.W.Transpose() * da;
                        }
                    }

                    return dW;
                },
            }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.TruncatedGradient(way.Value)))
        ),
        new(
            "11.4",
            new Dictionary<string, Func<int, SeededRandom, Matrix<double>>>
            {
                ["QR"] = (size, random) => Normal(size, random).QR().Q,
                ["QR of uniform numbers"] = (size, random) =>
                    Matrix<double>.Build.Dense(size, size, (_, _) => random.NextUniform(-1, 1)).QR().Q,
                ["QR, its transpose"] = (size, random) => Normal(size, random).QR().Q.Transpose(),
                ["QR with random signs"] = (size, random) =>
                    Normal(size, random).QR().Q
                    * Matrix<double>.Build.Diagonal(size, size, _ => random.NextIndex(2) == 0 ? 1 : -1),
                ["Gram and Schmidt"] = GramSchmidt,
                ["singular vectors"] = (size, random) => Normal(size, random).Svd() is var svd ? svd.U * svd.VT : null!,
                ["left singular vectors"] = (size, random) => Normal(size, random).Svd().U,
                ["eigenvectors of a symmetric matrix"] = (size, random) =>
                    Normal(size, random) is var M
                        ? (M + M.Transpose()).Evd(Symmetricity.Symmetric).EigenVectors
                        : null!,
                ["the library's"] = RecurrentWeights.Orthogonal,
            }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.OrthogonalStart(way.Value)))
        ),
    ];

    private static Vector<double> Sum(IReadOnlyList<double[]> all) =>
        all.Select(RightAnswerParts.Vector).Aggregate((a, b) => a + b);

    private static Matrix<double> Cut(
        VanillaRnn rnn,
        VanillaRnn.Trace trace,
        IReadOnlyList<int?> targets,
        Func<int, bool> begins
    )
    {
        var (x, s, y) = trace;
        var (dW, ds_next) = (0 * rnn.W, 0 * rnn.s_0);
        for (var i = x.Count; i >= 1; i--)
        {
            var ds_i = (rnn.V.Transpose() * CrossEntropy.ScoreGradient(y[i - 1], targets[i - 1])) + ds_next;
            var da_i = (1 - s[i].PointwiseMultiply(s[i])).PointwiseMultiply(ds_i);
            dW += da_i.OuterProduct(s[i - 1]);
            ds_next = begins(i) ? 0 * ds_i : rnn.W.Transpose() * da_i;
        }

        return dW;
    }

    private static IEnumerable<Matrix<double>> Windows(
        VanillaRnn rnn,
        VanillaRnn.Trace trace,
        IReadOnlyList<int?> targets,
        int tau
    )
    {
        for (var begin = 1; begin <= targets.Count; begin += tau)
        {
            yield return Window(rnn, trace, targets, begin, tau);
        }
    }

    private static Matrix<double> Window(
        VanillaRnn rnn,
        VanillaRnn.Trace trace,
        IReadOnlyList<int?> targets,
        int begin,
        int tau
    )
    {
        var (dW, ds_next) = (0 * rnn.W, 0 * rnn.s_0);
        for (var i = Math.Min(begin + tau - 1, targets.Count); i >= begin; i--)
        {
            var ds_i = (rnn.V.Transpose() * CrossEntropy.ScoreGradient(trace.y[i - 1], targets[i - 1])) + ds_next;
            var da_i = (1 - trace.s[i].PointwisePower(2)).PointwiseMultiply(ds_i);
            dW += da_i.OuterProduct(trace.s[i - 1]);
            ds_next = rnn.W.Transpose() * da_i;
        }

        return dW;
    }

    private static Matrix<double> Normal(int size, SeededRandom random) =>
        Matrix<double>.Build.Dense(size, size, (_, _) => random.NextNormal());

    private static Matrix<double> GramSchmidt(int size, SeededRandom random)
    {
        var columns = new List<Vector<double>>();
        while (columns.Count < size)
        {
            var v = Vector<double>.Build.Dense(size, _ => random.NextNormal());
            // Twice, so that rounding leaves nothing of the other columns.
            foreach (var other in columns.Concat(columns))
            {
                v -= v * other * other;
            }

            columns.Add(v.Normalize(2));
        }

        return Matrix<double>.Build.DenseOfColumnVectors(columns);
    }

    private static void Set(SequenceModel<float> model, Matrix<double> W) =>
        W.ToColumnMajorArray().Select(value => (float)value).ToArray().CopyTo(model.Layers[0][0].W.Values, 0);

    // As in the lesson.
    private static SequenceModel<float> Train(int seed, int H, int tau)
    {
        var draw = new SeededRandom((ulong)seed);
        var echoes = Enumerable
            .Range(0, 16)
            .Select(_ => EchoTask.Draw(12, 960, draw))
            .Select(e => new SymbolSequence(e.Symbols, e.Targets))
            .ToList();
        var model = new SequenceModel<float>(new ModelShape(CellKind.Rnn, 2, H, 2), draw);
        Set(model, RecurrentWeights.Orthogonal(H, draw));
        using var trainer = new Trainer<float>(
            model,
            new SoftmaxCrossEntropy<float>(),
            new Adam<float>(),
            new WindowBatches<float>(echoes, 2, tau),
            new TrainerOptions
            {
                LearningRate = new ConstantRate(0.003),
                ClipNorm = 1,
                CarryState = true,
            }
        );
        trainer.Run(24_000 / tau);
        return model;
    }
}
