using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Model;

namespace RnnCourse.Inspection;

/// <summary>The states that a model went through while it read sequences: what can be looked into.</summary>
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
    /// <summary>Lets a model read sequences, each from its start, and writes its states down.</summary>
    /// <param name="model">The model; used through a twin, so that states it carries stay.</param>
    /// <param name="sequences">The sequences, each of shape (n) with symbols from 0 to D − 1.</param>
    /// <exception cref="ArgumentException">There is no step to record, the model reads both ways, or a symbol is out of
    /// range.</exception>
    public static StateRecord Of(SequenceModel<double> model, IEnumerable<IReadOnlyList<int>> sequences)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(sequences);
        if (model.Shape.Bidirectional)
        {
            throw new ArgumentException(
                "A model that reads both ways has two states at a step; this records one.",
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
            throw new ArgumentException("There is no step to record: every sequence is empty.", nameof(sequences));
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
