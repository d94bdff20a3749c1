using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Tests.Text;

public sealed class SubscriptsTests
{
    [Theory]
    [InlineData("f_4 of x_1, x_2", "f₄ of x₁, x₂")]
    [InlineData("‖s_i − s'_i‖", "‖sᵢ − s'ᵢ‖")]
    [InlineData("s_{i−1} and x_{10}", "sᵢ₋₁ and x₁₀")]
    [InlineData("x_1: they", "x₁: they")]
    public void Symbols_of_the_lecture_get_their_subscripts(string text, string shown) =>
        Assert.Equal(shown, Subscripts.In(text));

    [Theory]
    [InlineData("snake_case and word_1")]
    [InlineData("x_q, x_{q}, x_{}, x_")]
    [InlineData("a_1b, _1, 2_3")]
    public void Other_text_stays_as_it_is(string text) => Assert.Equal(text, Subscripts.In(text));
}
