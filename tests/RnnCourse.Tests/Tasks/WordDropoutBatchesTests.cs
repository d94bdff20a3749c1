using RnnCourse.Core;
using RnnCourse.Model;
using RnnCourse.Tasks;
using RnnCourse.Training;

namespace RnnCourse.Tests.Tasks;

public sealed class WordDropoutBatchesTests
{
    private const int Unknown = 9;

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.2)]
    [InlineData(0.7)]
    public void The_share_of_words_becomes_unknown_and_padding_stays(double share)
    {
        var (plain, hidden) = (Source(), new WordDropoutBatches(Source(), share, Unknown, seed: 4));
        var (words, unknown, padding) = (0, 0, 0);
        for (var k = 0; k < 200; k++)
        {
            var before = plain.NextBatch(out _).Symbols.ToArray();
            var after = hidden.NextBatch(out _).Symbols.ToArray();
            Assert.Equal(before.Length, after.Length);
            foreach (var (was, now) in before.Zip(after))
            {
                Assert.True(now == was || (now == Unknown && was >= 0), $"{was} became {now}");
                words += was >= 0 ? 1 : 0;
                padding += was < 0 ? 1 : 0;
                unknown += now == Unknown ? 1 : 0;
            }
        }

        Assert.True(padding > 0);
        Assert.InRange(unknown / (double)words, share - 0.03, share + 0.03);
    }

    [Fact]
    public void Others_are_hidden_each_time_and_the_same_ones_at_the_same_position()
    {
        // All have the same length, so that only the draws can make the batches differ.
        var source = new WordDropoutBatches(Source(lengths: 1), 0.5, Unknown, seed: 4);
        var start = source.Position;
        List<int[]> Epochs() => [.. Enumerable.Range(0, 20).Select(k => source.NextBatch(out _).Symbols.ToArray())];

        var first = Epochs();
        source.Position = start;
        Assert.Equal(first, Epochs());

        var hidden = first.Select(symbols => string.Concat(symbols.Select(symbol => symbol == Unknown ? '1' : '0')));
        Assert.Equal(first.Count, hidden.Distinct().Count());
    }

    private static ShuffledBatches<float> Source(int lengths = 3)
    {
        var sequences = Enumerable
            .Range(0, 24)
            .Select(k => Enumerable.Range(0, 15 + (k % lengths)).Select(t => (k + t) % Unknown).ToArray())
            .Select((symbols, k) => new SymbolSequence(symbols, [k % 2]));
        return new([.. sequences], Unknown + 1, 6, new SeededRandom(2), ReadOut.LastStep);
    }
}
