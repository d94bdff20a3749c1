namespace RnnCourse.Exercises.Lesson03;

/// <summary>The quiz of lesson 03.</summary>
internal static class Quiz03
{
    public static IReadOnlyList<QuizQuestion> Questions { get; } =
    [
        new(
            'a',
            A: "Which numbers enter which computation is decided by how the model is built. With random weights a "
                + "connection that exists will show: it is most unlikely that the effects cancel out to the last bit. "
                + "How an output depends on the inputs is what training adds, and the tests don't ask that.",
            B: "They would be no different in this respect, only slower to get. Training changes numbers, "
                + "not what is connected with what.",
            C: "Random weights are not good for any task. It is just that the tests don't ask for good answers.",
            D: "A trained model passes or fails as the untrained one does, unless training makes a weight exactly zero."
        ),
        new(
            'c',
            A: "It has passed at 100. A window of a hundred places does that, too, and refuses 101.",
            B: "The test asks four lengths and no others, so what it says of all lengths is a guess, if a good one.",
            C: "From outside we can't ask all lengths. To be sure one has to look inside and give a "
                + "reason, as lesson 04 does for its network: nothing in its formula knows which step it is.",
            D: "A longer list makes the guess better, and leaves it a guess: after the longest of them "
                + "there is always one more."
        ),
        new(
            'd',
            A: "The right number of outputs is what the test for any length asks. Here the question is "
                + "which function makes them.",
            B: "Any word will do as well: equal inputs are easy to make. The trouble is what else enters the function.",
            C: "A window would fail it, as it happens, but for the same wrong reason: what went before is different.",
            D: "The function may be the same and its inputs not, as the past is one of them. A model that accounts for "
                + "dependence may well say something else of the second only than of the first. Such a test mixes up "
                + "two wishes, and would fail the models that we want."
        ),
    ];
}
