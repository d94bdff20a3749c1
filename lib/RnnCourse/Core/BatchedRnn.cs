using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Core;

/// <summary>
/// The lecture's network for several sequences at once, in matrices: the same formulas as <see cref="VanillaRnn"/>,
/// with a column for each step of each sequence. The bridge between the core, which is for reading, and <c>Model/</c>,
/// which is for running.
/// </summary>
/// <remarks>
/// Sizes: T steps, B sequences, D numbers in an input, H in a state, K in an output. Steps count from 1 to T as in the
/// lecture, sequences from 0. The columns of one step lie side by side: a matrix with T·B columns holds step t of
/// sequence m in column (t − 1)·B + m. The states have one block more in front, for s_0: there it is column t·B + m. A
/// sequence shorter than T is filled up with inputs of zeros and targets that are not read.
/// </remarks>
public static class BatchedRnn
{
    /// <summary>The results of a forward pass over a batch that the backward pass needs.</summary>
    /// <param name="X">The inputs, shape (D, T·B).</param>
    /// <param name="S">The states, shape (H, (T + 1)·B); the first B columns are s_0.</param>
    /// <param name="Y">The outputs, shape (K, T·B).</param>
    /// <param name="Targets">The right classes as one-hot columns, shape (K, T·B); a column of zeros where the output
    /// is not read.</param>
    /// <param name="T">How many steps the longest sequence has.</param>
    /// <param name="B">How many sequences there are.</param>
    public sealed record Trace(
        Matrix<double> X,
        Matrix<double> S,
        Matrix<double> Y,
        Matrix<double> Targets,
        int T,
        int B
    );

    /// <summary>The columns of one step, or of several: a copy.</summary>
    /// <param name="M">A matrix with B columns for each step, shape (rows, steps·B).</param>
    /// <param name="first">The first block, counted from 0: in the states, block t holds s_t; in the others, block t −
    /// 1 belongs to step t.</param>
    /// <param name="count">How many blocks.</param>
    /// <param name="B">How many columns a block has.</param>
    /// <returns>Shape (rows, count·B).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The matrix has no such columns.</exception>
    public static Matrix<double> Blocks(Matrix<double> M, int first, int count, int B)
    {
        ArgumentNullException.ThrowIfNull(M);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)(first + (long)count) * B, M.ColumnCount, nameof(count));
        return count * B == 0
            ? Matrix<double>.Build.Dense(M.RowCount, 0)
            : M.SubMatrix(0, M.RowCount, first * B, count * B);
    }

    /// <summary>Runs the network over a batch.</summary>
    /// <param name="rnn">The network.</param>
    /// <param name="sequences">The sequences, B of them, at least one, of any lengths; inputs of shape (D).</param>
    /// <returns>Inputs, states, outputs and targets as matrices.</returns>
    /// <exception cref="ArgumentException">There are no sequences, none has a step, or an input or a target does not
    /// fit the network.</exception>
    public static Trace Forward(VanillaRnn rnn, IReadOnlyList<GradientDescent.Example> sequences)
    {
        ArgumentNullException.ThrowIfNull(rnn);
        var (X, targets, T) = Lay(rnn, sequences);
        var (B, H) = (sequences.Count, rnn.W.RowCount);
        var A = rnn.U * X; // (H, T·B): all steps at once
        var S = Matrix<double>.Build.Dense(H, (T + 1) * B); // (H, (T + 1)·B)
        S.SetSubMatrix(0, 0, Columns(rnn.s_0, B));
        for (var t = 1; t <= T; t++) // only W has to wait for the step before
        {
            var a_t = Blocks(A, t - 1, 1, B) + (rnn.W * Blocks(S, t - 1, 1, B)) + Columns(rnn.b, B); // (H, B)
            S.SetSubMatrix(0, t * B, a_t.PointwiseTanh());
        }

        var Z = (rnn.V * Blocks(S, 1, T, B)) + Columns(rnn.c, T * B); // (K, T·B): all steps at once
        var Y = Matrix<double>.Build.DenseOfColumnVectors(Z.EnumerateColumns().Select(CrossEntropy.Softmax));
        return new(X, S, Y, targets, T, B);
    }

    /// <summary>Backpropagation through time over a batch: the gradients of the loss summed over all outputs that are
    /// read, of all sequences.</summary>
    /// <param name="rnn">The network.</param>
    /// <param name="trace">What <see cref="Forward"/> returned, with the parameters unchanged since.</param>
    /// <returns>The sum of what <see cref="VanillaRnn.Backward"/> returns for each sequence alone.</returns>
    public static VanillaRnn.Gradients Backward(VanillaRnn rnn, Trace trace)
    {
        ArgumentNullException.ThrowIfNull(rnn);
        ArgumentNullException.ThrowIfNull(trace);
        var (X, S, Y, targets, T, B) = trace;
        var dZ = ScoreGradients(Y, targets); // (K, T·B)
        var dS = rnn.V.TransposeThisAndMultiply(dZ); // (H, T·B): what each state gets from its own output
        var dA = Matrix<double>.Build.Dense(S.RowCount, T * B); // (H, T·B)
        var ds_next = Matrix<double>.Build.Dense(S.RowCount, B); // (H, B): what step t + 1 sends back
        for (var t = T; t >= 1; t--)
        {
            var s_t = Blocks(S, t, 1, B); // (H, B)
            var da_t = (1 - s_t.PointwiseMultiply(s_t)).PointwiseMultiply(Blocks(dS, t - 1, 1, B) + ds_next);
            dA.SetSubMatrix(0, (t - 1) * B, da_t);
            ds_next = rnn.W.TransposeThisAndMultiply(da_t);
        }

        return new(
            dU: dA.TransposeAndMultiply(X),
            dW: dA.TransposeAndMultiply(Blocks(S, 0, T, B)), // every step and every sequence in one product
            dV: dZ.TransposeAndMultiply(Blocks(S, 1, T, B)),
            db: dA.RowSums(),
            dc: dZ.RowSums(),
            ds_0: ds_next.RowSums()
        );
    }

    /// <summary>Computes the derivative of the loss by the scores: output minus one-hot target, and zero where the
    /// output is not read.</summary>
    /// <param name="Y">The outputs, shape (K, T·B).</param>
    /// <param name="targets">One-hot columns, shape (K, T·B); zeros where the output is not read.</param>
    /// <returns>Shape (K, T·B).</returns>
    public static Matrix<double> ScoreGradients(Matrix<double> Y, Matrix<double> targets)
    {
        ArgumentNullException.ThrowIfNull(Y);
        ArgumentNullException.ThrowIfNull(targets);
        var dZ = Y - targets;
        var read = targets.ColumnSums();
        for (var column = 0; column < dZ.ColumnCount; column++)
        {
            if (read[column] == 0)
            {
                dZ.ClearColumn(column);
            }
        }

        return dZ;
    }

    /// <summary>The same vector in each of n columns, shape (its size, n): how a bias is added to every
    /// column.</summary>
    private static Matrix<double> Columns(Vector<double> v, int n) =>
        Matrix<double>.Build.Dense(v.Count, n, (row, _) => v[row]);

    private static (Matrix<double> X, Matrix<double> Targets, int T) Lay(
        VanillaRnn rnn,
        IReadOnlyList<GradientDescent.Example> sequences
    )
    {
        ArgumentNullException.ThrowIfNull(sequences);
        var T = sequences.Count == 0 ? 0 : sequences.Max(sequence => sequence.x.Count);
        if (T == 0)
        {
            throw new ArgumentException(
                "A batch needs at least one sequence with at least one step.",
                nameof(sequences)
            );
        }

        var (B, K) = (sequences.Count, rnn.V.RowCount);
        var X = Matrix<double>.Build.Dense(rnn.U.ColumnCount, T * B);
        var targets = Matrix<double>.Build.Dense(K, T * B);
        for (var m = 0; m < B; m++)
        {
            var (x, classes) = sequences[m];
            Weights.RequireInputs(x, rnn.U.ColumnCount);
            if (classes.Count != x.Count)
            {
                throw new ArgumentException(
                    $"Sequence {m} has {x.Count} steps but {classes.Count} targets.",
                    nameof(sequences)
                );
            }

            for (var t = 1; t <= x.Count; t++)
            {
                var column = ((t - 1) * B) + m;
                X.SetColumn(column, x[t - 1]);
                if (classes[t - 1] is not { } k)
                {
                    continue;
                }

                if (k < 0 || k >= K)
                {
                    throw new ArgumentException(
                        $"The target of step {t} of sequence {m} is {k}, but the classes are 0 to {K - 1}.",
                        nameof(sequences)
                    );
                }

                targets[k, column] = 1;
            }
        }

        return (X, targets, T);
    }
}
