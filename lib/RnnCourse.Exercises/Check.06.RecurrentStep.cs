using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Exercises.Lesson06;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>One step of a recurrent network (L13).</summary>
    /// <param name="x_i">The input, shape (D).</param>
    /// <param name="s_prev">The previous state, shape (H).</param>
    /// <param name="U">Shape (H, D).</param>
    /// <param name="W">Shape (H, H).</param>
    /// <param name="V">Shape (K, H).</param>
    /// <param name="b">Shape (H).</param>
    /// <param name="c">Shape (K).</param>
    /// <returns>The new state, shape (H), and the output, shape (K).</returns>
    public delegate (Vector<double> s_i, Vector<double> y_i) StepMethod(
        Vector<double> x_i,
        Vector<double> s_prev,
        Matrix<double> U,
        Matrix<double> W,
        Matrix<double> V,
        Vector<double> b,
        Vector<double> c
    );

    /// <summary>The same step in loops over plain numbers.</summary>
    /// <param name="x_i">The input, shape (D).</param>
    /// <param name="s_prev">The previous state, shape (H).</param>
    /// <param name="U">Shape (H, D).</param>
    /// <param name="W">Shape (H, H).</param>
    /// <param name="V">Shape (K, H).</param>
    /// <param name="b">Shape (H).</param>
    /// <param name="c">Shape (K).</param>
    /// <returns>The new state, shape (H), and the output, shape (K).</returns>
    public delegate (double[] s_i, double[] y_i) LoopsMethod(
        double[] x_i,
        double[] s_prev,
        double[,] U,
        double[,] W,
        double[,] V,
        double[] b,
        double[] c
    );

    /// <summary>Checks the step s_i = tanh(U x_i + W s_{i−1} + b), y_i = softmax(V s_i + c), written in
    /// loops.</summary>
    /// <param name="step">The learner's step: s_i of shape (H) and y_i of shape (K).</param>
    public static Feedback StepInLoops(LoopsMethod? step) =>
        Attempt.Judge(
            Texts06.Step,
            step,
            () =>
                StepFault(
                    (x_i, s_prev, U, W, V, b, c) =>
                    {
                        double[] input = x_i.ToArray(),
                            state = s_prev.ToArray(),
                            inner = b.ToArray(),
                            outer = c.ToArray();
                        double[,] fromInput = U.ToArray(),
                            fromState = W.ToArray(),
                            toOutput = V.ToArray();
                        var (s_i, y_i) = step!(input, state, fromInput, fromState, toOutput, inner, outer);
                        // Changes to the arguments show in the arrays that were passed.
                        x_i.SetValues(input);
                        s_prev.SetValues(state);
                        b.SetValues(inner);
                        c.SetValues(outer);
                        Matrix<double>.Build.DenseOfArray(fromInput).CopyTo(U);
                        Matrix<double>.Build.DenseOfArray(fromState).CopyTo(W);
                        Matrix<double>.Build.DenseOfArray(toOutput).CopyTo(V);
                        return (
                            s_i is null ? null! : Vector<double>.Build.DenseOfArray(s_i),
                            y_i is null ? null! : Vector<double>.Build.DenseOfArray(y_i)
                        );
                    },
                    inLoops: true
                )
        );

    /// <summary>Checks the same step, written with vectors and matrices.</summary>
    /// <param name="step">The learner's step: s_i of shape (H) and y_i of shape (K).</param>
    public static Feedback RecurrentStep(StepMethod? step) =>
        Attempt.Judge(
            Texts06.Step,
            step is null
                ? null
                : (LoopsMethod)(
                    (x_i, s_prev, U, W, V, b, c) =>
                    {
                        var p = StepInputs.Of(x_i, s_prev, U, W, V, b, c);
                        var (s_i, y_i) = step(p.x_i, p.s_prev, p.U, p.W, p.V, p.b, p.c);
                        return (s_i.ToArray(), y_i.ToArray());
                    }
                ),
            () => StepFault(step!)
        );

    private static Finding? StepFault(StepMethod step, bool inLoops = false)
    {
        foreach (var (seed, D, H, K) in new[] { (6UL, 4, 3, 5), (7UL, 1, 4, 2) })
        {
            if (Fault(step, SampleNetwork.Recurrent(seed, D, H, K), seed, inLoops) is { } fault)
            {
                return fault;
            }
        }

        // The lesson's own formula of softmax overflows for large scores; lesson 07 mends that.
        return null;
    }

    private static Finding? Fault(StepMethod step, VanillaRnn net, ulong seed, bool inLoops)
    {
        var p = StepInputs.Of(
            net,
            SampleNetwork.Inputs(net.U.ColumnCount, 1, seed)[0],
            SampleNetwork.Inputs(net.W.RowCount, 1, seed + 1)[0]
        );
        var hand = new ArgumentCopies();
        var (s_i, y_i) = Attempt.Call(
            $"for D = {p.U.ColumnCount}, H = {p.U.RowCount}, K = {p.V.RowCount}",
            () =>
                step(
                    hand.Copy("x_i", p.x_i),
                    hand.Copy("s_prev", p.s_prev),
                    hand.Copy("U", p.U),
                    hand.Copy("W", p.W),
                    hand.Copy("V", p.V),
                    hand.Copy("b", p.b),
                    hand.Copy("c", p.c)
                )
        );
        if (s_i is null && y_i is null)
        {
            throw Attempt.Blank();
        }

        var fault = hand.Fault() ?? StepDiagnosis.Fault(p, s_i, y_i, Texts06.Step);
        return inLoops && fault is { Key: "differs" or "scaled" } && s_i is not null && y_i is not null
            ? LoopsDiagnosis.Fault(p, s_i.ToArray(), y_i.ToArray()) ?? fault
            : fault;
    }
}
