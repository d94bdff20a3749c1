using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Exercises.Formulas;
using RnnCourse.Exercises.Lesson08;
using RnnCourse.Gradients;

namespace RnnCourse.Exercises.Lesson11;

/// <summary>Finds where a gradient was truncated wrongly.</summary>
internal static class TruncationDiagnosis
{
    private static readonly Computation InWindows = new Backpropagation("i").Truncated();

    private static readonly Finding Whole = new(
        "not-cut",
        "that is the true gradient: nothing is cut.",
        "At which steps does the loop have to forget what came from the next one?",
        "Where i − 1 is a multiple of τ, a window begins at step i: what step i sends back to step "
            + "i − 1 is set to zero."
    );

    private static readonly Finding EachStep = new(
        "cut-at-each-step",
        "the gradient is cut at each step, as if τ were 1.",
        "What may still pass from step to step inside a window?",
        "Send Wᵀ da_i back as always, and set it to zero only where a window begins."
    );

    private static readonly Finding OneEarly = new(
        "border-one-early",
        "the borders lie one step early: windows begin at τ, 2τ, ….",
        "The first window holds the steps 1 to τ. Which step begins the second?",
        "Windows begin at 1, τ + 1, 2τ + 1, …: where (i − 1) % τ is 0."
    );

    private static readonly Finding OneLate = new(
        "border-one-late",
        "the borders lie one step late: windows begin at 2, τ + 2, ….",
        "The first window holds the steps 1 to τ. Which step begins the second?",
        "Windows begin at 1, τ + 1, 2τ + 1, …: where (i − 1) % τ is 0."
    );

    private static readonly Finding FromTheEnd = new(
        "counted-from-the-end",
        "the windows are counted from the last step.",
        "A stream is read from its beginning. Which steps are read first, and together?",
        "The first window holds the steps 1 to τ, whatever the length of the sequence; only the "
            + "last one may be shorter."
    );

    private static readonly Finding LastWindowOnly = new(
        "last-window-only",
        "only the last window contributes.",
        "Each window has losses of its own. Where do their gradients go?",
        "The loop goes on through all windows; only what passes from one to the one before is set to zero."
    );

    private static readonly Finding StartedAnew = new(
        "states-started-anew",
        "each window is read from s_0 again, so its states are not those of the sequence.",
        "The gradient stops at a border. And what does the state do there?",
        "Nothing is cut forwards: take the states from the trace, and cut only what goes back."
    );

    private static readonly Finding OtherState = new(
        "other-state-at-border",
        "at a border the state before is taken as s_0 or as zeros, where the sequence has a state of its own.",
        "The gradient stops at a border. And what does the state do there?",
        "dW += da_i s[i − 1]ᵀ at each step, at a border too; cut only what goes back."
    );

    private static readonly Finding Sliding = new(
        "sliding",
        "each loss goes back τ steps of its own, wherever the borders lie. That cuts, "
            + "too, but in another way, and it costs τ times as much.",
        "Windows stand still. How far back does the first step of a window reach, and how far the last?",
        "One pass from the end to the beginning, as in lesson 08; only where a window begins is "
            + "what goes back set to zero."
    );

    /// <summary>dW, truncated at the borders of windows.</summary>
    public static Matrix<double> Right(VanillaRnn net, VanillaRnn.Trace trace, IReadOnlyList<int?> targets, int tau) =>
        TruncatedBackpropagation.InWindows(net, trace, targets, tau).dW;

    public static Finding? Fault(
        VanillaRnn net,
        VanillaRnn.Trace trace,
        IReadOnlyList<int?> targets,
        int tau,
        Quantity given
    )
    {
        var n = trace.x.Count;
        var right = Quantity.Of("dW", Right(net, trace, targets, tau));
        if (given.IsNear(right))
        {
            return null;
        }

        bool Is(Func<int, bool> begins, int least = 1) =>
            given.IsNear(Quantity.Of("dW", Cut(net, trace, targets, begins, least)));
        return given.FaultOfForm(right)
            ?? (
                Is(_ => false) ? Whole
                : new[] { net.s_0, 0 * net.s_0 }.Any(other =>
                    given.IsNear(Quantity.Of("dW", Cut(net, trace, targets, i => (i - 1) % tau == 0, 1, other)))
                )
                    ? OtherState
                : Is(i => i % tau == 0) ? OneEarly
                : Is(i => i > 1 && (i - 2) % tau == 0) ? OneLate
                : Is(i => (n - i + 1) % tau == 0) ? FromTheEnd
                : Is(_ => true) ? EachStep
                : given.IsNear(Quantity.Of("dW", FromTheStart(net, trace, targets, tau))) ? StartedAnew
                : given.IsNear(Quantity.Of("dW", OfEachLoss(net, trace, targets, tau))) ? Sliding
                : Is(_ => false, least: ((n - 1) / tau * tau) + 1) ? LastWindowOnly
                : InWindows.Diagnose(() => Given(net, trace, targets, tau), [("dW", given.Values)])
                    ?? given.FaultOfValue(right, Texts11.Truncated)
            );
    }

    private static Memory Given(VanillaRnn net, VanillaRnn.Trace trace, IReadOnlyList<int?> targets, int tau)
    {
        var memory = BackwardDiagnosis.Given(net, trace, targets);
        memory.SetNumber("tau", tau);
        return memory;
    }

    private static Matrix<double> FromTheStart(
        VanillaRnn net,
        VanillaRnn.Trace trace,
        IReadOnlyList<int?> targets,
        int tau
    ) =>
        trace
            .x.Zip(targets)
            .Chunk(tau)
            .Aggregate(
                0 * net.W,
                (sum, window) =>
                    sum
                    + net.Backward(
                        net.Forward([.. window.Select(step => step.First)]),
                        [.. window.Select(step => step.Second)]
                    ).dW
            );

    private static Matrix<double> OfEachLoss(
        VanillaRnn net,
        VanillaRnn.Trace trace,
        IReadOnlyList<int?> targets,
        int tau
    ) =>
        Enumerable
            .Range(1, targets.Count)
            .Aggregate(
                0 * net.W,
                (sum, j) =>
                    sum
                    + Cut(
                        net,
                        trace,
                        [.. targets.Select((target, k) => k == j - 1 ? target : null)],
                        _ => false,
                        Math.Max(1, j - tau + 1)
                    )
            );

    private static Matrix<double> Cut(
        VanillaRnn net,
        VanillaRnn.Trace trace,
        IReadOnlyList<int?> targets,
        Func<int, bool> begins,
        int least,
        Vector<double>? atBorders = null
    )
    {
        var (x, s, y) = trace;
        var (dW, ds_next) = (0 * net.W, 0 * net.s_0);
        for (var i = x.Count; i >= least; i--)
        {
            var ds_i = net.V.TransposeThisAndMultiply(CrossEntropy.ScoreGradient(y[i - 1], targets[i - 1])) + ds_next;
            var da_i = (1 - s[i].PointwiseMultiply(s[i])).PointwiseMultiply(ds_i);
            dW += da_i.OuterProduct(begins(i) && atBorders is not null ? atBorders : s[i - 1]);
            ds_next = begins(i) ? 0 * ds_i : net.W.TransposeThisAndMultiply(da_i);
        }

        return dW;
    }
}
