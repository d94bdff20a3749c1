namespace RnnCourse.Exercises.Lesson13;

/// <summary>The quiz of lesson 13.</summary>
internal static class Quiz13
{
    public static IReadOnlyList<QuizQuestion> Questions { get; } =
    [
        new(
            'b',
            A: "The letters are gone once they are read. What the network knows of them is what has "
                + "changed in the state; two beginnings that lead to the same state can't be told apart any more.",
            B: "A copy that never read the beginning went on in exactly the same way, given nothing but these numbers.",
            C: "U, W and V stay the same while the network reads; they know nothing of this name. They "
                + "were the same for both beginnings that were swapped.",
            D: "An output is computed from the state and then read by us, not by the network: in this "
                + "network it goes nowhere."
        ),
        new(
            'd',
            A: "The probe only says that the number can be read off the state. Whether the network does so "
                + "is another question, which ablation asks.",
            B: "Even a random network's state depends on its latest inputs, so a probe finds something "
                + "there, too. Compare before you conclude that it was learnt.",
            C: "It was asked about texts that it wasn't fitted on. Whatever it had learnt by heart would "
                + "not help it there.",
            D: "What was read leaves traces in any state, even with random weights. What training has "
                + "added is the difference between the two."
        ),
        new(
            'c',
            A: "Two things may go together without either needing the other. A unit that copies the count, "
                + "and that nothing reads, has a correlation of 1 and is of no use.",
            B: "The sign tells whether the unit's value rises or falls with the depth. The output, and the "
                + "next state, can use either with a weight of the right sign.",
            C: "Ablation asks what correlation can't: with this unit silenced, and all else as before, "
                + "does the network still do its work?",
            D: "More sequences make the correlation more exact. They don't tell whether the network uses the unit."
        ),
    ];
}
