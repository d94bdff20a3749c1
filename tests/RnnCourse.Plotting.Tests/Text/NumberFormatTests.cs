using CsCheck;
using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Tests.Text;

public sealed class NumberFormatTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1.5, "1.5")]
    [InlineData(-1.23456, "−1.235")]
    [InlineData(121, "121")]
    [InlineData(-123456789, "−123456789")]
    [InlineData(0.000123456, "0.0001235")]
    [InlineData(3.6561584e-5, "3.656e-5")]
    [InlineData(-1e-300, "−1e-300")]
    [InlineData(1234567.5, "1.235e6")]
    [InlineData(1e12, "1e12")]
    [InlineData(double.NaN, "not a number")]
    public void Numbers_in_text_have_four_digits_and_whole_ones_all(double value, string said) =>
        Assert.Equal(said, NumberFormat.Format(value));

    [Theory]
    [InlineData(1000.25, "1000.25")]
    [InlineData(0.30000000000000004, "0.3")]
    [InlineData(-2.5e-7, "−2.5×10⁻⁷")]
    [InlineData(1e8, "10⁸")]
    public void Ticks_have_six_digits_and_powers_of_ten(double value, string said) =>
        Assert.Equal(said, NumberFormat.Tick(value));

    [Theory]
    [InlineData(0.01, "0.01")]
    [InlineData(1000, "1000")]
    [InlineData(1e4, "10⁴")]
    [InlineData(0.001, "0.001")]
    [InlineData(1e-4, "10⁻⁴")]
    [InlineData(2e5, "2×10⁵")]
    public void Ticks_of_a_logarithmic_axis_are_powers_where_they_are_long(double value, string said) =>
        Assert.Equal(said, NumberFormat.LogTick(value));

    [Fact]
    public void Rounding_is_within_six_digits_and_settles() =>
        Gen.Double.Sample(value =>
        {
            if (!double.IsFinite(value) || Math.Abs(value) is > 1e300 or < 1e-290)
            {
                return;
            }

            var rounded = NumberFormat.Round(value);
            Assert.InRange(Math.Abs(rounded - value), 0, Math.Abs(value) * 5.1e-6);
            Assert.Equal(rounded, NumberFormat.Round(rounded));
        });

    [Fact]
    public void Rounding_together_drops_noise_but_keeps_small_values()
    {
        Assert.Equal([1, 0, 8100e-8], NumberFormat.RoundTogether([1, 3e-17, 8100e-8]));
        Assert.Equal([1, 1.235e-6], NumberFormat.RoundTogether([1, 1.234567e-6]));
        Assert.Equal([double.NaN, 0], NumberFormat.RoundTogether([double.NaN, 0]));
        Assert.Equal([1e200, 2e-0 * 0], NumberFormat.RoundTogether([1e200, 2]));
        Assert.Equal([1e-200, -2e-200], NumberFormat.RoundTogether([1e-200, -2e-200]));
        // In a stored figure a negative zero would be "-0" on some machines only.
        Assert.False(double.IsNegative(NumberFormat.RoundTogether([1, -3e-17])[1]));
    }
}
