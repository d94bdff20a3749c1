using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Losses;
using RnnCourse.Model;
using RnnCourse.Tests.Gradients;

namespace RnnCourse.Tests.Model;

public sealed class SequenceModelTests
{
    private static readonly SoftmaxCrossEntropy<double> Loss = new();

    private static readonly Gen<(
        ModelShape Shape,
        int Steps,
        int BatchSize,
        bool OneHot,
        bool Masked,
        ReadOut ReadOut,
        ulong Seed
    )> AnyModel =
        from cell in Gen.Enum<CellKind>()
        from sizes in Gen.Select(Gen.Int[1, 5], Gen.Int[1, 9], Gen.Int[2, 4])
        from layers in Gen.Int[1, 3]
        from flags in Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool)
        from steps in Gen.Int[0, 5]
        from batchSize in Gen.Int[1, 5]
        from readOut in Gen.Enum<ReadOut>()
        from seed in Gen.ULong
        select (
            new ModelShape(cell, sizes.Item1, sizes.Item2, sizes.Item3)
            {
                Layers = layers,
                Bidirectional = flags.Item1,
                LearntStart = flags.Item2,
            },
            steps,
            batchSize,
            flags.Item3,
            flags.Item4,
            readOut,
            seed
        );

    [Theory]
    [InlineData(true, 1, 7)]
    [InlineData(false, 1, 7)]
    [InlineData(true, 5, 4)]
    [InlineData(false, 5, 0)]
    [InlineData(false, 3, 1)]
    public void The_rnn_computes_what_the_core_computes(bool oneHot, int batchSize, int steps)
    {
        var shape = new ModelShape(CellKind.Rnn, 6, 19, 5) { LearntStart = true };
        var core = new VanillaRnn(6, 19, 5, new SeededRandom(7));
        var model = new SequenceModel<double>(shape, new SeededRandom(7));
        for (var i = 0; i < 19; i++)
        {
            core.s_0[i] = model.Layers[0][0].s_0!.Values[i] = 0.01 * i;
        }

        var batch = RandomBatches.Draw(shape, steps, batchSize, oneHot, masked: false, new SeededRandom(8));

        var loss = Loss.Compute(batch, model.Forward(batch), model.ScoreGradients, 1);
        model.Backward();

        var coreLoss = 0.0;
        var coreGradients = new Dictionary<string, double[]>();
        for (var n = 0; n < batchSize; n++)
        {
            var (l, gradients) = core.LossAndGradients(Inputs(batch, n), Targets(batch, n));
            coreLoss += l;
            foreach (var (parameter, gradient) in core.Parameters.Zip(gradients))
            {
                coreGradients.TryAdd(parameter.Name, new double[gradient.Length]);
                for (var k = 0; k < gradient.Length; k++)
                {
                    coreGradients[parameter.Name][k] += gradient[k];
                }
            }
        }

        Assert.Equal(coreLoss, loss, 1e-12);
        foreach (var parameter in model.Parameters)
        {
            var expected = coreGradients[parameter.Name[(parameter.Name.LastIndexOf('.') + 1)..]];
            for (var k = 0; k < expected.Length; k++)
            {
                Assert.Equal(expected[k], parameter.Gradient[k], 1e-12);
            }
        }
    }

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
                    // Against a gradient that is itself tiny, the differences' rounding is all that is seen.
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
    public void One_hot_inputs_give_what_the_same_inputs_give_as_vectors() =>
        AnyModel.Sample(
            m =>
            {
                var model = new SequenceModel<double>(m.Shape, new SeededRandom(m.Seed));
                var symbols = RandomBatches.Draw(
                    m.Shape,
                    m.Steps,
                    m.BatchSize,
                    oneHot: true,
                    m.Masked,
                    new SeededRandom(m.Seed),
                    m.ReadOut
                );
                var vectors = SequenceBatch.OfValues<double>(m.Shape.InputSize);
                vectors.Resize(m.Steps, m.BatchSize, m.ReadOut);
                vectors.HasMask = symbols.HasMask;
                symbols.Mask.CopyTo(vectors.Mask);
                symbols.Targets.CopyTo(vectors.Targets);
                vectors.Values.Clear();
                for (var column = 0; column < symbols.Columns; column++)
                {
                    if (symbols.Symbols[column] >= 0)
                    {
                        vectors.Values[(column * m.Shape.InputSize) + symbols.Symbols[column]] = 1;
                    }
                }

                AssertSame(Run(model, symbols), Run(model, vectors), 1e-12);
            },
            iter: 100
        );

    [Fact]
    public void A_padded_sequence_gives_what_it_gives_alone() =>
        AnyModel
            .Where(m => m.Steps > 0)
            .Sample(
                m =>
                {
                    var random = new SeededRandom(m.Seed);
                    var model = new SequenceModel<double>(m.Shape, random);
                    RandomBatches.Perturb(model, random);
                    var batch = RandomBatches.Draw(
                        m.Shape,
                        m.Steps,
                        m.BatchSize,
                        m.OneHot,
                        masked: false,
                        random,
                        m.ReadOut
                    );
                    int[] lengths = [.. Enumerable.Range(0, m.BatchSize).Select(_ => random.NextIndex(m.Steps + 1))];
                    batch.SetLengths(lengths);
                    for (var column = 0; column < batch.Columns; column++)
                    {
                        if (!batch.Mask[column] && !m.OneHot)
                        {
                            batch.Values.Slice(column * m.Shape.InputSize, m.Shape.InputSize).Fill(double.NaN);
                        }
                    }

                    var (loss, _, gradients) = Run(model, batch);

                    var alone = SequenceBatch.OfSymbols<double>(m.Shape.InputSize);
                    if (!m.OneHot)
                    {
                        alone = SequenceBatch.OfValues<double>(m.Shape.InputSize);
                    }

                    var sum = model.Parameters.Select(p => new double[p.Values.Length]).ToArray();
                    var sumLoss = 0.0;
                    for (var n = 0; n < m.BatchSize; n++)
                    {
                        alone.Resize(lengths[n], 1, m.ReadOut);
                        for (var t = 0; t < lengths[n]; t++)
                        {
                            var column = (t * m.BatchSize) + n;
                            if (m.OneHot)
                            {
                                alone.Symbols[t] = batch.Symbols[column];
                            }
                            else
                            {
                                batch
                                    .Values.Slice(column * m.Shape.InputSize, m.Shape.InputSize)
                                    .CopyTo(alone.Values[(t * m.Shape.InputSize)..]);
                            }

                            if (m.ReadOut == ReadOut.EveryStep)
                            {
                                alone.Targets[t] = batch.Targets[column];
                            }
                        }

                        if (m.ReadOut == ReadOut.LastStep)
                        {
                            alone.Targets[0] = batch.Targets[n];
                        }

                        var (l, _, g) = Run(model, alone);
                        sumLoss += l;
                        for (var p = 0; p < sum.Length; p++)
                        {
                            for (var k = 0; k < sum[p].Length; k++)
                            {
                                sum[p][k] += g[p][k];
                            }
                        }
                    }

                    AssertSame((sumLoss, [], sum), (loss, [], gradients), 1e-11);
                },
                iter: 150
            );

    [Fact]
    public void Single_precision_agrees_with_double_precision() =>
        AnyModel.Sample(
            m =>
            {
                var random = new SeededRandom(m.Seed);
                var model = new SequenceModel<double>(m.Shape, random);
                RandomBatches.Perturb(model, random);
                var single = new SequenceModel<float>(m.Shape, random);
                foreach (var (from, to) in model.Parameters.Zip(single.Parameters))
                {
                    for (var k = 0; k < from.Values.Length; k++)
                    {
                        to.Values[k] = (float)from.Values[k];
                    }
                }

                var batch = RandomBatches.Draw(m.Shape, m.Steps, m.BatchSize, m.OneHot, m.Masked, random, m.ReadOut);
                var (loss, scores, gradients) = Run(model, batch);
                var batchOfFloats = RandomBatches.ToFloat(batch);
                var singleLoss = new SoftmaxCrossEntropy<float>().Compute(
                    batchOfFloats,
                    single.Forward(batchOfFloats),
                    single.ScoreGradients,
                    1
                );
                single.Backward();
                AssertSame(
                    (loss, scores, gradients),
                    (singleLoss, Doubles(single.Scores), [.. single.Parameters.Select(p => Doubles(p.Gradient))]),
                    1e-4
                );
            },
            iter: 100
        );

    [Fact]
    public void Two_halves_with_carried_state_give_the_outputs_of_the_whole()
    {
        foreach (var cell in Enum.GetValues<CellKind>())
        {
            var shape = new ModelShape(cell, 4, 7, 3) { Layers = 2 };
            var model = new SequenceModel<double>(shape, new SeededRandom(3));
            var whole = RandomBatches.Draw(shape, 8, 3, oneHot: true, masked: true, new SeededRandom(4));
            var expected = model.Forward(whole).ToArray();
            var half = SequenceBatch.OfSymbols<double>(4);
            var actual = new List<double>();
            for (var k = 0; k < 2; k++)
            {
                half.Resize(4, 3);
                half.HasMask = true;
                whole.Symbols.Slice(k * 12, 12).CopyTo(half.Symbols);
                whole.Mask.Slice(k * 12, 12).CopyTo(half.Mask);
                actual.AddRange(model.Forward(half));
                model.CarryState();
            }

            Assert.Equal(expected, actual);
            model.ResetState();
            whole.CopySequences(0, 3, half);
            Assert.Equal(expected, model.Forward(half).ToArray());
        }
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

    private static (double Loss, double[] Scores, double[][] Gradients) Run(
        SequenceModel<double> model,
        SequenceBatch<double> batch
    )
    {
        var loss = Loss.Compute(batch, model.Forward(batch), model.ScoreGradients, 1);
        model.Backward();
        return (loss, model.Scores.ToArray(), [.. model.Parameters.Select(p => (double[])p.Gradient.Clone())]);
    }

    private static void AssertSame(
        (double Loss, double[] Scores, double[][] Gradients) expected,
        (double Loss, double[] Scores, double[][] Gradients) actual,
        double tolerance
    )
    {
        AssertClose([expected.Loss], [actual.Loss], tolerance);
        AssertClose(expected.Scores, actual.Scores, tolerance);
        foreach (var (e, a) in expected.Gradients.Zip(actual.Gradients))
        {
            AssertClose(e, a, tolerance);
        }
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var k = 0; k < expected.Length; k++)
        {
            Assert.True(
                Math.Abs(expected[k] - actual[k]) <= tolerance * Math.Max(1, Math.Abs(expected[k])),
                $"[{k}]: {expected[k]} and {actual[k]}"
            );
        }
    }

    private static double[] Doubles(ReadOnlySpan<float> values)
    {
        var doubles = new double[values.Length];
        for (var k = 0; k < values.Length; k++)
        {
            doubles[k] = values[k];
        }

        return doubles;
    }

    private static List<Vector<double>> Inputs(SequenceBatch<double> batch, int n)
    {
        var x = new List<Vector<double>>();
        for (var t = 0; t < batch.Steps; t++)
        {
            var column = (t * batch.BatchSize) + n;
            var x_i = Vector<double>.Build.Dense(batch.InputSize);
            if (!batch.IsOneHot)
            {
                x_i.SetValues(batch.Values.Slice(column * batch.InputSize, batch.InputSize).ToArray());
            }
            else if (batch.Symbols[column] >= 0)
            {
                x_i[batch.Symbols[column]] = 1;
            }

            x.Add(x_i);
        }

        return x;
    }

    private static List<int?> Targets(SequenceBatch<double> batch, int n)
    {
        var targets = new List<int?>();
        for (var t = 0; t < batch.Steps; t++)
        {
            targets.Add(batch.Targets[(t * batch.BatchSize) + n] is >= 0 and var target ? target : null);
        }

        return targets;
    }
}
