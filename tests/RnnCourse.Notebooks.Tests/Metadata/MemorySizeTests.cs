using RnnCourse.Notebooks.Metadata;

namespace RnnCourse.Notebooks.Tests.Metadata;

public sealed class MemorySizeTests
{
    [Theory]
    [InlineData(1L << 30, "1 GB")]
    [InlineData((1L << 30) - (1L << 20), "1023 MB")]
    [InlineData(3L << 29, "1.5 GB")]
    [InlineData(300L << 20, "300 MB")]
    [InlineData(0, "0 MB")]
    public void An_amount_is_written_in_the_largest_unit_that_it_fills(long bytes, string text) =>
        Assert.Equal(text, MemorySize.Describe(bytes));
}
