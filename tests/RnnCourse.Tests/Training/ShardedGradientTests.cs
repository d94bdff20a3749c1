using RnnCourse.Core;
using RnnCourse.Losses;
using RnnCourse.Model;
using RnnCourse.Optimisers;
using RnnCourse.Tests.Model;
using RnnCourse.Training;

namespace RnnCourse.Tests.Training;

public sealed class ShardedGradientTests
{
    public static TheoryData<CellKind> Cells => [.. Enum.GetValues<CellKind>()];

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_bits_are_the_same_for_any_number_of_threads(CellKind cell)
    {
        var shape = new ModelShape(cell, 11, 21, 5)
        {
            Layers = 2,
            Bidirectional = true,
            Dropout = 0.3,
            LearntStart = true,
        };
        var expected = Train(1);
        Assert.Equal(expected, Train(2));
        Assert.Equal(expected, Train(16));

        float[] Train(int threads)
        {
            var model = new SequenceModel<float>(shape, new SeededRandom(1));
            using var gradient = new ShardedGradient<float>(
                model,
                new SoftmaxCrossEntropy<float>(),
                threads,
                shardSize: 4
            );
            var optimiser = new Adam<float>();
            for (var step = 0; step < 4; step++)
            {
                var batch = RandomBatches.ToFloat(
                    RandomBatches.Draw(shape, 9, 23 - step, oneHot: true, masked: true, new SeededRandom(7))
                );
                gradient.Compute(batch, dropoutSeed: (ulong)step);
                optimiser.Step(model.Parameters, 0.01);
            }

            return [.. model.Parameters.SelectMany(p => p.Values)];
        }
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(3, 10)]
    [InlineData(16, 1)]
    [InlineData(16, 16)]
    [InlineData(16, 17)]
    [InlineData(7, 50)]
    public void Shards_give_the_mean_loss_and_gradient_of_the_whole(int shardSize, int batchSize)
    {
        var shape = new ModelShape(CellKind.Gru, 6, 9, 4) { Layers = 2 };
        var loss = new SoftmaxCrossEntropy<double>();
        var batch = RandomBatches.Draw(shape, 5, batchSize, oneHot: false, masked: true, new SeededRandom(3));
        var whole = new SequenceModel<double>(shape, new SeededRandom(1));
        var expected = loss.Compute(batch, whole.Forward(batch), whole.ScoreGradients, 1) / loss.CountRead(batch);
        whole.Backward();
        var model = new SequenceModel<double>(shape, new SeededRandom(1));
        using var gradient = new ShardedGradient<double>(model, loss, threads: 2, shardSize);
        Assert.Equal(expected, gradient.Compute(batch), 1e-12);
        foreach (var (e, a) in whole.Parameters.Zip(model.Parameters))
        {
            for (var k = 0; k < e.Gradient.Length; k++)
            {
                Assert.Equal(e.Gradient[k] / loss.CountRead(batch), a.Gradient[k], 1e-12);
            }
        }
    }

    [Fact]
    public void Carried_states_belong_to_their_sequences()
    {
        var shape = new ModelShape(CellKind.Lstm, 4, 6, 3);
        var whole = RandomBatches.Draw(shape, 6, 5, oneHot: true, masked: false, new SeededRandom(2));
        using var gradient = new ShardedGradient<double>(
            new SequenceModel<double>(shape, new SeededRandom(1)),
            new SoftmaxCrossEntropy<double>(),
            2,
            shardSize: 2
        )
        {
            CarriesState = true,
        };
        var expected = gradient.Compute(whole) * gradient.ReadCount;
        gradient.ResetState();
        var half = SequenceBatch.OfSymbols<double>(4);
        var actual = 0.0;
        for (var k = 0; k < 2; k++)
        {
            half.Resize(3, 5);
            whole.Symbols.Slice(15 * k, 15).CopyTo(half.Symbols);
            whole.Targets.Slice(15 * k, 15).CopyTo(half.Targets);
            actual += gradient.Compute(half) * gradient.ReadCount;
        }

        Assert.Equal(expected, actual, 1e-12);
    }

    [Fact]
    public void Where_no_states_are_restored_the_next_batch_starts_from_zeros()
    {
        var shape = new ModelShape(CellKind.Gru, 4, 6, 3);
        var batch = RandomBatches.Draw(shape, 6, 5, oneHot: true, masked: false, new SeededRandom(2));
        using var gradient = new ShardedGradient<double>(
            new SequenceModel<double>(shape, new SeededRandom(1)),
            new SoftmaxCrossEntropy<double>(),
            2,
            shardSize: 2
        )
        {
            CarriesState = true,
        };
        var first = gradient.Compute(batch);
        Assert.NotEqual(first, gradient.Compute(batch));
        gradient.CarriedState = [];
        Assert.Equal(first, gradient.Compute(batch));
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Memory_grows_linearly_with_the_steps_and_with_the_batch(CellKind cell)
    {
        var (one, two, four) = (Memory(60, 64), Memory(120, 64), Memory(240, 64));
        Assert.InRange((four - two) / (double)(two - one), 1.9, 2.1);
        var (twice, fourTimes) = (Memory(60, 128), Memory(60, 256));
        Assert.InRange(twice / (double)one, 1.5, 2.1);
        Assert.InRange(fourTimes / (double)twice, 1.5, 2.1);

        // Allocated by the first step with a shape; later steps allocate nothing.
        long Memory(int steps, int batchSize)
        {
            var shape = new ModelShape(cell, 11, 24, 5) { Layers = 2 };
            using var gradient = new ShardedGradient<float>(
                new SequenceModel<float>(shape, new SeededRandom(1)),
                new SoftmaxCrossEntropy<float>(),
                threads: 1
            );
            var batch = RandomBatches.ToFloat(
                RandomBatches.Draw(shape, steps, batchSize, oneHot: true, masked: false, new SeededRandom(7))
            );
            var before = GC.GetAllocatedBytesForCurrentThread();
            gradient.Compute(batch);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Steps_allocate_nothing_of_their_own_on_any_thread()
    {
        var shape = new ModelShape(CellKind.Gru, 6, 9, 4);
        var model = new SequenceModel<float>(shape, new SeededRandom(1));
        var loss = new AllocationMeter();
        using var gradient = new ShardedGradient<float>(model, loss, threads: 3, shardSize: 2) { CarriesState = true };
        var optimiser = new Adam<float>();
        var batch = RandomBatches.ToFloat(
            RandomBatches.Draw(shape, 5, 9, oneHot: true, masked: true, new SeededRandom(3))
        );
        for (var k = 0; k < 2000; k++)
        {
            if (k == 200)
            {
                loss.Reset();
            }

            gradient.Compute(batch);
            optimiser.Step(model.Parameters, 0.001);
        }

        Assert.True(loss.Intervals > 1000, $"{loss.Intervals} intervals");
        // Not exactly zero: on a busy machine the runtime allocates a small node for a thread when it first has to
        // wait.
        Assert.True(loss.Allocated < loss.Intervals / 2, $"{loss.Allocated} bytes in {loss.Intervals} intervals");
    }

    /// <summary>A loss that looks, each time a thread calls it, at what that thread has allocated since its last
    /// call.</summary>
    private sealed class AllocationMeter : ISequenceLoss<float>
    {
        private readonly SoftmaxCrossEntropy<float> _loss = new();

        [ThreadStatic]
        private static long? _last;

        private long _allocated,
            _intervals;

        public long Allocated => _allocated;

        public long Intervals => _intervals;

        public void Reset() => (_allocated, _intervals) = (0, 0);

        public int CountRead(SequenceBatch<float> batch) => _loss.CountRead(batch);

        public double Compute(
            SequenceBatch<float> batch,
            ReadOnlySpan<float> scores,
            Span<float> gradients,
            double factor
        )
        {
            var now = GC.GetAllocatedBytesForCurrentThread();
            if (_last is { } last)
            {
                Interlocked.Add(ref _allocated, now - last);
                Interlocked.Increment(ref _intervals);
            }

            var result = _loss.Compute(batch, scores, gradients, factor);
            _last = GC.GetAllocatedBytesForCurrentThread();
            return result;
        }
    }

    [Fact]
    public void A_failure_on_another_core_reaches_the_caller_as_it_is()
    {
        var shape = new ModelShape(CellKind.Rnn, 3, 4, 2);
        using var gradient = new ShardedGradient<double>(
            new SequenceModel<double>(shape, new SeededRandom(1)),
            new SoftmaxCrossEntropy<double>(),
            2,
            shardSize: 1
        );
        var batch = RandomBatches.Draw(shape, 2, 4, oneHot: true, masked: false, new SeededRandom(3));
        batch.Symbols[7] = 9;
        Assert.Contains(
            "symbol 9",
            Assert.Throws<ArgumentException>(() => gradient.Compute(batch)).Message,
            StringComparison.Ordinal
        );
        batch.Symbols[7] = 0;
        Assert.True(double.IsFinite(gradient.Compute(batch)));
    }

    [Theory]
    [InlineData(7, 1)]
    [InlineData(8, 2)]
    [InlineData(32, 2)]
    [InlineData(33, 4)]
    [InlineData(50, 4)]
    [InlineData(65, 8)]
    public void A_batch_is_cut_into_a_power_of_two_of_shards_by_its_size_alone(int batchSize, int shards)
    {
        var shape = new ModelShape(CellKind.Rnn, 4, 3, 3);
        using var gradient = new ShardedGradient<double>(
            new SequenceModel<double>(shape, new SeededRandom(1)),
            new SoftmaxCrossEntropy<double>(),
            threads: 3
        );
        gradient.Compute(RandomBatches.Draw(shape, 2, batchSize, oneHot: true, masked: false, new SeededRandom(2)));
        Assert.Equal(shards, gradient.CarriedState.Count);
    }

    [Fact]
    public void A_batch_without_anything_to_read_has_no_loss_and_no_gradient()
    {
        var shape = new ModelShape(CellKind.Rnn, 3, 4, 2);
        var model = new SequenceModel<double>(shape, new SeededRandom(1));
        using var gradient = new ShardedGradient<double>(model, new SoftmaxCrossEntropy<double>(), 1);
        var batch = SequenceBatch.OfSymbols<double>(3);
        batch.Resize(0, 2);
        Assert.Equal(0, gradient.Compute(batch));
        Assert.All(model.Parameters, p => Assert.All(p.Gradient, g => Assert.Equal(0, g)));
    }
}
