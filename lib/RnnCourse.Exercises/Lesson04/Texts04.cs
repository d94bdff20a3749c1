namespace RnnCourse.Exercises.Lesson04;

/// <summary>The exercises of lesson 04.</summary>
internal static class Texts04
{
    public static Exercise Count { get; } =
        new(
            "04.1",
            "count",
            "Write the formula in place of the exception.",
            "The formula agrees with ParameterCount for all sizes that were tried. The length n does not occur in it: "
                + "that is what sharing buys.",
            "Add up the two matrices and the two vectors: what shape does each have?",
            "U has H × D numbers, V has K × H, b has H, c has K.",
            """
            // Exercise 1: count
            int Count(int D, int H, int K) => H * D + K * H + H + K;
            Check.SharedParameterCount(Count)
            """
        )
        {
            RightIf = Criteria04.Count,
        };

    public static Exercise Moved { get; } =
        new(
            "04.2",
            "prove the sharing again",
            "Put a number in place of each null, before trying it.",
            "b works at every step. A column of U works only where its word stands. Both are shared by all steps: a "
                + "word that isn't there just doesn't ask for its column.",
            "Write the formula of a step, and mark where the touched number enters.",
            "U x_i is the column of the word x_i; b is added whatever the word.",
            """
            // Exercise 2: prove the sharing again
            Check.MovedOutputs(afterB: 4, afterU: 1)
            """
        )
        {
            RightIf = Criteria04.Moved,
        };

    public static Exercise Pair { get; } =
        new(
            "04.3",
            "a pair that it can't tell apart",
            "Put two sentences in place of null.",
            "The network gives the word one tag, whatever the sentence; the sentences want two. Any "
                + "pair like this one does it.",
            "Which words have two tags, and what decides which?",
            "After a determiner comes a noun, and the fillers before it are adjectives; otherwise a verb and adverbs.",
            """
            // Exercise 3: a pair that it can't tell apart
            Check.BlindPair(network, "they fish", "the fish")
            """
        )
        {
            RightIf = Criteria04.Pair,
        };

    public static Exercise Floor { get; } =
        new(
            "04.4",
            "is it the size?",
            "Train a network with a hidden layer of 50, and hand it to the check in place of null.",
            "Six times as many hidden numbers, and the same floor. What is missing isn't more parameters but the "
                + "other words: given one word alone, its tag is uncertain, and the floor is that uncertainty.",
            "Train it as the lesson has trained the smaller one.",
            "60 epochs at a learning rate of 0.1, then 30 at 0.01, on the same examples.",
            """
            // Exercise 4: is it the size?
            var wide = new SharedNetwork(13, 50, 7, random);
            GradientDescent.Train(wide, examples, epochs: 60, learningRate: 0.1, random);
            GradientDescent.Train(wide, examples, epochs: 30, learningRate: 0.01, random);
            Check.AtTheFloor(wide)
            """
        )
        {
            RightIf = Criteria04.Floor,
        };
}
