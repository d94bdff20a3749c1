using RnnCourse.Model;

namespace RnnCourse.Tests.Model;

public sealed class SequenceBatchTests
{
    [Theory]
    [InlineData(new[] { 1, 3 }, true)]
    [InlineData(new[] { 3, 0 }, true)]
    [InlineData(new[] { 3, 3 }, false)]
    public void Steps_behind_the_end_of_a_sequence_are_masked(int[] lengths, bool hasMask)
    {
        var batch = SequenceBatch.OfSymbols<float>(4);
        batch.Resize(3, lengths.Length);
        batch.SetLengths(lengths);
        Assert.Equal(hasMask, batch.HasMask);
        for (var t = 0; t < batch.Steps; t++)
        {
            for (var n = 0; n < lengths.Length; n++)
            {
                Assert.Equal(t < lengths[n], batch.Mask[(t * batch.BatchSize) + n]);
            }
        }
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        var batch = SequenceBatch.OfSymbols<float>(4);
        batch.Resize(3, 2);
        Assert.Contains(
            "2 sequences but 1 lengths",
            Assert.Throws<ArgumentException>(() => batch.SetLengths([3])).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Sequence 1 has length 4; the batch has 3 steps",
            Assert.Throws<ArgumentException>(() => batch.SetLengths([3, 4])).Message,
            StringComparison.Ordinal
        );
    }
}
