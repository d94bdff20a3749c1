namespace RnnCourse.Exercises.Lesson05;

/// <summary>The quiz of lesson 05.</summary>
internal static class Quiz05
{
    public static IReadOnlyList<QuizQuestion> Questions { get; } =
    [
        new(
            'c',
            A: "An f_7 can be made, and the lesson made one. Its numbers stayed where the dice put them, "
                + "because no sentence of seven words was there to train it.",
            B: "The exception only says it politely. Without it there would be a wrong answer instead of "
                + "none: no U_7 means no y_7.",
            C: "y_7 needs a matrix with seven times D columns. No such numbers were ever trained, and any "
                + "that we make up are arbitrary. The library could only choose another way to fail.",
            D: "f_6 takes six inputs, so a word would have to be dropped, and which one? That is the "
                + "window of lesson 02 again, with its price."
        ),
        new(
            'b',
            A: "It isn't the place in the sentence that is hard: the rule is the same everywhere. The "
                + "recurrent network of the next lesson will not mind the step.",
            B: "Ever more parameters, ever fewer examples: enough to learn by heart, too little to find the rule. The "
                + "word for it is overfitting. And since nothing is shared, the many examples of the early steps don't "
                + "help the late ones.",
            C: "With too few epochs the training sentences would be wrong as well. They are all right.",
            D: "Both come from the same grammar, and the early steps do as well on the new sentences as on "
                + "the old ones."
        ),
        new(
            'd',
            A: "Dependence is the one wish that was won: every function sees all words so far.",
            B: "That one is lost. But is it the only one? Ask what the functions of two steps would have in common.",
            C: "That one is lost. But is it the only one? Their number stays finite, however many we make.",
            D: "However many functions we make and train, some length can't be asked for. And each step's function "
                + "would have learnt the same rule, but separately: still different functions, which agree only as far "
                + "as their training goes."
        ),
    ];
}
