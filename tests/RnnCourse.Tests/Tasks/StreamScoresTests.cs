using RnnCourse.Core;
using RnnCourse.Losses;
using RnnCourse.Metrics;
using RnnCourse.Model;
using RnnCourse.Tasks;

namespace RnnCourse.Tests.Tasks;

public sealed class StreamScoresTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(450, 1)]
    [InlineData(4001, 2)]
    [InlineData(6200, 3)]
    public void A_stream_is_measured_as_long_pieces_each_read_from_its_beginning_to_its_end(int length, int pieces)
    {
        var random = new SeededRandom(7);
        int[] stream = [.. Enumerable.Range(0, length).Select(_ => random.NextIndex(5))];
        var model = new SequenceModel<float>(new ModelShape(CellKind.Lstm, 5, 6, 5), new SeededRandom(1));
        foreach (var parameter in model.Parameters)
        {
            foreach (ref var value in parameter.Values.AsSpan())
            {
                value *= 3;
            }
        }

        var (loss, accuracy) = StreamScores.Measure(model, stream);

        // Each piece is processed at once: nothing is cut, padded or carried over.
        var size = (length + pieces - 1) / pieces;
        var counts = new ConfusionCounts(5);
        var sum = 0.0;
        for (var from = 0; from < length; from += size)
        {
            var batch = SequenceBatch.OfSymbols<float>(5);
            batch.Resize(Math.Min(size, length - from), 1);
            for (var t = 0; t < batch.Steps; t++)
            {
                batch.Symbols[t] = from + t == 0 ? -1 : stream[from + t - 1];
                batch.Targets[t] = stream[from + t];
            }

            sum += new SoftmaxCrossEntropy<float>().Compute(batch, model.Forward(batch), model.ScoreGradients, 0);
            SequenceMetrics.Count(batch, model.Scores, counts);
        }

        Assert.Equal(length, counts.Total);
        Assert.Equal(sum / length, loss, 1e-5);
        Assert.Equal(counts.Accuracy, accuracy, 1e-3);
    }
}
