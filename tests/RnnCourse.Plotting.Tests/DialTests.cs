namespace RnnCourse.Plotting.Tests;

public sealed class DialTests
{
    [Fact]
    public void A_slider_has_evenly_spaced_values_without_dust_and_begins_at_the_nearest()
    {
        var dial = Dial.Slider("a", 0.1, 0.7, 0.2, 0.49);
        Assert.Equal([0.1, 0.3, 0.5, 0.7], dial.Values);
        Assert.Equal(2, dial.At);
        Assert.Equal("a = 0.5", dial.Shown);
        Assert.Equal([1, 2, 3], Dial.Steps("s", 3).Values);
        Assert.Equal([-1, 0], Dial.Slider("a", -1, 0.9, 1, 0).Values);
    }

    [Fact]
    public void A_choice_has_the_places_of_its_texts()
    {
        var dial = Dial.Choice("kind", "small", "large");
        Assert.Equal([0, 1], dial.Values);
        Assert.Equal("kind = small", dial.Shown);
    }

    [Theory]
    [InlineData(0, 1, 0, 0)]
    [InlineData(0, 1, -0.1, 0)]
    [InlineData(0, 1, 2, 0)]
    [InlineData(1, 0, 0.1, 0)]
    [InlineData(0, 1, 0.0001, 0)]
    [InlineData(0, 1, 0.5, 2)]
    [InlineData(0, 1, 0.5, double.NaN)]
    [InlineData(0, double.NaN, 0.5, 0)]
    [InlineData(double.NegativeInfinity, 0, 0.5, 0)]
    [InlineData(0, double.PositiveInfinity, 0.5, 0)]
    public void A_range_that_can_not_be_is_refused_by_name(double min, double max, double step, double value)
    {
        var refused = Assert.Throws<ArgumentException>(() => Dial.Slider("radius", min, max, step, value));
        Assert.Contains("“radius”", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_and_choices_have_texts()
    {
        Assert.Throws<ArgumentException>(() => Dial.Slider(" ", 0, 1, 0.1, 0));
        Assert.Throws<ArgumentException>(() => Dial.Choice("a"));
        Assert.Throws<ArgumentException>(() => Dial.Choice("a", "b", " "));
        Assert.Throws<ArgumentNullException>(() => Dial.Choice("a", null!));
    }
}
