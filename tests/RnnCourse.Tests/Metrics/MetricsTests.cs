using RnnCourse.Metrics;
using RnnCourse.Model;

namespace RnnCourse.Tests.Metrics;

public sealed class MetricsTests
{
    [Fact]
    public void Guessing_blindly_among_k_has_perplexity_k_and_log_k_bits()
    {
        Assert.Equal(8, SequenceMetrics.Perplexity(Math.Log(8)), 1e-12);
        Assert.Equal(3, SequenceMetrics.BitsPerCharacter(Math.Log(8)), 1e-12);
    }

    [Fact]
    public void Outputs_that_are_read_are_counted_and_others_not()
    {
        var batch = SequenceBatch.OfSymbols<float>(1);
        batch.Resize(2, 3);
        int[] targets = [0, 1, 2, -1, 1, 0];
        targets.CopyTo(batch.Targets);
        batch.HasMask = true;
        batch.Mask[5] = false;
        float[] scores =
        [
            5,
            0,
            0, /**/
            0,
            1,
            2, /**/
            0,
            0,
            1, /**/
            1,
            0,
            0, /**/
            0,
            9,
            0, /**/
            1,
            0,
            0,
        ];
        var counts = new ConfusionCounts(3);
        SequenceMetrics.Count(batch, scores, counts);
        Assert.Equal((4, 3), (counts.Total, counts.Correct));
        Assert.Equal(0.75, counts.Accuracy);
        Assert.Equal(1, counts[1, 2]);
        Assert.Equal(0.5, counts.Recall(1));
        Assert.Equal(0.5, counts.Precision(2));
        Assert.Throws<ArgumentException>(() => SequenceMetrics.Count(batch, scores.AsSpan(1), counts));
        Assert.Throws<ArgumentOutOfRangeException>(() => counts.Add(3, 0));
        Assert.True(double.IsNaN(new ConfusionCounts(2).Accuracy));
    }
}
