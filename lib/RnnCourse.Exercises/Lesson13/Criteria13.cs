using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;
using RnnCourse.Inspection;
using RnnCourse.Model;

namespace RnnCourse.Exercises.Lesson13;

/// <summary>The criteria for right answers to the exercises of lesson 13.</summary>
internal static class Criteria13
{
    private const int Depth = 5;
    private const double EquallyClose = 0.005;

    /// <summary>A network, its counting unit, and the share of right answers without it.</summary>
    internal sealed record CountingAnswer(SequenceModel<double> Model, int Unit, double? RightWithout);

    /// <summary>How close another unit's correlation must be for that unit to be accepted, too.</summary>
    public static double CorrelationTolerance => EquallyClose;

    public static MethodCriterion Silence { get; } =
        new(
            "your outputs are those of a network in which neither the output nor the next step sees the unit's "
                + "own value"
        )
        {
            Cases = new(
                $"{Admissible.Networks}, 1 to {Admissible.MaxSteps} steps, any unit, values from −1 to 1",
                random =>
                {
                    var net = Admissible.Network(random);
                    return
                    [
                        net,
                        Admissible.Sequence(net, Admissible.From1To(Admissible.MaxSteps, random), random),
                        random.NextIndex(net.W.RowCount),
                        random.NextUniform(-1, 1),
                    ];
                },
                (Func<VanillaRnn, IReadOnlyList<Vector<double>>, int, double, IReadOnlyList<Vector<double>>>)(
                    (rnn, x, unit, value) =>
                    {
                        var (s, y) = (rnn.s_0, new List<Vector<double>>());
                        foreach (var x_i in x)
                        {
                            s = rnn.Step(x_i, s).s_i;
                            s[unit] = value;
                            y.Add(CrossEntropy.Softmax((rnn.V * s) + rnn.c));
                        }

                        return y;
                    }
                )
            ),
            Tolerance = Tolerance.Usual,
        };

    public static Criterion<CountingAnswer> Counting { get; } =
        new([
            new(
                "the network is one that counts",
                a =>
                {
                    var shape = a.Model.Shape;
                    return
                        (shape.InputSize, shape.OutputSize, shape.Cell, shape.Layers, shape.Bidirectional)
                        == (BracketTask.Symbols, Depth + 1, CellKind.Rnn, 1, false)
                        ? null
                        : Findings.Shape(
                            "The network",
                            $"D = {BracketTask.Symbols} and K = {Depth + 1}, one layer of an RNN",
                            $"D = {shape.InputSize} and K = {shape.OutputSize}, {shape.Layers} of {shape.Cell}"
                        );
                }
            ),
            new(
                FormattableString.Invariant(
                    $"no other unit's correlation with the depth is larger in size (by more than {EquallyClose})"
                ),
                a => CountingFaults.Of(a.Model, a.Unit, null, Depth) is { Key: not "not-ablated" } fault ? fault : null
            ),
            new(
                "the share is that of the network with this unit at its mean",
                a => CountingFaults.Of(a.Model, a.Unit, a.RightWithout, Depth)
            ),
        ])
        {
            Tolerance = new(0.004, RelativeTo.Nothing),
        };

    public static MethodCriterion Probe { get; } =
        new("your method reads what `LinearProbe` does, which you don't call")
        {
            Cases = new(
                "1 to 4 units, 12 to 40 states, 1 to 8 fresh ones",
                random =>
                {
                    var (H, N, M) = (
                        Admissible.From1To(4, random),
                        12 + Admissible.UpTo(28, random),
                        Admissible.From1To(8, random)
                    );
                    Matrix<double> Draw(int columns) =>
                        Matrix<double>.Build.Dense(H, columns, (_, _) => random.NextUniform(-0.5, 0.9));
                    var S = Draw(N);
                    var t =
                        (Vector<double>.Build.Dense(H, _ => random.NextUniform(-2, 2)) * S)
                        + random.NextUniform(-2, 2)
                        + Vector<double>.Build.Dense(N, _ => random.NextUniform(-0.3, 0.3));
                    return [S, t, Draw(M)];
                },
                (Func<Matrix<double>, Vector<double>, Matrix<double>, Vector<double>>)(
                    (S, t, fresh) => LinearProbe.Fit(S, t.ToArray(), 1e-12).Read(fresh)
                )
            ),
            // A small penalty, as LinearProbe has, is also right.
            Tolerance = new(2e-3),
        };
}
