using RnnCourse.Core;
using RnnCourse.Model;

namespace RnnCourse.Tests.Model;

/// <summary>Batches of random inputs, targets and lengths.</summary>
internal static class RandomBatches
{
    public static SequenceBatch<double> Draw(
        ModelShape shape,
        int steps,
        int batchSize,
        bool oneHot,
        bool masked,
        SeededRandom random,
        ReadOut readOut = ReadOut.EveryStep
    )
    {
        var batch = oneHot
            ? SequenceBatch.OfSymbols<double>(shape.InputSize)
            : SequenceBatch.OfValues<double>(shape.InputSize);
        batch.Resize(steps, batchSize, readOut);
        // −1 means an input of zeros, which is valid
        foreach (ref var symbol in batch.Symbols)
        {
            symbol = random.NextIndex(shape.InputSize + 1) - 1;
        }

        foreach (ref var value in batch.Values)
        {
            value = random.NextNormal();
        }

        foreach (ref var target in batch.Targets)
        {
            target = random.NextIndex(shape.OutputSize + 1) - 1;
        }

        if (!masked)
        {
            return batch;
        }
        // Padding anywhere, not only at the end.
        batch.HasMask = true;
        foreach (ref var present in batch.Mask)
        {
            present = random.NextIndex(3) > 0;
        }

        return batch;
    }

    public static SequenceBatch<float> ToFloat(SequenceBatch<double> batch)
    {
        var copy = batch.IsOneHot
            ? SequenceBatch.OfSymbols<float>(batch.InputSize)
            : SequenceBatch.OfValues<float>(batch.InputSize);
        copy.Resize(batch.Steps, batch.BatchSize, batch.ReadOut);
        batch.Symbols.CopyTo(copy.Symbols);
        for (var k = 0; k < batch.Values.Length; k++)
        {
            copy.Values[k] = (float)batch.Values[k];
        }

        batch.Targets.CopyTo(copy.Targets);
        batch.Mask.CopyTo(copy.Mask);
        copy.HasMask = batch.HasMask;
        return copy;
    }

    /// <summary>Moves every parameter away from zero, biases and starts included, so that no gradient hides.</summary>
    public static void Perturb<T>(SequenceModel<T> model, SeededRandom random)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        foreach (var parameter in model.Parameters)
        {
            foreach (ref var value in parameter.Values.AsSpan())
            {
                value = T.CreateChecked(random.NextUniform(-0.7, 0.7));
            }
        }
    }
}
