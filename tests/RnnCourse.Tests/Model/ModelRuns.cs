using CsCheck;
using RnnCourse.Losses;
using RnnCourse.Model;

namespace RnnCourse.Tests.Model;

/// <summary>Random models, and runs of them that can be compared.</summary>
internal static class ModelRuns
{
    public static readonly SoftmaxCrossEntropy<double> Loss = new();

    public static readonly Gen<(
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

    public static (double Loss, double[] Scores, double[][] Gradients) Run(
        SequenceModel<double> model,
        SequenceBatch<double> batch
    )
    {
        var loss = Loss.Compute(batch, model.Forward(batch), model.ScoreGradients, 1);
        model.Backward();
        return (loss, model.Scores.ToArray(), [.. model.Parameters.Select(p => (double[])p.Gradient.Clone())]);
    }

    public static void AssertSame(
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

    public static void AssertClose(double[] expected, double[] actual, double tolerance)
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
}
