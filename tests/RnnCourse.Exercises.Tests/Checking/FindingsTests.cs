using RnnCourse.Exercises.Checking;

namespace RnnCourse.Exercises.Tests.Checking;

public sealed class FindingsTests
{
    [Theory]
    [InlineData(0, "0 inputs")]
    [InlineData(1, "1 input")]
    [InlineData(2, "2 inputs")]
    public void A_single_thing_is_named_in_the_singular(int count, string words) =>
        Assert.Equal(words, Findings.Counted(count, "input"));

    [Theory]
    [InlineData(0, "not at all")]
    [InlineData(1, "once")]
    [InlineData(2, "twice")]
    [InlineData(3, "3 times")]
    public void How_often_is_said_in_words(int count, string words) => Assert.Equal(words, Findings.Times(count));
}
