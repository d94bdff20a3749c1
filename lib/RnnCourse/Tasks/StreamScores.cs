using System.Numerics.Tensors;
using RnnCourse.Blas.Threading;
using RnnCourse.Model;
using RnnCourse.Model.Cells;

namespace RnnCourse.Tasks;

/// <summary>Runs a model over one long stream and measures how well it predicts each symbol from those
/// before.</summary>
internal static class StreamScores
{
    private const int Steps = 200;
    private const int ShortestPiece = 2000;
    private const int MaxPieces = 32;

    /// <summary>Measures every symbol of the stream once. A long stream is read in pieces side by side; each piece
    /// begins with an empty state.</summary>
    /// <returns>The mean loss in nats, and the share of symbols that the model predicts correctly.</returns>
    public static (double Loss, double Accuracy) Measure(SequenceModel<float> model, ReadOnlySpan<int> stream)
    {
        var (loss, right) = (0.0, 0L);
        ForEach(
            model,
            stream,
            (_, nats, isRight) =>
            {
                loss += nats;
                right += isRight ? 1 : 0;
            }
        );
        return (loss / stream.Length, (double)right / stream.Length);
    }

    /// <summary>Passes each symbol's place, its loss in nats, and whether the model predicts it, to a reader.</summary>
    public static void ForEach(SequenceModel<float> model, ReadOnlySpan<int> stream, Action<int, double, bool> read)
    {
        var twin = model.Twin();
        var K = model.Shape.OutputSize;
        var pieces = Math.Clamp(stream.Length / ShortestPiece, 1, MaxPieces);
        var length = (stream.Length + pieces - 1) / pieces;
        var batch = SequenceBatch.OfSymbols<float>(model.Shape.InputSize);
        var p = new float[K];
        for (var from = 0; from < length; from += Steps)
        {
            HostInterrupt.Check();
            batch.Resize(Math.Min(Steps, length - from), pieces);
            for (var n = 0; n < pieces; n++)
            {
                for (var t = 0; t < batch.Steps; t++)
                {
                    var (column, at) = ((t * pieces) + n, (n * length) + from + t);
                    var isThere = from + t < length && at < stream.Length;
                    batch.Mask[column] = isThere;
                    batch.HasMask |= !isThere;
                    batch.Symbols[column] = isThere && at > 0 ? stream[at - 1] : -1;
                    batch.Targets[column] = isThere ? stream[at] : -1;
                }
            }

            var scores = twin.Forward(batch);
            for (var column = 0; column < batch.Columns; column++)
            {
                if (batch.Targets[column] < 0)
                {
                    continue;
                }

                var z = scores.Slice(column * K, K);
                var largest = TensorPrimitives.Max<float>(z);
                TensorPrimitives.Subtract(z, largest, p);
                var target = p[batch.Targets[column]];
                Exponential<float>.OfNegative(p);
                read(
                    ((column % pieces) * length) + from + (column / pieces),
                    Math.Log(TensorPrimitives.Sum<float>(p)) - target,
                    TensorPrimitives.IndexOfMax<float>(z) == batch.Targets[column]
                );
            }

            twin.CarryState();
        }
    }
}
