using CsCheck;
using RnnCourse.Core;
using RnnCourse.Model;
using RnnCourse.Tests.Gradients;
using static RnnCourse.Tests.Model.ModelRuns;

namespace RnnCourse.Tests.Model;

public sealed class SequenceModelTests
{
    [Fact]
    public void Every_gradient_of_every_cell_agrees_with_central_differences() =>
        AnyModel.Sample(
            m =>
            {
                var model = new SequenceModel<double>(m.Shape, new SeededRandom(m.Seed));
                RandomBatches.Perturb(model, new SeededRandom(m.Seed ^ 1));
                var batch = RandomBatches.Draw(
                    m.Shape,
                    m.Steps,
                    m.BatchSize,
                    m.OneHot,
                    m.Masked,
                    new SeededRandom(m.Seed ^ 2),
                    m.ReadOut
                );
                foreach (var (name, error) in ModelGradientCheck.Check(model, Loss, batch))
                {
                    // If the gradient itself is tiny, only the rounding errors of the differences are visible.
                    Assert.True(
                        error < 1e-7
                            || model.Parameters.Single(p => p.Name == name).Gradient.All(g => Math.Abs(g) < 1e-4),
                        $"{name}: {error}"
                    );
                }
            },
            iter: 150
        );

    [Fact]
    public void Dropout_is_differentiated_too()
    {
        var shape = new ModelShape(CellKind.Gru, 3, 6, 3)
        {
            Layers = 3,
            Bidirectional = true,
            Dropout = 0.4,
        };
        var model = new SequenceModel<double>(shape, new SeededRandom(1));
        var batch = RandomBatches.Draw(shape, 4, 3, oneHot: true, masked: true, new SeededRandom(2));
        Assert.All(
            ModelGradientCheck.Check(model, Loss, batch, dropoutSeed: 5),
            check => Assert.InRange(check.RelativeError, 0, 1e-7)
        );
    }

    [Fact]
    public void Each_layer_drops_other_units()
    {
        var shape = new ModelShape(CellKind.Rnn, 1, 64, 1) { Layers = 3, Dropout = 0.5 };
        var model = new SequenceModel<double>(shape, new SeededRandom(1));
        foreach (var layer in model.Layers.Select(directions => directions[0]))
        {
            // Each unit passes on only its own number, so that a unit is zero if it was dropped anywhere below.
            Array.Clear(layer.W.Values);
            Array.Clear(layer.b.Values);
            for (var i = 0; i < layer.U.Values.Length; i++)
            {
                layer.U.Values[i] = layer.U.Columns == 1 || i % 64 == i / 64 ? 1 : 0;
            }
        }

        model.Forward(RandomBatches.Draw(shape, 1, 1, oneHot: false, masked: false, new SeededRandom(2)), 5);

        int[] dropped = [.. model.Layers.Select(layers => layers[0].States.ToArray().Count(s => s == 0))];
        Assert.Equal(0, dropped[0]);
        Assert.InRange(dropped[1], 16, 48);
        Assert.InRange(dropped[2], dropped[1] + 4, 63);
    }

    [Fact]
    public void A_batch_may_be_larger_or_smaller_than_the_last()
    {
        var shape = new ModelShape(CellKind.Lstm, 3, 5, 2) { Layers = 2, Bidirectional = true };
        var used = new SequenceModel<double>(shape, new SeededRandom(1));
        foreach (var (steps, batchSize) in new[] { (6, 4), (2, 1), (0, 3), (7, 9), (3, 2) })
        {
            var batch = RandomBatches.Draw(shape, steps, batchSize, oneHot: false, masked: true, new SeededRandom(5));
            AssertSame(Run(new SequenceModel<double>(shape, new SeededRandom(1)), batch), Run(used, batch), 0);
        }
    }

    [Fact]
    public void A_training_step_allocates_nothing()
    {
        foreach (var cell in Enum.GetValues<CellKind>())
        {
            var shape = new ModelShape(cell, 5, 12, 3)
            {
                Layers = 2,
                Bidirectional = true,
                Dropout = 0.2,
                LearntStart = true,
            };
            var model = new SequenceModel<double>(shape, new SeededRandom(1));
            var batch = RandomBatches.Draw(shape, 6, 4, oneHot: true, masked: true, new SeededRandom(5));
            void Step()
            {
                model.Forward(batch, dropoutSeed: 1);
                Loss.Compute(batch, model.Scores, model.ScoreGradients, 1);
                model.Backward();
            }

            for (var k = 0; k < 3; k++)
            {
                Step();
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var k = 0; k < 20; k++)
            {
                Step();
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void Unusable_inputs_are_refused()
    {
        var model = new SequenceModel<double>(new ModelShape(CellKind.Rnn, 3, 4, 2), new SeededRandom(1));
        var batch = SequenceBatch.OfSymbols<double>(3);
        batch.Resize(2, 2);
        batch.Symbols[3] = 3;
        Assert.Contains(
            "Step 1 of sequence 1 is symbol 3",
            Assert.Throws<ArgumentException>(() => model.Forward(batch)).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => model.Forward(SequenceBatch.OfValues<double>(4)));
        Assert.Throws<InvalidOperationException>(() =>
            new SequenceModel<double>(model.Shape, new SeededRandom(1)).Backward()
        );
        batch.Symbols[3] = 0;
        model.Forward(batch);
        model.CarryState();
        batch.Resize(2, 3);
        Assert.Contains(
            "2 sequences",
            Assert.Throws<InvalidOperationException>(() => model.Forward(batch)).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<NotSupportedException>(() => new SequenceModel<Half>(model.Shape, new SeededRandom(1)));
    }
}
