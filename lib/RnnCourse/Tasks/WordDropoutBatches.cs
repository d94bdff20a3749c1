using RnnCourse.Core;
using RnnCourse.Model;
using RnnCourse.Training;

namespace RnnCourse.Tasks;

/// <summary>Replaces a random share of the words in another source's batches by the unknown word.</summary>
/// <remarks>Which words are hidden follows from the seed and the batch's position alone, so that a resumed training
/// hides the same ones.</remarks>
internal sealed class WordDropoutBatches(IBatchSource<float> inner, double share, int unknown, ulong seed)
    : IBatchSource<float>
{
    private readonly SeededRandom _random = new(0);

    public BatchPosition Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    public SequenceBatch<float> NextBatch(out bool startsAnew)
    {
        var batch = inner.NextBatch(out startsAnew);
        var position = inner.Position;
        _random.Restart(
            unchecked(
                seed + ((ulong)position.Epoch * 0x9E3779B97F4A7C15) + ((ulong)position.Index * 0xD1B54A32D192ED03)
            )
        );
        foreach (ref var symbol in batch.Symbols)
        {
            if (symbol >= 0 && _random.NextDouble() < share)
            {
                symbol = unknown;
            }
        }

        return batch;
    }
}
