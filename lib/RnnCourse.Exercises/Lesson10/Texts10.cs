namespace RnnCourse.Exercises.Lesson10;

/// <summary>The exercises of lesson 10.</summary>
internal static class Texts10
{
    public static Exercise Step { get; } =
        new(
            "10.1",
            "the Jacobian of a step",
            "Write the formula in place of the exception.",
            "Row r of W, times the slope of the tanh of unit r: all that a step does to a small difference.",
            "Which two things happen to s_{i−1} on its way into s_i? Each gives a factor.",
            "First W, then tanh, with slope 1 − s_i². The later one stands on the left, and as a "
                + "diagonal matrix it scales rows.",
            """
            // Exercise 1: the Jacobian of a step
            Matrix<double> Jacobian(VanillaRnn rnn, Vector<double> s_i) =>
                Matrix<double>.Build.DiagonalOfDiagonalVector(1 - s_i.PointwiseMultiply(s_i)) * rnn.W;
            Check.StepJacobian(Jacobian)
            """
        )
        {
            RightIf = Criteria10.Step,
        };

    public static Exercise Product { get; } =
        new(
            "10.2",
            "from one state to a later one",
            "Write the loop in place of the exception.",
            "One factor for each step between, the latest on the left; none for k = n, which leaves the identity.",
            "How many steps lie between s_k and s_n? What should come out where there is none?",
            "Start from the identity; for i from n down to k + 1 multiply by the Jacobian of step i, on the right.",
            """
            // Exercise 2: from one state to a later one
            Matrix<double> Between(VanillaRnn rnn, IReadOnlyList<Vector<double>> s, int n, int k)
            {
                var product = Matrix<double>.Build.DenseIdentity(rnn.W.RowCount);
                for (var i = n; i > k; i--)
                    product *= StateJacobians.Step(rnn, s[i]);
                return product;
            }
            Check.JacobianProduct(Between)
            """
        )
        {
            RightIf = Criteria10.Product,
        };

    public static Exercise Radius { get; } =
        new(
            "10.3",
            "find the radius that keeps lag 20",
            "Put a number in place of null.",
            "Between half and twice of a gradient is left after twenty steps: W makes up for what the slopes take "
                + "away. Try another lag, or inputs of another size, and it is another radius: there is none that is "
                + "right for all.",
            "Which of the figure's curves stays level, as far as lag 20?",
            "With a radius of 1 hardly anything is left, with 2 it is several times as long. Try "
                + "numbers between, and let the check tell you what is left.",
            """
            // Exercise 3: find the radius that keeps lag 20
            Check.KeepsLag20(network, radius: 1.5)
            """
        )
        {
            RightIf = Criteria10.Radius,
        };

    public static Exercise Growing { get; } =
        new(
            "10.4",
            "grow, then fall",
            "Put a matrix in place of null.",
            "Its eigenvalues only tell how it ends. Before that, its powers grow: a gradient can explode for a while "
                + "though every eigenvalue is below 1. In a linear network with this W it is largest some steps before "
                + "the loss: as many as the power has factors whose norm is largest.",
            "A normal matrix can't do it. What did the non-normal one of the lesson look like?",
            "[[0.9, c], [0, 0.9]]: both eigenvalues are 0.9, whatever c is. How large must c be?",
            """
            // Exercise 4: grow, then fall
            var growing = Matrix<double>.Build.DenseOfArray(new[,] { { 0.9, 10 }, { 0, 0.9 } });
            Check.GrowsBeforeItFalls(growing)
            """
        )
        {
            RightIf = Criteria10.Growing,
        };
}
