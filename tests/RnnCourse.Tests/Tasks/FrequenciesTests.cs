using RnnCourse.Tasks;

namespace RnnCourse.Tests.Tasks;

public sealed class FrequenciesTests
{
    [Fact]
    public void Each_class_is_counted_once_more_so_that_none_is_impossible()
    {
        // Counts 2, 1 and 0 in the training part become 3, 2 and 1 of 6; −1 stands for a step without a target.
        var references = Frequencies.On([0, 0, -1, 1], [2, -1, 0], 3, "most frequent");

        Assert.Equal(["most frequent", "guessing"], references.Select(reference => reference.Method));
        Assert.Equal((Math.Log(6) + Math.Log(2)) / 2, references[0].Loss, 1e-12);
        Assert.Equal(Math.Log(3), references[1].Loss, 1e-12);
        Assert.True(double.IsNaN(Frequencies.On([0], [], 3, "most frequent")[0].Loss));
    }
}
