using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Inspection;
using RnnCourse.Model;

namespace RnnCourse.Exercises.Tests.WrongValues;

/// <summary>Generators of wrong answers to the exercises of lesson 13.</summary>
internal static class Values13
{
    public static IReadOnlyDictionary<string, Func<IEnumerable<Feedback>>> All { get; } =
        new Dictionary<string, Func<IEnumerable<Feedback>>> { ["13.2"] = CountingUnits, ["13.3"] = Probes };

    private static IEnumerable<Feedback> CountingUnits()
    {
        yield return Check.CountingUnit(TrainedNetworks.UntrainedCounter(2), 5, 0.5);
        var model = TrainedNetworks.Counter(2);
        var brackets = TrainedNetworks.Brackets(100, 99);
        double[] depths = [.. brackets.SelectMany(e => e.Depths).Select(depth => (double)depth)];
        var states = StateRecord.Of(model, brackets.Select(e => e.Symbols)).S;
        double[] goesWith =
        [
            .. states.EnumerateRows().Select(row => MathNet.Numerics.Statistics.Correlation.Pearson(row, depths)),
        ];
        double Right(SequenceModel<double> m) =>
            StateRecord
                .Of(m, brackets.Select(e => e.Symbols))
                .Answers()
                .Zip(depths, (answer, depth) => answer == depth ? 1.0 : 0)
                .Average();
        double Without(int u) => Right(Ablation.Fix(model, u, states.Row(u).Average()));
        var unit = Enumerable.Range(0, 8).MaxBy(u => Math.Abs(goesWith[u]));
        var right = Without(unit);
        foreach (
            var other in Enumerable
                .Range(-1, 10)
                .Where(u => u is < 0 or > 7 || Math.Abs(goesWith[u]) < Math.Abs(goesWith[unit]) - 0.01)
        )
        {
            yield return Check.CountingUnit(model, other, other is < 0 or > 7 ? right : Without(other));
        }

        foreach (var share in new double?[] { null, Right(model), 100 * right, -right, 1 - right, double.NaN })
        {
            if (share is not { } value || !(Math.Abs(value - right) < 0.01))
            {
                yield return Check.CountingUnit(model, unit, share);
            }
        }
    }

    private static IEnumerable<Feedback> Probes()
    {
        static Matrix<double> Ones(Matrix<double> M) => M.Stack(Matrix<double>.Build.Dense(1, M.ColumnCount, 1));
        static Vector<double> Weights(Matrix<double> A, Vector<double> t) => (A * A.Transpose()).Solve(A * t);
        Func<Matrix<double>, Vector<double>, Matrix<double>, Vector<double>>[] wrong =
        [
            (S, t, fresh) => fresh.Transpose() * Weights(S, t),
            (S, t, fresh) => fresh.Transpose() * Weights(Ones(S), t).SubVector(0, S.RowCount),
            (S, t, fresh) => Weights(Ones(S), t),
            (S, t, fresh) => Weights(S, t),
            (S, t, fresh) => Ones(S).Transpose() * Weights(Ones(S), t),
            (S, t, fresh) => Ones(fresh).Transpose() * (Ones(S) * t),
            (S, t, fresh) => Vector<double>.Build.Dense(fresh.ColumnCount, t.Average()),
            (S, t, fresh) => (fresh.Transpose() * Weights(S, t)) + t.Average(),
            (S, t, fresh) => t.SubVector(0, fresh.ColumnCount),
            (S, t, fresh) => -(Ones(fresh).Transpose() * Weights(Ones(S), t)),
            (S, t, fresh) => 2 * (Ones(fresh).Transpose() * Weights(Ones(S), t)),
            (S, t, fresh) => 0 * (Ones(fresh).Transpose() * Weights(Ones(S), t)),
            (S, t, fresh) => (Ones(fresh).Transpose() * Weights(Ones(S), t)) * double.NaN,
            (S, t, fresh) => t,
        ];
        return wrong.Select(method => Check.Probe(method));
    }
}
