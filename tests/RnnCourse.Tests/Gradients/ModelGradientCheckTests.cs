using RnnCourse.Core;
using RnnCourse.Losses;
using RnnCourse.Model;
using RnnCourse.Tests.Model;

namespace RnnCourse.Tests.Gradients;

public sealed class ModelGradientCheckTests
{
    [Fact]
    public void A_wrong_gradient_is_found()
    {
        var shape = new ModelShape(CellKind.Rnn, 3, 4, 2);
        var model = new SequenceModel<double>(shape, new SeededRandom(1));
        var batch = RandomBatches.Draw(shape, 3, 2, oneHot: true, masked: false, new SeededRandom(2));
        Assert.All(
            ModelGradientCheck.Check(model, new SoftmaxCrossEntropy<double>(), batch),
            check => Assert.InRange(check.RelativeError, 0, 1e-7)
        );
        Assert.All(
            ModelGradientCheck.Check(model, new TwiceTheGradient(), batch),
            check => Assert.Equal(1.0 / 3, check.RelativeError, 1e-6)
        );
    }

    private sealed class TwiceTheGradient : ISequenceLoss<double>
    {
        private readonly SoftmaxCrossEntropy<double> _loss = new();

        public int CountRead(SequenceBatch<double> batch) => _loss.CountRead(batch);

        public double Compute(
            SequenceBatch<double> batch,
            ReadOnlySpan<double> scores,
            Span<double> gradients,
            double factor
        ) => _loss.Compute(batch, scores, gradients, 2 * factor);
    }
}
