using RnnCourse.Training;

namespace RnnCourse.Tests.Training;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void Each_schedule_takes_its_values()
    {
        Assert.Equal([0.5, 0.5], At(new ConstantRate(0.5), 0, 999));
        Assert.Equal(
            [1, 0.55, 0.1, 0.1, 0.1],
            At(new CosineDecay(1, 100, 0.1), 0, 50, 100, 150, 200).Select(rate => Math.Round(rate, 12))
        );
        Assert.Equal(
            [0.25, 0.5, 1, 1, 0.5, 0],
            At(new WarmUp(4, new CosineDecay(1, 2)), 0, 1, 3, 4, 5, 6).Select(rate => Math.Round(rate, 12))
        );
    }

    [Fact]
    public void Invalid_settings_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantRate(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantRate(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineDecay(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmUp(0, new ConstantRate(1)));
    }

    private static double[] At(LearningRateSchedule schedule, params long[] steps) => [.. steps.Select(schedule.At)];
}
