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
            A: "Dividing by a small T makes the differences between scores large, so nearly all the probability goes "
                + "to the most probable letter, at each step. Names come out that follow the most trodden paths, and "
                + "most of those are in the list already.",
            B: "The weights are not touched: temperature is a matter of writing, not of learning. The same "
                + "network writes cold and hot.",
            C: "That is what a high temperature does. Divided by a small number, differences grow.",
            D: "The first letter is drawn at this temperature, too, and its most probable value is a "
                + "single letter. The variety goes down at every step."
        ),
        new(
            'b',
            A: "It does have more, 7643 against 729. But the network that was trained on single letters "
                + "had more as well, and was no better than the bigram: more numbers alone don't help.",
            B: "The one difference between the two networks of the lesson was the state, which carries "
                + "what was read before the last letter. It made all the difference to the loss.",
            C: "The loss is measured on test names, which neither has seen. Whoever only learns by heart "
                + "does badly there.",
            D: "Softmax turns scores into probabilities; dividing counts by their sum does as well. Both "
                + "give a distribution for every last letter."
        ),
    ];
}
