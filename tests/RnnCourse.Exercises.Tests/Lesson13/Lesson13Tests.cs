using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Inspection;
using RnnCourse.Losses;
using RnnCourse.Model;
using RnnCourse.Optimisers;
using RnnCourse.Training;

namespace RnnCourse.Exercises.Tests.Lesson13;

/// <summary>The wrong answers that the checks of lesson 13 know, each with its own words, and right ones in other
/// forms.</summary>
public sealed class Lesson13Tests : AnswersTests<Lesson13Tests>, IAnswers
{
    // Trained as in the lesson, with fewer steps. With its unit at 0 it makes other mistakes than with its unit at the
    // mean; otherwise the two answers would be the same.
    private static readonly Lazy<SequenceModel<double>> Counter = new(() =>
        Enumerable
            .Range(2, 20)
            .Select(seed => Train((ulong)seed))
            .First(model => Measure(model) is var m && Math.Abs(m.WithZero - m.Without[m.Most]) > 0.02)
    );

    private static readonly Lazy<Measurement> Measured = new(() => Measure(Counter.Value));

    private sealed record Measurement(double[] GoesWith, double[] Without, int Most, double WithZero, double Whole);

    private static SequenceModel<double> Train(ulong seed)
    {
        var draw = new SeededRandom(seed);
        var data = Enumerable
            .Range(0, 1000)
            .Select(_ => BracketTask.Draw(5, 24, draw))
            .Select(e => new SymbolSequence(e.Symbols, e.Depths))
            .ToList();
        var model = Untrained();
        using var trainer = new Trainer<double>(
            model,
            new SoftmaxCrossEntropy<double>(),
            new Adam<double>(),
            new ShuffledBatches<double>(data, 3, 16, new SeededRandom(seed)),
            new TrainerOptions
            {
                LearningRate = new CosineDecay(0.01, 1500),
                ClipNorm = 1,
                Threads = 1,
            }
        );
        trainer.Run(1500);
        return model;
    }

    private static Measurement Measure(SequenceModel<double> model)
    {
        var draw = new SeededRandom(99);
        var brackets = Enumerable.Range(0, 100).Select(_ => BracketTask.Draw(5, 24, draw)).ToList();
        var depths = brackets.SelectMany(e => e.Depths).Select(depth => (double)depth).ToArray();
        var S = StateRecord.Of(model, brackets.Select(e => e.Symbols)).S;
        double Right(SequenceModel<double> network) =>
            StateRecord
                .Of(network, brackets.Select(e => e.Symbols))
                .Answers()
                .Zip(depths, (a, d) => a == d ? 1.0 : 0)
                .Average();
        double[] means = [.. S.EnumerateRows().Select(row => row.Average())];
        double[] goesWith = [.. S.EnumerateRows().Select(row => Correlation.Pearson(row, depths))];
        var most = Array.FindIndex(goesWith, r => Math.Abs(r) == goesWith.Max(Math.Abs));
        return new Measurement(
            goesWith,
            [.. means.Select((mean, u) => Right(Ablation.Fix(model, u, mean)))],
            most,
            Right(Ablation.Fix(model, most, 0)),
            Right(model)
        );
    }

    public static IReadOnlyDictionary<string, Func<Feedback>> Wrong { get; } =
        new Dictionary<string, Func<Feedback>>
        {
            ["not-silenced"] = () => Check.SilencedUnit((rnn, x, unit, value) => rnn.Predict(x)),
            ["output-only"] = () => Check.SilencedUnit(Silenced(passOn: (own, silent) => own)),
            ["passed-on-only"] = () => Check.SilencedUnit(Silenced(read: (own, silent) => own)),
            ["set-to-zero"] = () => Check.SilencedUnit((rnn, x, unit, value) => Silenced()(rnn, x, unit, 0)),
            ["other-unit"] = () => Check.SilencedUnit((rnn, x, unit, value) => Silenced()(rnn, x, unit + 1, value)),
            ["start-too"] = () => Check.SilencedUnit(Silenced(startToo: true)),
            ["set-before-tanh"] = () => Check.SilencedUnit(Silenced(set: (own, value) => Math.Tanh(value))),
            ["added-to-the-unit"] = () => Check.SilencedUnit(Silenced(set: (own, value) => own + value)),
            ["multiplied-by-the-value"] = () => Check.SilencedUnit(Silenced(set: (own, value) => own * value)),
            ["all-units"] = () =>
                Check.SilencedUnit(
                    Silenced(read: (_, silent) => silent.Map(_ => 0.3), passOn: (_, silent) => silent.Map(_ => 0.3))
                ),
            ["some-steps-only/the first"] = () => Check.SilencedUnit(Silenced(at: i => i == 0)),
            ["some-steps-only/from the second"] = () => Check.SilencedUnit(Silenced(at: i => i > 0)),
            ["some-steps-only/the last"] = () => Check.SilencedUnit(Silenced(at: i => i == 4)),
            ["softmax-forgotten/silenced"] = () => Check.SilencedUnit(Silenced(output: z => z)),
            ["start-forgotten"] = () =>
                Check.SilencedUnit(
                    (rnn, x, unit, value) => Silenced()(Changed(rnn, n => n.s_0.Clear()), x, unit, value)
                ),
            ["state-not-passed-on"] = () =>
                Check.SilencedUnit(
                    (rnn, x, unit, value) => [.. x.Select(x_i => Silenced()(rnn, [x_i], unit, value)[0])]
                ),
            ["state-not-passed-on/W left out"] = () =>
                Check.SilencedUnit((rnn, x, unit, value) => Silenced()(Changed(rnn, n => n.W.Clear()), x, unit, value)),
            ["bias-forgotten/b"] = () =>
                Check.SilencedUnit((rnn, x, unit, value) => Silenced()(Changed(rnn, n => n.b.Clear()), x, unit, value)),
            ["bias-forgotten/c"] = () =>
                Check.SilencedUnit((rnn, x, unit, value) => Silenced()(Changed(rnn, n => n.c.Clear()), x, unit, value)),
            ["same-vector"] = () =>
                Check.SilencedUnit(
                    (rnn, x, unit, value) => [.. Enumerable.Repeat(Silenced()(rnn, x, unit, value)[^1], x.Count)]
                ),
            ["shape/one output too many"] = () =>
                Check.SilencedUnit((rnn, x, unit, value) => [rnn.c, .. Silenced()(rnn, x, unit, value)]),
            ["changed/the start"] = () =>
                Check.SilencedUnit(
                    (rnn, x, unit, value) =>
                    {
                        rnn.s_0[unit] = value;
                        return Silenced()(rnn, x, unit, value);
                    }
                ),
            ["shape/silenced"] = () => Check.SilencedUnit((rnn, x, unit, value) => []),
            ["shape/states instead of outputs"] = () =>
                Check.SilencedUnit((rnn, x, unit, value) => [.. rnn.Forward(x).s.Skip(1)]),
            ["missing/silenced"] = () => Check.SilencedUnit((rnn, x, unit, value) => new Vector<double>[x.Count]),
            ["differs/silenced"] = () =>
                Check.SilencedUnit(
                    (rnn, x, unit, value) =>
                        [.. Silenced()(rnn, x, unit, value).Select((y, i) => i == 3 ? y.Map(p => p + (p * p)) : y)]
                ),
            ["changed/silenced"] = () =>
                Check.SilencedUnit(
                    (rnn, x, unit, value) =>
                    {
                        rnn.W.ClearRow(unit);
                        return rnn.Predict(x);
                    }
                ),
            ["no-unit"] = () => Check.CountingUnit(Counter.Value, 8, 0.5),
            ["not-trained"] = () => Check.CountingUnit(Untrained(), 0, 0.5),
            ["does-not-count"] = () => Check.CountingUnit(Counter.Value, Unit(least: true), 0.5),
            ["not-ablated"] = () => Check.CountingUnit(Counter.Value, Unit(), null),
            ["whole-network"] = () => Check.CountingUnit(Counter.Value, Unit(), Measured.Value.Whole),
            ["ablated-to-zero"] = () => Check.CountingUnit(Counter.Value, Unit(), Measured.Value.WithZero),
            ["no-share/percent"] = () =>
                Check.CountingUnit(Counter.Value, Unit(), 100 * Measured.Value.Without[Unit()]),
            ["no-share/correlation"] = () => Check.CountingUnit(Counter.Value, Unit(), -0.9),
            ["no-share/NaN"] = () => Check.CountingUnit(Counter.Value, Unit(), double.NaN),
            ["share-of-wrong"] = () => Check.CountingUnit(Counter.Value, Unit(), 1 - Measured.Value.Without[Unit()]),
            ["share-of-wrong/what is lost"] = () =>
                Check.CountingUnit(Counter.Value, Unit(), Measured.Value.Whole - Measured.Value.Without[Unit()]),
            ["other-unit-silenced"] = () =>
                Check.CountingUnit(Counter.Value, Unit(), Measured.Value.Without[Unit(least: true)]),
            ["other-share"] = () => Check.CountingUnit(Counter.Value, Unit(), 0.01),
            ["shape/counter"] = () =>
                Check.CountingUnit(new(new ModelShape(CellKind.Gru, 3, 8, 6), new SeededRandom(1)), 0, 0.5),
            ["constant-forgotten"] = () =>
                Check.Probe((S, t, fresh) => fresh.Transpose() * (S * S.Transpose()).Solve(S * t)),
            ["mean-only"] = () =>
                Check.Probe((S, t, fresh) => Vector<double>.Build.Dense(fresh.ColumnCount, t.Average())),
            ["weights-given"] = () => Check.Probe((S, t, fresh) => LinearProbe.Fit(S, t.ToArray()).Weights),
            ["training-read"] = () => Check.Probe((S, t, fresh) => LinearProbe.Fit(S, t.ToArray()).Read(S)),
            ["constant-not-read"] = () =>
                Check.Probe(
                    (S, t, fresh) =>
                        fresh.Transpose() * LinearProbe.Fit(S, t.ToArray(), 1e-12).Weights.SubVector(0, S.RowCount)
                ),
            ["constant-from-the-mean"] = () =>
                Check.Probe((S, t, fresh) => (fresh.Transpose() * (S * S.Transpose()).Solve(S * t)) + t.Average()),
            ["constant-from-the-mean/of t alone"] = () =>
                Check.Probe(
                    (S, t, fresh) =>
                        (fresh.Transpose() * (S * S.Transpose()).Solve(S * (t - t.Average()))) + t.Average()
                ),
            ["not-solved"] = () => Check.Probe((S, t, fresh) => WithOnes(fresh).Transpose() * (WithOnes(S) * t)),
            ["not-solved/mean"] = () =>
                Check.Probe((S, t, fresh) => WithOnes(fresh).Transpose() * (WithOnes(S) * t) / S.ColumnCount),
            ["fitted-on-fresh"] = () =>
                Check.Probe((S, t, fresh) => Read(fresh, t.SubVector(0, fresh.ColumnCount), fresh)),
            ["targets-given"] = () => Check.Probe((S, t, fresh) => t.SubVector(0, fresh.ColumnCount)),
            ["training-read/as many as fresh"] = () =>
                Check.Probe((S, t, fresh) => Read(S, t, S).SubVector(0, fresh.ColumnCount)),
            ["one-unit"] = () =>
                Check.Probe(
                    (S, t, fresh) =>
                        Read(S.SubMatrix(1, 1, 0, S.ColumnCount), t, fresh.SubMatrix(1, 1, 0, fresh.ColumnCount))
                ),
            ["shape/residuals"] = () => Check.Probe((S, t, fresh) => t - Read(S, t, S)),
            ["shapes/not transposed"] = () =>
                Check.Probe((S, t, fresh) => WithOnes(fresh) * LinearProbe.Fit(S, t.ToArray()).Weights),
            ["shapes/Aᵀ A"] = () =>
                Check.Probe(
                    (S, t, fresh) =>
                        WithOnes(fresh).Transpose()
                        * WithOnes(S).TransposeThisAndMultiply(WithOnes(S)).Solve(WithOnes(S) * t)
                ),
            ["shapes/inverse"] = () =>
                Check.Probe((S, t, fresh) => WithOnes(fresh).Transpose() * (WithOnes(S).Inverse() * t)),
            ["shapes/ones beside"] = () =>
                Check.Probe(
                    (S, t, fresh) => fresh.Transpose() * (S.Append(Matrix<double>.Build.Dense(S.RowCount, 1, 1)) * t)
                ),
            ["differs/too few steps"] = () => Check.Probe((S, t, fresh) => 0.5 * (Read(S, t, fresh) + t.Average())),
            ["shape/probe"] = () => Check.Probe((S, t, fresh) => Vector<double>.Build.Dense(11)),
            ["scaled/probe"] = () =>
                Check.Probe((S, t, fresh) => 3 * LinearProbe.Fit(S, t.ToArray(), 1e-12).Read(fresh)),
        };

    public static IReadOnlyDictionary<string, Func<Feedback>> Right { get; } =
        new Dictionary<string, Func<Feedback>>
        {
            ["silenced, in a loop"] = () => Check.SilencedUnit(Silenced()),
            ["silenced, by the parameters"] = () =>
                Check.SilencedUnit(
                    (rnn, x, unit, value) =>
                    {
                        var own = Changed(rnn, n => n.U.ClearRow(unit));
                        own.W.ClearRow(unit);
                        own.b[unit] = Math.Atanh(value);
                        return own.Predict(x);
                    }
                ),
            ["the unit that goes with the depth most"] = () =>
                Check.CountingUnit(Counter.Value, Unit(), Measured.Value.Without[Unit()]),
            ["silenced, each output from the beginning"] = () =>
                Check.SilencedUnit(
                    (rnn, x, unit, value) =>
                        [.. x.Select((_, i) => Silenced()(rnn, [.. x.Take(i + 1)], unit, value)[i])]
                ),
            ["the share, to three digits"] = () =>
                Check.CountingUnit(Counter.Value, Unit(), Math.Round(Measured.Value.Without[Unit()], 3)),
            ["probe, with the ones on top"] = () =>
                Check.Probe(
                    (S, t, fresh) =>
                    {
                        Matrix<double> OnTop(Matrix<double> M) =>
                            Matrix<double>.Build.Dense(1, M.ColumnCount, 1).Stack(M);
                        return OnTop(fresh).Transpose() * (OnTop(S) * OnTop(S).Transpose()).Solve(OnTop(S) * t);
                    }
                ),
            ["probe, around the means"] = () =>
                Check.Probe(
                    (S, t, fresh) =>
                    {
                        var mean = S.RowSums() / S.ColumnCount;
                        Matrix<double> Around(Matrix<double> M) =>
                            Matrix<double>.Build.DenseOfColumnVectors(
                                M.EnumerateColumns().Select(column => column - mean)
                            );
                        return (
                                Around(fresh).Transpose()
                                * (Around(S) * Around(S).Transpose()).Solve(Around(S) * (t - t.Average()))
                            ) + t.Average();
                    }
                ),
            ["probe, by the pseudoinverse"] = () =>
                Check.Probe(
                    (S, t, fresh) => WithOnes(fresh).Transpose() * (WithOnes(S).Transpose().PseudoInverse() * t)
                ),
            ["probe, with a small penalty"] = () =>
                Check.Probe((S, t, fresh) => LinearProbe.Fit(S, t.ToArray()).Read(fresh)),
            ["probe, by QR"] = () =>
                Check.Probe((S, t, fresh) => WithOnes(fresh).Transpose() * WithOnes(S).Transpose().QR().Solve(t)),
        };

    public static IReadOnlyList<Feedback> Blanks =>
        [
            Check.SilencedUnit(null),
            Check.SilencedUnit((_, _, _, _) => throw new NotImplementedException()),
            Check.SilencedUnit((_, _, _, _) => null!),
            Check.CountingUnit(null, 1, 1),
            Check.CountingUnit(Untrained(), null, null),
            Check.Probe(null),
            Check.Probe((_, _, _) => null!),
            Check.Probe((_, _, _) => throw new NotImplementedException()),
        ];

    private static SequenceModel<double> Untrained() => new(new ModelShape(CellKind.Rnn, 3, 8, 6), new SeededRandom(2));

    private static int Unit(bool least = false)
    {
        double Size(int u) => Math.Abs(Measured.Value.GoesWith[u]);
        return least ? Enumerable.Range(0, 8).MinBy(Size) : Enumerable.Range(0, 8).MaxBy(Size);
    }

    private static VanillaRnn Changed(VanillaRnn rnn, Action<VanillaRnn> change)
    {
        var own = new VanillaRnn(rnn.U.ColumnCount, rnn.W.RowCount, rnn.V.RowCount, new SeededRandom(1));
        foreach (var (to, from) in own.Parameters.Zip(rnn.Parameters))
        {
            from.Values.CopyTo(to.Values, 0);
        }

        change(own);
        return own;
    }

    private static Vector<double> Read(Matrix<double> S, Vector<double> t, Matrix<double> fresh) =>
        LinearProbe.Fit(S, t.ToArray(), 1e-12).Read(fresh);

    private static Matrix<double> WithOnes(Matrix<double> S) =>
        S.Stack(Matrix<double>.Build.Dense(1, S.ColumnCount, 1));

    private static Func<VanillaRnn, IReadOnlyList<Vector<double>>, int, double, IReadOnlyList<Vector<double>>> Silenced(
        Func<Vector<double>, Vector<double>, Vector<double>>? read = null,
        Func<Vector<double>, Vector<double>, Vector<double>>? passOn = null,
        bool startToo = false,
        Func<double, double, double>? set = null,
        Func<int, bool>? at = null,
        Func<Vector<double>, Vector<double>>? output = null
    ) =>
        (rnn, x, unit, value) =>
        {
            var (s_prev, y) = (rnn.s_0.Clone(), new List<Vector<double>>());
            if (startToo)
            {
                s_prev[unit] = value;
            }

            for (var i = 0; i < x.Count; i++)
            {
                var own = ((rnn.U * x[i]) + (rnn.W * s_prev) + rnn.b).PointwiseTanh();
                var silent = own.Clone();
                if (at?.Invoke(i) ?? true)
                {
                    silent[unit] = set?.Invoke(own[unit], value) ?? value;
                }

                y.Add((output ?? CrossEntropy.Softmax)((rnn.V * (read ?? ((_, s) => s))(own, silent)) + rnn.c));
                s_prev = (passOn ?? ((_, s) => s))(own, silent);
            }

            return y;
        };
}
