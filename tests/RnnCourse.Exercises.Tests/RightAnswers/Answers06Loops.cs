using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>Right answers to exercise 06.1a, as its cell asks for them: number by number.</summary>
internal static class Answers06Loops
{
    public static IReadOnlyDictionary<string, Func<Feedback>> Steps { get; } =
        new Dictionary<string, Check.LoopsMethod>
        {
            ["loops"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                double[] s_i = new double[b.Length],
                    y_i = new double[c.Length];
                for (var h = 0; h < b.Length; h++)
                {
                    var sum = b[h];
                    for (var d = 0; d < x_i.Length; d++)
                    {
                        sum += U[h, d] * x_i[d];
                    }

                    for (var g = 0; g < b.Length; g++)
                    {
                        sum += W[h, g] * s_prev[g];
                    }

                    s_i[h] = Math.Tanh(sum);
                }

                var total = 0.0;
                for (var k = 0; k < c.Length; k++)
                {
                    var sum = c[k];
                    for (var h = 0; h < b.Length; h++)
                    {
                        sum += V[k, h] * s_i[h];
                    }

                    total += y_i[k] = Math.Exp(sum);
                }

                for (var k = 0; k < c.Length; k++)
                {
                    y_i[k] /= total;
                }

                return (s_i, y_i);
            },
            ["helpers and LINQ"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                double[] s_i = [.. b.Select((b_h, h) => Math.Tanh(b_h + RowTimes(U, h, x_i) + RowTimes(W, h, s_prev)))];
                return (s_i, Shares([.. c.Select((c_k, k) => c_k + RowTimes(V, k, s_i))]));
            },
            ["a recursion"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                static double From(double[,] M, int row, double[] v, int d) =>
                    d == v.Length ? 0 : (M[row, d] * v[d]) + From(M, row, v, d + 1);
                double[] s_i =
                [
                    .. Enumerable
                        .Range(0, b.Length)
                        .Select(h => Math.Tanh(From(U, h, x_i, 0) + From(W, h, s_prev, 0) + b[h])),
                ];
                return (s_i, Shares([.. Enumerable.Range(0, c.Length).Select(k => From(V, k, s_i, 0) + c[k])]));
            },
            ["the columns outside, in place"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                double[] a = [.. b],
                    z = [.. c];
                for (var d = 0; d < x_i.Length; d++)
                {
                    for (var h = 0; h < a.Length; h++)
                    {
                        a[h] += U[h, d] * x_i[d];
                    }
                }

                for (var g = s_prev.Length - 1; g >= 0; g--)
                {
                    for (var h = 0; h < a.Length; h++)
                    {
                        a[h] += W[h, g] * s_prev[g];
                    }
                }

                for (var h = 0; h < a.Length; h++)
                {
                    a[h] = Math.Tanh(a[h]);
                    for (var k = 0; k < z.Length; k++)
                    {
                        z[k] += V[k, h] * a[h];
                    }
                }

                return (a, Shares(z));
            },
            ["tanh by exponentials, the largest score subtracted"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                double[] s_i =
                [
                    .. b.Select(
                        (b_h, h) => 1 - (2 / (1 + Math.Exp(2 * (b_h + RowTimes(W, h, s_prev) + RowTimes(U, h, x_i)))))
                    ),
                ];
                double[] z = [.. c.Select((c_k, k) => RowTimes(V, k, s_i) + c_k)];
                return (s_i, Shares([.. z.Select(value => value - z.Max())]));
            },
            ["with matrices after all"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                static Vector<double> Of(double[] values) => Vector<double>.Build.DenseOfArray(values);
                static Matrix<double> Table(double[,] values) => Matrix<double>.Build.DenseOfArray(values);
                var s_i = ((Table(U) * Of(x_i)) + (Table(W) * Of(s_prev)) + Of(b)).PointwiseTanh();
                return (s_i.ToArray(), Shares(((Table(V) * s_i) + Of(c)).ToArray()));
            },
            ["in float"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                double[] s_i =
                [
                    .. b.Select(
                        (b_h, h) =>
                            (double)MathF.Tanh((float)b_h + (float)RowTimes(U, h, x_i) + (float)RowTimes(W, h, s_prev))
                    ),
                ];
                return (s_i, Shares([.. c.Select((c_k, k) => (double)(float)(c_k + RowTimes(V, k, s_i)))]));
            },
            ["the arguments copied first"] = (x_i, s_prev, U, W, V, b, c) =>
            {
                double[] x = [.. x_i],
                    s = [.. s_prev];
                var (u, w, v) = ((double[,])U.Clone(), (double[,])W.Clone(), (double[,])V.Clone());
                for (var h = 0; h < s.Length; h++)
                {
                    s[h] = Math.Tanh(b[h] + RowTimes(u, h, x) + RowTimes(w, h, s_prev));
                }

                return (s, Shares([.. c.Select((c_k, k) => c_k + RowTimes(v, k, s))]));
            },
        }.ToDictionary(way => way.Key, way => (Func<Feedback>)(() => Check.StepInLoops(way.Value)));

    private static double RowTimes(double[,] M, int row, double[] v) => v.Select((value, d) => M[row, d] * value).Sum();

    private static double[] Shares(double[] z)
    {
        double[] e = [.. z.Select(Math.Exp)];
        return [.. e.Select(value => value / e.Sum())];
    }
}
