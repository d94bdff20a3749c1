using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Gradients;

namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>Right answers to the exercises of lesson 08.</summary>
internal static class Answers08
{
    public static IReadOnlyDictionary<string, Func<Feedback>> Gradients { get; } =
        new Dictionary<string, Check.BackwardMethod>
        {
            ["the library's"] = (rnn, trace, targets) => rnn.Backward(trace, targets),
            ["a loop"] = (rnn, trace, targets) => Loop(rnn, trace, targets),
            ["with products from the left"] = (rnn, trace, targets) => Loop(rnn, trace, targets, left: true),
            ["in place"] = (rnn, trace, targets) => Loop(rnn, trace, targets, inPlace: true),
            ["as one-column matrices"] = Columns,
            ["by recursion"] = (rnn, trace, targets) =>
            {
                var (zero, _) = Back(rnn, trace, targets, 1);
                return zero;
            },
            ["each loss alone"] = (rnn, trace, targets) =>
                Enumerable
                    .Range(0, targets.Count)
                    .Select(j => rnn.Backward(trace, [.. targets.Select((t, k) => k == j ? t : null)]))
                    .Aggregate(rnn.Backward(trace, new int?[targets.Count]), Plus),
            ["a loss and then the next, halved and doubled"] = (rnn, trace, targets) =>
            {
                var g = rnn.Backward(trace, targets);
                return Plus(Times(g, 0.5), Times(g, 0.5));
            },
            ["with noise in the tenth digit"] = (rnn, trace, targets) => Times(rnn.Backward(trace, targets), 1 + 1e-10),
            ["by central differences"] = (rnn, trace, targets) =>
            {
                var g = rnn
                    .Parameters.Select(p =>
                        CentralDifferences.Gradient(() => CrossEntropy.Loss(rnn.Predict(trace.x), targets), p.Values)
                    )
                    .ToList();
                Matrix<double> As(Matrix<double> m, double[] values) =>
                    Matrix<double>.Build.Dense(m.RowCount, m.ColumnCount, values);
                return new(
                    As(rnn.U, g[0]),
                    As(rnn.W, g[1]),
                    As(rnn.V, g[2]),
                    Vector<double>.Build.Dense(g[3]),
                    Vector<double>.Build.Dense(g[4]),
                    Vector<double>.Build.Dense(g[5])
                );
            },
        }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.Backward(way.Value)));

    public static IReadOnlyDictionary<string, Func<Feedback>> Measures { get; } =
        new Dictionary<string, Func<Func<double>, double[], double[]>>
        {
            ["the library's"] = (loss, values) => CentralDifferences.Gradient(loss, values),
            ["a step of 1e-5"] = (loss, values) => Central(loss, values, _ => 1e-5),
            ["a step of 1e-4 / 4"] = (loss, values) => Central(loss, values, _ => 2.5e-5),
            ["a step of 6e-6"] = (loss, values) => Central(loss, values, _ => 6e-6),
            ["a step that goes with the number"] = (loss, values) =>
                Central(loss, values, value => 1e-5 * Math.Max(0.5, Math.Abs(value))),
            ["to the other side first"] = (loss, values) => Central(loss, values, _ => -1e-5),
            ["four places"] = (loss, values) =>
            {
                var (one, two) = (Central(loss, values, _ => 1e-3), Central(loss, values, _ => 2e-3));
                return [.. one.Zip(two, (a, b) => ((4 * a) - b) / 3)];
            },
            ["from the last number to the first"] = (loss, values) =>
            {
                var slopes = new double[values.Length];
                for (var k = values.Length - 1; k >= 0; k--)
                {
                    slopes[k] = Slope(loss, values, k, 1e-5);
                }

                return slopes;
            },
            ["LINQ"] = (loss, values) =>
                [.. Enumerable.Range(0, values.Length).Select(k => Slope(loss, values, k, 1e-5))],
            ["moved with += and back"] = (loss, values) =>
            {
                const double h = 1e-5;
                var slopes = new double[values.Length];
                for (var k = 0; k < values.Length; k++)
                {
                    values[k] += h;
                    var above = loss();
                    values[k] -= 2 * h;
                    var below = loss();
                    values[k] += h;
                    slopes[k] = (above - below) / (2 * h);
                }

                return slopes;
            },
        }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.Measure(way.Value)));

    public static IReadOnlyDictionary<string, Func<Feedback>> ByLags { get; } =
        new Dictionary<string, Check.ByLagMethod>
        {
            ["each loss on its own path"] = (rnn, trace, targets, lag) => OfLag(rnn, trace, targets, lag),
            ["from the last step to the first"] = (rnn, trace, targets, lag) =>
                OfLag(rnn, trace, targets, lag, backwards: true),
            ["products of Jacobians"] = (rnn, trace, targets, lag) =>
            {
                var sum = 0 * rnn.W;
                for (var i = 1; i + lag <= targets.Count; i++)
                {
                    var ds =
                        StateJacobians.Between(rnn, trace.s, i + lag, i).Transpose()
                        * (rnn.V.Transpose() * CrossEntropy.ScoreGradient(trace.y[i + lag - 1], targets[i + lag - 1]));
                    sum += Slope(trace.s[i]).PointwiseMultiply(ds).OuterProduct(trace.s[i - 1]);
                }

                return sum;
            },
            ["LINQ"] = (rnn, trace, targets, lag) =>
                Enumerable
                    .Range(1, Math.Max(0, targets.Count - lag))
                    .Select(i =>
                    {
                        var ds =
                            rnn.V.Transpose() * CrossEntropy.ScoreGradient(trace.y[i + lag - 1], targets[i + lag - 1]);
                        for (var j = i + lag; j > i; j--)
                        {
                            ds = rnn.W.Transpose() * Slope(trace.s[j]).PointwiseMultiply(ds);
                        }

                        return Slope(trace.s[i]).PointwiseMultiply(ds).OuterProduct(trace.s[i - 1]);
                    })
                    .Aggregate(0 * rnn.W, (sum, part) => sum + part),
            ["recursion"] = (rnn, trace, targets, lag) =>
            {
                Vector<double> Sent(int i, int j) =>
                    i == j
                        ? rnn.V.Transpose() * CrossEntropy.ScoreGradient(trace.y[j - 1], targets[j - 1])
                        : rnn.W.Transpose() * Slope(trace.s[i + 1]).PointwiseMultiply(Sent(i + 1, j));
                var sum = 0 * rnn.W;
                for (var i = 1; i + lag <= targets.Count; i++)
                {
                    sum += Slope(trace.s[i]).PointwiseMultiply(Sent(i, i + lag)).OuterProduct(trace.s[i - 1]);
                }

                return sum;
            },
            ["all lags in a table"] = (rnn, trace, targets, lag) =>
            {
                var table = Enumerable.Range(0, targets.Count).ToDictionary(l => l, _ => 0 * rnn.W);
                for (var j = 1; j <= targets.Count; j++)
                {
                    var ds = rnn.V.Transpose() * CrossEntropy.ScoreGradient(trace.y[j - 1], targets[j - 1]);
                    for (var i = j; i >= 1; i--)
                    {
                        var da = Slope(trace.s[i]).PointwiseMultiply(ds);
                        table[j - i] += da.OuterProduct(trace.s[i - 1]);
                        ds = rnn.W.Transpose() * da;
                    }
                }

                return table.GetValueOrDefault(lag) ?? 0 * rnn.W;
            },
            ["all up to the lag, less those before"] = (rnn, trace, targets, lag) =>
            {
                Matrix<double> UpTo(int most) =>
                    Enumerable
                        .Range(0, Math.Max(0, most + 1))
                        .Aggregate(0 * rnn.W, (sum, l) => sum + OfLag(rnn, trace, targets, l));
                return UpTo(lag) - UpTo(lag - 1);
            },
            ["numbers in loops"] = (rnn, trace, targets, lag) =>
            {
                var of = OfLag(rnn, trace, targets, lag);
                return Matrix<double>.Build.Dense(of.RowCount, of.ColumnCount, (r, c) => of[r, c] * (1 + 1e-12));
            },
        }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.ByLag(way.Value)));

    public static IReadOnlyList<RightAnswer> All { get; } =
    [
        new(
            "08.1",
            new Dictionary<string, Func<int, int, int>>
            {
                ["a condition"] = (n, k) => k < n ? n - k : 0,
                ["a maximum"] = (n, k) => Math.Max(0, n - k),
                ["counted"] = (n, k) => Enumerable.Range(1, n).Count(i => i + k <= n),
                ["counted, from the loss"] = (n, k) => Enumerable.Range(1, n).Count(j => j - k >= 1),
                ["all pairs"] = (n, k) =>
                    Enumerable
                        .Range(1, n)
                        .SelectMany(i => Enumerable.Range(1, n).Select(j => j - i))
                        .Count(l => l == k),
                ["a loop"] = (n, k) =>
                {
                    var paths = 0;
                    for (var i = 1; i <= n - k; i++)
                    {
                        paths++;
                    }

                    return paths;
                },
                ["recursion"] = Paths,
                ["half of a sum with its size"] = (n, k) => (n - k + Math.Abs(n - k)) / 2,
                ["clamped"] = (n, k) => Math.Clamp(n - k, 0, n),
            }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.Paths(way.Value)))
        ),
        new(
            "08.2",
            new[]
            {
                ("dU dW db ds_0", "ds_0", "dU dW db ds_0", "dW"),
                ("ds_0 db dW dU", "ds_0", "ds_0 db dW dU", "dW"),
                ("dU, dW, db, ds_0", "ds_0", "dU, dW, db, ds_0", "dW"),
                ("dU; dW; db; ds_0", " ds_0 ", "dU;dW;db;ds_0", " dW"),
                ("dU, dW, db and ds_0", "ds_0", "dU, dW, db and ds_0", "dW"),
                ("all of dU, dW, db and ds_0", "ds_0", "dU dW db ds_0", "dW"),
                ("dU dW db ds0", "ds0", "dU dW db ds0", "dW"),
                ("  dW  dU  ds_0  db  ", "ds_0", "db dU ds_0 dW", "dW"),
                ("dU dU dW db ds_0", "ds_0", "dU dW db ds_0", "dW dW"),
            }.ToDictionary(
                way => $"{way}",
                way => (Func<Feedback>)(() => Check.Vanishing(way.Item1, way.Item2, way.Item3, way.Item4))
            )
        ),
        new("08.3a", Answers08Parts.Scores),
        new("08.3b", Answers08Parts.States),
        new("08.3c", Answers08Parts.Inside),
        new("08.3d", Gradients),
        new("08.4", Measures),
        new("08.5", ByLags),
    ];

    private static int Paths(int n, int k) => k >= n ? 0 : 1 + Paths(n - 1, k);

    private static Vector<double> Slope(Vector<double> s_i) => 1 - s_i.PointwiseMultiply(s_i);

    private static Matrix<double> OfLag(
        VanillaRnn rnn,
        VanillaRnn.Trace trace,
        IReadOnlyList<int?> targets,
        int lag,
        bool backwards = false
    )
    {
        var steps = Enumerable.Range(1, Math.Max(0, targets.Count - lag));
        var sum = 0 * rnn.W;
        foreach (var i in backwards ? steps.Reverse() : steps)
        {
            var ds = CrossEntropy.ScoreGradient(trace.y[i + lag - 1], targets[i + lag - 1]) * rnn.V;
            for (var j = i + lag; j > i; j--)
            {
                ds = Slope(trace.s[j]).PointwiseMultiply(ds) * rnn.W;
            }

            sum += Slope(trace.s[i]).PointwiseMultiply(ds).OuterProduct(trace.s[i - 1]);
        }

        return sum;
    }

    private static double Slope(Func<double> loss, double[] values, int k, double h)
    {
        var here = values[k];
        values[k] = here + h;
        var above = loss();
        values[k] = here - h;
        var below = loss();
        values[k] = here;
        return (above - below) / (2 * h);
    }

    private static double[] Central(Func<double> loss, double[] values, Func<double, double> step) =>
        [.. values.Select((value, k) => Slope(loss, values, k, step(value)))];

    private static VanillaRnn.Gradients Times(VanillaRnn.Gradients g, double factor) =>
        new(factor * g.dU, factor * g.dW, factor * g.dV, factor * g.db, factor * g.dc, factor * g.ds_0);

    private static VanillaRnn.Gradients Plus(VanillaRnn.Gradients a, VanillaRnn.Gradients b) =>
        new(a.dU + b.dU, a.dW + b.dW, a.dV + b.dV, a.db + b.db, a.dc + b.dc, a.ds_0 + b.ds_0);

    private static VanillaRnn.Gradients Loop(
        VanillaRnn rnn,
        VanillaRnn.Trace trace,
        IReadOnlyList<int?> targets,
        bool left = false,
        bool inPlace = false
    )
    {
        var (x, s, y) = trace;
        Matrix<double> dU = 0 * rnn.U,
            dW = 0 * rnn.W,
            dV = 0 * rnn.V;
        Vector<double> db = 0 * rnn.b,
            dc = 0 * rnn.c,
            ds_next = 0 * rnn.s_0;
        for (var i = x.Count; i >= 1; i--)
        {
            var dz_i = y[i - 1].Clone();
            if (targets[i - 1] is { } k)
            {
                dz_i[k] -= 1;
            }
            else
            {
                dz_i.Clear();
            }

            var ds_i = (left ? dz_i * rnn.V : rnn.V.Transpose() * dz_i) + ds_next;
            var da_i = Slope(s[i]).PointwiseMultiply(ds_i);
            if (inPlace)
            {
                dU.Add(da_i.OuterProduct(x[i - 1]), dU);
                dW.Add(da_i.OuterProduct(s[i - 1]), dW);
                dV.Add(dz_i.OuterProduct(s[i]), dV);
                db.Add(da_i, db);
                dc.Add(dz_i, dc);
            }
            else
            {
                (dU, dW, dV) = (
                    dU + da_i.OuterProduct(x[i - 1]),
                    dW + da_i.OuterProduct(s[i - 1]),
                    dV + dz_i.OuterProduct(s[i])
                );
                (db, dc) = (db + da_i, dc + dz_i);
            }

            ds_next = left ? da_i * rnn.W : rnn.W.Transpose() * da_i;
        }

        return new(dU, dW, dV, db, dc, ds_next);
    }

    // All steps' gradients side by side; the parameters' are products of such matrices.
    private static VanillaRnn.Gradients Columns(VanillaRnn rnn, VanillaRnn.Trace trace, IReadOnlyList<int?> targets)
    {
        var (x, s, y) = trace;
        var n = x.Count;
        if (n == 0)
        {
            return rnn.Backward(trace, targets);
        }

        var dZ = Matrix<double>.Build.DenseOfColumnVectors(
            y.Select((y_i, i) => CrossEntropy.ScoreGradient(y_i, targets[i]))
        );
        var dA = Matrix<double>.Build.Dense(s[0].Count, n);
        var ds_next = 0 * s[0];
        for (var i = n; i >= 1; i--)
        {
            dA.SetColumn(i - 1, Slope(s[i]).PointwiseMultiply((rnn.V.Transpose() * dZ.Column(i - 1)) + ds_next));
            ds_next = rnn.W.Transpose() * dA.Column(i - 1);
        }

        var before = Matrix<double>.Build.DenseOfColumnVectors(s.Take(n));
        var after = Matrix<double>.Build.DenseOfColumnVectors(s.Skip(1));
        return new(
            dA * Matrix<double>.Build.DenseOfColumnVectors(x).Transpose(),
            dA * before.Transpose(),
            dZ * after.Transpose(),
            dA.RowSums(),
            dZ.RowSums(),
            ds_next
        );
    }

    private static (VanillaRnn.Gradients Sum, Vector<double> ToPrevious) Back(
        VanillaRnn rnn,
        VanillaRnn.Trace trace,
        IReadOnlyList<int?> targets,
        int i
    )
    {
        if (i > trace.x.Count)
        {
            return (new(0 * rnn.U, 0 * rnn.W, 0 * rnn.V, 0 * rnn.b, 0 * rnn.c, 0 * rnn.s_0), 0 * rnn.s_0);
        }

        var (later, fromNext) = Back(rnn, trace, targets, i + 1);
        var dz_i = CrossEntropy.ScoreGradient(trace.y[i - 1], targets[i - 1]);
        var da_i = Slope(trace.s[i]).PointwiseMultiply((rnn.V.Transpose() * dz_i) + fromNext);
        var sent = rnn.W.Transpose() * da_i;
        return (
            new(
                later.dU + da_i.OuterProduct(trace.x[i - 1]),
                later.dW + da_i.OuterProduct(trace.s[i - 1]),
                later.dV + dz_i.OuterProduct(trace.s[i]),
                later.db + da_i,
                later.dc + dz_i,
                sent
            ),
            sent
        );
    }
}
