namespace RnnCourse.Exercises.Lesson11;

/// <summary>The quiz of lesson 11.</summary>
internal static class Quiz11
{
    public static IReadOnlyList<QuizQuestion> Questions { get; } =
    [
        new(
            'c',
            A: "Clipping multiplies all numbers of the gradient by one factor. A share that was drowned "
                + "stays drowned, and a gradient that has vanished isn't touched at all, being short.",
            B: "The norm is measured first, then everything is shortened by the same factor. It is "
                + "clipping number by number that would turn the gradient.",
            C: "The direction stays, the length is at most the limit. So a step from the edge of a cliff "
                + "stays a small step. Against vanishing it does nothing.",
            D: "The loss and its cliff are what they are; only the step that is taken there is another one."
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
            C: "Carried states are no substitute: with windows that were too short, the state was carried "
                + "on and the accuracy stayed near one half.",
            D: "The step itself and ten before it: eleven. Only the last output of each window reaches its "
                + "input, and in the lesson's experiment such a window was enough."
        ),
    ];
}
