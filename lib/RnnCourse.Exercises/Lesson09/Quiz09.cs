namespace RnnCourse.Exercises.Lesson09;

/// <summary>The quiz of lesson 09.</summary>
internal static class Quiz09
{
    public static IReadOnlyList<QuizQuestion> Questions { get; } =
    [
        new(
            'c',
            A: "That would be so if each sequence had products of its own. Here one product serves all "
                + "sequences: it has more columns, and W stays one matrix.",
            B: "The steps are what can't be shared out: s_5 needs s_4. It is the sequences that run side "
                + "by side, and W is multiplied by a block of them.",
            C: "W s_{t−1} needs the state of the step before, and that is all that has to wait. The "
                + "sequences don't wait for one another, so they go through W together.",
            D: "V reads states and writes outputs, and no output goes back into a state. So it can wait "
                + "until all states are there, and be one product."
        ),
        new(
            'a',
            A: "The sum over steps and sequences is the inner sum of dA S_prevᵀ. Adding up small products "
                + "in a loop gives the same number, up to rounding, and reads and writes dW each time.",
            B: "It is exactly the same sum; only the order of adding may differ, which changes the last "
                + "digits. The lesson compares the two to 1e-12.",
            C: "dW needs dA of every step, so it comes after the loop that goes back in time, not before. "
                + "That loop stays.",
            D: "Nothing is averaged here. A mean would divide by the number of outputs, in loss and "
                + "gradient alike; the product is a plain sum."
        ),
        new(
            'b',
            A: "A product of a matrix and a vector makes two operations for each number of W that it "
                + "reads, whichever program does it. Where W is large, the memory decides then, not the program.",
            B: "With B columns each number of W that was fetched serves B times. That is why one product of matrices "
                + "beats B products of a matrix and a vector on any machine that computes faster than it reads.",
            C: "The number of multiplications is the same: B times H times H. What changes is how often W "
                + "is read from memory for them.",
            D: "Rounding differs in the last digits, and neither of the two is more exact in general. Nothing "
                + "is saved by leaving digits out."
        ),
    ];
}
