using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Inspection;
using RnnCourse.Model;

namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>Right answers to the exercises of lesson 13.</summary>
internal static class Answers13
{
    private static readonly (int[] Symbols, int[] Depths)[] Brackets = TrainedNetworks.Brackets(100, 99);

    private static readonly double[] Depths = [.. Brackets.SelectMany(e => e.Depths).Select(depth => (double)depth)];

    private static readonly Lazy<SequenceModel<double>> Counter = new(() => TrainedNetworks.Counter(2));

    public static IReadOnlyDictionary<string, Func<Feedback>> Silenced { get; } =
        new Dictionary<
            string,
            Func<VanillaRnn, IReadOnlyList<Vector<double>>, int, double, IReadOnlyList<Vector<double>>>
        >
        {
            ["a loop"] = (rnn, x, unit, value) => Fixed(rnn, x, unit, value),
            ["the state in a clone"] = (rnn, x, unit, value) =>
            {
                var (s, y) = (rnn.s_0, new List<Vector<double>>());
                foreach (var x_i in x)
                {
                    s = rnn.Step(x_i, s).s_i.Clone();
                    s[unit] = value;
                    y.Add(CrossEntropy.Softmax((rnn.V * s) + rnn.c));
                }

                return y;
            },
            ["LINQ"] = (rnn, x, unit, value) =>
            {
                var s = rnn.s_0;
                return
                [
                    .. x.Select(x_i =>
                    {
                        s = ((rnn.U * x_i) + (rnn.W * s) + rnn.b).MapIndexed(
                            (k, a) => k == unit ? value : Math.Tanh(a),
                            Zeros.Include
                        );
                        return CrossEntropy.Softmax((rnn.V * s) + rnn.c);
                    }),
                ];
            },
            ["recursion"] = (rnn, x, unit, value) => From(rnn, x, unit, value, rnn.s_0),
            ["the trick: its row and bias"] = (rnn, x, unit, value) =>
            {
                var own = new VanillaRnn(rnn.U.ColumnCount, rnn.W.RowCount, rnn.V.RowCount, new SeededRandom(1));
                foreach (var (copy, parameter) in own.Parameters.Zip(rnn.Parameters))
                {
                    parameter.Values.CopyTo(copy.Values, 0);
                }

                own.U.ClearRow(unit);
                own.W.ClearRow(unit);
                own.b[unit] = 0.5 * Math.Log((1 + value) / (1 - value));
                return own.Predict(x);
            },
            ["a mask"] = (rnn, x, unit, value) =>
            {
                var mask = Vector<double>.Build.Dense(rnn.b.Count, k => k == unit ? 0 : 1);
                var (s, y) = (rnn.s_0, new List<Vector<double>>());
                foreach (var x_i in x)
                {
                    s = rnn.Step(x_i, s).s_i.PointwiseMultiply(mask) + (value * (1 - mask));
                    y.Add(CrossEntropy.Softmax((rnn.V * s) + rnn.c));
                }

                return y;
            },
            ["in an array"] = (rnn, x, unit, value) =>
            {
                var (s, y) = (rnn.s_0, new Vector<double>[x.Count]);
                for (var i = 0; i < y.Length; i++)
                {
                    s = rnn.Step(x[i], s).s_i;
                    s[unit] = value;
                    y[i] = CrossEntropy.Softmax((rnn.V * s) + rnn.c);
                }

                return y;
            },
            ["each output from the beginning"] = (rnn, x, unit, value) =>
                [.. x.Select((_, i) => Fixed(rnn, [.. x.Take(i + 1)], unit, value)[i])],
        }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.SilencedUnit(way.Value)));

    public static IReadOnlyDictionary<string, Func<Feedback>> Counting { get; } =
        new Dictionary<string, Func<SequenceModel<double>, (int, double)>>
        {
            ["as the lesson does it"] = model => (Unit(model), Right(Ablation.Fix(model, Unit(model), Mean(model)))),
            ["to three digits"] = model =>
                (Unit(model), Math.Round(Right(Ablation.Fix(model, Unit(model), Mean(model))), 3)),
            ["cut off behind the third digit"] = model =>
                (Unit(model), Math.Floor(1000 * Right(Ablation.Fix(model, Unit(model), Mean(model)))) / 1000),
            ["sorted"] = model =>
                Enumerable.Range(0, 8).OrderBy(u => -Math.Abs(GoesWith(model, u))).First() is var unit
                    ? (unit, Right(Ablation.Fix(model, unit, Mean(model))))
                    : default,
            ["by squares"] = model =>
                Enumerable.Range(0, 8).MaxBy(u => Math.Pow(GoesWith(model, u), 2)) is var unit
                    ? (unit, Right(Ablation.Fix(model, unit, Mean(model))))
                    : default,
            ["the mean by a sum"] = model =>
                States(model).Row(Unit(model)) is var row
                    ? (Unit(model), Right(Ablation.Fix(model, Unit(model), row.Sum() / row.Count)))
                    : default,
            ["counted in a loop"] = model =>
            {
                var silent = Ablation.Fix(model, Unit(model), Mean(model));
                var (right, all) = (0, 0);
                foreach (
                    var (answer, depth) in StateRecord.Of(silent, Brackets.Select(e => e.Symbols)).Answers().Zip(Depths)
                )
                {
                    all++;
                    right += answer == depth ? 1 : 0;
                }

                return (Unit(model), right / (double)all);
            },
            ["as one minus the errors"] = model =>
                (
                    Unit(model),
                    1
                        - StateRecord
                            .Of(Ablation.Fix(model, Unit(model), Mean(model)), Brackets.Select(e => e.Symbols))
                            .Answers()
                            .Zip(Depths, (answer, depth) => answer == depth ? 0.0 : 1)
                            .Average()
                ),
        }.ToDictionary(
            way => way.Key,
            way =>
                (Func<Feedback>)(
                    () =>
                        way.Value(Counter.Value) is var (unit, share)
                            ? Check.CountingUnit(Counter.Value, unit, share)
                            : null!
                )
        );

    public static IReadOnlyDictionary<string, Func<Feedback>> Probes { get; } =
        new Dictionary<string, Func<Matrix<double>, Vector<double>, Matrix<double>, Vector<double>>>
        {
            ["the normal equations"] = (S, t, fresh) =>
                Ones(fresh).Transpose() * (Ones(S) * Ones(S).Transpose()).Solve(Ones(S) * t),
            ["QR"] = (S, t, fresh) => Ones(fresh).Transpose() * Ones(S).Transpose().QR().Solve(t),
            ["singular values"] = (S, t, fresh) => Ones(fresh).Transpose() * Ones(S).Transpose().Svd().Solve(t),
            ["the pseudoinverse"] = (S, t, fresh) =>
                Ones(fresh).Transpose() * (Ones(S).Transpose().PseudoInverse() * t),
            ["an inverse"] = (S, t, fresh) =>
                Ones(fresh).Transpose() * ((Ones(S) * Ones(S).Transpose()).Inverse() * (Ones(S) * t)),
            ["the ones on top"] = (S, t, fresh) =>
            {
                static Matrix<double> Top(Matrix<double> M) => Matrix<double>.Build.Dense(1, M.ColumnCount, 1).Stack(M);
                return Top(fresh).Transpose() * (Top(S) * Top(S).Transpose()).Solve(Top(S) * t);
            },
            ["around the means"] = (S, t, fresh) =>
            {
                var mean = S.RowSums() / S.ColumnCount;
                Matrix<double> Around(Matrix<double> M) =>
                    Matrix<double>.Build.DenseOfColumnVectors(M.EnumerateColumns().Select(column => column - mean));
                var w = (Around(S) * Around(S).Transpose()).Solve(Around(S) * (t - t.Average()));
                return (Around(fresh).Transpose() * w) + t.Average();
            },
            ["with a very small penalty"] = (S, t, fresh) =>
                Ones(fresh).Transpose()
                * ((Ones(S) * Ones(S).Transpose()) + (1e-9 * Matrix<double>.Build.DenseIdentity(S.RowCount + 1))).Solve(
                    Ones(S) * t
                ),
            ["state by state"] = (S, t, fresh) =>
            {
                var w = (Ones(S) * Ones(S).Transpose()).Cholesky().Solve(Ones(S) * t);
                return Vector<double>.Build.Dense(
                    fresh.ColumnCount,
                    m => fresh.Column(m).Select((value, h) => value * w[h]).Sum() + w[^1]
                );
            },
        }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.Probe(way.Value)));

    public static IReadOnlyList<RightAnswer> All { get; } =
    [new("13.1", Silenced), new("13.2", Counting), new("13.3", Probes)];

    private static List<Vector<double>> Fixed(VanillaRnn rnn, IReadOnlyList<Vector<double>> x, int unit, double value)
    {
        var (s_prev, y) = (rnn.s_0, new List<Vector<double>>());
        foreach (var x_i in x)
        {
            var s_i = ((rnn.U * x_i) + (rnn.W * s_prev) + rnn.b).PointwiseTanh();
            s_i[unit] = value;
            y.Add(CrossEntropy.Softmax((rnn.V * s_i) + rnn.c));
            s_prev = s_i;
        }

        return y;
    }

    private static IReadOnlyList<Vector<double>> From(
        VanillaRnn rnn,
        IReadOnlyList<Vector<double>> x,
        int unit,
        double value,
        Vector<double> s
    )
    {
        if (x.Count == 0)
        {
            return [];
        }

        var s_i = rnn.Step(x[0], s).s_i;
        s_i[unit] = value;
        return [CrossEntropy.Softmax((rnn.V * s_i) + rnn.c), .. From(rnn, [.. x.Skip(1)], unit, value, s_i)];
    }

    private static Matrix<double> Ones(Matrix<double> M) => M.Stack(Matrix<double>.Build.Dense(1, M.ColumnCount, 1));

    private static Matrix<double> States(SequenceModel<double> model) =>
        StateRecord.Of(model, Brackets.Select(e => e.Symbols)).S;

    private static double GoesWith(SequenceModel<double> model, int unit) =>
        MathNet.Numerics.Statistics.Correlation.Pearson(States(model).Row(unit), Depths);

    private static int Unit(SequenceModel<double> model) =>
        Enumerable.Range(0, 8).MaxBy(u => Math.Abs(GoesWith(model, u)));

    private static double Mean(SequenceModel<double> model) => States(model).Row(Unit(model)).Average();

    private static double Right(SequenceModel<double> model) =>
        StateRecord
            .Of(model, Brackets.Select(e => e.Symbols))
            .Answers()
            .Zip(Depths, (answer, depth) => answer == depth ? 1.0 : 0)
            .Average();
}
