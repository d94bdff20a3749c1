namespace RnnCourse.Exercises.Lesson11;

/// <summary>The exercises of lesson 11.</summary>
internal static class Texts11
{
    public static Exercise Clip { get; } =
        new(
            "11.1",
            "clip the gradient",
            "Write the clipping in place of the exception.",
            "The sum keeps its direction and never gets longer than the limit; a short one stays as it is.",
            "Sum the contributions, measure the length of the sum, shorten it where it is too long.",
            "The factor is limit / norm where norm > limit, and 1 otherwise.",
            """
            // Exercise 1: clip the gradient
            double[] MyClip(IReadOnlyList<double[]> contributions, double limit)
            {
                var sum = new double[contributions[0].Length];
                foreach (var contribution in contributions)
                    for (var k = 0; k < sum.Length; k++)
                        sum[k] += contribution[k];
                var norm = Math.Sqrt(sum.Sum(v => v * v));
                return norm > limit ? sum.Select(v => v * limit / norm).ToArray() : sum;
            }
            Check.Clip(MyClip)
            """
        )
        {
            RightIf = Criteria11.Clip,
        };

    public static Exercise Window { get; } =
        new(
            "11.2",
            "choose τ for a known lag",
            "Put the number of steps in place of null, train with it, and hand both to the check.",
            "The shortest window that holds an output and the input it needs: lag + 1 steps. One output "
                + "of each window is enough to teach it, and afterwards the network echoes at every step.",
            "An output needs the input of twelve steps before. How many steps is that, with both ends counted?",
            "If the window's last step is step τ, it needs the input of step τ − 12, and the first step "
                + "of the window is 1.",
            """
            // Exercise 2: choose τ for a known lag
            int? tau = 13;
            SequenceModel<float> trained = Train(lag: 12, tau: 13);
            Check.WindowForLag12(tau, trained)
            """
        )
        {
            RightIf = Criteria11.Window,
        };

    public static Exercise Truncated { get; } =
        new(
            "11.3",
            "cut the gradient",
            "Write the backward loop in place of the exception.",
            "Inside a window the gradient is whole; at its border what goes back is dropped, and the "
                + "states are not touched.",
            "Take the backward pass of lesson 08, for dW alone. One line decides what goes from step i to step i − 1.",
            "Windows begin at 1, τ + 1, 2τ + 1, …. Where step i begins one, what it sends back is zero.",
            """
            // Exercise 3: cut the gradient
            Matrix<double> MyTruncated(VanillaRnn rnn, VanillaRnn.Trace trace,
                IReadOnlyList<int?> targets, int tau)
            {
                var (x, s, y) = trace;
                Matrix<double> dW = 0 * rnn.W;
                Vector<double> ds_next = 0 * rnn.s_0;
                for (var i = x.Count; i >= 1; i--)
                {
                    var dz_i = CrossEntropy.ScoreGradient(y[i - 1], targets[i - 1]);
                    var ds_i = rnn.V.Transpose() * dz_i + ds_next;
                    var da_i = (1 - s[i].PointwiseMultiply(s[i])).PointwiseMultiply(ds_i);
                    dW += da_i.OuterProduct(s[i - 1]);
                    ds_next = (i - 1) % tau == 0 ? 0 * ds_i : rnn.W.Transpose() * da_i;
                }
                return dW;
            }
            Check.TruncatedGradient(MyTruncated)
            """
        )
        {
            RightIf = Criteria11.Truncated,
        };

    public static Exercise Orthogonal { get; } =
        new(
            "11.4",
            "make an orthogonal start",
            "Write the method in place of the exception.",
            "QᵀQ = I: every vector keeps its length, so before tanh takes its share, nothing of a gradient is lost.",
            "Take any random matrix. What writes it as an orthogonal matrix times a triangular one?",
            "Fill a matrix with random.NextNormal() and take matrix.QR().Q.",
            """
            // Exercise 4: make an orthogonal start
            Matrix<double> MyOrthogonal(int size, SeededRandom random)
            {
                var any = Matrix<double>.Build.Dense(size, size, (_, _) => random.NextNormal());
                return any.QR().Q;
            }
            Check.OrthogonalStart(MyOrthogonal)
            """
        )
        {
            RightIf = Criteria11.Orthogonal,
        };
}
