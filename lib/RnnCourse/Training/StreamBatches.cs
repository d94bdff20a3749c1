using System.Numerics;
using RnnCourse.Model;

namespace RnnCourse.Training;

/// <summary>Cuts one long stream of symbols into batches: at each step the next symbol is to be predicted.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// The stream is cut into B pieces of equal length, which are read side by side, T symbols in each batch; a sequence of
/// a batch goes on where the same one of the batch before ended, so that states can be carried on (truncated
/// backpropagation through time). After the last full batch the stream starts again; the rest of each piece, at most T
/// symbols, is never read.
/// </remarks>
internal sealed class StreamBatches<T> : IBatchSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int[] _symbols;
    private readonly int _steps,
        _batchSize,
        _pieceLength,
        _batchesPerEpoch;
    private readonly SequenceBatch<T> _batch;
    private long _epoch,
        _index;

    /// <summary>Makes the source.</summary>
    /// <param name="symbols">The stream, length n, each symbol from 0 to D − 1.</param>
    /// <param name="inputSize">D, how many symbols there are.</param>
    /// <param name="steps">T, how many steps a batch has.</param>
    /// <param name="batchSize">B, how many pieces are read side by side.</param>
    /// <exception cref="ArgumentException">The stream is too short for one batch (it needs B·(T + 1) symbols), or a
    /// symbol is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public StreamBatches(IReadOnlyList<int> symbols, int inputSize, int steps, int batchSize = 1)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        _symbols = [.. symbols];
        (_steps, _batchSize) = (steps, batchSize);
        _pieceLength = _symbols.Length / batchSize;
        _batchesPerEpoch = (_pieceLength - 1) / steps;
        if (_batchesPerEpoch < 1)
        {
            throw new ArgumentException(
                $"{_symbols.Length} symbols are too few for {batchSize} sequences of {steps} steps; "
                    + $"{(long)batchSize * (steps + 1)} are needed.",
                nameof(symbols)
            );
        }

        if (Array.FindIndex(_symbols, symbol => symbol < 0 || symbol >= inputSize) is >= 0 and var k)
        {
            throw new ArgumentException(
                $"Symbol {k} of the stream is {_symbols[k]}; symbols are 0 to {inputSize - 1}.",
                nameof(symbols)
            );
        }

        _batch = SequenceBatch.OfSymbols<T>(inputSize);
    }

    /// <summary>How many batches it takes to go through the stream.</summary>
    public int BatchesPerEpoch => _batchesPerEpoch;

    /// <inheritdoc/>
    public BatchPosition Position
    {
        get => new(_epoch, _index, default);
        set
        {
            if (value.Epoch < 0 || value.Index < 0 || value.Index > _batchesPerEpoch)
            {
                throw new ArgumentException(
                    $"Epoch {value.Epoch}, batch {value.Index} is not a position in this stream.",
                    nameof(value)
                );
            }

            (_epoch, _index) = (value.Epoch, value.Index);
        }
    }

    /// <inheritdoc/>
    public SequenceBatch<T> NextBatch(out bool startsAnew)
    {
        if (_index == _batchesPerEpoch)
        {
            (_epoch, _index) = (_epoch + 1, 0);
        }

        startsAnew = _index == 0;
        _batch.Resize(_steps, _batchSize);
        Span<int> inputs = _batch.Symbols,
            targets = _batch.Targets;
        for (var n = 0; n < _batchSize; n++)
        {
            var from = (n * _pieceLength) + ((int)_index * _steps);
            for (var t = 0; t < _steps; t++)
            {
                inputs[(t * _batchSize) + n] = _symbols[from + t];
                targets[(t * _batchSize) + n] = _symbols[from + t + 1];
            }
        }

        _index++;
        return _batch;
    }
}
