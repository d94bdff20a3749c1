namespace RnnCourse.Exercises.Lesson06;

/// <summary>The exercises of lesson 06.</summary>
internal static class Texts06
{
    public static Exercise Step { get; } =
        new(
            "06.1a",
            "the step, number by number",
            "Write the loops in place of the exception.",
            "This is the lecture's L13, and it is the whole step: a matrix product is nothing but these loops. What is "
                + "missing is the loop around it, over the inputs.",
            "s_i[h] is tanh of a sum: b[h], row h of U times x_i, and row h of W times s_prev. What is the sum of "
                + "y_i[k]?",
            "One loop over h with two loops inside, then one over k with a loop inside. y_i[k] is Math.Exp of its sum, "
                + "divided by the sum of all K of them.",
            """
            // Exercise 1a: the step, number by number
            (double[] s_i, double[] y_i) MyStep(double[] x_i, double[] s_prev,
                double[,] U, double[,] W, double[,] V, double[] b, double[] c)
            {
                var (D, H, K) = (x_i.Length, s_prev.Length, c.Length);
                var (s_i, y_i) = (new double[H], new double[K]);
                for (var h = 0; h < H; h++)
                {
                    var sum = b[h];
                    for (var d = 0; d < D; d++) sum += U[h, d] * x_i[d];
                    for (var g = 0; g < H; g++) sum += W[h, g] * s_prev[g];
                    s_i[h] = Math.Tanh(sum);
                }
                for (var k = 0; k < K; k++)
                {
                    var sum = c[k];
                    for (var h = 0; h < H; h++) sum += V[k, h] * s_i[h];
                    y_i[k] = Math.Exp(sum);
                }
                var total = y_i.Sum();
                for (var k = 0; k < K; k++) y_i[k] /= total;
                return (s_i, y_i);
            }
            Check.StepInLoops(MyStep)
            """
        )
        {
            RightIf = Criteria06.Step,
        };

    public static Exercise Run { get; } =
        new(
            "06.1b",
            "implement the cell",
            "Write the loop over the inputs in place of the exception.",
            "States and outputs agree with the library's, for 0, 1, 5 and 100 inputs and from any "
                + "starting state: this is a recurrent network.",
            "A variable outside the loop holds the state; each turn reads the old one and writes the new one.",
            "Within the loop: s_i = tanh(U x_i + W s_{i−1} + b), y_i = softmax(V s_i + c); add both to "
                + "their lists; pass s_i on.",
            """
            // Exercise 1b: implement the cell
            (IReadOnlyList<Vector<double>> s, IReadOnlyList<Vector<double>> y) MyRun(
                VanillaRnn rnn, IReadOnlyList<Vector<double>> x, Vector<double> s_0)
            {
                var states = new List<Vector<double>>();
                var outputs = new List<Vector<double>>();
                var s_prev = s_0;
                foreach (var x_i in x)
                {
                    var s_i = (rnn.U * x_i + rnn.W * s_prev + rnn.b).PointwiseTanh();
                    states.Add(s_i);
                    outputs.Add(CrossEntropy.Softmax(rnn.V * s_i + rnn.c));
                    s_prev = s_i;
                }
                return (states, outputs);
            }
            Check.RecurrentRun(MyRun)
            """
        )
        {
            RightIf = Criteria06.Run,
        };

    public static Exercise Test { get; } =
        new(
            "06.2a",
            "a test for the forgotten state",
            "Return true where the outputs can come from a recurrent network, and false where the state was forgotten.",
            "The test passes recurrent networks and fails those that forget. It asks for dependence "
                + "(L02), which shows at step 2 at the earliest.",
            "Which wish does a network without memory fail? Two sequences that differ in their first input only tell.",
            "Compare the last outputs for “they fish” and “the fish”. Equal outputs: forgotten. At step "
                + "1 both networks start from s_0, so nothing shows there.",
            """
            // Exercise 2a: a test for the forgotten state
            bool Remembers(Check.PredictMethod predict, VanillaRnn rnn)
            {
                var they = predict(rnn, OneHot("they", "fish"));
                var the = predict(rnn, OneHot("the", "fish"));
                return !they[^1].Equals(the[^1]);
            }
            Check.StateTest(Remembers)
            """
        )
        {
            RightIf = Criteria06.Test,
        };

    public static Exercise Mended { get; } =
        new(
            "06.2b",
            "catch the forgotten state",
            "Mend the method, then hand it to the check.",
            "The state is passed on now, and the outputs are those of rnn.Predict, for 0, 1, 5 and 100 inputs.",
            "Follow the variable that should hold the state: who reads it, and who writes it?",
            "After outputs.Add(y_i), the new state has to become the previous one.",
            """
            // Exercise 2b: catch the forgotten state
            List<Vector<double>> Mended(VanillaRnn net, IReadOnlyList<Vector<double>> xs)
            {
                var outputs = new List<Vector<double>>();
                var previous = net.s_0;
                foreach (var x_i in xs)
                {
                    var (s_i, y_i) = net.Step(x_i, previous);
                    outputs.Add(y_i);
                    previous = s_i;
                }
                return outputs;
            }
            Check.MendedPredict(Mended)
            """
        )
        {
            RightIf = Criteria06.Mended,
        };

    public static Exercise SpecialCase { get; } =
        new(
            "06.3",
            "one special case",
            "Make both networks, then hand them to the check in place of null.",
            "With W = 0 the two agree on every sentence: the shared network of lesson 04 is the special "
                + "case of this one whose state reaches nobody.",
            "Which numbers must the two networks have in common, and which does only one of them have?",
            "Copy U, V, b and c into the shared network with CopyTo, and clear W of the recurrent one.",
            """
            // Exercise 3: one special case
            var special = new VanillaRnn(13, 8, 7, new SeededRandom(3));
            special.W.Clear();
            var plain = new SharedNetwork(13, 8, 7, new SeededRandom(4));
            special.U.CopyTo(plain.U);
            special.V.CopyTo(plain.V);
            special.b.CopyTo(plain.b);
            special.c.CopyTo(plain.c);
            Check.SpecialCase(special, plain)
            """
        )
        {
            RightIf = Criteria06.SpecialCase,
        };

    public static Exercise Forgetting { get; } =
        new(
            "06.4",
            "a word with which it doesn't forget",
            "Draw the three curves, then put the word whose curve stays flat in place of null.",
            "While this word is read the two states stay apart, and with the other two they meet. How fast a memory "
                + "fades depends on what is read meanwhile: each word moves the state elsewhere, where tanh is more or "
                + "less steep.",
            "Compare how far the two states still are apart after thirty words, for each of the three fillers.",
            "Repeat the cell that defines StatesAfter with \"only\" and with \"just\" in place of "
                + "\"still\"; the largest number at the end belongs to the answer.",
            """
            // Exercise 4: a word with which it doesn't forget
            double Apart(string filler)
            {
                Vector<double> After(string first) =>
                    rnn.Forward(OneHot([first, .. Enumerable.Repeat(filler, 29)])).s[^1];
                return (After("they") - After("the")).L2Norm();
            }
            var flat = new[] { "still", "only", "just" }.MaxBy(Apart);
            Check.FlatCurve(rnn, flat)
            """
        )
        {
            RightIf = Criteria06.Forgetting,
        };

    public static Exercise HandMade { get; } =
        new(
            "06.5",
            "a recurrent network by hand",
            "Make a network with at most four numbers in its state, set its weights, and hand it to the "
                + "check in place of null.",
            "Fifty words lie between, and the bit is still there: large weights make tanh a switch that "
                + "holds its position.",
            "One number of the state says whether a noun phrase is open. Large weights make tanh a switch.",
            "“the” and “every” push the number to 1, “they”, “we”, “can” and “will” to −1, all other "
                + "words leave it alone: W[0, 0] well above 1 keeps it. V reads it: NOUN for, VERB against.",
            """
            // Exercise 5: a recurrent network by hand
            var byHand = new VanillaRnn(13, 1, 7, new SeededRandom(1));
            foreach (var parameter in byHand.Parameters) Array.Clear(parameter.Values);
            for (var k = 0; k < 6; k++)                  // the, every; they, we, can, will
                byHand.U[0, k] = k < 2 ? 12 : -12;
            byHand.W[0, 0] = 4;                          // all other words leave it as it is
            byHand.V[5, 0] = 5;                          // NOUN, where a noun phrase is open
            byHand.V[6, 0] = -5;                         // VERB, where none is
            Check.HandMade(byHand)
            """
        )
        {
            RightIf = Criteria06.HandMade,
        };
}
