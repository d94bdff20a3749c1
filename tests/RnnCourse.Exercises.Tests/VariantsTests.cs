using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Tests;

/// <summary>A right answer is right, however it is written.</summary>
public sealed class VariantsTests
{
    public static TheoryData<string> Names => [.. Variants.Keys];

    private static readonly Dictionary<string, Func<Feedback>> Variants = new()
    {
        ["step, one matrix [U W] for both"] = () =>
            Check.RecurrentStep(
                (x_i, s_prev, U, W, V, b, c) =>
                {
                    var both = Vector<double>.Build.DenseOfEnumerable(x_i.Concat(s_prev));
                    var s_i = ((U.Append(W) * both) + b).PointwiseTanh();
                    return (s_i, CrossEntropy.Softmax((V * s_i) + c));
                }
            ),
        ["step, tanh by exponentials"] = () =>
            Check.RecurrentStep(
                (x_i, s_prev, U, W, V, b, c) =>
                {
                    var s_i = (b + (W * s_prev) + (U * x_i)).Map(a => 1 - (2 / (Math.Exp(2 * a) + 1)));
                    return (s_i, CrossEntropy.Softmax(c + (V * s_i)));
                }
            ),
        ["step, in place in a vector of its own"] = () =>
            Check.RecurrentStep(
                (x_i, s_prev, U, W, V, b, c) =>
                {
                    var s_i = b.Clone();
                    s_i.Add(U * x_i, s_i);
                    s_i.Add(W * s_prev, s_i);
                    s_i.MapInplace(Math.Tanh, Zeros.Include);
                    return (s_i, CrossEntropy.Softmax((V * s_i) + c));
                }
            ),
        ["step, in float"] = () =>
            Check.RecurrentStep(
                (x_i, s_prev, U, W, V, b, c) =>
                {
                    var s_i = (
                        (U.Map(v => (float)v) * x_i.Map(v => (float)v))
                        + (W.Map(v => (float)v) * s_prev.Map(v => (float)v))
                        + b.Map(v => (float)v)
                    ).Map(MathF.Tanh);
                    var e = (V.Map(v => (float)v) * s_i) + c.Map(v => (float)v);
                    e = e.Map(z => MathF.Exp(z - e.Max()));
                    return (s_i.Map(v => (double)v), e.Map(v => (double)(v / e.Sum())));
                }
            ),
        ["step, loops over numbers"] = () =>
            Check.RecurrentStep(
                (x_i, s_prev, U, W, V, b, c) =>
                {
                    var s_i = Vector<double>.Build.Dense(
                        b.Count,
                        r =>
                            Math.Tanh(
                                x_i.Select((v, k) => U[r, k] * v).Sum()
                                    + s_prev.Select((v, k) => W[r, k] * v).Sum()
                                    + b[r]
                            )
                    );
                    return (
                        s_i,
                        CrossEntropy.Softmax(
                            Vector<double>.Build.Dense(c.Count, r => c[r] + s_i.Select((v, k) => V[r, k] * v).Sum())
                        )
                    );
                }
            ),
        ["run, states from s_0"] = () =>
            Check.RecurrentRun(
                (rnn, x, s_0) =>
                {
                    var s = new List<Vector<double>> { s_0 };
                    foreach (var x_i in x)
                    {
                        s.Add(rnn.Step(x_i, s[^1]).s_i);
                    }

                    return (s, [.. s.Skip(1).Select(s_i => CrossEntropy.Softmax((rnn.V * s_i) + rnn.c))]);
                }
            ),
        ["run, by recursion"] = () =>
            Check.RecurrentRun(
                (rnn, x, s_0) =>
                {
                    (List<Vector<double>> s, List<Vector<double>> y) Upto(int n)
                    {
                        if (n == 0)
                        {
                            return ([], []);
                        }

                        var (s, y) = Upto(n - 1);
                        var (s_i, y_i) = rnn.Step(x[n - 1], n == 1 ? s_0 : s[^1]);
                        s.Add(s_i);
                        y.Add(y_i);
                        return (s, y);
                    }

                    return Upto(x.Count);
                }
            ),
        ["predict, one state vector written in place"] = () =>
            Check.MendedPredict(
                (rnn, x) =>
                {
                    var s = rnn.s_0.Clone();
                    var y = new Vector<double>[x.Count];
                    for (var i = 0; i < x.Count; i++)
                    {
                        rnn.Step(x[i], s).s_i.CopyTo(s);
                        y[i] = CrossEntropy.Softmax((rnn.V * s) + rnn.c);
                    }

                    return y;
                }
            ),
        ["many, backwards through the list"] = () =>
            Check.ManySequences((rnn, all) => [.. all.Reverse().Select(rnn.Predict).Reverse()]),
        ["loss, backwards"] = () =>
            Check.MaskedLoss(
                (y, targets) =>
                {
                    var loss = 0.0;
                    for (var i = y.Count; i >= 1; i--)
                    {
                        if (targets[i - 1] is { } k)
                        {
                            loss += Math.Log(1 / y[i - 1][k]);
                        }
                    }

                    return loss;
                }
            ),
        ["loss, in float with a small number within the logarithm"] = () =>
            Check.MaskedLoss(
                (y, targets) =>
                    y.Zip(targets)
                        .Where(pair => pair.Second is not null)
                        .Sum(pair => -MathF.Log((float)pair.First[pair.Second!.Value] + 1e-9f))
            ),
        ["mean, as an average of what is read"] = () =>
            Check.MaskedMeanLoss(
                (y, targets) =>
                    y.Zip(targets)
                        .Where(pair => pair.Second is not null)
                        .Select(pair => -Math.Log(pair.First[pair.Second!.Value]))
                        .DefaultIfEmpty(0)
                        .Average()
            ),
        ["softmax, by log-sum-exp"] = () =>
            Check.Softmax(z => z.Map(v => Math.Exp(v - z.Max() - Math.Log(z.Sum(w => Math.Exp(w - z.Max())))))),
        ["backward, by the library"] = () => Check.Backward((rnn, trace, targets) => rnn.Backward(trace, targets)),
        ["backward, step by step to its own start"] = () => Check.Backward(ByPaths),
        ["backward, by central differences"] = () =>
            Check.Backward(
                (rnn, trace, targets) =>
                {
                    var g = rnn
                        .Parameters.Select(p =>
                            RnnCourse.Gradients.CentralDifferences.Gradient(
                                () => CrossEntropy.Loss(rnn.Predict(trace.x), targets),
                                p.Values
                            )
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
                }
            ),
        ["clip, factor at most 1"] = () =>
            Check.Clip(
                (contributions, limit) =>
                {
                    var sum = Vector<double>.Build.Dense(contributions[0].Length);
                    foreach (var contribution in contributions)
                    {
                        sum += Vector<double>.Build.Dense(contribution);
                    }

                    return (sum * Math.Min(1, limit / (sum.L2Norm() + 1e-12))).ToArray();
                }
            ),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_right_answer_written_otherwise_is_right(string name) =>
        Assert.True(Variants[name]() is { State: FeedbackState.Correct }, $"{Variants[name]()}");

    // The sum over every path: each step's loss is sent back to the start by itself, in the forward order of the steps.
    private static VanillaRnn.Gradients ByPaths(VanillaRnn rnn, VanillaRnn.Trace trace, IReadOnlyList<int?> targets)
    {
        var g = rnn.Backward(trace, [.. targets.Select(_ => (int?)null)]);
        for (var j = 1; j <= targets.Count; j++)
        {
            var alone = targets.Select((target, k) => k == j - 1 ? target : null).ToList();
            var of = rnn.Backward(trace, alone);
            g = new(g.dU + of.dU, g.dW + of.dW, g.dV + of.dV, g.db + of.db, g.dc + of.dc, g.ds_0 + of.ds_0);
        }

        return g;
    }
}
