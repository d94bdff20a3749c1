using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>Right answers to the exercises of lesson 09.</summary>
internal static class Answers09
{
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
}
