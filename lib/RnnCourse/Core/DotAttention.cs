using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Core;

/// <summary>Attention by dot products: a query is compared with all stored keys, and gets a mixture of the stored
/// values, mostly of those whose keys fit best.</summary>
/// <remarks>
/// <para>Sizes: n stored places, m questions, keySize numbers in a query or a key, valueSize in a value. Everything
/// stands in columns.</para>
/// <para><c>e[j, i] = k_j · q_i / √keySize</c>, <c>α_i = softmax(e_i)</c> over the places j, <c>context_i = Σ_j
/// α[j, i] v_j</c>. The root keeps the scores of long vectors from growing with their length (Vaswani et al.,
/// "Attention is all you need", 2017; attention over a reader's states is from Bahdanau, Cho and Bengio, 2014).</para>
/// </remarks>
public static class DotAttention
{
    /// <summary>The results of <see cref="Attend"/>, as the backward pass needs them.</summary>
    /// <param name="Queries">The questions, shape (keySize, m).</param>
    /// <param name="Keys">What each place answers to, shape (keySize, n).</param>
    /// <param name="Values">What each place holds, shape (valueSize, n).</param>
    /// <param name="Weights">α, shape (n, m): column i says how much question i takes from each place; it sums to
    /// 1.</param>
    /// <param name="Contexts">The mixtures, shape (valueSize, m).</param>
    public sealed record Trace(
        Matrix<double> Queries,
        Matrix<double> Keys,
        Matrix<double> Values,
        Matrix<double> Weights,
        Matrix<double> Contexts
    );

    /// <summary>The derivatives of a loss.</summary>
    /// <param name="dQueries">By the queries, shape (keySize, m).</param>
    /// <param name="dKeys">By the keys, shape (keySize, n).</param>
    /// <param name="dValues">By the values, shape (valueSize, n).</param>
    public sealed record Gradients(Matrix<double> dQueries, Matrix<double> dKeys, Matrix<double> dValues);

    /// <summary>Computes the weights and the contexts.</summary>
    /// <param name="queries">The questions, shape (keySize, m).</param>
    /// <param name="keys">What each place answers to, shape (keySize, n).</param>
    /// <param name="values">What each place holds, shape (valueSize, n).</param>
    /// <exception cref="ArgumentException">Queries and keys differ in size, or keys and values in number.</exception>
    public static Trace Attend(Matrix<double> queries, Matrix<double> keys, Matrix<double> values)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(values);
        if (queries.RowCount != keys.RowCount)
        {
            throw new ArgumentException(
                $"A query has {queries.RowCount} numbers and a key {keys.RowCount}; a dot product needs as "
                    + "many in both.",
                nameof(keys)
            );
        }

        if (keys.ColumnCount != values.ColumnCount)
        {
            throw new ArgumentException(
                $"There are {keys.ColumnCount} keys and {values.ColumnCount} values; each place has one of both.",
                nameof(values)
            );
        }

        var scores = keys.TransposeThisAndMultiply(queries) / Math.Sqrt(keys.RowCount);
        var weights = Matrix<double>.Build.DenseOfColumns(scores.EnumerateColumns().Select(CrossEntropy.Softmax));
        return new(queries, keys, values, weights, values * weights);
    }

    /// <summary>The backward pass: from the derivative by the contexts to those by queries, keys and values.</summary>
    /// <param name="trace">What <see cref="Attend"/> left.</param>
    /// <param name="dContexts">The derivative of the loss by the contexts, shape (valueSize, m).</param>
    /// <exception cref="ArgumentException"><paramref name="dContexts"/> has another shape.</exception>
    public static Gradients Backward(Trace trace, Matrix<double> dContexts)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(dContexts);
        var (queries, keys, values, weights, contexts) = trace;
        if ((dContexts.RowCount, dContexts.ColumnCount) != (contexts.RowCount, contexts.ColumnCount))
        {
            throw new ArgumentException(
                $"The contexts have the shape ({contexts.RowCount}, {contexts.ColumnCount}), their "
                    + $"derivative ({dContexts.RowCount}, {dContexts.ColumnCount}).",
                nameof(dContexts)
            );
        }

        // Through the softmax of a column: de = α ⊙ (dα − Σ α dα).
        var dWeights = values.TransposeThisAndMultiply(dContexts);
        var means = weights.PointwiseMultiply(dWeights).ColumnSums();
        var dScores =
            weights.MapIndexed((j, i, weight) => weight * (dWeights[j, i] - means[i])) / Math.Sqrt(keys.RowCount);
        return new(keys * dScores, queries.TransposeAndMultiply(dScores), dContexts.TransposeAndMultiply(weights));
    }
}
