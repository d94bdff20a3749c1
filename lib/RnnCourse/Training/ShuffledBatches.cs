using System.Numerics;
using RnnCourse.Core;
using RnnCourse.Model;

namespace RnnCourse.Training;

/// <summary>A sequence of symbols to learn from.</summary>
/// <param name="Symbols">The inputs, length n, each from 0 to D − 1, or −1 for an input of zeros.</param>
/// <param name="Targets">The right classes, length n, or one for the sequence if only the last output is read; −1 where an output is not read.</param>
public sealed record SymbolSequence(IReadOnlyList<int> Symbols, IReadOnlyList<int> Targets);

/// <summary>Separate sequences in an order that is shuffled anew in each epoch; shorter ones are padded at their end.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ShuffledBatches<T> : IBatchSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly SymbolSequence[] _sequences;
    private readonly int[] _order, _lengths;
    private readonly int _batchSize;
    private readonly ReadOut _readOut;
    private readonly SeededRandom _random;
    private readonly SequenceBatch<T> _batch;
    private (ulong A, ulong B, ulong C, ulong D) _epochState;
    private long _epoch, _index;

    /// <summary>Makes the source.</summary>
    /// <param name="sequences">The sequences, at least one.</param>
    /// <param name="inputSize">D, how many symbols there are.</param>
    /// <param name="batchSize">B, how many sequences a batch has; the last one of an epoch may have fewer.</param>
    /// <param name="random">Where the order is drawn from.</param>
    /// <param name="readOut">Whether there is a target for each step, or one for each sequence.</param>
    /// <exception cref="ArgumentException">There is no sequence, or one has not as many targets as it needs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public ShuffledBatches(
        IReadOnlyList<SymbolSequence> sequences, int inputSize, int batchSize, SeededRandom random, ReadOut readOut = ReadOut.EveryStep)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (sequences.Count == 0) throw new ArgumentException("There is no sequence to learn from.", nameof(sequences));
        for (var k = 0; k < sequences.Count; k++)
        {
            var needed = readOut == ReadOut.EveryStep ? sequences[k].Symbols.Count : 1;
            if (sequences[k].Targets.Count != needed)
                throw new ArgumentException($"Sequence {k} has {sequences[k].Targets.Count} targets; it needs {needed}.", nameof(sequences));
        }

        _sequences = [.. sequences];
        (_batchSize, _readOut, _random) = (Math.Min(batchSize, _sequences.Length), readOut, random);
        _order = new int[_sequences.Length];
        _lengths = new int[_batchSize];
        _batch = SequenceBatch.OfSymbols<T>(inputSize);
        BeginEpoch(0, random.State);
    }

    /// <summary>How many batches it takes to go through all sequences.</summary>
    public int BatchesPerEpoch => (_sequences.Length + _batchSize - 1) / _batchSize;

    /// <inheritdoc/>
    public BatchPosition Position
    {
        get => new(_epoch, _index, _epochState);
        set
        {
            if (value.Epoch < 0 || value.Index < 0 || value.Index > BatchesPerEpoch)
                throw new ArgumentException($"Epoch {value.Epoch}, batch {value.Index} is no position in these sequences.", nameof(value));
            BeginEpoch(value.Epoch, value.RandomState);
            _index = value.Index;
        }
    }

    /// <inheritdoc/>
    public SequenceBatch<T> NextBatch(out bool startsAnew)
    {
        startsAnew = true;
        if (_index == BatchesPerEpoch) BeginEpoch(_epoch + 1, _random.State);
        var first = (int)_index * _batchSize;
        var count = Math.Min(_batchSize, _sequences.Length - first);
        var steps = 0;
        for (var n = 0; n < count; n++)
        {
            _lengths[n] = _sequences[_order[first + n]].Symbols.Count;
            steps = Math.Max(steps, _lengths[n]);
        }

        _batch.Resize(steps, count, _readOut);
        for (var n = 0; n < count; n++) Copy(_sequences[_order[first + n]], n, count);
        _batch.SetLengths(_lengths.AsSpan(0, count));
        _index++;
        return _batch;
    }

    private void Copy(SymbolSequence sequence, int n, int batchSize)
    {
        Span<int> symbols = _batch.Symbols, targets = _batch.Targets;
        for (var t = 0; t < _batch.Steps; t++)
            symbols[(t * batchSize) + n] = t < sequence.Symbols.Count ? sequence.Symbols[t] : -1;
        if (_readOut == ReadOut.LastStep) targets[n] = sequence.Targets[0];
        else
            for (var t = 0; t < sequence.Targets.Count; t++) targets[(t * batchSize) + n] = sequence.Targets[t];
    }

    // Each epoch shuffles the same starting order, so that its order follows from the generator's state alone.
    private void BeginEpoch(long epoch, (ulong A, ulong B, ulong C, ulong D) state)
    {
        (_epoch, _index, _epochState) = (epoch, 0, state);
        _random.State = state;
        for (var k = 0; k < _order.Length; k++) _order[k] = k;
        _random.Shuffle<int>(_order);
    }
}
