using System.Numerics;
using RnnCourse.Model;

namespace RnnCourse.Training;

/// <summary>An endless source of training batches.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IBatchSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The position of the source. Set it to an earlier value to get the same batches again.</summary>
    BatchPosition Position { get; set; }

    /// <summary>Returns the next batch.</summary>
    /// <param name="startsAnew">Whether its sequences do not continue those of the previous batch, so that a carried
    /// state must be reset.</param>
    /// <returns>The batch; the next call may refill the same one.</returns>
    SequenceBatch<T> NextBatch(out bool startsAnew);
}

/// <summary>A position in a source of batches.</summary>
/// <param name="Epoch">How many times all data has been used.</param>
/// <param name="Index">How many batches of this epoch were returned.</param>
/// <param name="RandomState">The state that the source's generator had when the epoch began.</param>
public readonly record struct BatchPosition(long Epoch, long Index, (ulong A, ulong B, ulong C, ulong D) RandomState);
