using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Model;

/// <summary>A small sequence-to-sequence model: one network reads, another one asks, and attention connects the
/// two.</summary>
/// <remarks>
/// <para>The reader, a GRU in both directions, makes a key (A numbers) and a value (K scores) of each input. The asker,
/// a GRU whose only input is a constant signal to continue, makes a query (A numbers) at each output step. The scores
/// of an output are the mixture of values that <see cref="DotAttention"/> returns. No state passes from the reader to
/// the asker: all information about the inputs reaches an output through the attention weights.</para>
/// <para>In double precision, for lessons: sequences one by one in the attention, side by side in the networks.</para>
/// </remarks>
public sealed class AttentionModel
{
    private readonly SequenceModel<double> _reader,
        _asker;
    private readonly SequenceBatch<double> _read,
        _ask;
    private readonly int _keySize;
    private IReadOnlyList<DotAttention.Trace> _traces = [];

    /// <summary>Makes a model with random weights.</summary>
    /// <param name="letters">D = K, how many symbols there are, of inputs and outputs alike.</param>
    /// <param name="hiddenSize">H, the size of a state, in each of the reader's directions and in the asker.</param>
    /// <param name="keySize">A, the size of a key and of a query.</param>
    /// <param name="random">Where the weights are drawn from.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public AttentionModel(int letters, int hiddenSize, int keySize, SeededRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keySize, 1);
        _keySize = keySize;
        _reader = new(new(CellKind.Gru, letters, hiddenSize, keySize + letters) { Bidirectional = true }, random);
        _asker = new(new(CellKind.Gru, 1, hiddenSize, keySize), random);
        (_read, _ask) = (SequenceBatch.OfSymbols<double>(letters), SequenceBatch.OfSymbols<double>(1));
        Parameters = [.. _reader.Parameters, .. _asker.Parameters];
    }

    /// <summary>Every trainable parameter: the reader's, then the asker's.</summary>
    public IReadOnlyList<Parameter<double>> Parameters { get; }

    /// <summary>How many trainable numbers the model has.</summary>
    public int ParameterCount => Parameters.Sum(parameter => parameter.Values.Length);

    /// <summary>Reads sequences and computes as many outputs as each has inputs.</summary>
    /// <param name="sequences">B sequences of the same length n, shape (n) each, every symbol from 0 to K − 1.</param>
    /// <returns>For each sequence the weights, shape (n, n), and as contexts the scores of the outputs, shape (K,
    /// n).</returns>
    /// <exception cref="ArgumentException">The list is empty, lengths differ or are 0, or a symbol is out of
    /// range.</exception>
    public IReadOnlyList<DotAttention.Trace> Forward(IReadOnlyList<int[]> sequences)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        if (
            sequences.Count == 0
            || sequences[0].Length == 0
            || sequences.Any(sequence => sequence.Length != sequences[0].Length)
        )
        {
            throw new ArgumentException(
                "A batch needs at least one sequence, and all must have the same length of at least 1.",
                nameof(sequences)
            );
        }

        var (n, B) = (sequences[0].Length, sequences.Count);
        _read.Resize(n, B);
        _ask.Resize(n, B);
        for (var column = 0; column < n * B; column++)
        {
            _read.Symbols[column] = sequences[column % B][column / B];
        }

        _ask.Symbols.Clear();
        _reader.Forward(_read);
        _asker.Forward(_ask);
        _traces =
        [
            .. Enumerable
                .Range(0, B)
                .Select(m =>
                {
                    var stored = Columns(_reader.Scores, m, n, B);
                    var keys = stored.SubMatrix(0, _keySize, 0, n);
                    return DotAttention.Attend(
                        Columns(_asker.Scores, m, n, B),
                        keys,
                        stored.SubMatrix(_keySize, stored.RowCount - _keySize, 0, n)
                    );
                }),
        ];
        return _traces;
    }

    /// <summary>Computes the loss of the last <see cref="Forward"/>, and its derivative by every parameter.</summary>
    /// <param name="targets">For each of the B sequences the right symbols, shape (n).</param>
    /// <returns>The mean cross-entropy over all outputs, in nats.</returns>
    /// <exception cref="ArgumentException">The targets are not as many as the outputs, or one is not from 0 to K −
    /// 1.</exception>
    public double Backward(IReadOnlyList<int[]> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Count != _traces.Count || targets.Where((t, m) => t.Length != _traces[m].Weights.ColumnCount).Any())
        {
            throw new ArgumentException(
                "Each sequence of the forward pass needs one target for each of its outputs.",
                nameof(targets)
            );
        }

        var (B, loss) = (targets.Count, 0.0);
        for (var m = 0; m < B; m++)
        {
            var n = targets[m].Length;
            Vector<double>[] y = [.. _traces[m].Contexts.EnumerateColumns().Select(CrossEntropy.Softmax)];
            loss += CrossEntropy.Loss(y, [.. targets[m]]) / (n * B);
            var dContexts = Matrix<double>.Build.DenseOfColumns(
                y.Select((y_i, i) => CrossEntropy.ScoreGradient(y_i, targets[m][i]) / (n * B))
            );
            var (dQueries, dKeys, dValues) = DotAttention.Backward(_traces[m], dContexts);
            Write(dQueries, _asker.ScoreGradients, m, B);
            Write(dKeys.Stack(dValues), _reader.ScoreGradients, m, B);
        }

        _reader.Backward();
        _asker.Backward();
        return loss;
    }

    // Column t·B + m belongs to step t of sequence m.
    private static Matrix<double> Columns(ReadOnlySpan<double> scores, int m, int n, int B)
    {
        var rows = scores.Length / (n * B);
        var columns = Matrix<double>.Build.Dense(rows, n);
        for (var t = 0; t < n; t++)
        {
            for (var row = 0; row < rows; row++)
            {
                columns[row, t] = scores[(((t * B) + m) * rows) + row];
            }
        }

        return columns;
    }

    private static void Write(Matrix<double> columns, Span<double> into, int m, int B)
    {
        for (var t = 0; t < columns.ColumnCount; t++)
        {
            for (var row = 0; row < columns.RowCount; row++)
            {
                into[(((t * B) + m) * columns.RowCount) + row] = columns[row, t];
            }
        }
    }
}
