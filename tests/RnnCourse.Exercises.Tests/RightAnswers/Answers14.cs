using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Model;

namespace RnnCourse.Exercises.Tests.RightAnswers;

/// <summary>Right answers to the exercises of lesson 14.</summary>
internal static class Answers14
{
    private static readonly Dictionary<string, Open> Gates = new()
    {
        ["the library's sigmoid"] = (gate, x, s) => Gate.Sigmoid(gate.Sum(x, s)),
        ["exponentials"] = (gate, x, s) => gate.Sum(x, s).Map(a => 1 / (1 + Math.Exp(-a)), Zeros.Include),
        ["the other exponentials"] = (gate, x, s) =>
            gate.Sum(x, s).Map(a => Math.Exp(a) / (Math.Exp(a) + 1), Zeros.Include),
        ["half a tanh"] = (gate, x, s) => (1 + (gate.Sum(x, s) / 2).PointwiseTanh()) / 2,
        ["sums by hand"] = (gate, x, s) => Gate.Sigmoid((gate.U * x) + (gate.W * s) + gate.b),
        ["one matrix for both"] = (gate, x, s) =>
            Gate.Sigmoid((gate.U.Append(gate.W) * Vector<double>.Build.DenseOfEnumerable(x.Concat(s))) + gate.b),
        ["loops"] = (gate, x, s) =>
        {
            var a = gate.b.Clone();
            for (var r = 0; r < a.Count; r++)
            {
                for (var k = 0; k < x.Count; k++)
                {
                    a[r] += gate.U[r, k] * x[k];
                }

                for (var k = 0; k < s.Count; k++)
                {
                    a[r] += gate.W[r, k] * s[k];
                }
            }

            return Gate.Sigmoid(a);
        },
        ["noise in the tenth digit"] = (gate, x, s) => Gate.Sigmoid(gate.Sum(x, s)) * (1 + 1e-11),
    };

    public static IReadOnlyDictionary<string, Func<Feedback>> Lstms { get; } =
        Gates.ToDictionary(
            way => way.Key,
            way =>
                (Func<Feedback>)(
                    () =>
                        Check.LstmStep(
                            (x_i, s_prev, c_prev, keep, add, show, candidate) =>
                            {
                                var c_i =
                                    way.Value(keep, x_i, s_prev).PointwiseMultiply(c_prev)
                                    + way.Value(add, x_i, s_prev)
                                        .PointwiseMultiply(candidate.Sum(x_i, s_prev).PointwiseTanh());
                                return (way.Value(show, x_i, s_prev).PointwiseMultiply(c_i.PointwiseTanh()), c_i);
                            }
                        )
                )
        );

    public static IReadOnlyDictionary<string, Func<Feedback>> Grus { get; } =
        Gates.ToDictionary(
            way => way.Key,
            way =>
                (Func<Feedback>)(
                    () =>
                        Check.GruStep(
                            (x_i, s_prev, keep, reset, candidate) =>
                            {
                                var past = (candidate.W * s_prev) + candidate.b_W!;
                                var new_i = (
                                    (candidate.U * x_i)
                                    + candidate.b
                                    + way.Value(reset, x_i, s_prev).PointwiseMultiply(past)
                                ).PointwiseTanh();
                                var keep_i = way.Value(keep, x_i, s_prev);
                                // Two equivalent formulas.
                                return way.Key.Length % 2 == 0
                                    ? keep_i.PointwiseMultiply(s_prev) + (1 - keep_i).PointwiseMultiply(new_i)
                                    : new_i + keep_i.PointwiseMultiply(s_prev - new_i);
                            }
                        )
                )
        );

    public static IReadOnlyList<RightAnswer> All { get; } =
    [
        new("14.1", Lstms),
        new(
            "14.2",
            new (string Name, Func<int, int, int> Lstm, Func<int, int, int> Gru)[]
            {
                (
                    "four and three sets",
                    (D, H) => 4 * ((H * D) + (H * H) + H),
                    (D, H) => (3 * ((H * D) + (H * H) + H)) + H
                ),
                ("H taken out", (D, H) => 4 * H * (D + H + 1), (D, H) => H * ((3 * (D + H + 1)) + 1)),
                (
                    "written out",
                    (D, H) => (4 * H * D) + (4 * H * H) + (4 * H),
                    (D, H) => (3 * H * D) + (3 * H * H) + (4 * H)
                ),
                (
                    "a sum of sets",
                    (D, H) => Enumerable.Range(0, 4).Sum(_ => (H * D) + (H * H) + H),
                    (D, H) => Enumerable.Range(0, 3).Sum(_ => (H * D) + (H * H) + H) + H
                ),
                (
                    "loops",
                    (D, H) =>
                    {
                        var count = 0;
                        foreach (var _ in new[] { "keep", "add", "show", "candidate" })
                        {
                            count += (H * (D + H)) + H;
                        }

                        return count;
                    },
                    (D, H) =>
                    {
                        var count = H;
                        foreach (var _ in new[] { "keep", "reset", "candidate" })
                        {
                            count += (H * (D + H)) + H;
                        }

                        return count;
                    }
                ),
                (
                    "from the plain cell",
                    (D, H) => 4 * Plain(D, H),
                    (D, H) => Plain(D, H) + Plain(D, H) + Plain(D, H) + H
                ),
                ("counted in a model", (D, H) => Counted(CellKind.Lstm, D, H), (D, H) => Counted(CellKind.Gru, D, H)),
                (
                    "rows times columns",
                    (D, H) => 4 * H * (D + H + 1),
                    (D, H) => (2 * H * (D + H + 1)) + (H * (D + 1)) + (H * (H + 1))
                ),
            }.ToDictionary(way => way.Name, way => (Func<Feedback>)(() => Check.CellParameters(way.Lstm, way.Gru)))
        ),
        new(
            "14.3",
            new (string Name, double[] Weights, double? Context)[]
            {
                ("fractions", [3.0 / 7, 1.0 / 7, 3.0 / 7], null),
                ("two digits", [0.43, 0.14, 0.43], null),
                ("three digits", [0.429, 0.143, 0.429], null),
                ("four digits", [0.4286, 0.1429, 0.4286], null),
                ("ten digits", [0.4285714286, 0.1428571429, 0.4285714286], null),
                ("as floats", [3f / 7f, 1f / 7f, 3f / 7f], null),
                ("by softmax", RightAnswerParts.Normalised([Math.Exp(Math.Log(3)), 1, Math.Exp(Math.Log(3))]), null),
                (
                    "by the library",
                    CrossEntropy.Softmax(RightAnswerParts.Vector([Math.Log(3), 0, Math.Log(3)])).ToArray(),
                    null
                ),
            }.ToDictionary(
                way => way.Name,
                way => (Func<Feedback>)(() => Check.AttentionByHand(way.Weights, way.Context ?? Context))
            )
        ),
        new("14.4", Grus),
    ];

    private static int Plain(int D, int H) => (H * D) + (H * H) + H;

    private static int Counted(CellKind cell, int D, int H) =>
        new SequenceModel<double>(new ModelShape(cell, D, H, 2), new SeededRandom(1)).ParameterCount - (2 * H) - 2;

    public const double Context = ((3 * 10) + (1 * 40) + (3 * 30)) / 7.0;

    private delegate Vector<double> Open(Gate gate, Vector<double> x_i, Vector<double> s_prev);
}
