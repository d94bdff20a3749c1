namespace RnnCourse.Exercises.Lesson03;

/// <summary>The exercises of lesson 03.</summary>
internal static class Texts03
{
    public static Exercise SameFunction { get; } =
        new(
            "03.1",
            "write one of the tests",
            "Write the test in place of the exception: true if each row of Moves is full or empty.",
            "The test agrees with Wishes.SameFunction on every model that was tried, also the recurrent network of "
                + "lesson 06, whose s_0 of zeros hides W from the first output. A test must not be fooled by numbers "
                + "that happen to be zero.",
            "Moves(net) has a row for each matrix or vector, and a 1 where an output moves. What is the sum of "
                + "a full row, and of an empty one?",
            "A row is fine if its sum is 0 or 4. And shake all parameters a little before you call "
                + "Moves, so that no zero hides another; put them back at the end.",
            """
            // Exercise 1: write one of the tests
            bool SameFunction(ISequenceNetwork net)
            {
                var kept = net.Parameters.Select(parameter => parameter.Values.ToArray()).ToList();
                foreach (var parameter in net.Parameters)               // a zero must not hide another
                    for (var k = 0; k < parameter.Values.Length; k++)
                        parameter.Values[k] += random.NextUniform(-0.1, 0.1);
                var sums = Moves(net).EnumerateRows().Select(row => row.Sum()).ToList();
                foreach (var (parameter, values) in net.Parameters.Zip(kept))
                    values.CopyTo(parameter.Values, 0);                 // and put all back
                return sums.All(moved => moved == 0 || moved == x.Count);
            }
            Check.SameFunctionTest(SameFunction)
            """
        )
        {
            RightIf = Criteria03.SameFunction,
        };

    public static Exercise Hundred { get; } =
        new(
            "03.2",
            "predict the marks",
            "Put true or false in place of each null, before you ask Wishes.Scoreboard.",
            "All three: the test asks for a hundred words at the most. Ask for 101, and the window "
                + "refuses. That question shows its limit; the next larger window has another.",
            "Which lengths does the test for any length ask for? And what did the window of six places "
                + "get for the two other wishes?",
            "Lengths 1, 6, 7 and 100, all of which fit. More places change nothing about the other two wishes.",
            """
            // Exercise 2: predict the marks
            Check.WindowOfAHundred(dependence: true, anyLength: true, sameFunction: true)
            """
        )
        {
            RightIf = Criteria03.Hundred,
        };

    public static Exercise NoLookingAhead { get; } =
        new(
            "03.3",
            "no looking ahead",
            "Write the test in place of the exception: true if no output depends on a later input.",
            "The test passes models that see the past, and fails those that see what is to come. Whoever tests an "
                + "auto-completion needs it: a model that looks ahead is perfect in training and useless for someone "
                + "who is still typing.",
            "Two sentences with the same beginning and another last word: which outputs must be the same?",
            "All outputs before the changed word. Compare them with Take(3) and SequenceEqual.",
            """
            // Exercise 3: no looking ahead
            bool NoLookingAhead(ISequenceNetwork net)
            {
                var fish = net.Predict(OneHot("they", "still", "only", "fish"));
                var swim = net.Predict(OneHot("they", "still", "only", "swim"));
                return fish.Take(3).SequenceEqual(swim.Take(3));
            }
            Check.NoLookingAheadTest(NoLookingAhead)
            """
        )
        {
            RightIf = Criteria03.NoLookingAhead,
        };

    public static Exercise Fooled { get; } =
        new(
            "03.4",
            "fool the tests",
            "Write a class that implements ISequenceNetwork, and a sharper test; hand an object of the "
                + "class and the test to the check.",
            "Three ✓ for a useless model, and a question that exposes it. Tests are like that, here and everywhere: "
                + "each rules something out, and what they all overlook is found by somebody who looks for it.",
            "What could a model ignore, so that it is of no use, without any of the three tests noticing?",
            "It may, for instance, say of each word what a network for a single word says of the first "
                + "one. Which question exposes that?",
            """
            // Exercise 4: fool the tests
            class OnlyTheFirst(SharedNetwork net) : ISequenceNetwork     // all it ever sees is x_1
            {
                public IReadOnlyList<ParameterView> Parameters => net.Parameters;
                public int ParameterCount => net.ParameterCount;
                public IReadOnlyList<Vector<double>> Predict(IReadOnlyList<Vector<double>> x) =>
                    net.Predict(x.Select(x_i => x[0]).ToList());
                public (double Loss, IReadOnlyList<double[]> Gradients) LossAndGradients(
                    IReadOnlyList<Vector<double>> x, IReadOnlyList<int?> targets) =>
                    throw new NotSupportedException();
            }
            bool Sharper(ISequenceNetwork net)                           // does the last word matter?
            {
                var fish = net.Predict(OneHot("they", "still", "fish"))[^1];
                return !fish.Equals(net.Predict(OneHot("they", "still", "swim"))[^1]);
            }
            Check.FooledTests(new OnlyTheFirst(single), Sharper)
            """
        )
        {
            RightIf = Criteria03.Fooled,
        };
}
