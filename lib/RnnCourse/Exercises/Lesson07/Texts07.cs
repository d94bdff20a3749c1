namespace RnnCourse.Exercises;

/// <summary>The exercises of lesson 07.</summary>
internal static class Texts07
{
    public static Exercise Loss { get; } = new("07.1", "mask the padding",
        "Write the loop over the steps in place of the exception.",
        "What is not read costs nothing, and what is read costs −ln of the probability that the right class got.",
        "Loop over the steps; where there is a target, add −ln of the probability that it got.",
        "if (targets[i - 1] is { } k) loss -= Math.Log(y[i - 1][k]);",
        """
        // Exercise 1: mask the padding
        double MyLoss(IReadOnlyList<Vector<double>> y, IReadOnlyList<int?> targets)
        {
            var loss = 0.0;
            for (var i = 1; i <= y.Count; i++)
                if (targets[i - 1] is { } k)
                    loss -= Math.Log(y[i - 1][k]);
            return loss;
        }
        Check.MaskedLoss(MyLoss)
        """);

    public static Exercise MeanLoss { get; } = new("07.2", "the mean over what is read",
        "Write the mean in place of the exception.",
        "Sentences of different lengths can be compared now, and padding changes nothing.",
        "Count the steps that are read, and divide their sum by that number.",
        "Divide once, after the loop; return 0 where nothing is read, for 0/0 is NaN.",
        """
        // Exercise 2: the mean over what is read
        double MyMeanLoss(IReadOnlyList<Vector<double>> y, IReadOnlyList<int?> targets)
        {
            var (loss, read) = (0.0, 0);
            for (var i = 1; i <= y.Count; i++)
                if (targets[i - 1] is { } k)
                {
                    loss -= Math.Log(y[i - 1][k]);
                    read++;
                }
            return read == 0 ? 0 : loss / read;
        }
        Check.MaskedMeanLoss(MyMeanLoss)
        """);

    public static Exercise Softmax { get; } = new("07.3", "a softmax that survives",
        "Write the softmax in place of the exception.",
        "The probabilities are right, for scores of 1000, too: the shift changes nothing in the formula and keeps exp from overflowing.",
        "exp of each score, divided by the sum of all of them.",
        "Subtract the largest score from all scores first.",
        """
        // Exercise 3: a softmax that survives
        Vector<double> MySoftmax(Vector<double> z)
        {
            var e = (z - z.Maximum()).PointwiseExp();
            return e / e.Sum();
        }
        Check.Softmax(MySoftmax)
        """);

    public static Exercise Many { get; } = new("07.4", "many sequences, one at a time",
        "Write the loop over the sequences in place of the exception.",
        "Each sequence starts from s_0, and none knows of the others.",
        "Two loops: the outer one over the sequences, the inner one over the steps. Between them the state starts anew.",
        "Inside the outer loop: var s = rnn.s_0, then (s, y_i) = rnn.Step(x_i, s) for each input.",
        """
        // Exercise 4: many sequences, one at a time
        IReadOnlyList<IReadOnlyList<Vector<double>>> PredictAll(
            VanillaRnn rnn, IReadOnlyList<IReadOnlyList<Vector<double>>> sequences)
        {
            var all = new List<IReadOnlyList<Vector<double>>>();
            foreach (var x in sequences)
            {
                var s = rnn.s_0;
                var y = new List<Vector<double>>();
                foreach (var x_i in x)
                {
                    (s, var y_i) = rnn.Step(x_i, s);
                    y.Add(y_i);
                }
                all.Add(y);
            }
            return all;
        }
        Check.ManySequences(PredictAll)
        """);
}
