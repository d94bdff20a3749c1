namespace RnnCourse.Exercises.Lesson08;

/// <summary>The exercises of lesson 08.</summary>
internal static class Texts08
{
    public static Exercise Paths { get; } =
        new(
            "08.1",
            "count the paths",
            "Write the formula in place of the exception.",
            "The longer the lag, the fewer the paths; of the longest there is one. All together they are n(n + 1)/2.",
            "Write down all pairs of a use i and a loss j for n = 3, and sort them by j − i.",
            "For lag k the use can stand at 1, 2, …, n − k. And if k is n or more?",
            """
            // Exercise 1: count the paths
            int Paths(int n, int k) => Math.Max(0, n - k);
            Check.Paths(Paths)
            """
        )
        {
            RightIf = Criteria08.Paths,
        };

    public static Exercise Vanishing { get; } =
        new(
            "08.2",
            "what vanishes?",
            "Put the names of the gradients that are zero in place of each null, before trying it.",
            "A gradient is zero where each of its terms has a factor that is zero. W = 0 doesn't make "
                + "dW zero: a parameter that is 0 can still be worth changing.",
            "Write the six formulas one below the other, and mark the factor that is zero.",
            "dU, dW, db and ds_0 are built of da_i, and da_i of ds_i; dV and dc are built of dz_i, "
                + "which needs neither V nor W.",
            """
            // Exercise 2: what vanishes?
            Check.Vanishing(saturated: "dU dW db ds_0", withoutW: "ds_0",
                withoutV: "dU dW db ds_0", oneStep: "dW")
            """
        )
        {
            RightIf = Criteria08.Vanishing,
        };

    public static Exercise Scores { get; } =
        new(
            "08.3a",
            "from the loss to the scores",
            "Derive dz_i on paper, then write it in place of the exception.",
            "At each score the slope is what the class got minus what it should have got. It is so short because the "
                + "logarithm undoes the exponential of the softmax.",
            "The loss of a step is −ln y_i[t], and y_i = softmax(z_i). Derive it by z_i[t] first, then by another "
                + "score.",
            "By the target's score the slope is y_i[t] − 1, by any other score z_i[k] it is y_i[k]. Where the target "
                + "is null, the step has no loss.",
            """
            // Exercise 3a: from the loss to the scores
            Vector<double> MyScores(Vector<double> y_i, int? target)
            {
                if (target is not { } t) return 0 * y_i;
                var dz_i = y_i.Clone();
                dz_i[t] -= 1;
                return dz_i;
            }
            Check.ScoreGradients(MyScores)
            """,
            "y_i and dz_i (K)"
        )
        {
            RightIf = Criteria08.Scores,
        };

    public static Exercise States { get; } =
        new(
            "08.3b",
            "from the scores to the state",
            "Write the sum of both ways in place of the exception.",
            "A state is used twice, so two slopes add up; at the last step there is only one.",
            "By what is s_i used? Each use sends back its gradient, through the matrix that it went in by.",
            "Vᵀ dz_i, and Wᵀ da_{i+1} where da_next is not null.",
            """
            // Exercise 3b: from the scores to the state
            Vector<double> MyStates(VanillaRnn rnn, Vector<double> dz_i, Vector<double> da_next)
            {
                var ds_i = rnn.V.Transpose() * dz_i;
                return da_next is null ? ds_i : ds_i + rnn.W.Transpose() * da_next;
            }
            Check.StateGradients(MyStates)
            """,
            "V (K, H), W (H, H), dz_i (K), da_next and ds_i (H)"
        )
        {
            RightIf = Criteria08.States,
        };

    public static Exercise Inside { get; } =
        new(
            "08.3c",
            "through the tanh",
            "Write the line in place of the exception.",
            "Where a state is near 1 or −1, tanh is flat and hardly anything passes.",
            "s_i = tanh(a_i). What is the slope of tanh, written with s_i?",
            "1 − s_i², times ds_i, number by number: PointwiseMultiply.",
            """
            // Exercise 3c: through the tanh
            Vector<double> MyInside(Vector<double> s_i, Vector<double> ds_i) =>
                (1 - s_i.PointwiseMultiply(s_i)).PointwiseMultiply(ds_i);
            Check.InsideTanh(MyInside)
            """,
            "s_i, ds_i and da_i (H)"
        )
        {
            RightIf = Criteria08.Inside,
        };

    public static Exercise Backward { get; } =
        new(
            "08.3d",
            "backpropagation through time by hand",
            "Write the loop from the last step to the first in place of the exception.",
            "All six gradients agree with the chain rule, for sequences of 0 to 5 steps, with outputs "
                + "that are read and outputs that are not.",
            "Take one step of the loop at a time, on a sequence of one input: dz, dV, dc, ds, da, dU, "
                + "dW, db, and what goes back to s_0.",
            "Backwards in time: dz_i, ds_i and da_i from your three methods; each matrix and vector sums its "
                + "contributions; da_i is the da_next of step i − 1, and Wᵀ da_1 is ds_0.",
            """
            // Exercise 3d: backpropagation through time by hand
            VanillaRnn.Gradients MyBackward(VanillaRnn rnn, VanillaRnn.Trace trace,
                IReadOnlyList<int?> targets)
            {
                var (x, s, y) = trace;
                Matrix<double> dU = 0 * rnn.U, dW = 0 * rnn.W, dV = 0 * rnn.V;
                Vector<double> db = 0 * rnn.b, dc = 0 * rnn.c, da_next = null;
                for (var i = x.Count; i >= 1; i--)
                {
                    var dz_i = MyScores(y[i - 1], targets[i - 1]);
                    var ds_i = MyStates(rnn, dz_i, da_next);
                    var da_i = MyInside(s[i], ds_i);
                    dV += dz_i.OuterProduct(s[i]);
                    dc += dz_i;
                    dU += da_i.OuterProduct(x[i - 1]);
                    dW += da_i.OuterProduct(s[i - 1]);
                    db += da_i;
                    da_next = da_i;
                }
                var ds_0 = da_next is null ? 0 * rnn.s_0 : rnn.W.Transpose() * da_next;
                return new(dU, dW, dV, db, dc, ds_0);
            }
            Check.Backward(MyBackward)
            """
        )
        {
            RightIf = Criteria08.Backward,
        };

    public static Exercise Measure { get; } =
        new(
            "08.4",
            "be the judge",
            "Write the measurement in place of the exception.",
            "Seven digits and more, and the network is left as it was. You can judge every gradient "
                + "that you will ever derive.",
            "For each number: move it by h, take the loss; move it by −h, take the loss; put it back.",
            "(f(θ + h) − f(θ − h)) / 2h with h = 1e-5, for one number at a time.",
            """
            // Exercise 4: be the judge
            double[] MyMeasure(Func<double> loss, double[] values)
            {
                const double h = 1e-5;
                var slopes = new double[values.Length];
                for (var k = 0; k < values.Length; k++)
                {
                    var here = values[k];
                    values[k] = here + h;
                    var above = loss();
                    values[k] = here - h;
                    var below = loss();
                    values[k] = here;
                    slopes[k] = (above - below) / (2 * h);
                }
                return slopes;
            }
            Check.Measure(MyMeasure)
            """
        )
        {
            RightIf = Criteria08.Measure,
        };

    public static Exercise ByLag { get; } =
        new(
            "08.5",
            "take it apart by lag",
            "Write the sum over the paths of one lag in place of the exception.",
            "The parts of all lags sum up to dW. In lesson 10 you will see what becomes of the long ones.",
            "Send one loss back by itself: lag steps, without adding anything on the way. Then sum over the losses.",
            "For each j from lag + 1 to n: ds = Vᵀ dz_j; lag times da = (1 − s²) ds and ds = Wᵀ da; at "
                + "the end da_i s_{i−1}ᵀ with i = j − lag.",
            """
            // Exercise 5: take it apart by lag
            Matrix<double> MyByLag(VanillaRnn rnn, VanillaRnn.Trace trace,
                IReadOnlyList<int?> targets, int lag)
            {
                var (x, s, y) = trace;
                var sum = 0 * rnn.W;
                for (var j = lag + 1; j <= x.Count; j++)
                {
                    var ds = rnn.V.Transpose() * CrossEntropy.ScoreGradient(y[j - 1], targets[j - 1]);
                    for (var i = j; i > j - lag; i--)
                        ds = rnn.W.Transpose() * (1 - s[i].PointwiseMultiply(s[i])).PointwiseMultiply(ds);
                    var (use, before) = (s[j - lag], s[j - lag - 1]);
                    sum += (1 - use.PointwiseMultiply(use)).PointwiseMultiply(ds).OuterProduct(before);
                }
                return sum;
            }
            Check.ByLag(MyByLag)
            """
        )
        {
            RightIf = Criteria08.ByLag,
        };
}
