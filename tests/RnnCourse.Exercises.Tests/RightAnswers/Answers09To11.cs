using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Gradients;
using RnnCourse.Losses;
using RnnCourse.Model;
using RnnCourse.Optimisers;
using RnnCourse.Training;

namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>Right answers to the exercises of lessons 09 to 11.</summary>
internal static class Answers09To11
{
    private static readonly VanillaRnn LessonsNetwork = new(8, 64, 2, new SeededRandom(5));

    public static IReadOnlyList<RightAnswer> All { get; } =
    [
        new(
            "09.1",
            new Dictionary<string, Func<int, int, int>>
            {
                ["2 T + 6"] = (T, B) => (2 * T) + 6,
                ["forward and backward"] = (T, B) => T + 2 + (T + 4),
                ["taken out"] = (T, B) => 2 * (T + 3),
                ["counted"] = (T, B) => Enumerable.Range(1, T).Sum(_ => 2) + 6,
                ["a loop"] = (T, B) =>
                {
                    var count = 6;
                    for (var t = 1; t <= T; t++)
                    {
                        count += 2;
                    }

                    return count;
                },
                ["recursion"] = (T, B) => Products(T),
                ["B drops out"] = (T, B) => ((2 * T * B) + (6 * B)) / B,
                ["as a list"] = (T, B) => new[] { 1, T, 1, 1, T, 3 }.Sum(),
            }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.ProductCount(way.Value)))
        ),
        new(
            "09.2",
            new Dictionary<string, Func<int, int, int, int, int>>
            {
                ["(t − 1) B + m"] = (t, m, T, B) => ((t - 1) * B) + m,
                ["t B − B + m"] = (t, m, T, B) => (t * B) - B + m,
                ["from the end of the block"] = (t, m, T, B) => (t * B) - (B - m),
                ["from the last column"] = (t, m, T, B) => (T * B) - 1 - (((T - t) * B) + (B - 1 - m)),
                ["counted"] = (t, m, T, B) => Enumerable.Range(1, t - 1).Sum(_ => B) + m,
                ["found"] = (t, m, T, B) =>
                    Enumerable
                        .Range(1, T)
                        .SelectMany(step => Enumerable.Range(0, B).Select(k => (step, k)))
                        .ToList()
                        .IndexOf((t, m)),
                ["a loop"] = (t, m, T, B) =>
                {
                    var column = m;
                    while (t-- > 1)
                    {
                        column += B;
                    }

                    return column;
                },
                ["recursion"] = (t, m, T, B) => Column(t, m, B),
            }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.BatchColumn(way.Value)))
        ),
        new("09.3a", Passes(Check.MendedPassA)),
        new("09.3b", Passes(Check.MendedPassB)),
        new("09.3c", Passes(Check.MendedPassC)),
        new("09.3d", Passes(Check.MendedPassD)),
        new(
            "10.1",
            new Dictionary<string, Func<VanillaRnn, Vector<double>, Matrix<double>>>
            {
                ["a diagonal matrix"] = (rnn, s) =>
                    Matrix<double>.Build.DiagonalOfDiagonalVector(1 - s.PointwisePower(2)) * rnn.W,
                ["a dense one"] = (rnn, s) =>
                    Matrix<double>.Build.DenseOfDiagonalVector(1 - s.PointwiseMultiply(s)) * rnn.W,
                ["number by number"] = (rnn, s) =>
                    Matrix<double>.Build.Dense(s.Count, s.Count, (r, c) => (1 - (s[r] * s[r])) * rnn.W[r, c]),
                ["rows, scaled"] = (rnn, s) =>
                    Matrix<double>.Build.DenseOfRowVectors(
                        rnn.W.EnumerateRows().Select((row, r) => (1 - (s[r] * s[r])) * row)
                    ),
                ["columns, pointwise"] = (rnn, s) =>
                    Matrix<double>.Build.DenseOfColumnVectors(
                        rnn.W.EnumerateColumns().Select(column => column.PointwiseMultiply(1 - s.PointwisePower(2)))
                    ),
                ["the transpose of W D"] = (rnn, s) =>
                    (
                        rnn.W.Transpose() * Matrix<double>.Build.DiagonalOfDiagonalVector(1 - s.PointwisePower(2))
                    ).Transpose(),
                ["(1 + s)(1 − s)"] = (rnn, s) =>
                    Matrix<double>.Build.DiagonalOfDiagonalVector((1 + s).PointwiseMultiply(1 - s)) * rnn.W,
                ["in place"] = (rnn, s) =>
                {
                    var J = rnn.W.Clone();
                    J.MapIndexedInplace((r, _, w) => w * (1 - (s[r] * s[r])), Zeros.Include);
                    return J;
                },
                ["the library's"] = StateJacobians.Step,
                ["by differences of a"] = (rnn, s) =>
                {
                    // s = tanh(a): the slope, from a on both sides.
                    var a = s.Map(value => 0.5 * Math.Log((1 + value) / (1 - value)));
                    var slope = ((a + 1e-5).PointwiseTanh() - (a - 1e-5).PointwiseTanh()) / 2e-5;
                    return Matrix<double>.Build.DiagonalOfDiagonalVector(slope) * rnn.W;
                },
            }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.StepJacobian(way.Value)))
        ),
        new(
            "10.2",
            new Dictionary<string, Func<VanillaRnn, IReadOnlyList<Vector<double>>, int, int, Matrix<double>>>
            {
                ["from the last step down"] = (rnn, s, n, k) =>
                {
                    var product = Identity(rnn);
                    for (var i = n; i > k; i--)
                    {
                        product *= StateJacobians.Step(rnn, s[i]);
                    }

                    return product;
                },
                ["from the first step up"] = (rnn, s, n, k) =>
                {
                    var product = Identity(rnn);
                    for (var i = k + 1; i <= n; i++)
                    {
                        product = StateJacobians.Step(rnn, s[i]) * product;
                    }

                    return product;
                },
                ["LINQ"] = (rnn, s, n, k) =>
                    Enumerable
                        .Range(k + 1, n - k)
                        .Aggregate(Identity(rnn), (product, i) => StateJacobians.Step(rnn, s[i]) * product),
                ["recursion"] = Between,
                ["halves"] = Halves,
                ["column by column"] = (rnn, s, n, k) =>
                    Matrix<double>.Build.DenseOfColumnVectors(
                        Identity(rnn)
                            .EnumerateColumns()
                            .Select(column =>
                            {
                                for (var i = k + 1; i <= n; i++)
                                {
                                    column = (1 - s[i].PointwisePower(2)).PointwiseMultiply(rnn.W * column);
                                }

                                return column;
                            })
                    ),
                ["transposed throughout"] = (rnn, s, n, k) =>
                    Enumerable
                        .Range(k + 1, n - k)
                        .Aggregate(Identity(rnn), (product, i) => product * StateJacobians.Step(rnn, s[i]).Transpose())
                        .Transpose(),
                ["the library's"] = StateJacobians.Between,
            }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.JacobianProduct(way.Value)))
        ),
        new(
            "10.3",
            new[] { 1.4, 1.45, 1.48, 1.49, 1.5, 1.51, 1.52, 1.55 }.ToDictionary(
                radius => $"{radius}",
                radius => (Func<Feedback>)(() => Check.KeepsLag20(LessonsNetwork, radius))
            )
        ),
        new(
            "10.4",
            new Dictionary<string, Matrix<double>>
            {
                ["a triangle"] = Triangle(0.9, 10),
                ["its transpose"] = Triangle(0.9, 10).Transpose(),
                ["turned"] = Turned(0.7, Triangle(0.9, 20)),
                ["turned a little"] = Turned(1e-3, Triangle(0.9, 20)),
                ["mirrored"] = -Triangle(0.9, 30),
                ["with a small radius"] = Triangle(0.1, 1000),
                ["three numbers"] = Matrix<double>.Build.DenseOfArray(
                    new[,]
                    {
                        { 0.5, 100, 0 },
                        { 0, 0.5, 100 },
                        { 0, 0, 0.5 },
                    }
                ),
                ["powers that end"] = Triangle(0, 10),
                ["a spiral"] = Matrix<double>.Build.DenseOfArray(
                    new[,]
                    {
                        { 0, 40 },
                        { -0.02, 0 },
                    }
                ),
                ["two different eigenvalues"] = Matrix<double>.Build.DenseOfArray(
                    new[,]
                    {
                        { 0.9, 50 },
                        { 0, -0.4 },
                    }
                ),
            }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.GrowsBeforeItFalls(way.Value)))
        ),
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
                        i == all.Count ? Vector<double>.Build.Dense(all[0].Length) : Vector(all[i]) + From(i + 1);
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
                ["an output fitted to states that nothing has trained, 100 numbers"] = () => EchoState(100, 7),
                ["the same with 120"] = () => EchoState(120, 8),
                ["the same with 150"] = () => EchoState(150, 9),
                ["the same with 200"] = () => EchoState(200, 10),
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

    private static int Products(int T) => T == 0 ? 6 : 2 + Products(T - 1);

    private static int Column(int t, int m, int B) => t == 1 ? m : B + Column(t - 1, m, B);

    private static Dictionary<string, Func<Feedback>> Passes(Func<Check.BatchedBackwardMethod?, Feedback> check) =>
        new Dictionary<string, Check.BatchedBackwardMethod>
        {
            ["the library's"] = BatchedRnn.Backward,
            ["block after block"] = (rnn, trace) => Pass(rnn, trace),
            ["sums within the loop"] = (rnn, trace) => Pass(rnn, trace, within: true),
            ["products from the left"] = (rnn, trace) => Pass(rnn, trace, left: true),
            ["scores by hand"] = (rnn, trace) => Pass(rnn, trace, byHand: true),
            ["both"] = (rnn, trace) => Pass(rnn, trace, within: true, left: true),
            ["with noise in the tenth digit"] = (rnn, trace) =>
                BatchedRnn.Backward(rnn, trace) is var g
                    ? new(
                        g.dU * (1 + 1e-10),
                        g.dW * (1 + 1e-10),
                        g.dV * (1 + 1e-10),
                        g.db * (1 - 1e-10),
                        g.dc * (1 + 1e-10),
                        g.ds_0 * (1 - 1e-10)
                    )
                    : null!,
            ["all by hand and within the loop"] = (rnn, trace) => Pass(rnn, trace, within: true, byHand: true),
            ["sequence after sequence"] = (rnn, trace) =>
            {
                var sum = new VanillaRnn.Gradients(0 * rnn.U, 0 * rnn.W, 0 * rnn.V, 0 * rnn.b, 0 * rnn.c, 0 * rnn.s_0);
                for (var m = 0; m < trace.B; m++)
                {
                    Matrix<double> Own(Matrix<double> M) =>
                        Matrix<double>.Build.DenseOfColumnVectors(
                            M.EnumerateColumns().Where((_, column) => column % trace.B == m)
                        );
                    var g = BatchedRnn.Backward(
                        rnn,
                        new(Own(trace.X), Own(trace.S), Own(trace.Y), Own(trace.Targets), trace.T, 1)
                    );
                    sum = new(
                        sum.dU + g.dU,
                        sum.dW + g.dW,
                        sum.dV + g.dV,
                        sum.db + g.db,
                        sum.dc + g.dc,
                        sum.ds_0 + g.ds_0
                    );
                }

                return sum;
            },
        }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => check(way.Value)));

    private static VanillaRnn.Gradients Pass(
        VanillaRnn rnn,
        BatchedRnn.Trace trace,
        bool within = false,
        bool left = false,
        bool byHand = false
    )
    {
        var (X, S, Y, targets, T, B) = trace;
        // A column of targets that is all zeros is not read.
        var dZ = byHand
            ? Matrix<double>.Build.Dense(
                Y.RowCount,
                Y.ColumnCount,
                (r, column) => targets.Column(column).Sum() * Y[r, column] - targets[r, column]
            )
            : BatchedRnn.ScoreGradients(Y, targets);
        var dA = Matrix<double>.Build.Dense(S.RowCount, T * B);
        Matrix<double> dU = 0 * rnn.U,
            dW = 0 * rnn.W,
            dV = 0 * rnn.V;
        Vector<double> db = 0 * rnn.b,
            dc = 0 * rnn.c;
        var ds_next = Matrix<double>.Build.Dense(S.RowCount, B);
        for (var t = T; t >= 1; t--)
        {
            var (dZ_t, s_t) = (BatchedRnn.Blocks(dZ, t - 1, 1, B), BatchedRnn.Blocks(S, t, 1, B));
            var ds_t = (left ? (dZ_t.Transpose() * rnn.V).Transpose() : rnn.V.Transpose() * dZ_t) + ds_next;
            var da_t = (1 - s_t.PointwisePower(2)).PointwiseMultiply(ds_t);
            dA.SetSubMatrix(0, (t - 1) * B, da_t);
            dU += da_t * BatchedRnn.Blocks(X, t - 1, 1, B).Transpose();
            dW += da_t * BatchedRnn.Blocks(S, t - 1, 1, B).Transpose();
            dV += dZ_t * s_t.Transpose();
            (db, dc) = (db + da_t.RowSums(), dc + dZ_t.RowSums());
            ds_next = left ? (da_t.Transpose() * rnn.W).Transpose() : rnn.W.Transpose() * da_t;
        }

        return within
            ? new(dU, dW, dV, db, dc, ds_next.RowSums())
            : new(
                dA * X.Transpose(),
                dA * BatchedRnn.Blocks(S, 0, T, B).Transpose(),
                dZ * BatchedRnn.Blocks(S, 1, T, B).Transpose(),
                dA.RowSums(),
                dZ.RowSums(),
                ds_next.RowSums()
            );
    }

    private static Matrix<double> Identity(VanillaRnn rnn) => Matrix<double>.Build.DenseIdentity(rnn.W.RowCount);

    private static Matrix<double> Between(VanillaRnn rnn, IReadOnlyList<Vector<double>> s, int n, int k) =>
        n == k ? Identity(rnn) : StateJacobians.Step(rnn, s[n]) * Between(rnn, s, n - 1, k);

    private static Matrix<double> Halves(VanillaRnn rnn, IReadOnlyList<Vector<double>> s, int n, int k) =>
        n == k ? Identity(rnn)
        : n == k + 1 ? StateJacobians.Step(rnn, s[n])
        : Halves(rnn, s, n, (n + k) / 2) * Halves(rnn, s, (n + k) / 2, k);

    private static Matrix<double> Triangle(double radius, double c) =>
        Matrix<double>.Build.DenseOfArray(
            new[,]
            {
                { radius, c },
                { 0, radius },
            }
        );

    private static Matrix<double> Turned(double angle, Matrix<double> W)
    {
        var Q = Matrix<double>.Build.DenseOfArray(
            new[,]
            {
                { Math.Cos(angle), -Math.Sin(angle) },
                { Math.Sin(angle), Math.Cos(angle) },
            }
        );
        return Q * W * Q.Transpose();
    }

    private static Vector<double> Vector(double[] values) => Vector<double>.Build.DenseOfArray(values);

    private static Vector<double> Sum(IReadOnlyList<double[]> all) => all.Select(Vector).Aggregate((a, b) => a + b);

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
            // Twice, so that rounding leaves nothing of the others.
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

    // As the lesson does it.
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

    // W and U as drawn; only the output is fitted, by least squares.
    private static SequenceModel<float> EchoState(int H, ulong seed)
    {
        var random = new SeededRandom(seed);
        var model = new SequenceModel<float>(new ModelShape(CellKind.Rnn, 2, H, 2), random);
        var W = RecurrentWeights.Orthogonal(H, random) * 0.97;
        var U = Matrix<double>.Build.Dense(H, 2, (_, _) => random.NextUniform(-0.1, 0.1));
        Set(model, W);
        U.ToColumnMajorArray().Select(value => (float)value).ToArray().CopyTo(model.Layers[0][0].U.Values, 0);
        var (symbols, targets) = EchoTask.Draw(12, 3000, random);
        var (S, t, s) = (new List<Vector<double>>(), new List<double>(), Vector<double>.Build.Dense(H));
        for (var i = 0; i < symbols.Length; i++)
        {
            s = (U.Column(symbols[i]) + (W * s)).PointwiseTanh();
            if (targets[i] >= 0)
            {
                S.Add(Vector<double>.Build.DenseOfEnumerable(s.Append(1)));
                t.Add((2 * targets[i]) - 1);
            }
        }

        var A = Matrix<double>.Build.DenseOfRowVectors(S);
        var w = (A.TransposeThisAndMultiply(A) + (1e-6 * Matrix<double>.Build.DenseIdentity(H + 1))).Solve(
            A.TransposeThisAndMultiply(Vector<double>.Build.DenseOfEnumerable(t))
        );
        for (var h = 0; h < H; h++)
        {
            (model.Output.V.Values[2 * h], model.Output.V.Values[(2 * h) + 1]) = ((float)-w[h], (float)w[h]);
        }

        (model.Output.c.Values[0], model.Output.c.Values[1]) = ((float)-w[H], (float)w[H]);
        return model;
    }
}
