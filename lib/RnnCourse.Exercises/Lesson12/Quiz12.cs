namespace RnnCourse.Exercises.Lesson12;

/// <summary>The quiz of lesson 12.</summary>
internal static class Quiz12
{
    public static IReadOnlyList<QuizQuestion> Questions { get; } =
    [
        new(
            'c',
            A: "No: 27 symbols stay possible at every step, each with a probability of its own. The "
                + "perplexity averages over them, and says nothing of how many are zero.",
            B: "A share of right guesses is an accuracy. A network may have a perplexity of 8 and still "
                + "guess more than every third letter right, or fewer.",
            C: "e to the mean loss. A fair die with eight faces has this perplexity, since each throw costs ln 8 nats.",
            D: "Names have six letters on average, but that has nothing to do with it: the loss is a mean "
                + "for each letter."
        ),
        new(
            'a',
            A: "At 0.6 it has less than half, at 0.4 seven tenths. Dividing by a small T makes the differences "
                + "between scores large, and leaves their order. So the most probable letter is drawn far more often, "
                + "and the names resemble one another.",
            B: "At 0.8 it has about a third. Move on: the shares change slowly at first.",
            C: "That is the hot side: divided by a large number, scores become more alike, and the first letter gets "
                + "less.",
            D: "The temperature is right. But dividing all scores by the same number can't change their order: look "
                + "at the first bar at every T."
        ),
        new(
            'b',
            A: "It does have more, 7643 against 729. But the network that was trained on single letters "
                + "had more as well, and was no better than the bigram: more numbers alone don't help.",
            B: "The two networks of the lesson have the same size and saw the same letters. Only one of them carried "
                + "a state from letter to letter, and only that one was better than the bigram.",
            C: "The loss is measured on test names, which neither has seen. Whoever only learns by heart "
                + "does badly there.",
            D: "Softmax turns scores into probabilities; dividing counts by their sum does as well. Both "
                + "give a distribution for every last letter."
        ),
    ];
}
