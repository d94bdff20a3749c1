using System.Numerics;
using RnnCourse.Model;

namespace RnnCourse.Losses;

/// <summary>How wrong a model's outputs are, and how that changes with each of them.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>A loss is a sum over the outputs that are read; whoever trains divides by their number
/// (<see cref="CountRead"/>), which for a batch that is worked on in parts only he knows. Outputs that are not read get
/// a gradient of zero.</remarks>
public interface ISequenceLoss<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Counts the outputs that are read: those with a target, at steps that are no padding.</summary>
    /// <param name="batch">The targets and the mask.</param>
    int CountRead(SequenceBatch<T> batch);

    /// <summary>Computes the loss and its gradient.</summary>
    /// <param name="batch">The targets and the mask.</param>
    /// <param name="scores">The outputs, shape (K, outputs), column after column.</param>
    /// <param name="gradients">Where to write the derivative of <paramref name="factor"/> times the loss by each score,
    /// in the same layout.</param>
    /// <param name="factor">What the gradient is multiplied by: 1 for the sum's, 1/<see cref="CountRead"/> for the
    /// mean's.</param>
    /// <returns>The loss, summed over the outputs that are read, without the factor.</returns>
    /// <exception cref="ArgumentException">The batch has no targets of this loss's kind, a target is out of range, or
    /// the buffers' sizes don't fit.</exception>
    double Compute(SequenceBatch<T> batch, ReadOnlySpan<T> scores, Span<T> gradients, double factor);
}
