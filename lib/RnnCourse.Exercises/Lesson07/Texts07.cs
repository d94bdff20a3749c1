namespace RnnCourse.Exercises.Lesson07;

/// <summary>The exercises of lesson 07.</summary>
internal static class Texts07
{
    public static Exercise Mask { get; } =
        new(
            "07.1",
            "where to read",
            "Write the mask in place of the exception: one line is enough.",
            "One line says where all four tasks of lesson 01 are read, and the padding is read by none.",
            "Go through the columns 1, 2, …, and ask of each: is it a real step, or is it the last real one?",
            "Enumerable.Range(1, columns).Select(i => …).ToArray(), with i <= n for one pattern and i "
                + "== n for the other.",
            """
            // Exercise 1: where to read
            // For each of the columns 1, 2, …: is its output read? where is Read.EveryStep or Read.LastStep
            bool[] MyMask(Read where, int n, int columns) =>
                Enumerable.Range(1, columns).Select(i => where == Read.EveryStep ? i <= n : i == n).ToArray();
            Check.Mask(MyMask)
            """
        )
        {
            RightIf = Criteria07.Mask,
        };

    public static Exercise Loss { get; } =
        new(
            "07.2a",
            "mask the padding",
            "Write the loop over the steps in place of the exception.",
            "What is not read costs nothing, and what is read costs −ln of the probability that the right class got.",
            "Loop over the steps; where there is a target, add −ln of the probability that it got.",
            "if (targets[i - 1] is { } k) loss -= Math.Log(y[i - 1][k]);",
            """
            // Exercise 2a: mask the padding
            double MyLoss(IReadOnlyList<Vector<double>> y, IReadOnlyList<int?> targets)
            {
                var loss = 0.0;
                for (var i = 1; i <= y.Count; i++)
                    if (targets[i - 1] is { } k)
                        loss -= Math.Log(y[i - 1][k]);
                return loss;
            }
            Check.MaskedLoss(MyLoss)
            """
        )
        {
            RightIf = Criteria07.Loss,
        };

    public static Exercise MeanLoss { get; } =
        new(
            "07.2b",
            "the mean over what is read",
            "Write the mean in place of the exception.",
            "Sentences of different lengths can be compared now, and padding changes nothing.",
            "Count the steps that are read, and divide their sum by that number.",
            "Divide once, after the loop; return 0 where nothing is read, for 0/0 is NaN.",
            """
            // Exercise 2b: the mean over what is read
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
            """
        )
        {
            RightIf = Criteria07.MeanLoss,
        };

    public static Exercise Many { get; } =
        new(
            "07.3",
            "many sequences, one at a time",
            "Write the loop over the sequences in place of the exception.",
            "Each sequence starts from s_0, and none knows of the others.",
            "Two loops: the outer one over the sequences, the inner one over the steps. Between them "
                + "the state starts anew.",
            "Inside the outer loop: var s = rnn.s_0, then (s, y_i) = rnn.Step(x_i, s) for each input.",
            """
            // Exercise 3: many sequences, one at a time
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
            """
        )
        {
            RightIf = Criteria07.Many,
        };

    public static Exercise Softmax { get; } =
        new(
            "07.4",
            "a softmax that survives",
            "Write the softmax in place of the exception.",
            "The probabilities are right, for scores of 1000, too: the shift changes nothing in the "
                + "formula and keeps exp from overflowing.",
            "exp of each score, divided by the sum of all of them.",
            "Subtract the largest score from all scores first.",
            """
            // Exercise 4: a softmax that survives
            Vector<double> MySoftmax(Vector<double> z)
            {
                var e = (z - z.Maximum()).PointwiseExp();
                return e / e.Sum();
            }
            Check.Softmax(MySoftmax)
            """
        )
        {
            RightIf = Criteria07.Softmax,
        };

    public static Exercise Verdict { get; } =
        new(
            "07.5",
            "a verdict of your own",
            "Write a question about a whole sentence, train a network on its answers, and hand both to the check.",
            "The answer stands after the last word, and what decides it came earlier: the state has carried it there.",
            "A question whose answer follows from a word at any place, such as: does the sentence have a noun?",
            "One example for each sentence: null at all steps but the last, and there 1 for yes, 0 for "
                + "no. A learning rate of 0.03 and 60 epochs will do.",
            """
            // Exercise 5: a verdict of your own
            bool HasNoun(TinySentences.Sentence s) => s.Tags.Contains("NOUN");
            GradientDescent.Example Asked(TinySentences.Sentence s) => new(OneHot(s.Words),
                s.Words.Select((_, i) => i < s.Words.Count - 1 ? null : (int?)(HasNoun(s) ? 1 : 0))
                    .ToList());
            var mine = new VanillaRnn(13, hiddenSize: 8, outputSize: 2, new SeededRandom(7));
            GradientDescent.Train(mine, TinySentences.Train.Select(Asked).ToList(),
                60, 0.03, new SeededRandom(8));
            Check.Verdict(mine, HasNoun)
            """
        )
        {
            RightIf = Criteria07.Verdict,
        };
}
