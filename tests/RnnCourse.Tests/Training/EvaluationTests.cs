using RnnCourse.Core;
using RnnCourse.Losses;
using RnnCourse.Metrics;
using RnnCourse.Model;
using RnnCourse.Training;

namespace RnnCourse.Tests.Training;

public sealed class EvaluationTests
{
    private static readonly SoftmaxCrossEntropy<double> Loss = new();

    [Fact]
    public void One_epoch_has_every_batch_once_and_leaves_the_source_where_it_was()
    {
        var source = Source();
        for (var epoch = 0; epoch < 3; epoch++)
        {
            var before = source.Position;
            var symbols = Evaluation.OneEpoch(source).Select(batch => batch.Symbols.ToArray()).ToList();
            Assert.Equal(
                [
                    [0, 1],
                    [2, 3],
                    [4, 5],
                ],
                symbols
            );
            Assert.Equal(before, source.Position);
        }
    }

    [Fact]
    public void The_mean_is_over_all_outputs_that_are_read_and_the_model_stays_as_it_is()
    {
        var model = new SequenceModel<double>(new ModelShape(CellKind.Gru, 7, 4, 7), new SeededRandom(1));
        var carrying = Batch([3, 1, 2], [0, 0, 0]);
        model.Forward(carrying);
        model.CarryState();
        var carried = model.CarriedState.Select(state => state.ToArray()).ToList();

        // Batches of different sizes: the mean of their means would be another number.
        SequenceBatch<double>[] batches = [Batch([1, 2, 3, 4, 5], [2, -1, 4, 5, 6]), Batch([6], [0])];
        var counts = new ConfusionCounts(7);
        var mean = Evaluation.MeanLoss(model, Loss, batches, counts);

        var fresh = new SequenceModel<double>(model.Shape, new SeededRandom(1));
        var sum = batches.Sum(batch => Loss.Compute(batch, fresh.Forward(batch), fresh.ScoreGradients, 0));
        Assert.Equal(sum / 5, mean, 1e-12);
        Assert.Equal(5, counts.Total);
        Assert.Equal(carried, model.CarriedState);
    }

    private static SequenceBatch<double> Batch(int[] symbols, int[] targets)
    {
        var batch = SequenceBatch.OfSymbols<double>(7);
        batch.Resize(symbols.Length, 1);
        symbols.CopyTo(batch.Symbols);
        targets.CopyTo(batch.Targets);
        return batch;
    }

    private static StreamBatches<double> Source() => new([0, 1, 2, 3, 4, 5, 6], 7, steps: 2);
}
