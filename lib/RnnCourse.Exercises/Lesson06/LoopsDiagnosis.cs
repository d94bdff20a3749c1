namespace RnnCourse.Exercises.Lesson06;

/// <summary>Finds the wrong loop in a step that was written number by number, by making wrong loops on
/// purpose.</summary>
internal static class LoopsDiagnosis
{
    // Adds the product of one row of a matrix with a vector to a sum.
    private delegate double Row(double sum, double[,] M, double[] v, int row, StepInputs p);

    // A turn of a loop over rows.
    private delegate bool RowCondition(int row, int rows, StepInputs p);

    private sealed record Loops(
        Row U,
        Row W,
        Row V,
        RowCondition States,
        RowCondition Outputs,
        RowCondition Shares,
        bool SumChanges = false
    )
    {
        public static Loops Right { get; } = new(Sum, Sum, Sum, Always, Always, Always);

        public (double[] s_i, double[] y_i) Of(StepInputs p)
        {
            double[,] U = p.U.ToArray(),
                W = p.W.ToArray(),
                V = p.V.ToArray();
            double[] x_i = p.x_i.ToArray(),
                s_prev = p.s_prev.ToArray();
            int H = p.b.Count,
                K = p.c.Count;
            double[] s_i = new double[H],
                y_i = new double[K];
            for (var h = 0; h < H; h++)
            {
                if (States(h, H, p))
                {
                    s_i[h] = Math.Tanh(this.W(this.U(p.b[h], U, x_i, h, p), W, s_prev, h, p));
                }
            }

            for (var k = 0; k < K; k++)
            {
                if (Outputs(k, K, p))
                {
                    y_i[k] = Math.Exp(this.V(p.c[k], V, s_i, k, p));
                }
            }

            var total = y_i.Sum();
            for (var k = 0; k < K; k++)
            {
                if (Shares(k, K, p))
                {
                    y_i[k] /= SumChanges ? y_i.Sum() : total;
                }
            }

            return (s_i, y_i);
        }
    }

    private sealed record Slip(Finding Fault, Func<Loops, Loops> Make);

    private static readonly (string Key, string What, string Hint, string More, Row Of)[] Rows =
    [
        (
            "first-left-out",
            "the sum of {0} begins at the second number",
            "C# counts from 0. At which index does the loop begin?",
            "for (var d = 0; …",
            (sum, M, v, row, _) => sum + Terms(M, v, row).Skip(1).Sum()
        ),
        (
            "last-left-out",
            "the sum of {0} ends one number too early",
            "At which index does the loop end?",
            "d < the number of columns.",
            (sum, M, v, row, _) => sum + Terms(M, v, row).SkipLast(1).Sum()
        ),
        (
            "first-only",
            "the sum of {0} ends after its first number",
            "What ends the loop after its first turn?",
            "The loop goes over all columns; nothing ends it before.",
            (sum, M, v, row, _) => sum + Terms(M, v, row).First()
        ),
        (
            "last-only",
            "only the last product is left of the sum of {0}",
            "Which of = and += keeps what was there before?",
            "sum += …",
            (_, M, v, row, _) => Terms(M, v, row).Last()
        ),
        (
            "vector-left-out",
            "the numbers of the matrix in {0} are summed, without the vector",
            "By what is each number of the matrix multiplied?",
            "A row of the matrix times the vector, number by number.",
            (sum, M, v, row, _) => sum + Enumerable.Range(0, v.Length).Sum(d => M[row, d])
        ),
        (
            "matrix-left-out",
            "the numbers of the vector in {0} are summed, without the matrix",
            "By what is each number of the vector multiplied?",
            "A row of the matrix times the vector, number by number.",
            (sum, _, v, _, _) => sum + v.Sum()
        ),
        (
            "divided",
            "{0} divides where it should multiply",
            "A product: which sign is that?",
            "… * …",
            (sum, M, v, row, _) => sum + Enumerable.Range(0, v.Length).Sum(d => M[row, d] / v[d])
        ),
        (
            "added",
            "{0} adds where it should multiply",
            "A product: which sign is that?",
            "… * …",
            (sum, M, v, row, _) => sum + Enumerable.Range(0, v.Length).Sum(d => M[row, d] + v[d])
        ),
        (
            "same-column",
            "in {0} the matrix is always read in the column that has the number of the row",
            "Two indices: which of them goes along the row?",
            "The row is that of the outer loop, the column that of the inner one.",
            (sum, M, v, row, _) =>
                sum + Enumerable.Range(0, v.Length).Sum(d => M[row, Math.Min(row, v.Length - 1)] * v[d])
        ),
        (
            "same-number",
            "in {0} the vector is always read at the number of the row",
            "Which of the two indices goes along the vector?",
            "The index of the inner loop.",
            (sum, M, v, row, _) =>
                sum + Enumerable.Range(0, v.Length).Sum(d => M[row, d] * v[Math.Min(row, v.Length - 1)])
        ),
        (
            "diagonal",
            "in {0} the matrix is read along its diagonal",
            "Two indices: which of them goes along the row?",
            "The row is that of the outer loop, the column that of the inner one.",
            (sum, M, v, _, _) => sum + Enumerable.Range(0, Math.Min(v.Length, M.GetLength(0))).Sum(d => M[d, d] * v[d])
        ),
        (
            "transposed",
            "in {0} rows and columns of the matrix have changed places",
            "Which index comes first, that of the row or that of the column?",
            "[row, column], as in the formula.",
            (sum, M, v, row, _) =>
                sum
                + Enumerable
                    .Range(0, v.Length)
                    .Sum(d => d < M.GetLength(0) && row < M.GetLength(1) ? M[d, row] * v[d] : double.NaN)
        ),
        (
            "subtracted",
            "{0} is subtracted",
            "What sign does it have in the formula?",
            "sum += …",
            (sum, M, v, row, _) => sum - Terms(M, v, row).Sum()
        ),
        (
            "left-out",
            "{0} is missing",
            "Which terms does the formula have?",
            "A loop of its own for each product.",
            (sum, _, _, _, _) => sum
        ),
        (
            "as-many-as-units",
            "the sum of {0} goes over as many numbers as there are units",
            "How many columns does the matrix have?",
            "x_i has D numbers, a state H.",
            (sum, M, v, row, p) => sum + Terms(M, v, row).Take(p.b.Count).Sum()
        ),
        (
            "other-matrix",
            "in {0} the matrix is U",
            "Which matrix belongs to which vector?",
            "U to x_i, W to s_prev, V to s_i.",
            (sum, _, v, row, p) => Of(p.U.ToArray(), v, row, sum)
        ),
        (
            "other-matrix",
            "in {0} the matrix is V",
            "Which matrix belongs to which vector?",
            "U to x_i, W to s_prev, V to s_i.",
            (sum, _, v, row, p) => Of(p.V.ToArray(), v, row, sum)
        ),
        (
            "other-matrix",
            "in {0} the matrix is W",
            "Which matrix belongs to which vector?",
            "U to x_i, W to s_prev, V to s_i.",
            (sum, _, v, row, p) => Of(p.W.ToArray(), v, row, sum)
        ),
        (
            "other-vector",
            "in {0} the vector is x_i",
            "Which vector belongs to which matrix?",
            "U to x_i, W to s_prev, V to s_i.",
            (sum, M, v, row, p) => Of(M, [.. p.x_i.Take(v.Length)], row, sum)
        ),
        (
            "other-vector",
            "in {0} the vector is s_prev",
            "Which vector belongs to which matrix?",
            "U to x_i, W to s_prev, V to s_i.",
            (sum, M, v, row, p) => Of(M, [.. p.s_prev.Take(v.Length)], row, sum)
        ),
        (
            "index-for-sum",
            "the index is taken where the sum belongs, behind {0}",
            "What goes into Math.Tanh and Math.Exp?",
            "The sum that the loops have made.",
            (_, _, _, row, _) => row
        ),
        (
            "sum-goes-on",
            "the sums of the rows before are still in the sum of {0}",
            "Where does the sum of a row begin?",
            "var sum = … stands inside the loop over the rows.",
            (sum, M, v, row, p) => sum + Enumerable.Range(0, row + 1).Sum(r => Terms(M, v, r).Sum())
        ),
        (
            "bias-in-each",
            "the bias is added once for each product of {0}",
            "How often does the bias stand in the formula?",
            "Once: where the sum begins.",
            (sum, M, v, row, _) => sum * v.Length + Terms(M, v, row).Sum()
        ),
    ];

    private static readonly (string Key, string What, string Hint, string More, RowCondition Of)[] RowConditions =
    [
        (
            "first-row-left-out",
            "the first number of {0} was not computed",
            "C# counts from 0. At which index does the loop over {0} begin?",
            "It begins at 0.",
            (row, _, _) => row > 0
        ),
        (
            "last-row-left-out",
            "the last number of {0} was not computed",
            "At which index does the loop over {0} end?",
            "It ends before the length.",
            (row, rows, _) => row < rows - 1
        ),
        (
            "first-row-only",
            "only the first number of {0} was computed",
            "What ends the loop over {0} after its first turn? Where does the line with return stand?",
            "The line with return goes behind all loops.",
            (row, _, _) => row == 0
        ),
        (
            "no-row",
            "no number of {0} was computed",
            "Is the method left before, or the loop never entered?",
            "The line with return goes behind all loops.",
            (_, _, _) => false
        ),
        (
            "rows-of-the-input",
            "the loop over {0} counts the numbers of x_i",
            "How many numbers does {0} have?",
            "As many as its bias.",
            (row, _, p) => row < p.x_i.Count
        ),
        (
            "rows-of-the-state",
            "the loop over {0} counts the numbers of the state",
            "How many numbers does {0} have?",
            "As many as its bias.",
            (row, _, p) => row < p.b.Count
        ),
    ];

    private static readonly Slip[] Slips =
    [
        new(
            new(
                "sum-changes",
                "The sum is taken anew for each share, of numbers that have been divided in part.",
                "What is y_i.Sum() after y_i[0] was divided?",
                "Take the sum once, before anything is divided."
            ),
            loops => loops with { SumChanges = true }
        ),
        .. Rows.SelectMany(row =>
            new[]
            {
                Made(row, "U x_i", loops => loops with { U = row.Of }),
                Made(row, "W s_prev", loops => loops with { W = row.Of }),
                Made(row, "V s_i", loops => loops with { V = row.Of }),
            }
        ),
        .. RowConditions.SelectMany(turn =>
            new[]
            {
                Made(turn, "s_i", loops => loops with { States = turn.Of }),
                Made(turn, "y_i", loops => loops with { Outputs = turn.Of }),
                Made(turn, "the shares", loops => loops with { Shares = turn.Of }),
            }
        ),
    ];

    /// <summary>The wrong loop, or the first of two; null if no known mistake explains the numbers.</summary>
    public static Finding? Fault(StepInputs p, double[] s_i, double[] y_i)
    {
        bool Is(Loops loops)
        {
            var (s, y) = loops.Of(p);
            return IsNear(s_i, s) && IsNear(y_i, y);
        }

        return Slips.FirstOrDefault(slip => Is(slip.Make(Loops.Right)))?.Fault
            ?? Slips.FirstOrDefault(first => Slips.Any(second => Is(second.Make(first.Make(Loops.Right)))))?.Fault;
    }

    private static Slip Made<T>(
        (string Key, string What, string Hint, string More, T Of) slip,
        string name,
        Func<Loops, Loops> make
    ) =>
        new(
            new(
                slip.Key,
                "It comes out as if "
                    + $"{string.Format(System.Globalization.CultureInfo.InvariantCulture, slip.What, name)}.",
                string.Format(System.Globalization.CultureInfo.InvariantCulture, slip.Hint, name),
                slip.More
            ),
            make
        );

    private static bool IsNear(double[] given, double[] expected) =>
        new Quantity("", given.Length, 0, given).IsNear(new Quantity("", expected.Length, 0, expected));

    private static IEnumerable<double> Terms(double[,] M, double[] v, int row) =>
        v.Select((value, d) => row < M.GetLength(0) && d < M.GetLength(1) ? M[row, d] * value : double.NaN);

    private static double Of(double[,] M, double[] v, int row, double sum) => sum + Terms(M, v, row).Sum();

    private static double Sum(double sum, double[,] M, double[] v, int row, StepInputs p) => Of(M, v, row, sum);

    private static bool Always(int row, int rows, StepInputs p) => true;
}
