using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>Right answers to the parts of exercise 08.3.</summary>
internal static class Answers08Parts
{
    public static IReadOnlyDictionary<string, Func<Feedback>> Scores { get; } =
        new Dictionary<string, Check.ScoresMethod>
        {
            ["the library's"] = CrossEntropy.ScoreGradient,
            ["a one-hot vector subtracted"] = (y_i, target) =>
                target is { } t ? y_i - Vector<double>.Build.Dense(y_i.Count, k => k == t ? 1 : 0) : 0 * y_i,
            ["number by number"] = (y_i, target) =>
                Vector<double>.Build.Dense(
                    y_i.Count,
                    k =>
                        target is null ? 0
                        : k == target ? y_i[k] - 1
                        : y_i[k]
                ),
            ["by MapIndexed"] = (y_i, target) =>
                target is null ? 0 * y_i : y_i.MapIndexed((k, value) => k == target ? value - 1 : value),
            ["through the slopes of softmax"] = (y_i, target) =>
            {
                // −1/y_t with respect to y_t, and y_t (δ − y_k) from y_t to z_k
                var dz_i = Vector<double>.Build.Dense(y_i.Count);
                for (var k = 0; target is { } t && k < y_i.Count; k++)
                {
                    dz_i[k] = -1 / y_i[t] * y_i[t] * ((k == t ? 1 : 0) - y_i[k]);
                }

                return dz_i;
            },
            ["by the Jacobian of softmax"] = (y_i, target) =>
            {
                if (target is not { } t)
                {
                    return Vector<double>.Build.Dense(y_i.Count);
                }

                var J = Matrix<double>.Build.DiagonalOfDiagonalVector(y_i) - y_i.OuterProduct(y_i);
                return J * Vector<double>.Build.Dense(y_i.Count, k => k == t ? -1 / y_i[t] : 0);
            },
            ["measured"] = (y_i, target) =>
            {
                double Loss(Vector<double> z) => target is { } t ? -Math.Log(CrossEntropy.Softmax(z)[t]) : 0;
                var z_i = y_i.PointwiseLog();
                return Vector<double>.Build.Dense(
                    y_i.Count,
                    k =>
                    {
                        var h = Vector<double>.Build.Dense(y_i.Count, j => j == k ? 1e-5 : 0);
                        return (Loss(z_i + h) - Loss(z_i - h)) / 2e-5;
                    }
                );
            },
            ["with a factor for what is read"] = (y_i, target) =>
                (target.HasValue ? 1 : 0)
                * (y_i - Vector<double>.Build.SparseOfIndexed(y_i.Count, [(target ?? 0, 1.0)])),
            ["noise in the last digits"] = (y_i, target) => CrossEntropy.ScoreGradient(y_i, target) * (1 + 1e-12),
        }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.ScoreGradients(way.Value)));

    public static IReadOnlyDictionary<string, Func<Feedback>> States { get; } =
        new Dictionary<string, Check.StatesMethod>
        {
            ["two products"] = (rnn, dz_i, da_next) =>
                (rnn.V.Transpose() * dz_i) + (da_next is null ? 0 * rnn.b : rnn.W.Transpose() * da_next),
            ["from the left"] = (rnn, dz_i, da_next) =>
                da_next is null ? dz_i * rnn.V : (dz_i * rnn.V) + (da_next * rnn.W),
            ["TransposeThisAndMultiply"] = (rnn, dz_i, da_next) =>
            {
                var ds_i = rnn.V.TransposeThisAndMultiply(dz_i);
                return da_next is null ? ds_i : ds_i.Add(rnn.W.TransposeThisAndMultiply(da_next));
            },
            ["zeros for what is missing"] = (rnn, dz_i, da_next) =>
                (rnn.V.Transpose() * dz_i)
                + (rnn.W.Transpose() * (da_next ?? Vector<double>.Build.Dense(rnn.W.RowCount))),
            ["number by number"] = (rnn, dz_i, da_next) =>
            {
                var ds_i = Vector<double>.Build.Dense(rnn.W.ColumnCount);
                for (var h = 0; h < ds_i.Count; h++)
                {
                    for (var k = 0; k < dz_i.Count; k++)
                    {
                        ds_i[h] += rnn.V[k, h] * dz_i[k];
                    }

                    for (var g = 0; da_next is not null && g < da_next.Count; g++)
                    {
                        ds_i[h] += rnn.W[g, h] * da_next[g];
                    }
                }

                return ds_i;
            },
            ["column by column"] = (rnn, dz_i, da_next) =>
                Vector<double>.Build.Dense(
                    rnn.V.ColumnCount,
                    h => rnn.V.Column(h).DotProduct(dz_i) + (da_next is null ? 0 : rnn.W.Column(h).DotProduct(da_next))
                ),
            ["one stacked product"] = (rnn, dz_i, da_next) =>
                da_next is null
                    ? rnn.V.Transpose() * dz_i
                    : rnn.V.Stack(rnn.W).Transpose() * Vector<double>.Build.DenseOfEnumerable(dz_i.Concat(da_next)),
            ["in place"] = (rnn, dz_i, da_next) =>
            {
                var ds_i = rnn.V.Transpose() * dz_i;
                if (da_next is not null)
                {
                    ds_i.Add(rnn.W.Transpose() * da_next, ds_i);
                }

                return ds_i;
            },
            ["sum of rows"] = (rnn, dz_i, da_next) =>
                rnn
                    .V.EnumerateRows()
                    .Select((row, k) => row * dz_i[k])
                    .Concat(da_next is null ? [] : rnn.W.EnumerateRows().Select((row, g) => row * da_next[g]))
                    .Aggregate((a, b) => a + b),
        }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.StateGradients(way.Value)));

    public static IReadOnlyDictionary<string, Func<Feedback>> Inside { get; } =
        new Dictionary<string, Check.InsideMethod>
        {
            ["one line"] = (s_i, ds_i) => (1 - s_i.PointwiseMultiply(s_i)).PointwiseMultiply(ds_i),
            ["by a power"] = (s_i, ds_i) => (1 - s_i.PointwisePower(2)).PointwiseMultiply(ds_i),
            ["by Map2"] = (s_i, ds_i) => s_i.Map2((s, ds) => (1 - (s * s)) * ds, ds_i),
            ["two factors"] = (s_i, ds_i) => (1 - s_i).PointwiseMultiply(1 + s_i).PointwiseMultiply(ds_i),
            ["a difference"] = (s_i, ds_i) => ds_i - s_i.PointwiseMultiply(s_i).PointwiseMultiply(ds_i),
            ["a diagonal matrix"] = (s_i, ds_i) =>
                Matrix<double>.Build.DiagonalOfDiagonalVector(1 - s_i.PointwiseMultiply(s_i)) * ds_i,
            ["a loop"] = (s_i, ds_i) =>
            {
                var da_i = ds_i.Clone();
                for (var h = 0; h < da_i.Count; h++)
                {
                    da_i[h] *= 1 - (s_i[h] * s_i[h]);
                }

                return da_i;
            },
            ["LINQ"] = (s_i, ds_i) =>
                Vector<double>.Build.DenseOfEnumerable(s_i.Zip(ds_i, (s, ds) => (1 - (s * s)) * ds)),
            ["by the inverse of tanh"] = (s_i, ds_i) =>
                s_i.Map2((s, ds) => Math.Abs(s) < 1 ? ds / Math.Pow(Math.Cosh(Math.Atanh(s)), 2) : 0, ds_i),
        }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.InsideTanh(way.Value)));
}
