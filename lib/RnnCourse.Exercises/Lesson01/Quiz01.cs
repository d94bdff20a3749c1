namespace RnnCourse.Exercises.Lesson01;

/// <summary>The quiz of lesson 01.</summary>
internal static class Quiz01
{
    public static IReadOnlyList<QuizQuestion> Questions { get; } =
    [
        new(
            'c',
            A: "That is how tagging gets its answers, and it is dear. For auto-completion nobody has to mark anything.",
            B: "A dictionary knows which words exist, but not which one was meant here. The answer is this "
                + "text's own next letter.",
            C: "The answer at step i is the input at step i + 1. So any text is full of right answers, which is why "
                + "models can learn from as much text as there is. In the three other tasks, "
                + "somebody had to supply them.",
            D: "A proposal is what the model puts out. The right answer has to come from elsewhere, or the "
                + "model would be compared with itself."
        ),
        new(
            'b',
            A: "Its inputs do form a sequence, and an answer is wanted at every step. But the shape alone "
                + "doesn't make a problem hard; dependence does, and here there is none.",
            B: "Each answer can be given from its own frame: nothing depends on earlier inputs, and the "
                + "order doesn't matter. A model that looks at one frame at a time would do.",
            C: "A video without any label at the end is as much of a sequence. Where outputs are read, and "
                + "whether inputs depend on each other, are two questions.",
            D: "Five frames or fifty: each is judged alone here. The length matters no more than the order."
        ),
        new(
            'd',
            A: "It couldn't while someone is typing. In training the whole text is there, so nothing would "
                + "stop a model from being given x_{i+1}, and that is the danger.",
            B: "Some can: lesson 14 has one that reads from both ends. Here, looking ahead isn't impossible but "
                + "pointless.",
            C: "For tagging or sentiment nothing forbids looking ahead if the whole sequence is there; "
                + "lesson 14 comes back to that. Only where the future is the question must it stay hidden.",
            D: "A model that sees the answer has nothing to predict: it would be perfect in training and "
                + "useless for someone who is still typing."
        ),
    ];
}
