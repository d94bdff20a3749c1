using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Tests.Zoo;

internal sealed class GradientOverwritten : LearnersRnn
{
    public override Matrix<double> SumOfW(Matrix<double> sum, Matrix<double> step) => step;
}

internal sealed class NothingFromTheNextStep : LearnersRnn
{
    public override Vector<double> FromNext(Vector<double> ds_next) => 0 * ds_next;
}

internal sealed class FromTheNextStepAccumulated : LearnersRnn
{
    private Vector<double>? _sum;

    public override Vector<double> FromNext(Vector<double> ds_next) =>
        // Zeros: another sequence begins.
        _sum = _sum is null || ds_next.AbsoluteMaximum() == 0 ? ds_next : _sum + ds_next;

    public override VanillaRnn.Gradients AtLast(VanillaRnn.Gradients g, int steps) =>
        steps == 0 ? g : g with { ds_0 = _sum! + g.ds_0 };
}

internal sealed class TransposeForgotten : LearnersRnn
{
    public override Vector<double> ToPrevious(VanillaRnn rnn, Vector<double> ds_i, Vector<double> da_i) => rnn.W * da_i;
}

internal sealed class PassedBackBeforeTanh : LearnersRnn
{
    public override Vector<double> ToPrevious(VanillaRnn rnn, Vector<double> ds_i, Vector<double> da_i) =>
        rnn.W.Transpose() * ds_i;
}

internal sealed class SlopeOfTheInput : LearnersRnn
{
    public override Vector<double> Slope(
        VanillaRnn rnn,
        Vector<double> x_i,
        Vector<double> s_prev,
        Vector<double> s_i
    ) => 1 - ((rnn.U * x_i) + (rnn.W * s_prev) + rnn.b).PointwisePower(2);
}

internal sealed class SlopeForgotten : LearnersRnn
{
    public override Vector<double> Slope(
        VanillaRnn rnn,
        Vector<double> x_i,
        Vector<double> s_prev,
        Vector<double> s_i
    ) => s_i.Map(_ => 1.0, Zeros.Include);
}

internal sealed class GradientOfBiasForgotten : LearnersRnn
{
    public override Vector<double> SumOfBias(Vector<double> sum, Vector<double> step) => sum;
}

internal sealed class NewStateInGradientOfW : LearnersRnn
{
    public override Vector<double> BeforeW(Vector<double> s_prev, Vector<double> s_i) => s_i;
}

internal sealed class OneHotForgotten : LearnersRnn
{
    public override Vector<double> ScoreGradient(Vector<double> y_i, int? target) => target is null ? 0 * y_i : y_i;
}

internal sealed class GradientOfStartForgotten : LearnersRnn
{
    public override VanillaRnn.Gradients AtLast(VanillaRnn.Gradients g, int steps) => g with { ds_0 = 0 * g.ds_0 };
}

internal sealed class GradientAveraged : LearnersRnn
{
    public override VanillaRnn.Gradients AtLast(VanillaRnn.Gradients g, int steps) =>
        steps == 0 ? g : new(g.dU / steps, g.dW / steps, g.dV / steps, g.db / steps, g.dc / steps, g.ds_0 / steps);
}

/// <summary>A bug that no check knows: the feedback must still say where the numbers differ.</summary>
internal sealed class GradientOfWOddlyWrong : LearnersRnn
{
    public override VanillaRnn.Gradients AtLast(VanillaRnn.Gradients g, int steps)
    {
        g.dW[1, 2] += 0.25;
        return g;
    }
}

internal sealed class GradientOfWTransposed : LearnersRnn
{
    public override VanillaRnn.Gradients AtLast(VanillaRnn.Gradients g, int steps) => g with { dW = g.dW.Transpose() };
}

internal sealed class GradientOfUTransposed : LearnersRnn
{
    public override VanillaRnn.Gradients AtLast(VanillaRnn.Gradients g, int steps) => g with { dU = g.dU.Transpose() };
}

internal sealed class GradientOfVDoubled : LearnersRnn
{
    public override VanillaRnn.Gradients AtLast(VanillaRnn.Gradients g, int steps) => g with { dV = 2 * g.dV };
}

/// <summary>Two bugs at once: the feedback names the first in the order of the chain rule.</summary>
internal sealed class TransposeAndSlopeForgotten : LearnersRnn
{
    public override Vector<double> ToPrevious(VanillaRnn rnn, Vector<double> ds_i, Vector<double> da_i) => rnn.W * da_i;

    public override Vector<double> Slope(
        VanillaRnn rnn,
        Vector<double> x_i,
        Vector<double> s_prev,
        Vector<double> s_i
    ) => s_i.Map(_ => 1.0, Zeros.Include);
}

internal sealed class ClippedBeforeSumming : LearnersRnn
{
    public override double[] Clip(IReadOnlyList<double[]> contributions, double limit)
    {
        var sum = new double[contributions[0].Length];
        foreach (var short_ in contributions.Select(contribution => Shorten(contribution, limit)))
        {
            for (var k = 0; k < sum.Length; k++)
            {
                sum[k] += short_[k];
            }
        }

        return sum;
    }
}

internal sealed class ClippedNumberByNumber : LearnersRnn
{
    public override double[] Clip(IReadOnlyList<double[]> contributions, double limit) =>
        [.. base.Clip(contributions, double.MaxValue).Select(v => Math.Clamp(v, -limit, limit))];
}

internal sealed class NotClipped : LearnersRnn
{
    public override double[] Clip(IReadOnlyList<double[]> contributions, double limit) =>
        base.Clip(contributions, double.MaxValue);
}

internal sealed class StretchedToTheLimit : LearnersRnn
{
    public override double[] Clip(IReadOnlyList<double[]> contributions, double limit)
    {
        var sum = base.Clip(contributions, double.MaxValue);
        var norm = Math.Sqrt(sum.Sum(v => v * v));
        return [.. sum.Select(v => v * limit / norm)];
    }
}
