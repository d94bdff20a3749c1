namespace RnnCourse.Exercises.Lesson14;

/// <summary>The exercises of lesson 14.</summary>
internal static class Texts14
{
    public static Exercise Lstm { get; } =
        new(
            "14.1",
            "swap the cell",
            "Write the step in place of the exception.",
            "Your LSTM gives libtorch's numbers: over seven steps its scores agree with those that are stored.",
            "Six lines: three gates, a candidate, the cell, the state. In the order of the formulas.",
            "A gate is Gate.Sigmoid(keep.Sum(x_i, s_prev)); c_i = keep ⊙ c_prev + add ⊙ candidate; s_i "
                + "= show ⊙ tanh(c_i). ⊙ is PointwiseMultiply.",
            """
            // Exercise 1: swap the cell
            (Vector<double> s_i, Vector<double> c_i) MyLstm(Vector<double> x_i,
                Vector<double> s_prev, Vector<double> c_prev,
                Gate keep, Gate add, Gate show, Gate candidate)
            {
                var keep_i = Gate.Sigmoid(keep.Sum(x_i, s_prev));
                var add_i = Gate.Sigmoid(add.Sum(x_i, s_prev));
                var show_i = Gate.Sigmoid(show.Sum(x_i, s_prev));
                var candidate_i = candidate.Sum(x_i, s_prev).PointwiseTanh();
                var c_i = keep_i.PointwiseMultiply(c_prev) + add_i.PointwiseMultiply(candidate_i);
                return (show_i.PointwiseMultiply(c_i.PointwiseTanh()), c_i);
            }
            Check.LstmStep(MyLstm)
            """
        )
        {
            RightIf = Criteria14.Lstm,
        };

    public static Exercise Counts { get; } =
        new(
            "14.2",
            "what a gate costs",
            "Write the two formulas in place of the exceptions.",
            "An LSTM has four times the numbers of a plain cell: three gates and a candidate. A GRU has "
                + "three times as many, and H numbers more for its second bias.",
            "How many numbers has a plain cell: U, W and b? And how many such sets has each gated cell?",
            "A set has H·D + H·H + H numbers. The LSTM has 4 sets, the GRU 3, and H numbers more for b_W.",
            """
            // Exercise 2: what a gate costs
            int Lstm(int D, int H) => 4 * (H * D + H * H + H);
            int Gru(int D, int H) => 3 * (H * D + H * H + H) + H;
            Check.CellParameters(Lstm, Gru)
            """
        )
        {
            RightIf = Criteria14.Counts,
        };

    public static Exercise Attention { get; } =
        new(
            "14.3",
            "attention by hand",
            "Put numbers in place of the nulls.",
            "Scores ln 3, 0 and ln 3 give shares of 3 : 1 : 3, and the answer is their mixture of the values.",
            "First the three dot products, then divide by √2, then softmax.",
            "The scores are ln 3, 0, ln 3; e to their power is 3, 1, 3.",
            """
            // Exercise 3: attention by hand
            double[] weights = [3.0 / 7, 1.0 / 7, 3.0 / 7];
            double? context = (3 * 10 + 1 * 40 + 3 * 30) / 7.0;
            Check.AttentionByHand(weights, context)
            """
        )
        {
            RightIf = Criteria14.Attention,
        };

    public static Exercise Gru { get; } =
        new(
            "14.4",
            "mend the GRU",
            "Find what is wrong with the step, and mend it.",
            "Both bugs are gone, and your GRU gives libtorch's numbers over seven steps.",
            "Compare with the formulas, term by term. What happens if keep is 1 everywhere? And if reset is 0?",
            "s_i = keep ⊙ s_prev + (1 − keep) ⊙ candidate, and candidate = tanh(U x_i + b + reset ⊙ (W s_prev + b_W)).",
            """
            // Exercise 4: mend the GRU
            Vector<double> MyGru(Vector<double> x_i, Vector<double> s_prev,
                Gate keep, Gate reset, Gate candidate)
            {
                var keep_i = Gate.Sigmoid(keep.Sum(x_i, s_prev));
                var reset_i = Gate.Sigmoid(reset.Sum(x_i, s_prev));
                var past = candidate.W * s_prev + candidate.b_W;
                var candidate_i = (candidate.U * x_i + candidate.b
                    + reset_i.PointwiseMultiply(past)).PointwiseTanh();
                return keep_i.PointwiseMultiply(s_prev) + (1 - keep_i).PointwiseMultiply(candidate_i);
            }
            Check.GruStep(MyGru)
            """
        )
        {
            RightIf = Criteria14.Gru,
        };
}
