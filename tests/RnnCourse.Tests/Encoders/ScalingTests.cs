using RnnCourse.Encoders;

namespace RnnCourse.Tests.Encoders;

public sealed class ScalingTests
{
    [Fact]
    public void Numbers_get_a_mean_of_0_and_a_spread_of_1_and_come_back()
    {
        double[] values = [1, 2, 3, 10];
        var scaling = Scaling.Learn(values);
        Assert.Equal(0, values.Average(scaling.Apply), 1e-12);
        Assert.Equal(1, values.Average(value => scaling.Apply(value) * scaling.Apply(value)), 1e-12);
        Assert.All(values, value => Assert.Equal(value, scaling.Undo(scaling.Apply(value)), 1e-12));
        Assert.Equal(0, Scaling.Learn([5, 5]).Apply(5));
    }
}
