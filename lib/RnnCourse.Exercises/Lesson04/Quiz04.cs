namespace RnnCourse.Exercises.Lesson04;

/// <summary>The quiz of lesson 04.</summary>
internal static class Quiz04
{
    public static IReadOnlyList<QuizQuestion> Questions { get; } =
    [
        new(
            'b',
            A: "Nothing has to be made or trained for step 7. The parameters of step 6 are those of step 7.",
            B: "The function of a step doesn't contain the step's number, so there is nothing to be "
                + "missing at step 7: one more copy of the same parameters is executed.",
            C: "It would be worse if the seventh output depended on training at step 7. But each copy sees "
                + "one word, and the same parameters judge it wherever it stands.",
            D: "Blanks are what a window needs. Here each word goes through the network by itself, as many "
                + "as there are."
        ),
        new(
            'd',
            A: "Training wouldn't stay in one place for that: a rate that is too small makes it slow, one "
                + "that is too large makes it jump.",
            B: "That could be, in another lesson. But exercise 4 trains a hidden layer of 50 and lands on "
                + "the same floor.",
            C: "That shows the other way round: the training loss goes on falling, and new sentences get worse.",
            D: "We computed the floor, so we can say more than that training has come to rest. The tag isn't "
                + "determined by the word alone, and what is uncertain once the word is known is the loss that "
                + "remains. To get below it, a model must see more than the word."
        ),
        new(
            'a',
            A: "At 3.5 it has 0.89, at 4 it has 0.93. And only differences count: adding 3 to all multiplies every "
                + "exponential by the same number, which the sum divides away.",
            B: "At 2.5 the first has three quarters only. A difference of 1 between two scores makes one share e "
                + "times the other, no more.",
            C: "4 is right. But try the choice below it: all four shares stay what they are, whatever is added to all "
                + "of them.",
            D: "6 is enough, and so is less: move the slider down until nine tenths are left. And adding the same "
                + "number to all four changes no share."
        ),
    ];
}
