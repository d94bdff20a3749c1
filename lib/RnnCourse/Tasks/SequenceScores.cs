using RnnCourse.Blas.Threading;
using RnnCourse.Model;
using RnnCourse.Training;

namespace RnnCourse.Tasks;

/// <summary>Runs a model over sequences and passes each output to a callback.</summary>
internal static class SequenceScores
{
    private const int BatchSize = 64;

    /// <summary>Receives an output.</summary>
    /// <param name="sequence">Which sequence, from 0.</param>
    /// <param name="step">Which step, from 0; 0 if only the last output is read.</param>
    /// <param name="scores">The output, shape (K).</param>
    public delegate void Reader(int sequence, int step, ReadOnlySpan<float> scores);

    public static void ForEach(
        SequenceModel<float> model,
        IReadOnlyList<VectorSequence> sequences,
        ReadOut readOut,
        Reader read
    )
    {
        if (sequences.Count == 0)
        {
            return;
        }

        var batch = sequences[0].NewBatch<float>(model.Shape.InputSize);
        ForEach(
            model,
            sequences.Count,
            k => sequences[k].Length,
            batch,
            (k, n) => sequences[k].WriteTo(batch, n),
            readOut,
            read
        );
    }

    public static void ForEach(
        SequenceModel<float> model,
        IReadOnlyList<SymbolSequence> sequences,
        ReadOut readOut,
        Reader read
    )
    {
        var batch = SequenceBatch.OfSymbols<float>(model.Shape.InputSize);
        ForEach(
            model,
            sequences.Count,
            k => sequences[k].Symbols.Count,
            batch,
            (k, n) =>
            {
                var symbols = sequences[k].Symbols;
                for (var t = 0; t < batch.Steps; t++)
                {
                    batch.Symbols[(t * batch.BatchSize) + n] = t < symbols.Count ? symbols[t] : -1;
                }
            },
            readOut,
            read
        );
    }

    // Sequences of similar length share a batch, so that little is padded.
    private static void ForEach(
        SequenceModel<float> model,
        int sequences,
        Func<int, int> lengthOf,
        SequenceBatch<float> batch,
        Action<int, int> write,
        ReadOut readOut,
        Reader read
    )
    {
        var twin = model.Twin();
        var K = model.Shape.OutputSize;
        int[] order = [.. Enumerable.Range(0, sequences).OrderBy(lengthOf)];
        for (var first = 0; first < sequences; first += BatchSize)
        {
            HostInterrupt.Check();
            var part = order.AsSpan(first, Math.Min(BatchSize, sequences - first));
            var lengths = new int[part.Length];
            for (var n = 0; n < lengths.Length; n++)
            {
                lengths[n] = lengthOf(part[n]);
            }

            batch.Resize(lengths[^1], lengths.Length, readOut);
            for (var n = 0; n < lengths.Length; n++)
            {
                write(part[n], n);
            }

            batch.SetLengths(lengths);
            var scores = twin.Forward(batch);
            for (var n = 0; n < lengths.Length; n++)
            {
                for (var t = 0; t < (readOut == ReadOut.LastStep ? 1 : lengths[n]); t++)
                {
                    read(part[n], t, scores.Slice(((t * lengths.Length) + n) * K, K));
                }
            }
        }
    }
}
