namespace RnnCourse.Exercises.Lesson13;

/// <summary>The exercises of lesson 13.</summary>
internal static class Texts13
{
    public static Exercise Silence { get; } =
        new(
            "13.1",
            "silence a unit",
            "Write the loop in place of the exception: the network's own, with one number of the state overwritten.",
            "The output and the next step alike see the same value of the unit, at every step. All the "
                + "rest of the network is as it was.",
            "Take the loop of lesson 06. Between computing a state and using it, something has to happen.",
            "After s_i is computed: s_i[unit] = value. Then the output is computed from this s_i, and "
                + "this s_i is passed on.",
            """
            // Exercise 1: silence a unit
            IReadOnlyList<Vector<double>> MySilenced(VanillaRnn rnn, IReadOnlyList<Vector<double>> x,
                int unit, double value)
            {
                var (s_prev, y) = (rnn.s_0, new List<Vector<double>>());
                foreach (var x_i in x)
                {
                    var s_i = (rnn.U * x_i + rnn.W * s_prev + rnn.b).PointwiseTanh();
                    s_i[unit] = value;
                    y.Add(CrossEntropy.Softmax(rnn.V * s_i + rnn.c));
                    s_prev = s_i;
                }
                return y;
            }
            Check.SilencedUnit(MySilenced)
            """
        )
        {
            RightIf = Criteria13.Silence,
        };

    public static Exercise Counting { get; } =
        new(
            "13.2",
            "find a counting unit and ablate it",
            "Put the number of the unit, and the share of right answers that is left without it, in "
                + "place of the two nulls.",
            "The unit goes with the depth, and without it the network can no longer count: correlation "
                + "found it, and ablation showed that the network needs it.",
            "Record the network's states on the brackets of the lesson, as the lesson did, and "
                + "correlate each unit with the depth.",
            "Take the unit with the largest |correlation|; then Right(Ablation.Fix(mine, unit, its mean)).",
            """
            // Exercise 2: find a counting unit and ablate it
            var mine = TrainCounter(seed: 2);
            var itsStates = StateRecord.Of(mine, brackets.Select(e => e.Symbols)).S;
            int? unit = Enumerable.Range(0, 8)
                .MaxBy(u => Math.Abs(Correlation.Pearson(itsStates.Row(u), depths)));
            var itsMean = itsStates.Row(unit.Value).Average();
            double? rightWithout = Right(Ablation.Fix(mine, unit.Value, itsMean));
            Check.CountingUnit(mine, unit, rightWithout)
            """
        )
        {
            RightIf = Criteria13.Counting,
        };

    public static Exercise Probe { get; } =
        new(
            "13.3",
            "write a probe",
            "Fit the probe and read the fresh states with it, in place of the exception.",
            "A weighted sum of the units and a constant, fitted on some states, reads the number off others.",
            "Least squares: which weights, and which constant, bring the sums as near to t as possible?",
            "Put a row of ones under S, call that S1, and solve (S1 S1ᵀ) w = S1 t. The last number of w is "
                + "the constant. For fresh states do the same: ones under them, then times w.",
            """
            // Exercise 3: write a probe
            Vector<double> MyProbe(Matrix<double> S, Vector<double> t, Matrix<double> fresh)
            {
                Matrix<double> WithOnes(Matrix<double> M) =>
                    M.Stack(Matrix<double>.Build.Dense(1, M.ColumnCount, 1));
                var S1 = WithOnes(S);
                var w = (S1 * S1.Transpose()).Solve(S1 * t);
                return WithOnes(fresh).Transpose() * w;
            }
            Check.Probe(MyProbe)
            """,
            "S (H, N), t (N), fresh (H, M); with a row of ones below, S1 is (H + 1, N), S1 S1ᵀ (H + 1, "
                + "H + 1), S1 t and w (H + 1)"
        )
        {
            RightIf = Criteria13.Probe,
        };
}
