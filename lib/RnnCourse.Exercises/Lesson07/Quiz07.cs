namespace RnnCourse.Exercises.Lesson07;

/// <summary>The quiz of lesson 07.</summary>
internal static class Quiz07
{
    public static IReadOnlyList<QuizQuestion> Questions { get; } =
    [
        new(
            'b',
            A: "Not any number: random weights of a sensible size favour no class by much, so a fresh "
                + "network pays about ln K. An epoch may well repair it, but that epoch is spent on unlearning.",
            B: "A loss far above ln K at the start means small probabilities for the right classes: the scores are so "
                + "large that the softmax is sure of something. Smaller weights, above all in V, bring it near 3.3 at "
                + "once.",
            C: "It says per letter, so it has been divided already. If it were a sum over a name, you "
                + "would have to divide first: that is why the unit belongs to the number.",
            D: "At the first step nothing has been learnt yet: the loss is measured before any parameter "
                + "has moved. The learning rate can't be seen in it."
        ),
        new(
            'b',
            A: "Only L_n is in the loss, but y_n depends on s_n, and s_n on every state before it. If U at "
                + "step 1 had done otherwise, L_n would be another.",
            B: "The loss is read at one place, but what is read there was made by all steps. And there is "
                + "only one U, one W and one V to change, which all steps use.",
            C: "True of V's gradient: only the last step contributes to it. But U and W work at the last "
                + "step as well, and a changed V changes every output.",
            D: "The mask that counts is the one used in training. Moving it later reads other outputs of "
                + "the same network and changes no parameter."
        ),
        new(
            'd',
            A: "U times zeros is zero, but the step has two more terms: W s_0 and b. The state moves at "
                + "every blank, and a mask over the loss doesn't stop it.",
            B: "A recurrent network has no longest sequence: it takes any number of steps, blanks included.",
            C: "Only a mean over all columns would do that. Here the outputs " + "themselves change.",
            D: "The first word meets another state than in training. After the last word it doesn't "
                + "matter: what the state does there is never read."
        ),
    ];
}
