namespace RnnCourse.Exercises.Lesson09;

/// <summary>The exercises of lesson 09.</summary>
internal static class Texts09
{
    public static Exercise Count { get; } =
        new(
            "09.1",
            "count the products",
            "Write the formula in place of the exception.",
            "B does not occur in it: a batch makes the products wider, not more numerous. Only the "
                + "recurrent connection costs products for each step.",
            "Forward: U X, V S, and W at each step. Go through the backward pass in the same way.",
            "Backward: Vᵀ dZ, at each step Wᵀ da, and one product for each of dU, dW, dV. Biases need none.",
            """
            // Exercise 1: count the products
            int Products(int T, int B) => 2 * T + 6;
            Check.ProductCount(Products)
            """
        )
        {
            RightIf = Criteria09.Products,
        };

    public static Exercise Column { get; } =
        new(
            "09.2",
            "find the column",
            "Write the formula in place of the exception.",
            "The columns of a step lie side by side, so what W is multiplied by is one block of the "
                + "buffer, and nothing has to be copied.",
            "The step decides the block, the sequence the place in it.",
            "t − 1 blocks lie before the block of step t, and each has B columns.",
            """
            // Exercise 2: find the column
            int Column(int t, int m, int T, int B) => (t - 1) * B + m;
            Check.BatchColumn(Column)
            """
        )
        {
            RightIf = Criteria09.Column,
        };

    public static Exercise PassA { get; } =
        Pass(
            'A',
            "mend the pass whose dW is wrong",
            "dW is built with the states that W was multiplied by, s_0 to s_{T−1}, and is the sum of "
                + "what each sequence gives alone.",
            "The gradient of a matrix is what came back, times what the matrix was multiplied by. What "
                + "was W multiplied by?",
            "In S, block t holds s_t, and block 0 is s_0. Which T blocks did W see?"
        );

    public static Exercise PassB { get; } =
        Pass(
            'B',
            "mend the pass whose early steps are wrong",
            "What goes back to the step before passes through the transpose of W. At the last step "
                + "nothing has passed yet, so nothing was wrong there.",
            "Try it with sequences of one step: only ds_0 is wrong. Which line is used by what happens "
                + "before the last step?",
            "Forward, W[r, c] leads from unit c to unit r. The way back leads from r to c."
        );

    public static Exercise PassC { get; } =
        Pass(
            'C',
            "mend the pass whose db is wrong",
            "b is added at each step of each sequence, so its gradient is the sum over all columns of dA.",
            "How often is b used, and from how many steps does db get something?",
            "db holds the columns of step 1 alone. Sum over all columns of dA instead."
        );

    public static Exercise PassD { get; } =
        Pass(
            'D',
            "mend the pass that is wrong for some batches only",
            "Outputs that are not read send nothing back. As padding stands at the end and is not read, "
                + "no mask is needed for anything else.",
            "Compare a batch of sequences of one length with a batch of several lengths. What is there "
                + "in the second only?",
            "Where the target is a column of zeros, Y − targets is Y. What should it be?"
        );

    // The lesson hands out four passes, each with a fault of its own. Mended they are the same.
    private static Exercise Pass(char letter, string title, string meaning, string hint, string moreHint) =>
        new(
            $"09.3{char.ToLowerInvariant(letter)}",
            title,
            "Mend the method, then hand it to the check in place of null.",
            meaning,
            hint,
            moreHint,
            $$"""
            // Exercise 3{{char.ToLowerInvariant(letter)}}: {{title}}
            VanillaRnn.Gradients Pass{{letter}}(VanillaRnn rnn, BatchedRnn.Trace trace)
            {
                var (X, S, Y, targets, T, B) = trace;
                var dZ = ScoreGradients(Y, targets);
                var dS = rnn.V.Transpose() * dZ;
                var (dA, ds_0) = BackInTime(dS, S, T, B, da_t => rnn.W.Transpose() * da_t);
                return new(dU: dA * X.Transpose(), dW: dA * Blocks(S, 0, T, B).Transpose(),
                    dV: dZ * Blocks(S, 1, T, B).Transpose(),
                    db: dA.RowSums(), dc: dZ.RowSums(), ds_0: ds_0.RowSums());
            }
            Check.MendedPass{{letter}}(Pass{{letter}})
            """
        )
        {
            RightIf = Criteria09.Mended,
        };
}
