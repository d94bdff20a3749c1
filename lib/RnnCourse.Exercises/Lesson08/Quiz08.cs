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
                + "the second carries the wishes of all later losses at once.",
            C: "This is the second term alone: right for a step whose output isn't read. Here y_2 is read, "
                + "so L_2 wants something of s_2 as well.",
            D: "The gradient runs against the arrows: s_2 gets what its users want, and s_1 isn't one of "
                + "them. s_1 comes later in the loop, and gets something from s_2."
        ),
        new(
            'd',
            A: "Seven digits of agreement with central differences are about what those can give, and a "
                + "wrong derivation agrees to none. The trouble is elsewhere.",
            B: "A shorter step isn't a better one: below a certain length rounding takes over. And both "
                + "judges would have to be fooled in the same way.",
            C: "A formula can hold for one step and lack all that goes from step to step. Sequences of "
                + "three steps and more would show it.",
            D: "With one step there is no next step and no second use, so a forgotten sum and a forgotten "
                + "Wᵀ da can't be seen. And s_0 = 0 hides whatever is multiplied by it."
        ),
    ];
}
