namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks clipping by the norm: the steps' contributions are summed, and the sum is shortened where it is longer than the limit.</summary>
    /// <param name="clip">The learner's method: from the contributions, each of length N, and the limit to the clipped gradient, length N.</param>
    public static Feedback Clip(Func<IReadOnlyList<double[]>, double, double[]>? clip) => Attempt.Judge(Texts11.Clip, clip is null, () =>
    {
        foreach (var (limit, factor) in new[] { (5.0, 6.0), (100.0, 6.0), (1.0, 6.0), (1.0, 0.0) })
        {
            double[][] contributions = [.. SampleNetwork.Inputs(4, 3, 61).Select((v, k) => (factor * (k + 1) * v).ToArray())];
            double[][] copy = [.. contributions.Select(contribution => (double[])contribution.Clone())];
            var given = Attempt.Call($"for three contributions and the limit {limit.ToString(System.Globalization.CultureInfo.InvariantCulture)}", () => clip!(copy, limit)) ?? throw Attempt.Blank();
            if (!contributions.Zip(copy).All(pair => pair.Second is not null && pair.First.SequenceEqual(pair.Second))) return Findings.Changed("the contributions");
            if (ClipDiagnosis.Fault(contributions, limit, given) is { } fault) return fault;
        }

        return null;
    });
}

/// <summary>Finds why a clipped gradient is wrong, by clipping wrongly on purpose.</summary>
internal static class ClipDiagnosis
{
    private static readonly Finding Before = new("clipped-before-summing", "Each step's contribution is clipped by itself, and then they are summed: the sum points elsewhere, and may still be too long.",
        "Clipping keeps the direction of the gradient. Of which vector is that the direction: of a contribution, or of their sum?", "Sum all contributions first, then shorten the sum.");

    private static readonly Finding Averaged = new("averaged", "The contributions are averaged, where they should be summed.",
        "Each step's contribution is a term of the gradient. Is dW the mean of its terms?", "Add them up, and divide by nothing; only then compare the norm with the limit.");

    private static readonly Finding EachNumber = new("clipped-each-number", "Each number is clipped by itself, which changes the gradient's direction.",
        "Two numbers 3 and 30, clipped at 3, become 3 and 3. Is that the same direction?", "Multiply the whole vector by limit / norm.");

    private static readonly Finding NotAtAll = new("not-clipped", "The gradient is longer than the limit: it was not clipped.",
        "Which length does the result have, and which one was allowed?", "Where the norm is above the limit, multiply by limit / norm.");

    private static readonly Finding Always = new("stretched", "A gradient shorter than the limit was made longer.",
        "Clipping is for gradients that are too long. What is to happen to the others?", "Multiply only where the norm is above the limit; return the sum as it is otherwise.");

    private static readonly Finding OneNorm = new("other-norm", "The gradient is shortened by the sum of its absolute values, not by its Euclidean length.",
        "Which norm measures the length of an arrow?", "The root of the sum of the squares.");

    public static Finding? Fault(double[][] contributions, double limit, double[] given)
    {
        var sum = Sum(contributions);
        var right = new Quantity("The clipped gradient", sum.Length, 0, Shorten(sum, limit));
        var own = right with { Rows = given.Length, Values = given };
        bool Is(double[] values) => own.IsNear(right with { Values = values });
        return own.IsNear(right) ? null
            : own.FaultOfForm(right) is { } form ? double.IsNaN(given.FirstOrDefault()) && Norm(sum) == 0 ? Always : form
            : Is(Sum([.. contributions.Select(contribution => Shorten(contribution, limit))])) ? Before
            : Is(Shorten([.. sum.Select(v => v / contributions.Length)], limit)) ? Averaged
            : Is(sum) ? NotAtAll
            : Is([.. sum.Select(v => v * limit / Norm(sum))]) ? Always
            : Is([.. sum.Select(v => Math.Clamp(v, -limit, limit))]) || Is(Sum([.. contributions.Select(contribution => contribution.Select(v => Math.Clamp(v, -limit, limit)).ToArray())])) ? EachNumber
            : Is([.. sum.Select(v => v * Math.Min(1, limit / sum.Sum(Math.Abs)))]) ? OneNorm
            : own.FaultOfValue(right, Texts11.Clip);
    }

    private static double[] Sum(double[][] contributions) => [.. Enumerable.Range(0, contributions[0].Length).Select(k => contributions.Sum(contribution => contribution[k]))];

    private static double[] Shorten(double[] g, double limit) => Norm(g) > limit ? [.. g.Select(v => v * limit / Norm(g))] : g;

    private static double Norm(double[] g) => Math.Sqrt(g.Sum(v => v * v));
}

/// <summary>The exercises of lesson 11.</summary>
internal static class Texts11
{
    public static Exercise Clip { get; } = new("11.1", "clip the gradient",
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
        """);

    public static Exercise Window { get; } = new("11.2", "choose τ for a known lag",
        "Put the number of steps in place of null, train with it, and hand both to the check.",
        "The shortest window that holds an output and the input it needs: lag + 1 steps. One output of each window is enough to teach it, and afterwards the network echoes at every step.",
        "An output needs the input of twelve steps before. How many steps is that, with both ends counted?",
        "If the window's last step is step τ, it needs the input of step τ − 12, and the first step of the window is 1.",
        """
        // Exercise 2: choose τ for a known lag
        int? tau = 13;
        SequenceModel<float> trained = Train(lag: 12, tau: 13);
        Check.WindowForLag12(tau, trained)
        """);

    public static Exercise Truncated { get; } = new("11.3", "cut the gradient",
        "Write the backward loop in place of the exception.",
        "Inside a window the gradient is whole; at its border what goes back is dropped, and the states are not touched.",
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
        """);

    public static Exercise Orthogonal { get; } = new("11.4", "make an orthogonal start",
        "Write the method in place of the exception.",
        "QᵀQ = I: every vector keeps its length, so before tanh takes its share, nothing of a gradient is lost.",
        "Take any random matrix. Which decomposition writes it as an orthogonal matrix times a triangular one?",
        "Fill a matrix with random.NextNormal() and take matrix.QR().Q.",
        """
        // Exercise 4: make an orthogonal start
        Matrix<double> MyOrthogonal(int size, SeededRandom random)
        {
            var any = Matrix<double>.Build.Dense(size, size, (_, _) => random.NextNormal());
            return any.QR().Q;
        }
        Check.OrthogonalStart(MyOrthogonal)
        """);
}
