namespace RnnCourse.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void Runs() => Assert.Equal(13, Datasets.TinySentences.Vocabulary.Count);
}
