namespace RnnCourse.Exercises;

/// <summary>The exercises of lesson 08.</summary>
internal static class Texts08
{
    public static Exercise Backward { get; } = new("08.1", "backpropagation through time by hand",
        "Write the loop from the last step to the first in place of the exception.",
        "All six gradients agree with the chain rule, for sequences of 0 to 5 steps, with outputs that are read and outputs that are not.",
        "Take one step of the loop at a time, on a sequence of one input: dz, dV, dc, ds, da, dU, dW, db, and what goes back to s_0.",
        "Backwards in time: dz_i = y_i − onehot; ds_i = Vᵀ dz_i + what step i + 1 sent; da_i = (1 − s_i²) ds_i; each parameter sums its contributions; Wᵀ da_i goes to step i − 1.",
        """
        // Exercise 1: backpropagation through time by hand
        VanillaRnn.Gradients MyBackward(VanillaRnn rnn, VanillaRnn.Trace trace, IReadOnlyList<int?> targets)
        {
            var (x, s, y) = trace;
            Matrix<double> dU = 0 * rnn.U, dW = 0 * rnn.W, dV = 0 * rnn.V;
            Vector<double> db = 0 * rnn.b, dc = 0 * rnn.c, ds_next = 0 * rnn.s_0;
            for (var i = x.Count; i >= 1; i--)
            {
                var dz_i = CrossEntropy.ScoreGradient(y[i - 1], targets[i - 1]);
                var ds_i = rnn.V.Transpose() * dz_i + ds_next;
                var da_i = (1 - s[i].PointwiseMultiply(s[i])).PointwiseMultiply(ds_i);
                dV += dz_i.OuterProduct(s[i]);
                dc += dz_i;
                dU += da_i.OuterProduct(x[i - 1]);
                dW += da_i.OuterProduct(s[i - 1]);
                db += da_i;
                ds_next = rnn.W.Transpose() * da_i;
            }
            return new(dU, dW, dV, db, dc, ds_next);
        }
        Check.Backward(MyBackward)
        """);
}
