using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Gradients;
using RnnCourse.Losses;
using RnnCourse.Model;

namespace RnnCourse.Tests.Losses;

public sealed class LossTests
{
    public static TheoryData<string> Names => ["softmax", "squares"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_agrees_with_central_differences_and_scales_with_the_factor(string name) =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[1, 4], Gen.Int[1, 5], Gen.Bool, Gen.Enum<ReadOut>(), Gen.ULong)
            .Sample(
                (steps, batchSize, classes, masked, readOut, seed) =>
                {
                    var (loss, batch, scores) = Draw(name, steps, batchSize, classes, masked, readOut, seed);
                    var gradients = new double[scores.Length];
                    loss.Compute(batch, scores, gradients, 0.25);
                    var measured = CentralDifferences.Gradient(
                        () => loss.Compute(batch, scores, new double[scores.Length], 1),
                        scores
                    );
                    for (var k = 0; k < scores.Length; k++)
                    {
                        Assert.Equal(measured[k], 4 * gradients[k], 1e-8);
                    }
                },
                iter: 60
            );

    [Theory]
    [MemberData(nameof(Names))]
    public void Padding_and_outputs_without_a_target_are_not_read(string name)
    {
        var (loss, batch, scores) = Draw(name, 3, 2, 4, masked: false, ReadOut.EveryStep, 1);
        var gradients = new double[scores.Length];
        foreach (ref var target in batch.Targets)
        {
            target = Math.Max(target, 0);
        }

        foreach (ref var target in batch.TargetValues)
        {
            target = double.IsNaN(target) ? 0.5 : target;
        }

        Assert.Equal(6, loss.CountRead(batch));
        var whole = loss.Compute(batch, scores, gradients, 1);
        batch.HasMask = true;
        batch.Mask[4] = false;
        if (batch.TargetSize == 0)
        {
            batch.Targets[1] = -1;
        }
        else
        {
            batch.TargetValues[4] = double.NaN;
        }

        scores.AsSpan(4 * 4, 4).Fill(double.NaN);
        Assert.Equal(4, loss.CountRead(batch));
        var part = loss.Compute(batch, scores, gradients, 1);
        Assert.InRange(part, 0, whole);
        Assert.All(gradients[4..8].Concat(gradients[16..20]), g => Assert.Equal(0, g));
        Assert.Contains(gradients[..4], g => g != 0);
    }

    [Fact]
    public void Softmax_cross_entropy_is_the_cores()
    {
        var (_, batch, scores) = Draw("softmax", 5, 1, 3, masked: false, ReadOut.EveryStep, 3);
        var y = Enumerable
            .Range(0, 5)
            .Select(i => CrossEntropy.Softmax(Vector<double>.Build.Dense(scores[(3 * i)..((3 * i) + 3)])))
            .ToList();
        var targets = batch.Targets.ToArray().Select(t => t < 0 ? null : (int?)t).ToList();
        Assert.Equal(
            CrossEntropy.Loss(y, targets),
            new SoftmaxCrossEntropy<double>().Compute(batch, scores, new double[15], 1),
            1e-14
        );
    }

    [Fact]
    public void Softmax_cross_entropy_stays_finite_where_a_probability_rounds_to_zero()
    {
        var batch = SequenceBatch.OfSymbols<float>(1);
        batch.Resize(1, 1);
        batch.Targets[0] = 0;
        var gradients = new float[2];
        Assert.Equal(1000, new SoftmaxCrossEntropy<float>().Compute(batch, [1000f, 2000f], gradients, 1), 1e-3);
        Assert.Equal([-1f, 1f], gradients);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_score_that_is_NaN_makes_the_loss_NaN_wherever_it_stands(int place)
    {
        var batch = SequenceBatch.OfSymbols<float>(1);
        batch.Resize(1, 1);
        batch.Targets[0] = 1;
        float[] scores = [3, 7, 5];
        scores[place] = float.NaN;
        var gradients = new float[3];
        Assert.True(double.IsNaN(new SoftmaxCrossEntropy<float>().Compute(batch, scores, gradients, 1)));
        Assert.All(gradients, gradient => Assert.True(float.IsNaN(gradient)));
    }

    [Fact]
    public void Squares_and_yes_or_no_by_hand()
    {
        var batch = SequenceBatch.OfSymbols<double>(1, targetSize: 2);
        batch.Resize(1, 1);
        batch.TargetValues[0] = 1;
        batch.TargetValues[1] = 0;
        var gradients = new double[2];
        Assert.Equal((4 + 9) / 2.0, new MeanSquaredError<double>().Compute(batch, [3, -3], gradients, 1), 1e-15);
        Assert.Equal([2, -3], gradients);
    }

    [Fact]
    public void Targets_of_the_wrong_kind_or_range_are_refused()
    {
        var classes = SequenceBatch.OfSymbols<double>(1);
        classes.Resize(1, 1);
        classes.Targets[0] = 2;
        var numbers = SequenceBatch.OfSymbols<double>(1, targetSize: 2);
        numbers.Resize(1, 1);
        numbers.TargetValues.Fill(2);
        var gradients = new double[2];
        Assert.Contains(
            "classes are 0 to 1",
            Assert
                .Throws<ArgumentException>(() =>
                    new SoftmaxCrossEntropy<double>().Compute(classes, [0, 0], gradients, 1)
                )
                .Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => new SoftmaxCrossEntropy<double>().CountRead(numbers));
        Assert.Throws<ArgumentException>(() => new MeanSquaredError<double>().CountRead(classes));
        Assert.Throws<ArgumentException>(() =>
            new MeanSquaredError<double>().Compute(numbers, [0, 0, 0], new double[3], 1)
        );
    }

    private static (ISequenceLoss<double> Loss, SequenceBatch<double> Batch, double[] Scores) Draw(
        string name,
        int steps,
        int batchSize,
        int classes,
        bool masked,
        ReadOut readOut,
        ulong seed
    )
    {
        var random = new SeededRandom(seed);
        ISequenceLoss<double> loss = name switch
        {
            "softmax" => new SoftmaxCrossEntropy<double>(),
            _ => new MeanSquaredError<double>(),
        };
        var batch = SequenceBatch.OfSymbols<double>(1, targetSize: name == "softmax" ? 0 : classes);
        batch.Resize(steps, batchSize, readOut);
        foreach (ref var target in batch.Targets)
        {
            target = random.NextIndex(classes + 1) - 1;
        }

        foreach (ref var target in batch.TargetValues)
        {
            target = random.NextDouble();
        }

        for (var k = 0; k < batch.TargetValues.Length; k += classes)
        {
            if (random.NextIndex(4) == 0)
            {
                batch.TargetValues[k] = double.NaN;
            }
        }

        batch.HasMask = masked;
        if (masked)
        {
            foreach (ref var present in batch.Mask)
            {
                present = random.NextIndex(2) == 0;
            }
        }

        return (
            loss,
            batch,
            [.. Enumerable.Range(0, classes * batch.OutputColumns).Select(_ => 2 * random.NextNormal())]
        );
    }
}
