using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Gradients;

namespace RnnCourse.Exercises;

/// <summary>What to say of a window that doesn't fit the lag.</summary>
internal static class WindowFaults
{
    public static Finding NotTrained { get; } = new("not-trained", "τ fits the lag. Now show it: the trained network is missing.",
        "What did the lesson call to train with a window of τ steps?", "Train(lag: 12, tau) gives the trained network; hand it to the check in place of null.");

    public static Finding TooShort(int tau, int lag) => tau == lag
        ? new("one-short", string.Create(CultureInfo.InvariantCulture, $"With τ = {tau} the window holds {tau} inputs: that of the step itself and {tau - 1} before it. The answer lies {lag} steps before."),
            "Number the steps of a window from 1 to τ. Where does the input stand that the last step needs?", "Step τ needs the input of step τ − lag, which must be 1 at least.")
        : new("too-short", string.Create(CultureInfo.InvariantCulture, $"With τ = {tau} no window holds both an output and the input of {lag} steps before: no gradient ever leads from the one to the other."),
            "How many steps must a window have to hold an output and the input that it echoes?", "Both ends count: the step itself, and all steps back to the one that is echoed.");

    public static Finding LongerThanNeeded(int tau, int lag) => new("longer-than-needed",
        string.Create(CultureInfo.InvariantCulture, $"With τ = {tau} it can be learnt: {tau - lag} of the {tau} outputs of a window reach the input that they need. But a shorter window can do it, too."),
        "One output in each window is enough. Which one, and which input does it need?", "The last step of the window needs its first one: how many steps is that?");

    public static Finding NotLearnt(double accuracy) => new("not-learnt",
        string.Create(CultureInfo.InvariantCulture, $"τ fits the lag, but the network echoes only {accuracy * 100:F0} % of new tosses right."),
        "Was it trained with this τ, and with lag 12?", "Train(lag: 12, tau) with the τ that you hand to the check. With a fresh network and the lesson's number of windows, it learns.");
}

/// <summary>Finds where a gradient was cut wrongly.</summary>
internal static class TruncationDiagnosis
{
    private static readonly Finding Whole = new("not-cut", "that is the true gradient: nothing is cut.",
        "At which steps does the loop have to forget what came from the next one?", "Where i − 1 is a multiple of τ, a window begins at step i: what step i sends back to step i − 1 is set to zero.");

    private static readonly Finding EachStep = new("cut-at-each-step", "the gradient is cut at each step, as if τ were 1.",
        "What may still pass from step to step inside a window?", "Send Wᵀ da_i back as always, and set it to zero only where a window begins.");

    private static readonly Finding OneEarly = new("border-one-early", "the borders lie one step early: windows begin at τ, 2τ, ….",
        "The first window holds the steps 1 to τ. Which step begins the second?", "Windows begin at 1, τ + 1, 2τ + 1, …: where (i − 1) % τ is 0.");

    private static readonly Finding OneLate = new("border-one-late", "the borders lie one step late: windows begin at 2, τ + 2, ….",
        "The first window holds the steps 1 to τ. Which step begins the second?", "Windows begin at 1, τ + 1, 2τ + 1, …: where (i − 1) % τ is 0.");

    private static readonly Finding FromTheEnd = new("counted-from-the-end", "the windows are counted from the last step.",
        "A stream is read from its beginning. Which steps are read first, and together?", "The first window holds the steps 1 to τ, whatever the length of the sequence; only the last one may be shorter.");

    private static readonly Finding LastWindowOnly = new("last-window-only", "only the last window contributes.",
        "Each window has losses of its own. Where do their gradients go?", "The loop goes on through all windows; only what passes from one to the one before is set to zero.");

    private static readonly Finding StartedAnew = new("states-started-anew", "each window is read from s_0 again, so its states are not those of the sequence.",
        "The gradient stops at a border. And what does the state do there?", "Nothing is cut forwards: take the states from the trace, and cut only what goes back.");

    private static readonly Finding Sliding = new("sliding", "each loss goes back τ steps of its own, wherever the borders lie. That is a truncation, too, but another one, and it costs τ times as much.",
        "Windows stand still. How far back does the first step of a window reach, and how far the last?", "One pass from the end to the beginning, as in lesson 08; only where a window begins is what goes back set to zero.");

    public static Finding? Fault(VanillaRnn net, VanillaRnn.Trace trace, IReadOnlyList<int?> targets, int tau, Quantity given)
    {
        var n = trace.x.Count;
        var right = Quantity.Of("dW", TruncatedBackpropagation.InWindows(net, trace, targets, tau).dW);
        if (given.IsNear(right)) return null;
        bool Is(Func<int, bool> begins, int least = 1) => given.IsNear(Quantity.Of("dW", Cut(net, trace, targets, begins, least)));
        return given.FaultOfForm(right) ?? (
            Is(_ => false) ? Whole :
            Is(i => i % tau == 0) ? OneEarly :
            Is(i => i > 1 && (i - 2) % tau == 0) ? OneLate :
            Is(i => (n - i + 1) % tau == 0) ? FromTheEnd :
            Is(_ => true) ? EachStep :
            given.IsNear(Quantity.Of("dW", FromTheStart(net, trace, targets, tau))) ? StartedAnew :
            given.IsNear(Quantity.Of("dW", OfEachLoss(net, trace, targets, tau))) ? Sliding :
            Is(_ => false, least: ((n - 1) / tau * tau) + 1) ? LastWindowOnly :
            given.FaultOfValue(right, Texts11.Truncated));
    }

    private static Matrix<double> FromTheStart(VanillaRnn net, VanillaRnn.Trace trace, IReadOnlyList<int?> targets, int tau) =>
        trace.x.Zip(targets).Chunk(tau).Aggregate(0 * net.W, (sum, window) =>
            sum + net.Backward(net.Forward([.. window.Select(step => step.First)]), [.. window.Select(step => step.Second)]).dW);

    private static Matrix<double> OfEachLoss(VanillaRnn net, VanillaRnn.Trace trace, IReadOnlyList<int?> targets, int tau) =>
        Enumerable.Range(1, targets.Count).Aggregate(0 * net.W, (sum, j) =>
            sum + Cut(net, trace, [.. targets.Select((target, k) => k == j - 1 ? target : null)], _ => false, Math.Max(1, j - tau + 1)));

    private static Matrix<double> Cut(VanillaRnn net, VanillaRnn.Trace trace, IReadOnlyList<int?> targets, Func<int, bool> begins, int least)
    {
        var (x, s, y) = trace;
        var (dW, ds_next) = (0 * net.W, 0 * net.s_0);
        for (var i = x.Count; i >= least; i--)
        {
            var ds_i = net.V.TransposeThisAndMultiply(CrossEntropy.ScoreGradient(y[i - 1], targets[i - 1])) + ds_next;
            var da_i = (1 - s[i].PointwiseMultiply(s[i])).PointwiseMultiply(ds_i);
            dW += da_i.OuterProduct(s[i - 1]);
            ds_next = begins(i) ? 0 * ds_i : net.W.TransposeThisAndMultiply(da_i);
        }

        return dW;
    }
}

/// <summary>What to say of a matrix that isn't orthogonal.</summary>
internal static class OrthogonalFaults
{
    private static readonly Finding NotRandom = new("not-random", "The matrix is orthogonal, but it is the same for every seed.",
        "Where do its numbers come from? The method is handed a source of random numbers.", "Fill a matrix with random.NextNormal(), and take the Q of its QR decomposition.");

    private static readonly Finding ColumnsOnly = new("columns-not-at-right-angles", "The columns have length 1, but they don't stand at right angles.",
        "QᵀQ holds the products of any two columns. Which of its entries should be 0?", "Normalising columns isn't enough. The QR decomposition makes them perpendicular: matrix.QR().Q.");

    private static readonly Finding RadiusOnly = new("radius-only", "Its spectral radius is 1, but it isn't orthogonal: it still makes some vectors longer and others shorter.",
        "The radius is one eigenvalue's. What of the other directions?", "All directions must keep their lengths: QᵀQ = I. Take the Q of a QR decomposition.");

    private static readonly Finding R = new("triangular", "That is a triangular matrix: the R of the decomposition, not the Q.",
        "A = Q R. Which of the two has perpendicular columns?", "matrix.QR().Q.");

    public static Finding? Of(Matrix<double> Q, Matrix<double> ofOtherSeed)
    {
        var gram = Q.Transpose() * Q;
        var I = Matrix<double>.Build.DenseIdentity(Q.RowCount);
        var apart = (gram - I).Enumerate().Max(Math.Abs);
        if (apart < 1e-5) return Q.RowCount > 1 && Q.Equals(ofOtherSeed) ? NotRandom : null;
        return
            Q.RowCount > 1 && (gram.Diagonal() - 1).AbsoluteMaximum() < 1e-5 ? ColumnsOnly :
            Q.RowCount > 1 && Q.StrictlyLowerTriangle().FrobeniusNorm() < 1e-9 ? R :
            Math.Abs(RecurrentWeights.SpectralRadius(Q) - 1) < 1e-5 ? RadiusOnly :
            new("not-orthogonal", string.Create(CultureInfo.InvariantCulture, $"QᵀQ is not the identity: an entry is off by {apart:G3}."),
                "What must the product of two different columns be, and of a column with itself?", "Take the Q of the QR decomposition of a random matrix.");
    }
}
