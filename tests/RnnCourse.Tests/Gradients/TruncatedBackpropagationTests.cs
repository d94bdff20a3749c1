using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Gradients;
using RnnCourse.Losses;
using RnnCourse.Model;

namespace RnnCourse.Tests.Gradients;

public sealed class TruncatedBackpropagationTests
{
    private const int N = 9;
    private static readonly VanillaRnn Rnn = new(3, 6, 4, new SeededRandom(3));
    private static readonly int[] Symbols = [0, 2, 1, 1, 0, 2, 2, 1, 0];
    private static readonly int?[] Targets = [1, null, 3, 0, 2, 2, null, 1, 3];
    private static readonly VanillaRnn.Trace Trace = Rnn.Forward([
        .. Symbols.Select(k => Vector<double>.Build.Dense(3, d => d == k ? 1 : 0)),
    ]);

    [Theory]
    [InlineData(N)]
    [InlineData(N + 1)]
    [InlineData(1000)]
    public void A_window_as_long_as_the_sequence_cuts_nothing(int tau) =>
        AssertNear(Rnn.Backward(Trace, Targets), TruncatedBackpropagation.InWindows(Rnn, Trace, Targets, tau));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void It_cuts_where_a_model_that_carries_its_state_does(int tau)
    {
        var model = new SequenceModel<double>(new ModelShape(CellKind.Rnn, 3, 6, 4), new SeededRandom(3));
        var loss = new SoftmaxCrossEntropy<double>();
        var sums = model.Parameters.ToDictionary(
            parameter => parameter.Name,
            parameter => new double[parameter.Values.Length]
        );
        for (var from = 0; from < N; from += tau)
        {
            var batch = SequenceBatch.OfSymbols<double>(3);
            batch.Resize(Math.Min(tau, N - from), 1);
            for (var t = 0; t < batch.Steps; t++)
            {
                (batch.Symbols[t], batch.Targets[t]) = (Symbols[from + t], Targets[from + t] ?? -1);
            }

            loss.Compute(batch, model.Forward(batch), model.ScoreGradients, 1);
            model.Backward();
            model.CarryState();
            foreach (var parameter in model.Parameters)
            {
                for (var k = 0; k < parameter.Gradient.Length; k++)
                {
                    sums[parameter.Name][k] += parameter.Gradient[k];
                }
            }
        }

        var g = TruncatedBackpropagation.InWindows(Rnn, Trace, Targets, tau);
        var layer = model.Layers[0][0];
        foreach (
            var (expected, actual) in new[]
            {
                (sums[layer.W.Name], g.dW.ToColumnMajorArray()),
                (sums[layer.U.Name], g.dU.ToColumnMajorArray()),
                (sums[layer.b.Name], g.db.ToArray()),
                (sums[model.Output.V.Name], g.dV.ToColumnMajorArray()),
            }
        )
        {
            for (var k = 0; k < expected.Length; k++)
            {
                Assert.Equal(expected[k], actual[k], 1e-12);
            }
        }
    }

    [Fact]
    public void Random_cuts_have_the_true_gradient_as_their_mean()
    {
        var random = new SeededRandom(11);
        var right = Rnn.Backward(Trace, Targets).dW;
        var mean = 0 * right;
        const int Draws = 20000;
        for (var k = 0; k < Draws; k++)
        {
            mean += TruncatedBackpropagation.AtRandom(Rnn, Trace, Targets, 2, random).dW / Draws;
        }

        var cut = TruncatedBackpropagation.InWindows(Rnn, Trace, Targets, 2).dW;
        Assert.InRange((mean - right).FrobeniusNorm() / right.FrobeniusNorm(), 0, 0.03);
        Assert.True((cut - right).FrobeniusNorm() > 3 * (mean - right).FrobeniusNorm());
    }

    [Fact]
    public void What_cannot_be_cut_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TruncatedBackpropagation.InWindows(Rnn, Trace, Targets, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            TruncatedBackpropagation.AtRandom(Rnn, Trace, Targets, double.NaN, new SeededRandom(1))
        );
        Assert.Throws<ArgumentException>(() => TruncatedBackpropagation.InWindows(Rnn, Trace, [1], 2));
    }

    private static void AssertNear(VanillaRnn.Gradients a, VanillaRnn.Gradients b)
    {
        Assert.InRange(
            (a.dU - b.dU).FrobeniusNorm() + (a.dW - b.dW).FrobeniusNorm() + (a.dV - b.dV).FrobeniusNorm(),
            0,
            1e-12
        );
        Assert.InRange((a.db - b.db).L2Norm() + (a.dc - b.dc).L2Norm() + (a.ds_0 - b.ds_0).L2Norm(), 0, 1e-12);
    }
}
