using System.Numerics;
using System.Runtime.CompilerServices;
using RnnCourse.Core;
using RnnCourse.Encoders;
using RnnCourse.Model;

namespace RnnCourse.Training;

/// <summary>A sequence of symbols to learn from.</summary>
/// <param name="Symbols">The inputs, length n, each from 0 to D − 1, or −1 for an input of zeros.</param>
/// <param name="Targets">The right classes, length n, or one for the sequence if only the last output is read; −1 where
/// an output is not read.</param>
public sealed record SymbolSequence(IReadOnlyList<int> Symbols, IReadOnlyList<int> Targets);

/// <summary>Makes sources of sequences of vectors.</summary>
public static class ShuffledBatches
{
    /// <summary>Makes a source of sequences of vectors.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="sequences">The sequences, at least one.</param>
    /// <param name="inputSize">D, how many numbers an input has.</param>
    /// <param name="batchSize">B, how many sequences a batch has; the last one of an epoch may have fewer.</param>
    /// <param name="random">Where the order is drawn from.</param>
    /// <param name="readOut">Whether there is a target for each step, or one for each sequence.</param>
    /// <param name="byLength">Whether sequences of like length share a batch (see <see cref="LengthBuckets"/>).</param>
    /// <exception cref="ArgumentException">The list is empty, a sequence has the wrong number or kind of targets, or an
    /// input does not have D numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    internal static ShuffledBatches<T> OfVectors<T>(
        IReadOnlyList<VectorSequence> sequences,
        int inputSize,
        int batchSize,
        SeededRandom random,
        ReadOut readOut = ReadOut.EveryStep,
        bool byLength = false
    )
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var lengths = ShuffledBatches<T>.Lengths(
            sequences,
            sequence => (sequence.Length, sequence.TargetCount),
            readOut
        );
        VectorSequence[] all = [.. sequences];
        for (var k = 0; k < all.Length; k++)
        {
            all[k].RequireFit(k, inputSize, all[0].TargetSize, all[0].HasFeatures);
        }

        return new(
            lengths,
            all[0].NewBatch<T>(inputSize),
            (k, batch, n) => all[k].WriteTo(batch, n),
            batchSize,
            random,
            readOut,
            byLength
        );
    }
}

/// <summary>Separate sequences in an order that is shuffled again in each epoch; shorter ones are padded at their
/// end.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ShuffledBatches<T> : IBatchSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int[] _order,
        _starts,
        _lengths,
        _batchLengths;
    private readonly Action<int, SequenceBatch<T>, int> _fill; // writes a sequence into a batch, as its n-th
    private readonly int _batchSize;
    private readonly bool _byLength;
    private readonly ReadOut _readOut;
    private readonly SeededRandom _random;
    private readonly SequenceBatch<T> _batch;
    private (ulong A, ulong B, ulong C, ulong D) _epochState;
    private long _epoch,
        _index;

    /// <summary>Makes the source of sequences of symbols.</summary>
    /// <param name="sequences">The sequences, at least one.</param>
    /// <param name="inputSize">D, how many symbols there are.</param>
    /// <param name="batchSize">B, how many sequences a batch has; the last one of an epoch may have fewer.</param>
    /// <param name="random">Where the order is drawn from.</param>
    /// <param name="readOut">Whether there is a target for each step, or one for each sequence.</param>
    /// <param name="byLength">Whether sequences of like length share a batch (see <see cref="LengthBuckets"/>).</param>
    /// <exception cref="ArgumentException">The list is empty, or a sequence has the wrong number of
    /// targets.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public ShuffledBatches(
        IReadOnlyList<SymbolSequence> sequences,
        int inputSize,
        int batchSize,
        SeededRandom random,
        ReadOut readOut = ReadOut.EveryStep,
        bool byLength = false
    )
        : this(
            Lengths(sequences, sequence => (sequence.Symbols.Count, sequence.Targets.Count), readOut),
            SequenceBatch.OfSymbols<T>(inputSize),
            Fill([.. sequences]),
            batchSize,
            random,
            readOut,
            byLength
        ) { }

    internal ShuffledBatches(
        int[] lengths,
        SequenceBatch<T> batch,
        Action<int, SequenceBatch<T>, int> fill,
        int batchSize,
        SeededRandom random,
        ReadOut readOut,
        bool byLength
    )
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        (_lengths, _batch, _fill, _random, _readOut, _byLength) = (lengths, batch, fill, random, readOut, byLength);
        _batchSize = Math.Min(batchSize, lengths.Length);
        _order = new int[lengths.Length];
        _starts = new int[BatchesPerEpoch];
        _batchLengths = new int[_batchSize];
        BeginEpoch(0, random.State);
    }

    /// <summary>How many batches it takes to go through all sequences.</summary>
    public int BatchesPerEpoch => (_lengths.Length + _batchSize - 1) / _batchSize;

    /// <inheritdoc/>
    public BatchPosition Position
    {
        get => new(_epoch, _index, _epochState);
        set
        {
            if (value.Epoch < 0 || value.Index < 0 || value.Index > BatchesPerEpoch)
            {
                throw new ArgumentException(
                    $"Epoch {value.Epoch}, batch {value.Index} is not a position in these sequences.",
                    nameof(value)
                );
            }

            BeginEpoch(value.Epoch, value.RandomState);
            _index = value.Index;
        }
    }

    /// <inheritdoc/>
    public SequenceBatch<T> NextBatch(out bool startsAnew)
    {
        startsAnew = true;
        if (_index == BatchesPerEpoch)
        {
            BeginEpoch(_epoch + 1, _random.State);
        }

        var first = _starts[_index];
        var count = Math.Min(_batchSize, _order.Length - first);
        var steps = 0;
        for (var n = 0; n < count; n++)
        {
            _batchLengths[n] = _lengths[_order[first + n]];
            steps = Math.Max(steps, _batchLengths[n]);
        }

        _batch.Resize(steps, count, _readOut);
        for (var n = 0; n < count; n++)
        {
            _fill(_order[first + n], _batch, n);
        }

        _batch.SetLengths(_batchLengths.AsSpan(0, count));
        _index++;
        return _batch;
    }

    private static Action<int, SequenceBatch<T>, int> Fill(SymbolSequence[] sequences) =>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        (k, batch, n) =>
        {
            var (symbols, targets) = (sequences[k].Symbols, sequences[k].Targets);
            for (var t = 0; t < batch.Steps; t++)
            {
                batch.Symbols[(t * batch.BatchSize) + n] = t < symbols.Count ? symbols[t] : Vocabulary.Padding;
            }

            for (var t = 0; t < targets.Count; t++)
            {
                batch.Targets[(t * batch.BatchSize) + n] = targets[t];
            }
        };

    internal static int[] Lengths<TSequence>(
        IReadOnlyList<TSequence> sequences,
        Func<TSequence, (int Length, int Targets)> countsOf,
        ReadOut readOut
    )
    {
        ArgumentNullException.ThrowIfNull(sequences);
        if (sequences.Count == 0)
        {
            throw new ArgumentException("There are no sequences to learn from; give at least one.", nameof(sequences));
        }

        var lengths = new int[sequences.Count];
        for (var k = 0; k < lengths.Length; k++)
        {
            var (length, targets) = countsOf(sequences[k]);
            var needed = readOut == ReadOut.EveryStep ? length : 1;
            if (targets != needed)
            {
                throw new ArgumentException(
                    $"Sequence {k} has {targets} targets; it needs {needed}.",
                    nameof(sequences)
                );
            }

            lengths[k] = length;
        }

        return lengths;
    }

    // Each epoch shuffles the same initial order, so that its order depends on the generator's state alone.
    private void BeginEpoch(long epoch, (ulong A, ulong B, ulong C, ulong D) state)
    {
        (_epoch, _index, _epochState) = (epoch, 0, state);
        _random.State = state;
        if (_byLength)
        {
            LengthBuckets.Draw(_lengths, _batchSize, _random, _order, _starts);
            return;
        }

        for (var k = 0; k < _order.Length; k++)
        {
            _order[k] = k;
        }

        _random.Shuffle<int>(_order);
        for (var k = 0; k < _starts.Length; k++)
        {
            _starts[k] = k * _batchSize;
        }
    }
}
