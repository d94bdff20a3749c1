using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Tests;

/// <summary>What can be wrong in a backward pass through time.</summary>
public enum Fault
{
    None,
    WOverwrittenInsteadOfSummed,
    UOverwrittenInsteadOfSummed,
    VOverwrittenInsteadOfSummed,
    NothingFromTheNextStep,
    TransposeOfWForgotten,
    TanhDerivativeForgotten,
    TanhDerivativeOfTheDerivative,
    StateAfterInsteadOfBefore,
    UnreadOutputsCounted,
    InitialStateForgotten,
    BiasForgotten,
    AveragedInsteadOfSummed,
}

/// <summary>A recurrent network whose forward pass is right and whose backward pass has one fault, which a gradient
/// check must find.</summary>
internal sealed class BrokenRnn(VanillaRnn network, Fault fault) : ISequenceNetwork
{
    public VanillaRnn Healthy => network;

    public IReadOnlyList<ParameterView> Parameters => network.Parameters;

    public int ParameterCount => network.ParameterCount;

    public IReadOnlyList<Vector<double>> Predict(IReadOnlyList<Vector<double>> x) => network.Predict(x);

    public (double Loss, IReadOnlyList<double[]> Gradients) LossAndGradients(
        IReadOnlyList<Vector<double>> x,
        IReadOnlyList<int?> targets
    )
    {
        var (_, s, y) = network.Forward(x);
        Matrix<double> dU = 0 * network.U,
            dW = 0 * network.W,
            dV = 0 * network.V;
        Vector<double> db = 0 * network.b,
            dc = 0 * network.c,
            fromNext = 0 * network.s_0;
        for (var i = x.Count; i >= 1; i--)
        {
            var target = targets[i - 1] ?? (fault == Fault.UnreadOutputsCounted ? 0 : null);
            var dz = CrossEntropy.ScoreGradient(y[i - 1], target);
            if (fault == Fault.AveragedInsteadOfSummed)
            {
                dz /= x.Count;
            }

            var ds = network.V.Transpose() * dz;
            if (fault != Fault.NothingFromTheNextStep)
            {
                ds += fromNext;
            }

            var slope = fault switch
            {
                Fault.TanhDerivativeForgotten => 0 * s[i] + 1,
                Fault.TanhDerivativeOfTheDerivative => 1 - ds.PointwisePower(2),
                _ => 1 - s[i].PointwisePower(2),
            };
            var da = slope.PointwiseMultiply(ds);
            var before = fault == Fault.StateAfterInsteadOfBefore ? s[i] : s[i - 1];
            dU = da.OuterProduct(x[i - 1]) + (fault == Fault.UOverwrittenInsteadOfSummed ? 0 : 1) * dU;
            dW = da.OuterProduct(before) + (fault == Fault.WOverwrittenInsteadOfSummed ? 0 : 1) * dW;
            dV = dz.OuterProduct(s[i]) + (fault == Fault.VOverwrittenInsteadOfSummed ? 0 : 1) * dV;
            db += (fault == Fault.BiasForgotten ? 0 : 1) * da;
            dc += dz;
            fromNext = (fault == Fault.TransposeOfWForgotten ? network.W : network.W.Transpose()) * da;
        }

        if (fault == Fault.InitialStateForgotten)
        {
            fromNext *= 0;
        }

        return (
            CrossEntropy.Loss(y, targets),
            [
                dU.ToColumnMajorArray(),
                dW.ToColumnMajorArray(),
                dV.ToColumnMajorArray(),
                db.ToArray(),
                dc.ToArray(),
                fromNext.ToArray(),
            ]
        );
    }
}
