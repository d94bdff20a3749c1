using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Lesson08;

/// <summary>Backpropagation through time with any of its parts right or wrong, to compare with a wrong
/// answer.</summary>
/// <param name="faults">The mistakes to make; none for the right gradients.</param>
internal sealed class BackwardFormula(params IReadOnlyCollection<BackwardFault> faults)
{
    /// <summary>The mistakes in this formula.</summary>
    public IReadOnlyCollection<BackwardFault> Faults => faults;

    private bool Has(BackwardFault fault) => faults.Contains(fault);

    /// <summary>The six gradients, in the order dU, dW, dV, db, dc, ds_0.</summary>
    public IReadOnlyList<Quantity> Compute(VanillaRnn net, VanillaRnn.Trace trace, IReadOnlyList<int?> targets)
    {
        var (x, s, y) = trace;
        var n = x.Count;
        Matrix<double> dU = 0 * net.U,
            dW = 0 * net.W,
            dV = 0 * net.V;
        Vector<double> db = 0 * net.b,
            dc = 0 * net.c,
            fromNext = 0 * net.s_0;
        for (var turn = n; turn >= 1; turn--)
        {
            var i = Has(BackwardFault.LoopForwards) ? n + 1 - turn : turn;
            if (Has(BackwardFault.UnreadSkipped) && targets[i - 1] is null)
            {
                continue;
            }

            var dz_i = ScoreGradient(y[i - 1], Target(targets, i));
            var ds_i = net.V.TransposeThisAndMultiply(dz_i);
            if (Has(BackwardFault.OwnOutputMissing) && i < n)
            {
                ds_i = 0 * ds_i;
            }

            if (!Has(BackwardFault.NextMissing))
            {
                ds_i += fromNext;
            }

            var da_i = Slope(net, x[i - 1], s[i], s[i - 1], ds_i).PointwiseMultiply(ds_i);
            dV = Collect(
                dV,
                dz_i.OuterProduct(Has(BackwardFault.PreviousStateInV) ? s[i - 1] : s[i]),
                BackwardFault.VOverwritten
            );
            dc = Collect(dc, dz_i, BackwardFault.CBiasOverwritten);
            dU = Collect(dU, da_i.OuterProduct(x[i - 1]), BackwardFault.UOverwritten);
            dW = Collect(
                dW,
                da_i.OuterProduct(Has(BackwardFault.NewStateInW) ? s[i] : s[i - 1]),
                BackwardFault.WOverwritten
            );
            db = Collect(db, Has(BackwardFault.BiasFromState) ? ds_i : da_i, BackwardFault.BBiasOverwritten);
            var passed = Has(BackwardFault.PassedBeforeTanh) ? ds_i : da_i;
            var sent =
                Has(BackwardFault.StartWithoutW) && i == 1 ? passed
                : Has(BackwardFault.WTransposeForgotten) ? net.W * passed
                : Has(BackwardFault.PassedWithoutW) ? passed
                : net.W.TransposeThisAndMultiply(passed);
            fromNext = Has(BackwardFault.NextAccumulated) ? fromNext + sent : sent;
        }

        if (Has(BackwardFault.StateBiasForgotten))
        {
            db.Clear();
        }

        if (Has(BackwardFault.OutputBiasForgotten))
        {
            dc.Clear();
        }

        if (Has(BackwardFault.StartForgotten))
        {
            fromNext.Clear();
        }

        var factor =
            Has(BackwardFault.DividedBySteps) ? 1.0 / Math.Max(1, n)
            : Has(BackwardFault.DividedByReadSteps) ? 1.0 / Math.Max(1, targets.Count(target => target is not null))
            : Has(BackwardFault.SignFlipped) ? -1
            : 1;
        return
        [
            Quantity.Of("dU", factor * dU),
            Quantity.Of("dW", factor * dW),
            Quantity.Of("dV", factor * dV),
            Quantity.Of("db", factor * db),
            Quantity.Of("dc", factor * dc),
            Quantity.Of("ds_0", factor * fromNext),
        ];
    }

    private int? Target(IReadOnlyList<int?> targets, int i) =>
        Has(BackwardFault.TargetsOneAhead)
            ? i < targets.Count
                ? targets[i]
                : null
            : Has(BackwardFault.TargetsOneBehind)
                ? i > 1
                    ? targets[i - 2]
                    : null
                : Has(BackwardFault.LastLossOnly) && i < targets.Count
                    ? null
                    : targets[i - 1] ?? (Has(BackwardFault.UnreadAsClassZero) ? 0 : null);

    private Vector<double> ScoreGradient(Vector<double> y_i, int? target) =>
        (Has(BackwardFault.OneHotForgotten) && target is not null)
        || (Has(BackwardFault.UnreadCounted) && target is null)
            ? y_i
            : CrossEntropy.ScoreGradient(y_i, target);

    private Vector<double> Slope(
        VanillaRnn net,
        Vector<double> x_i,
        Vector<double> s_i,
        Vector<double> s_prev,
        Vector<double> ds_i
    )
    {
        if (Has(BackwardFault.SlopeMissing))
        {
            return (0 * s_i) + 1;
        }

        if (Has(BackwardFault.SlopeWithoutSquare))
        {
            return 1 - s_i;
        }

        if (Has(BackwardFault.SlopeOfDotProduct))
        {
            return (0 * s_i) + (1 - (s_i * s_i));
        }

        if (Has(BackwardFault.SlopeOfSigmoid))
        {
            return s_i.PointwiseMultiply(1 - s_i);
        }

        var of =
            Has(BackwardFault.SlopeOfInput) ? (net.U * x_i) + (net.W * s_prev) + net.b
            : Has(BackwardFault.SlopeOfTanhTwice) ? s_i.PointwiseTanh()
            : Has(BackwardFault.SlopeOfPreviousState) ? s_prev
            : Has(BackwardFault.SlopeOfDerivative) ? ds_i
            : s_i;
        return 1 - of.PointwiseMultiply(of);
    }

    private Matrix<double> Collect(Matrix<double> sum, Matrix<double> step, BackwardFault overwritten) =>
        Has(overwritten) ? step : sum + step;

    private Vector<double> Collect(Vector<double> sum, Vector<double> step, BackwardFault overwritten) =>
        Has(overwritten) ? step : sum + step;
}
