using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Exercises.Formulas;
using RnnCourse.Exercises.Lesson08;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>The part of the gradient of W that comes from paths of one lag.</summary>
    /// <param name="rnn">The network.</param>
    /// <param name="trace">The trace of its forward pass: x of shape (D) each, s of shape (H) each, from s_0, and y of
    /// shape (K) each.</param>
    /// <param name="targets">The right class at each step, n of them; null if the output is not read.</param>
    /// <param name="lag">How many steps lie between the use of W and the loss, from 0.</param>
    /// <returns>The sum of the contributions of that lag, shape (H, H); zeros if there are none.</returns>
    public delegate Matrix<double> ByLagMethod(
        VanillaRnn rnn,
        VanillaRnn.Trace trace,
        IReadOnlyList<int?> targets,
        int lag
    );

    /// <summary>Checks the gradient of W, split by lag.</summary>
    /// <param name="byLag">The learner's method; its matrices have the shape (H, H).</param>
    public static Feedback ByLag(ByLagMethod? byLag) =>
        Attempt.Judge(
            Texts08.ByLag,
            byLag,
            () =>
            {
                int?[] targets = [2, 0, null, 4, 1];
                return Fault(byLag!, SampleNetwork.Recurrent(), targets)
                    ?? Fault(byLag!, SampleNetwork.WithZeros(), targets);
            }
        );

    private static Finding? Fault(ByLagMethod byLag, VanillaRnn net, int?[] targets)
    {
        var trace = net.Forward(SampleNetwork.Inputs(net.U.ColumnCount, targets.Length, 31));
        var given = new List<Quantity>();
        for (var lag = 0; lag <= targets.Length; lag++)
        {
            var hand = new ArgumentCopies();
            var k = lag;
            var copy = new VanillaRnn.Trace(
                hand.Copy("trace.x", trace.x),
                hand.Copy("trace.s", trace.s),
                hand.Copy("trace.y", trace.y)
            );
            var part =
                Attempt.Call($"for lag {k}", () => byLag(hand.Copy(net), copy, hand.Copy("the targets", targets), k))
                ?? throw Attempt.Blank();
            if (hand.Fault() is { } changed)
            {
                return changed;
            }

            given.Add(Quantity.Of($"The part of lag {lag}", part));
        }

        return LagDiagnosis.Fault(net, trace, targets, given, Texts08.ByLag);
    }
}

/// <summary>Finds why a part of a gradient is wrong, by making the known mistakes on purpose.</summary>
internal static class LagDiagnosis
{
    private static readonly Name State = new("s", "i"),
        Use = new("s", new IndexExpression(["j"], ["lag"], 0)),
        Before = new("s", new IndexExpression(["j"], ["lag"], -1));

    private static readonly Computation AsData = new(
        ["s[]", "ds", "dz[]"],
        new Line("sum", 0 * new Name("W")),
        new Loop(
            "j",
            new IndexExpression(["lag"], [], 1),
            "n",
            1,
            new Line("ds", new Name("V").T * new Name("dz", "j")),
            new Loop(
                "i",
                "j",
                new IndexExpression(["j"], ["lag"], 1),
                -1,
                new Line("ds", new Name("W").T * (1 - State.Times(State)).Times(new Name("ds")))
            ),
            new Line("sum", (1 - Use.Times(Use)).Times(new Name("ds")) * Before.T, adds: true)
        )
    );

    private delegate Matrix<double> Formula(int lag);

    /// <summary>The sum over all paths of a lag.</summary>
    public static Matrix<double> Right(VanillaRnn net, VanillaRnn.Trace trace, IReadOnlyList<int?> targets, int lag)
    {
        var sum = 0 * net.W;
        for (var j = lag + 1; j <= targets.Count; j++)
        {
            var ds = net.V.TransposeThisAndMultiply(CrossEntropy.ScoreGradient(trace.y[j - 1], targets[j - 1]));
            for (var i = j; i > j - lag; i--)
            {
                ds = net.W.TransposeThisAndMultiply((1 - trace.s[i].PointwisePower(2)).PointwiseMultiply(ds));
            }

            sum += (1 - trace.s[j - lag].PointwisePower(2)).PointwiseMultiply(ds).OuterProduct(trace.s[j - lag - 1]);
        }

        return sum;
    }

    public static Finding? Fault(
        VanillaRnn net,
        VanillaRnn.Trace trace,
        int?[] targets,
        IReadOnlyList<Quantity> given,
        Exercise exercise
    )
    {
        var n = targets.Length;
        Vector<double> Slope(int i) => 1 - trace.s[i].PointwiseMultiply(trace.s[i]);

        // The part of the gradient that goes from L_j back to the use at step i.
        Matrix<double> Path(int i, int j, bool slopes = true, bool transposed = true, int state = -1)
        {
            var ds = net.V.TransposeThisAndMultiply(CrossEntropy.ScoreGradient(trace.y[j - 1], targets[j - 1]));
            for (var step = j; step > i; step--)
            {
                var da = slopes ? Slope(step).PointwiseMultiply(ds) : ds;
                ds = transposed ? net.W.TransposeThisAndMultiply(da) : net.W * da;
            }

            return Slope(i).PointwiseMultiply(ds).OuterProduct(trace.s[i + state]);
        }

        Matrix<double> Sum(IEnumerable<(int I, int J)> pairs, Func<int, int, Matrix<double>> of) =>
            pairs.Aggregate(0 * net.W, (sum, pair) => sum + of(pair.I, pair.J));
        IEnumerable<(int I, int J)> Pairs(int lag) =>
            Enumerable.Range(1, n).Select(i => (I: i, J: i + lag)).Where(pair => pair.J <= n && pair.J >= 1);
        IEnumerable<(int I, int J)> UpTo(int lag) => Enumerable.Range(0, lag + 1).SelectMany(Pairs);

        bool Explains(Formula formula) =>
            given.Select((quantity, lag) => quantity.IsNear(Quantity.Of("", formula(lag)))).All(near => near);
        if (Explains(lag => Sum(Pairs(lag), (i, j) => Path(i, j))))
        {
            return null;
        }

        (Formula Formula, Finding Fault)[] suspects =
        [
            (
                _ => Sum(UpTo(n), (i, j) => Path(i, j)),
                new(
                    "all-lags",
                    "Every lag gets all of dW.",
                    "Which losses reach a use at step i with exactly that lag?",
                    "Only L_{i + lag}: let each loss go back alone."
                )
            ),
            (
                lag => Sum(UpTo(lag), (i, j) => Path(i, j)),
                new(
                    "up-to-lag",
                    "The part of a lag holds those of all shorter lags as well.",
                    "What is added on the way back, besides at its end?",
                    "Go back lag steps without adding; add da_i s_{i−1}ᵀ once, at the end."
                )
            ),
            (
                lag => Sum(Pairs(lag + 1), (i, j) => Path(i, j)),
                new(
                    "one-longer",
                    "Each part is that of the next longer lag.",
                    "How often does a path of lag 0 pass through W on its way back?",
                    "From L_j to the use at step j it is lag 0: no Wᵀ yet."
                )
            ),
            (
                lag => lag == 0 ? 0 * net.W : Sum(Pairs(lag - 1), (i, j) => Path(i, j)),
                new(
                    "one-shorter",
                    "Each part is that of the next shorter lag.",
                    "How often does a path of lag 1 pass through W on its way back?",
                    "Once: lag times in all."
                )
            ),
            (
                lag => lag < n ? Path(n - lag, n) : 0 * net.W,
                new(
                    "last-loss-only",
                    "Only the last loss goes back.",
                    "Which losses have a use lag steps before them?",
                    "Each L_j with j > lag: sum over them."
                )
            ),
            (
                lag => Sum(Pairs(lag), (i, j) => Path(i, j, slopes: false)),
                new(
                    "slope-missing",
                    "On the way back the slopes of tanh are missing.",
                    "Between s_{i−1} and s_i stand W and then tanh.",
                    "da = (1 − s²) ds before each Wᵀ."
                )
            ),
            (
                lag => Sum(Pairs(lag), (i, j) => Path(i, j, transposed: false)),
                new(
                    "w-not-transposed",
                    "What goes back from step to step is multiplied by W; it should be Wᵀ.",
                    "W is square, so no shape complains. Which way does it lead?",
                    "Wᵀ da."
                )
            ),
            (
                lag => Sum(Pairs(lag), (i, j) => Path(i, j, state: 0)),
                new(
                    "new-state-in-w",
                    "The contributions are built with s_i; W was multiplied by s_{i−1}.",
                    "What was W multiplied by at step i?",
                    "da_i s_{i−1}ᵀ. In code, s[i - 1]."
                )
            ),
        ];
        if (suspects.FirstOrDefault(suspect => Explains(suspect.Formula)).Fault is { } known)
        {
            return known;
        }

        Memory Given(int lag)
        {
            var memory = BackwardDiagnosis.Given(net, trace, targets);
            memory.SetNumber("lag", lag);
            return memory;
        }

        var parts = given.Select((quantity, lag) => (Make: (Func<Memory>)(() => Given(lag)), quantity.Values));
        if (
            AsData.DiagnoseAll([
                .. parts.Select(part => (part.Make, (IReadOnlyList<(string, double[])>)[("sum", part.Values)])),
            ]) is
            { } slip
        )
        {
            return slip;
        }

        for (var lag = 0; lag < given.Count; lag++)
        {
            var right = Quantity.Of(given[lag].Name, Sum(Pairs(lag), (i, j) => Path(i, j)));
            if (given[lag].IsNear(right))
            {
                continue;
            }

            return given[lag].FaultOfForm(right) ?? given[lag].FaultOfValue(right, exercise);
        }

        return null;
    }
}
