using RnnCourse.Encoders;
using RnnCourse.Model;

namespace RnnCourse.Tests.Encoders;

public sealed class MasksTests
{
    [Fact]
    public void A_mask_is_that_of_a_batch_of_these_lengths()
    {
        int[] lengths = [3, 0, 2];
        var batch = SequenceBatch.OfSymbols<float>(1);
        batch.Resize(3, 3);
        batch.SetLengths(lengths);
        Assert.Equal(batch.Mask.ToArray(), Masks.Of(lengths));
        Assert.Equal(
            [true, false, true, true, false, true, true, false, false, false, false, false],
            Masks.Of(lengths, 4)
        );
        Assert.Throws<ArgumentException>(() => Masks.Of(lengths, 2));
        Assert.Empty(Masks.Of([]));
    }
}
