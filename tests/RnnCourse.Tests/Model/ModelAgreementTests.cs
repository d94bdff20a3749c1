using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Losses;
using RnnCourse.Model;
using static RnnCourse.Tests.Model.ModelRuns;

namespace RnnCourse.Tests.Model;

/// <summary>The fast model gives what the core, another layout of the same batch, and another precision give.</summary>
public sealed class ModelAgreementTests
{
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
