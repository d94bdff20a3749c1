namespace RnnCourse.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void Runs() => Assert.Equal(13, RnnCourse.Datasets.TinySentences.Vocabulary.Count);
}
