using System.Numerics;
using RnnCourse.Model;

namespace RnnCourse.Training;

/// <summary>Where the batches of a training come from, one after the other, without end.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IBatchSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Where the source is. Set to a value it had, it gives the same batches as then.</summary>
    BatchPosition Position { get; set; }

    /// <summary>Gives the next batch.</summary>
    /// <param name="startsAnew">Whether its sequences have nothing to do with the batch before, so that a carried state
    /// must be reset.</param>
    /// <returns>The batch; the next call may refill the same one.</returns>
    SequenceBatch<T> NextBatch(out bool startsAnew);
}

/// <summary>Where a source of batches is.</summary>
/// <param name="Epoch">How often all data was gone through.</param>
/// <param name="Index">How many batches of this epoch were given.</param>
/// <param name="RandomState">The state that the source's generator had when the epoch began.</param>
public readonly record struct BatchPosition(long Epoch, long Index, (ulong A, ulong B, ulong C, ulong D) RandomState);
