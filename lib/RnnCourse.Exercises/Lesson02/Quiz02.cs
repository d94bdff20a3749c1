namespace RnnCourse.Exercises.Lesson02;

/// <summary>The quiz of lesson 02.</summary>
internal static class Quiz02
{
    public static IReadOnlyList<QuizQuestion> Questions { get; } =
    [
        new(
            'd',
            A: "More sentences would bring more pairs, and each pair is one bag with two labels. Of each, "
                + "one half is right.",
            B: "A larger hidden layer can tell apart more inputs, but these two sentences are one input: "
                + "there is nothing to tell apart.",
            C: "The rate decides which weights are found, and how fast. The proof holds for all weights.",
            D: "All three change which weights are found, and with any weights both sentences of a pair "
                + "get one answer. To get beyond one half, the input must change."
        ),
        new(
            'b',
            A: "It does answer: the cut gives it six words, whatever comes. Nothing is thrown.",
            B: "Whatever comes after the sixth word isn't an input at all: change it, and no output moves. L03 asks "
                + "for a model that takes the inputs, not one that looks away. The two long sentences showed what that "
                + "costs.",
            C: "It knows six words well, wherever the sentence ends. What it can't do is judge what it was "
                + "never shown.",
            D: "Blanks are fine: they are what short sentences are filled up with. What is lost is at the other end."
        ),
        new(
            'a',
            A: "To a bag the two reviews are one: the same five words. The window has them in their "
                + "places, so it can learn which came first. Wherever order carries meaning there are such pairs.",
            B: "The bag holds great once and slow once, for both reviews. Which came first is just what "
                + "adding up has lost.",
            C: "Equal inputs get equal answers, and the two bags are equal. The two windows aren't: place "
                + "1 holds slow in one and great in the other.",
            D: "A window of five places is enough for five words, and no such network has been ruled out: "
                + "what failed in the lesson was the length beyond the window."
        ),
    ];
}
