using RnnCourse.Core;
using RnnCourse.Model;
using RnnCourse.Training;

namespace RnnCourse.Tests.Training;

public sealed class BatchSourceTests
{
    [Fact]
    public void A_stream_is_read_in_pieces_side_by_side_and_the_target_is_the_next_symbol()
    {
        var source = new StreamBatches<float>([.. Enumerable.Range(0, 15)], 15, steps: 3, batchSize: 2);
        Assert.Equal(2, source.BatchesPerEpoch);
        var batch = source.NextBatch(out var anew);
        Assert.True(anew);
        Assert.Equal([0, 7, 1, 8, 2, 9], batch.Symbols.ToArray());
        Assert.Equal([1, 8, 2, 9, 3, 10], batch.Targets.ToArray());
        batch = source.NextBatch(out anew);
        Assert.False(anew);
        Assert.Equal([3, 10, 4, 11, 5, 12], batch.Symbols.ToArray());
        Assert.Equal((0, 2), (source.Position.Epoch, source.Position.Index));
        source.NextBatch(out anew);
        Assert.True(anew);
        Assert.Equal(1, source.Position.Epoch);
    }

    [Fact]
    public void A_stream_that_is_too_short_or_has_a_foreign_symbol_is_refused()
    {
        Assert.Contains(
            "8 are needed",
            Assert.Throws<ArgumentException>(() => new StreamBatches<float>([0, 1, 0, 1, 0, 1, 0], 2, 3, 2)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Symbol 1",
            Assert.Throws<ArgumentException>(() => new StreamBatches<float>([0, 2, 0], 2, 2)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(ReadOut.EveryStep)]
    [InlineData(ReadOut.LastStep)]
    public void Each_epoch_shows_every_sequence_once_in_another_order(ReadOut readOut)
    {
        var sequences = Sequences(23, readOut);
        var source = new ShuffledBatches<double>(sequences, 5, 4, new SeededRandom(1), readOut);
        var orders = new List<string>();
        for (var epoch = 0; epoch < 3; epoch++)
        {
            var seen = new List<string>();
            for (var k = 0; k < source.BatchesPerEpoch; k++)
            {
                var batch = source.NextBatch(out var anew);
                Assert.True(anew);
                for (var n = 0; n < batch.BatchSize; n++)
                {
                    var steps = Enumerable
                        .Range(0, batch.Steps)
                        .Select(t => (t * batch.BatchSize) + n)
                        .Where(column => batch.Mask[column])
                        .ToList();
                    int[] targets =
                        readOut == ReadOut.LastStep
                            ? [batch.Targets[n]]
                            : [.. steps.Select(column => batch.Targets[column])];
                    seen.Add(Write([.. steps.Select(column => batch.Symbols[column])], targets));
                }
            }

            Assert.Equal(epoch, source.Position.Epoch);
            Assert.Equal(
                sequences.Select(s => Write(s.Symbols, s.Targets)).Order(StringComparer.Ordinal),
                seen.Order(StringComparer.Ordinal)
            );
            orders.Add(string.Join(';', seen));
        }

        Assert.Equal(3, orders.Distinct().Count());
    }

    [Fact]
    public void A_position_brings_the_same_batches_back()
    {
        var source = new ShuffledBatches<double>(Sequences(10, ReadOut.EveryStep), 5, 3, new SeededRandom(1));
        var other = new ShuffledBatches<double>(Sequences(10, ReadOut.EveryStep), 5, 3, new SeededRandom(2));
        for (var k = 0; k < 6; k++)
        {
            source.NextBatch(out _);
        }

        other.Position = source.Position;
        for (var k = 0; k < 9; k++)
        {
            Assert.Equal(source.NextBatch(out _).Symbols.ToArray(), other.NextBatch(out _).Symbols.ToArray());
        }

        Assert.Throws<ArgumentException>(() => source.Position = source.Position with { Index = 5 });
    }

    [Fact]
    public void Sequences_with_too_few_targets_are_refused()
    {
        Assert.Contains(
            "Sequence 0",
            Assert
                .Throws<ArgumentException>(() =>
                    new ShuffledBatches<float>([new([1, 2], [1])], 3, 1, new SeededRandom(1))
                )
                .Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => new ShuffledBatches<float>([], 3, 1, new SeededRandom(1)));
    }

    private static List<SymbolSequence> Sequences(int count, ReadOut readOut)
    {
        var random = new SeededRandom(9);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(k =>
                {
                    int[] symbols = [.. Enumerable.Range(0, random.NextIndex(6)).Select(_ => random.NextIndex(5))];
                    return new SymbolSequence(
                        symbols,
                        readOut == ReadOut.LastStep ? [k] : [.. symbols.Select(_ => random.NextIndex(3) - 1)]
                    );
                }),
        ];
    }

    private static string Write(IEnumerable<int> symbols, IEnumerable<int> targets) =>
        $"{string.Join(',', symbols)}>{string.Join(',', targets)}";
}
