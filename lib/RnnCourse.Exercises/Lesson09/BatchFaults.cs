using System.Globalization;
using RnnCourse.Exercises.Formulas;
using RnnCourse.Exercises.Lesson08;

namespace RnnCourse.Exercises.Lesson09;

/// <summary>The replies to mistakes that are possible only with a batch.</summary>
internal static class BatchFaults
{
    /// <summary>The number of matrix products of a pass over a batch, as data.</summary>
    public static readonly Computation Products = new(["T", "B"], new Line("products", 2 * new Name("T") + 6));

    /// <summary>The index of a column, as data.</summary>
    public static readonly Computation Columns = new(
        ["t", "m", "T", "B"],
        new Line("column", (new Name("t") - 1) * new Name("B") + new Name("m"))
    );

    public static Finding DividedByBatch { get; } =
        new(
            "divided-by-batch",
            "All gradients are divided by the number of sequences.",
            "Is this loss a mean or a sum over the sequences?",
            "The loss is the sum over all outputs that are read, of all sequences. Who wants a mean "
                + "divides loss and gradient alike, by the number of outputs, in one place."
        );

    public static Finding OneSequenceOnly { get; } =
        new(
            "one-sequence-only",
            "The gradients are those of one sequence; the others are missing.",
            "Each column of dA belongs to one step of one sequence. Over which columns is summed?",
            "A product dA · (…)ᵀ sums over all columns, and RowSums() over all columns of a row. Take "
                + "the whole matrix, not one column of a block."
        );

    public static Finding CountedBySequence { get; } =
        new(
            "by-sequence",
            "You count the products anew for each sequence.",
            "A block of B columns is one matrix. How many products is W times that matrix?",
            "B changes how wide the products are, not how many there are: it doesn't occur in the formula."
        );

    public static Finding CountedByStep { get; } =
        new(
            "by-step",
            "You count all products anew for each step.",
            "Which of them need the result of the step before, and which could be done for all steps at once?",
            "Only W s (forward) and Wᵀ da (backward) wait for a neighbour: T each. U X, V S, Vᵀ dZ, dU, "
                + "dW and dV are one product each."
        );

    public static Finding CountedForwardOnly { get; } =
        new(
            "forward-only",
            "That is the forward pass: U X, V S and W at each step.",
            "And on the way back?",
            "Backward there are Vᵀ dZ, at each step Wᵀ da, and one product for each of dU, dW, dV."
        );

    public static Finding CountedWithoutGradients { get; } =
        new(
            "gradients-missing",
            "The products in the two loops are there. Of those outside, whose number doesn't depend on T, not all are.",
            "List them: U X, V S, Vᵀ dZ, and the gradients of three matrices.",
            "Six products don't depend on T: U X, V S, Vᵀ dZ, dU, dW, dV."
        );

    public static Finding CountedGradientOfWByStep { get; } =
        new(
            "dw-by-step",
            "You count the gradient of W once for each step.",
            "The sum over the steps of da sᵀ: how does one get it as one product?",
            "The columns of all steps side by side: dW = dA S_prevᵀ is one product; its inner sum is "
                + "the sum over steps and sequences."
        );

    public static Finding SequenceAfterSequence { get; } =
        new(
            "sequence-after-sequence",
            "That lays sequence after sequence: the steps of one sequence side by side.",
            "W is multiplied by all states of one step. Which columns have to lie side by side for that?",
            "The step decides the block, the sequence the place in it: a block has B columns."
        );

    public static Finding StepFromOne { get; } =
        new(
            "one-block-late",
            "That is one block too far: for t = 1 and m = 0 it gives B, not 0.",
            "The lecture counts steps from 1. How many blocks lie before that of step t?",
            "t − 1 blocks lie before it. (In S it is t blocks, because s_0 has one of its own.)"
        );

    public static Finding SequenceFromOne { get; } =
        new(
            "one-column-off",
            "That is one column off: for t = 1 and m = 0 it must be column 0.",
            "Columns count from 0, and so do the sequences here.",
            "No shift for m: only the step counts from 1."
        );

    public static Finding WidthIsNotT { get; } =
        new(
            "block-of-T",
            "Your blocks have T columns; a block holds one column of each sequence.",
            "How many sequences are there, and so how wide is the block of one step?",
            "A block has B columns."
        );

    public static Finding CountDiffers(int T, int B, int own) =>
        new(
            "count-differs",
            string.Create(
                CultureInfo.InvariantCulture,
                $"For T = {T} steps and B = {B} sequences you count {own} products; there are {(2 * T) + 6}."
            ),
            "Go through the lesson's two passes and make a stroke at each product of two matrices. "
                + "Which strokes stand in the loop?",
            "In the loops: W s and Wᵀ da, so 2T. Outside: U X, V S, Vᵀ dZ, dU, dW, dV."
        );

    public static Finding ColumnDiffers(int t, int m, int B, int own) =>
        new(
            "column-differs",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Step {t} of sequence {m}, with {B} sequences, is column {((t - 1) * B) + m}; your formula says {own}."
            ),
            "How many columns lie before it: those of all earlier steps, and those of earlier sequences "
                + "in the same step.",
            "t − 1 whole blocks of B columns, and m columns more."
        );

    /// <summary>The reply to a mistake that is also possible for a single sequence, in the terms of a batch where they
    /// differ.</summary>
    public static Finding Of(BackwardFault fault) =>
        fault switch
        {
            BackwardFault.NewStateInW => BackwardFaults.Of(fault) with
            {
                More = "In S, block t holds s_t. W was multiplied by s_0 … s_{T−1}: Blocks(S, 0, T, B).",
            },
            BackwardFault.PreviousStateInV => BackwardFaults.Of(fault) with
            {
                More = "In S, block t holds s_t. V was multiplied by s_1 … s_T: Blocks(S, 1, T, B).",
            },
            BackwardFault.UnreadCounted => BackwardFaults.Of(fault) with
            {
                What = "Outputs that are not read send something back, too; the padding is among them.",
                More =
                    "Where a column of the targets is all zeros, the column of dZ must be zeros: "
                    + "BatchedRnn.ScoreGradients does it.",
            },
            BackwardFault.BBiasOverwritten => BackwardFaults.Of(fault) with
            {
                What = "db holds the contribution of one step only.",
                More = "db is the sum over all columns of dA: dA.RowSums(), after the loop.",
            },
            _ => BackwardFaults.Of(fault),
        };
}
