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

    /// <summary>Checks the step s_i = tanh(U x_i + W s_{i−1} + b), y_i = softmax(V s_i + c).</summary>
    /// <param name="step">The learner's step: s_i of shape (H) and y_i of shape (K).</param>
    public static Feedback RecurrentStep(StepMethod? step) =>
        Attempt.Judge(
            Texts06.Step,
            step is null,
            () =>
            {
                foreach (var (seed, D, H, K) in new[] { (6UL, 4, 3, 5), (7UL, 1, 4, 2) })
                {
                    if (Fault(step!, SampleNetwork.Recurrent(seed, D, H, K), seed) is { } fault)
                    {
                        return fault;
                    }
                }

                // The lesson's own formula of softmax overflows for large scores; lesson 07 mends that.
                return null;
            }
        );

    private static Finding? Fault(StepMethod step, VanillaRnn net, ulong seed)
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

        return hand.Fault() ?? StepDiagnosis.Fault(p, s_i, y_i, Texts06.Step);
    }
}
