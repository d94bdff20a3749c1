using System.Numerics;
using RnnCourse.Blas;
using RnnCourse.Losses;
using RnnCourse.Model;

namespace RnnCourse.Training;

/// <summary>Computes the loss and the gradients of a batch on several cores, with the same bits for any number of
/// cores.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// The batch is cut into shards of sequences; their number is a power of two. The cut depends on the batch's size
/// alone, never on the number of threads. Each shard runs forward and backward through all its steps on one core,
/// without waiting for another, on a twin of the model. Then the gradients are summed in the order of the shards.
/// </remarks>
public sealed class ShardedGradient<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The most sequences in a shard, by default: enough for a product to run at full speed.</summary>
    internal const int DefaultShardSize = 16;

    private const int MinToShare = 8;

    private readonly SequenceModel<T> _model;
    private readonly ISequenceLoss<T> _loss;
    private readonly int _shardSize,
        _threads;
    private readonly long _parameterCount;
    private readonly Action<int> _computeShard,
        _sumParameter;
    private readonly List<Shard> _shards = [];
    private SequenceBatch<T> _batch = null!;
    private ulong? _dropoutSeed;
    private double _factor;
    private int _shardCount;

    /// <summary>Prepares a model for training on several cores.</summary>
    /// <param name="model">The model; the first shard works on the model itself, the others on twins.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="threads">How many cores to use; 0 for all.</param>
    /// <param name="shardSize">The most sequences in a shard; another number changes only the rounding of sums.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative, or <paramref
    /// name="shardSize"/> below 1.</exception>
    public ShardedGradient(
        SequenceModel<T> model,
        ISequenceLoss<T> loss,
        int threads = 0,
        int shardSize = DefaultShardSize
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(shardSize, 1);
        (_model, _loss, _shardSize) = (model, loss, shardSize);
        _threads = threads == 0 ? Environment.ProcessorCount : threads;
        _parameterCount = model.ParameterCount;
        _computeShard = ComputeShard;
        _sumParameter = SumParameter;
    }

    /// <summary>Whether the states in which a batch ends are where the next one starts (truncated backpropagation
    /// through time).</summary>
    internal bool CarriesState { get; set; }

    /// <summary>How many outputs of the last batch were read.</summary>
    internal int ReadCount { get; private set; }

    /// <summary>Computes the mean loss over the outputs that are read, and its derivative by every parameter of the
    /// model.</summary>
    /// <param name="batch">The inputs and targets.</param>
    /// <param name="dropoutSeed">The seed of this step's dropout; null for no dropout.</param>
    /// <returns>The mean loss; 0 if no output is read.</returns>
    /// <exception cref="ArgumentException">The batch does not fit the model or the loss.</exception>
    public double Compute(SequenceBatch<T> batch, ulong? dropoutSeed = null)
    {
        Prepare(batch, dropoutSeed);
        BlasThreads.Run(_shardCount, _threads, _computeShard);
        if (_shardCount > 1)
        {
            SumGradients();
        }

        var loss = 0.0;
        for (var s = 0; s < _shardCount; s++)
        {
            loss += _shards[s].Loss;
        }

        return ReadCount == 0 ? 0 : loss / ReadCount;
    }

    /// <summary>Makes the next batch start from zeros, or from the learnt states.</summary>
    public void ResetState()
    {
        foreach (var shard in _shards)
        {
            shard.Model.ResetState();
        }
    }

    /// <summary>The states that the next batch starts from: for each shard its states, each of shape (H, B of the
    /// shard) (see <see cref="SequenceModel{T}.CarriedState"/>).</summary>
    public IReadOnlyList<IReadOnlyList<T[]>> CarriedState
    {
        get => [.. _shards.Select(shard => shard.Model.CarriedState)];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            AddShards(value.Count);
            ResetState();
            for (var s = 0; s < value.Count; s++)
            {
                _shards[s].Model.CarriedState = value[s];
            }
        }
    }

    /// <summary>Does nothing today: the worker threads belong to the process and are shared.</summary>
    public void Dispose() { }

    private void Prepare(SequenceBatch<T> batch, ulong? dropoutSeed)
    {
        ArgumentNullException.ThrowIfNull(batch);
        (_batch, _dropoutSeed) = (batch, dropoutSeed);
        ReadCount = _loss.CountRead(batch);
        _factor = ReadCount == 0 ? 0 : 1.0 / ReadCount;
        _shardCount = ShardsFor(batch.BatchSize);
        AddShards(_shardCount);
    }

    // A power of two, so that two, four or eight cores get equally many shards. A batch that fits one shard is cut in
    // two, unless it is very small.
    private int ShardsFor(int batchSize)
    {
        var least = (int)BitOperations.RoundUpToPowerOf2((uint)((batchSize + _shardSize - 1) / _shardSize));
        return Math.Min(least == 1 && batchSize >= MinToShare ? 2 : least, batchSize);
    }

    private void AddShards(int count)
    {
        while (_shards.Count < count)
        {
            _shards.Add(new(_shards.Count == 0 ? _model : _model.Twin()));
        }
    }

    private void ComputeShard(int s)
    {
        // The large products of a single shard may use the other cores.
        using var oneCore = _shardCount > 1 || _threads == 1 ? BlasThreads.Sequential() : default;
        var shard = _shards[s];
        var batch = _batch;
        if (_shardCount > 1)
        {
            // Sizes differ by one at most, so that no core waits long for another.
            var first = (int)((long)s * batch.BatchSize / _shardCount);
            var end = (int)((s + 1L) * batch.BatchSize / _shardCount);
            shard.Batch ??= batch.NewLike();
            batch.CopySequences(first, end - first, shard.Batch);
            batch = shard.Batch;
        }

        var model = shard.Model;
        model.Forward(batch, _dropoutSeed is { } seed ? unchecked(seed + ((ulong)s << 32)) : null);
        shard.Loss = _loss.Compute(batch, model.Scores, model.ScoreGradients, _factor);
        model.Backward();
        if (CarriesState)
        {
            model.CarryState();
        }
    }

    private void SumGradients()
    {
        // A sum that takes a few microseconds is not worth waking other cores.
        if (_parameterCount * _shardCount > 1 << 17)
        {
            BlasThreads.Run(_model.Parameters.Count, _threads, _sumParameter);
        }
        else
        {
            for (var p = 0; p < _model.Parameters.Count; p++)
            {
                SumParameter(p);
            }
        }
    }

    private void SumParameter(int p)
    {
        var sum = _model.Parameters[p].Gradient;
        for (var s = 1; s < _shardCount; s++)
        {
            ColumnMajor.Add(_shards[s].Model.Parameters[p].Gradient, sum);
        }
    }

    private sealed class Shard(SequenceModel<T> model)
    {
        public SequenceModel<T> Model { get; } = model;

        public SequenceBatch<T>? Batch { get; set; }

        public double Loss { get; set; }
    }
}
