using System.Numerics;
using RnnCourse.Model;

namespace RnnCourse.Training;

/// <summary>Cuts long sequences that have a target at each step into windows of a few steps: what truncated
/// backpropagation trains on.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>The sequences are read side by side; a sequence of a batch goes on where the same one of the batch before
/// ended, so that states can be carried on. The rest after the last full window is never read. <see
/// cref="StreamBatches{T}"/> does the same where the target is the next symbol.</remarks>
public sealed class WindowBatches<T> : IBatchSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly SymbolSequence[] _sequences;
    private readonly int _steps;
    private readonly SequenceBatch<T> _batch;
    private long _epoch,
        _index;

    /// <summary>Makes the source.</summary>
    /// <param name="sequences">The sequences, B of them, all of the same length n, with n targets each (−1 where an
    /// output is not read).</param>
    /// <param name="inputSize">D, how many symbols there are.</param>
    /// <param name="steps">τ, how many steps a window has; at most n.</param>
    /// <exception cref="ArgumentException">The list is empty, lengths differ or are below <paramref name="steps"/>, a
    /// sequence has not as many targets as symbols, or a symbol is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public WindowBatches(IReadOnlyList<SymbolSequence> sequences, int inputSize, int steps)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (sequences.Count == 0)
        {
            throw new ArgumentException("There are no sequences to learn from; give at least one.", nameof(sequences));
        }

        var length = sequences[0].Symbols.Count;
        for (var m = 0; m < sequences.Count; m++)
        {
            var (symbols, targets) = sequences[m];
            if (symbols.Count != length || targets.Count != length)
            {
                throw new ArgumentException(
                    $"Sequence {m} has {symbols.Count} symbols and {targets.Count} targets; the first has "
                        + $"{length} symbols, and all need as many.",
                    nameof(sequences)
                );
            }

            for (var t = 0; t < length; t++)
            {
                if (symbols[t] < -1 || symbols[t] >= inputSize)
                {
                    throw new ArgumentException(
                        $"Symbol {t} of sequence {m} is {symbols[t]}; symbols are 0 to {inputSize - 1}, or −1 for "
                            + "an input of zeros.",
                        nameof(sequences)
                    );
                }
            }
        }

        if (steps > length)
        {
            throw new ArgumentException(
                $"A window of {steps} steps is longer than the sequences, which have {length}.",
                nameof(steps)
            );
        }

        (_sequences, _steps, BatchesPerEpoch) = ([.. sequences], steps, length / steps);
        _batch = SequenceBatch.OfSymbols<T>(inputSize);
    }

    /// <summary>How many windows it takes to go through the sequences.</summary>
    public int BatchesPerEpoch { get; }

    /// <inheritdoc/>
    public BatchPosition Position
    {
        get => new(_epoch, _index, default);
        set
        {
            if (value.Epoch < 0 || value.Index < 0 || value.Index > BatchesPerEpoch)
            {
                throw new ArgumentException(
                    $"Epoch {value.Epoch}, batch {value.Index} is not a position in these sequences.",
                    nameof(value)
                );
            }

            (_epoch, _index) = (value.Epoch, value.Index);
        }
    }

    /// <inheritdoc/>
    public SequenceBatch<T> NextBatch(out bool startsAnew)
    {
        if (_index == BatchesPerEpoch)
        {
            (_epoch, _index) = (_epoch + 1, 0);
        }

        startsAnew = _index == 0;
        var B = _sequences.Length;
        _batch.Resize(_steps, B);
        Span<int> inputs = _batch.Symbols,
            targets = _batch.Targets;
        var from = (int)_index * _steps;
        for (var m = 0; m < B; m++)
        {
            for (var t = 0; t < _steps; t++)
            {
                inputs[(t * B) + m] = _sequences[m].Symbols[from + t];
                targets[(t * B) + m] = _sequences[m].Targets[from + t];
            }
        }

        _index++;
        return _batch;
    }
}
