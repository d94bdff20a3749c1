using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Blas.Threading;
using RnnCourse.Model;

namespace RnnCourse.Inspection;

/// <summary>The states and outputs of a model while it read sequences, for inspection.</summary>
/// <param name="S">The states of the top layer after each step, shape (H, N): sequence after sequence, and in each step
/// after step.</param>
/// <param name="Scores">The outputs z at each step, shape (K, N), in the same order.</param>
/// <param name="Symbols">The input of each step, shape (N).</param>
/// <param name="Steps">The number of each step within its sequence, from 1, shape (N).</param>
public sealed record StateRecord(
    Matrix<double> S,
    Matrix<double> Scores,
    IReadOnlyList<int> Symbols,
    IReadOnlyList<int> Steps
)
{
    /// <summary>Runs a model over sequences, each from its start, and records the states.</summary>
    /// <param name="model">The model; used through a twin, so that states it carries stay.</param>
    /// <param name="sequences">The sequences, each of shape (n) with symbols from 0 to D − 1.</param>
    /// <exception cref="ArgumentException">All sequences are empty, the model is bidirectional, or a symbol is out of
    /// range.</exception>
    public static StateRecord Of(SequenceModel<double> model, IEnumerable<IReadOnlyList<int>> sequences)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(sequences);
        if (model.Shape.Bidirectional)
        {
            throw new ArgumentException(
                "A bidirectional model has two states at a step, but this records one. Use a model that reads one way.",
                nameof(model)
            );
        }

        var (H, K) = (model.Shape.HiddenSize, model.Shape.OutputSize);
        var twin = model.Twin();
        var batch = SequenceBatch.OfSymbols<double>(model.Shape.InputSize);
        var (states, scores, symbols, steps) = (
            new List<double>(),
            new List<double>(),
            new List<int>(),
            new List<int>()
        );
        foreach (var sequence in sequences)
        {
            HostInterrupt.Check();
            batch.Resize(sequence.Count, 1);
            for (var i = 0; i < sequence.Count; i++)
            {
                batch.Symbols[i] = sequence[i];
                symbols.Add(sequence[i]);
                steps.Add(i + 1);
            }

            scores.AddRange(twin.Forward(batch));
            states.AddRange(twin.Layers[^1][0].States[^(H * sequence.Count)..]); // s_0 stands before them
        }

        if (steps.Count == 0)
        {
            throw new ArgumentException("Every sequence is empty, so there are no steps to record.", nameof(sequences));
        }

        return new(
            Matrix<double>.Build.DenseOfColumnMajor(H, steps.Count, states),
            Matrix<double>.Build.DenseOfColumnMajor(K, steps.Count, scores),
            symbols,
            steps
        );
    }

    /// <summary>The most probable class at each step, shape (N).</summary>
    public int[] Answers() => [.. Scores.EnumerateColumns().Select(z => z.MaximumIndex())];
}
