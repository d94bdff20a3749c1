namespace RnnCourse.Exercises.Lesson14;

/// <summary>The quiz of lesson 14.</summary>
internal static class Quiz14
{
    public static IReadOnlyList<QuizQuestion> Questions { get; } =
    [
        new(
            'b',
            A: "More parameters make a richer function of a step, but they don't mend the way back: a plain cell with "
                + "four times the numbers still sends its gradient through W and tanh at each step.",
            B: "Along that path a step multiplies the gradient by the gate alone, number by number, and the gate may "
                + "be near 1. The plain cell multiplies by W and by the slope of tanh, at every step.",
            C: "Clipping is against gradients that explode. A gate doesn't look at gradients: it is part "
                + "of the forward pass.",
            D: "The sigmoid's slope is 1/4 at the most, so on the path it would be worse than tanh. But it "
                + "isn't on the path: it only makes the factor."
        ),
        new(
            'd',
            A: "For the first letters of a name nothing stands to the right yet, and that is the point: a "
                + "reader from both ends would see the letter that it is to guess.",
            B: "It may be a good reader of reviews, too; but a reader from left to right has seen every "
                + "word by the time it is asked. The question is what it cannot do.",
            C: "After the last frame both have seen the whole clip. Two directions may help there, but "
                + "nothing is out of reach of one.",
            D: "Where the answer at a step depends on what stands to its right, a reader from left to right can only "
                + "guess. In exchange, the sentence must be complete before the first tag is given."
        ),
        new(
            'a',
            A: "Without attention everything must fit into the last state, whose size doesn't grow with "
                + "the sequence. With it, each place is stored, and each output takes what it needs from any of them.",
            B: "Both models of the lesson are made of GRUs. Gates help to keep; they don't make more room.",
            C: "It has read every letter, in both models. What differs is what is left of them when the "
                + "outputs are made.",
            D: "The weights sum to 1 for each question, and there is a question for each output. That is "
                + "no limit to the length."
        ),
    ];
}
