namespace RnnCourse.Exercises.Lesson08;

/// <summary>The quiz of lesson 08.</summary>
internal static class Quiz08
{
    public static IReadOnlyList<QuizQuestion> Questions { get; } =
    [
        new(
            'c',
            A: "It would be right if each step had a W of its own. They share one, so whoever moves it "
                + "moves it at every step, and L feels all of that.",
            B: "An average is the sum divided by the number of steps: same direction, other length. The "
                + "slope of L by W is the sum; who wants the average must average the loss, too.",
            C: "Each use is one way for a change of W to reach the loss, and slopes along different ways "
                + "add up. This is rule 2, and the cell with three separate matrices has measured it.",
            D: "Products appear along one path, where slopes follow one another: there W and the slopes of "
                + "tanh multiply. Different uses lie side by side, and add."
        ),
        new(
            'b',
            A: "That is what comes down from L_2. But s_2 is also read by step 3, and so by L_3. Without "
                + "it no step would learn to keep anything for later.",
            B: "Two arrows leave s_2: to its own output, and to the next state. Two uses, two terms, and "
                + "the second carries what all later losses ask of it.",
            C: "This is the second term alone: right for a step whose output isn't read. Here y_2 is read, "
                + "so L_2 asks for something as well.",
            D: "The gradient runs against the arrows: s_2 gets what its users ask for, and s_1 isn't one of "
                + "them. s_1 comes later in the loop, and gets something from s_2."
        ),
        new(
            'd',
            A: "Central differences lose digits to rounding: nine digits are as much as one may expect of them. And a "
                + "gradient that lacks a term isn't wrong in the tenth digit, but in the first or second.",
            B: "Where the step is too long, or too short, a right gradient seems to be wrong. It doesn't make a wrong "
                + "one agree to nine digits.",
            C: "A formula can hold for one step and lack all that goes from step to step. Sequences of "
                + "three steps and more would show it.",
            D: "With one step there is no next step and no second use. So neither a forgotten sum nor a forgotten "
                + "Wᵀ da in ds_i can be seen. And s_0 = 0 hides whatever is multiplied by it: all of dW."
        ),
    ];
}
