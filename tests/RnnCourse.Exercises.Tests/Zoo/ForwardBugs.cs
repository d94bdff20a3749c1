using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Tests.Zoo;

internal sealed class StateNeverPassedOn : LearnersRnn
{
    public override Vector<double> PassOn(Vector<double> s_prev, Vector<double> s_i) => s_prev;
}

internal sealed class TransposedW : LearnersRnn
{
    public override Vector<double> Recurrent(Matrix<double> W, Vector<double> s_prev) => s_prev * W;
}

internal sealed class RecurrentTermMissing : LearnersRnn
{
    public override Vector<double> Recurrent(Matrix<double> W, Vector<double> s_prev) =>
        Vector<double>.Build.Dense(W.RowCount);
}

internal sealed class StateBiasForgotten : LearnersRnn
{
    public override Vector<double> StateBias(Vector<double> b) => b.Map(_ => 0.0);
}

internal sealed class OutputBiasForgotten : LearnersRnn
{
    public override Vector<double> OutputBias(Vector<double> c) => c.Map(_ => 0.0);
}

internal sealed class TanhForgotten : LearnersRnn
{
    public override Vector<double> Squash(Vector<double> a) => a;
}

internal sealed class SigmoidInsteadOfTanh : LearnersRnn
{
    public override Vector<double> Squash(Vector<double> a) => a.Map(v => 1 / (1 + Math.Exp(-v)));
}

internal sealed class SoftmaxWithoutShift : LearnersRnn
{
    public override Vector<double> Softmax(Vector<double> z) => z.PointwiseExp() / z.PointwiseExp().Sum();
}

internal sealed class SoftmaxForgotten : LearnersRnn
{
    public override Vector<double> Softmax(Vector<double> z) => z;
}

internal sealed class StartNotReset : LearnersRnn
{
    private Vector<double>? _last;

    public override Vector<double> Start(Vector<double> s_0) => _last ?? s_0;

    public override void AtEnd(Vector<double> s_n) => _last = s_n;
}

internal sealed class StartIgnored : LearnersRnn
{
    public override Vector<double> Start(Vector<double> s_0) => 0 * s_0;
}

internal sealed class OutputFromThePreviousState : LearnersRnn
{
    public override (Vector<double> s_i, Vector<double> y_i) Step(
        Vector<double> x_i,
        Vector<double> s_prev,
        Matrix<double> U,
        Matrix<double> W,
        Matrix<double> V,
        Vector<double> b,
        Vector<double> c
    ) => (Squash((U * x_i) + (W * s_prev) + b), Softmax((V * s_prev) + c));
}

/// <summary>Writes each state into the vector of the one before: s_0 included, and every entry of the list is the
/// last.</summary>
internal sealed class StateWrittenInPlace : LearnersRnn
{
    public override (Vector<double> s_i, Vector<double> y_i) Step(
        Vector<double> x_i,
        Vector<double> s_prev,
        Matrix<double> U,
        Matrix<double> W,
        Matrix<double> V,
        Vector<double> b,
        Vector<double> c
    )
    {
        ((U * x_i) + (W * s_prev) + b).PointwiseTanh().CopyTo(s_prev);
        return (s_prev, Softmax((V * s_prev) + c));
    }
}

internal sealed class StateSharedAcrossSequences : LearnersRnn
{
    public override IReadOnlyList<IReadOnlyList<Vector<double>>> PredictAll(
        VanillaRnn rnn,
        IReadOnlyList<IReadOnlyList<Vector<double>>> sequences
    )
    {
        var all = new List<IReadOnlyList<Vector<double>>>();
        var state = rnn.s_0;
        foreach (var x in sequences)
        {
            var (s, y) = Run(rnn, x, state);
            all.Add(y);
            if (s.Count > 0)
            {
                state = s[^1];
            }
        }

        return all;
    }
}
