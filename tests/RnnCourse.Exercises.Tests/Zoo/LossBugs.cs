using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Exercises.Tests.Zoo;

internal sealed class TargetsOneAhead : LearnersRnn
{
    public override int? Target(IReadOnlyList<int?> targets, int i) => i < targets.Count ? targets[i] : null;
}

internal sealed class LossAveragedTwice : LearnersRnn
{
    public override double MeanLoss(IReadOnlyList<Vector<double>> y, IReadOnlyList<int?> targets)
    {
        var read = Math.Max(1, targets.Count(target => target is not null));
        return Loss(y, targets) / read / read;
    }
}

internal sealed class PaddingCountedAsAClass : LearnersRnn
{
    public override int? Target(IReadOnlyList<int?> targets, int i) => targets[i - 1].GetValueOrDefault();
}

internal sealed class LossWithoutMinus : LearnersRnn
{
    public override double OfStep(Vector<double> y_i, int target) => Math.Log(y_i[target]);
}

internal sealed class LossInBits : LearnersRnn
{
    public override double OfStep(Vector<double> y_i, int target) => -Math.Log2(y_i[target]);
}

internal sealed class LossDividedByAllSteps : LearnersRnn
{
    public override double MeanLoss(IReadOnlyList<Vector<double>> y, IReadOnlyList<int?> targets) =>
        y.Count == 0 ? 0 : Loss(y, targets) / y.Count;
}

internal sealed class LossOfNothingIsNaN : LearnersRnn
{
    public override double MeanLoss(IReadOnlyList<Vector<double>> y, IReadOnlyList<int?> targets) =>
        Loss(y, targets) / targets.Count(target => target is not null);
}

internal sealed class LossOfTheLastStepOnly : LearnersRnn
{
    public override double Loss(IReadOnlyList<Vector<double>> y, IReadOnlyList<int?> targets)
    {
        var loss = 0.0;
        for (var i = 1; i <= y.Count; i++)
        {
            if (Target(targets, i) is { } k)
            {
                loss = OfStep(y[i - 1], k);
            }
        }

        return loss;
    }
}

internal sealed class PaddingRead : LearnersRnn
{
    public override IReadOnlyList<bool> Mask(Read where, int n, int columns) =>
        [.. Enumerable.Range(1, columns).Select(i => where == Read.EveryStep || i == n)];
}

internal sealed class LastColumnTakenForTheLastStep : LearnersRnn
{
    public override IReadOnlyList<bool> Mask(Read where, int n, int columns) =>
        [.. Enumerable.Range(1, columns).Select(i => where == Read.EveryStep ? i <= n : i == columns)];
}

internal sealed class MaskOneStepShort : LearnersRnn
{
    public override IReadOnlyList<bool> Mask(Read where, int n, int columns) =>
        [.. Enumerable.Range(1, columns).Select(i => where == Read.EveryStep ? i < n : i == n - 1)];
}

internal sealed class MaskWithoutItsPadding : LearnersRnn
{
    public override IReadOnlyList<bool> Mask(Read where, int n, int columns) =>
        [.. base.Mask(where, n, columns).Take(n)];
}
