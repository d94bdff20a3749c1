namespace RnnCourse.Exercises.Lesson11;

/// <summary>The quiz of lesson 11.</summary>
internal static class Quiz11
{
    public static IReadOnlyList<QuizQuestion> Questions { get; } =
    [
        new(
            'c',
            A: "So one would think. But at the cliff the gradient is so large that a hundredth of it still throws the "
                + "walk over the valley. Clipped, this walk ends in the valley at each of the four rates.",
            B: "With 0.02 it is thrown over the valley, as with 0.01 and 0.05. Try the one that seems the worst.",
            C: "By luck: its steps before the edge are so long that one of them lands in the valley. From w = 1.1 the "
                + "same rate fails, even when clipped. At a cliff it is a matter of luck where a long step leads.",
            D: "Nearly: three of the four are. The largest rate happens to land in the valley."
        ),
        new(
            'b',
            A: "States are carried on from window to window: what a state holds, later outputs can use. That is why a "
                + "network may use more than τ steps of the past, if it has some reason to keep them.",
            B: "Forward nothing is cut, backward no gradient crosses the border. So the network isn't "
                + "*taught* to keep what is needed only in a later window.",
            C: "An unbiased estimate would be right on average. The cut leaves out the same terms each "
                + "time, those that reach over a border; more data doesn't bring them back.",
            D: "Within a window the gradient is whole, and it decays as the Jacobians say. The cut falls "
                + "at its border only."
        ),
        new(
            'd',
            A: "Ten inputs fit: the step's own and nine before. The tenth before lies just outside.",
            B: "It works, with room to spare: half of the outputs of a window then reach their input. The "
                + "question was for the least.",
            C: "Carried states don't make up for it: with windows that were too short, the state was carried "
                + "on and the accuracy stayed near one half.",
            D: "The step itself and ten before it: eleven. Only the last output of each window reaches its "
                + "input, and in the lesson's experiment such a window was enough."
        ),
    ];
}
