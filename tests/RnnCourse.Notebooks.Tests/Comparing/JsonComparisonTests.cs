using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Comparing;

namespace RnnCourse.Notebooks.Tests.Comparing;

public sealed class JsonComparisonTests
{
    private static IReadOnlyList<string> Compare(string old, string now) =>
        JsonComparison.Compare(JsonNode.Parse(old), JsonNode.Parse(now), Tolerance.Usual, text => text);

    private static string Floats(params float[] numbers) =>
        Convert.ToBase64String([.. numbers.SelectMany(BitConverter.GetBytes)]);

    private static string Doubles(params double[] numbers) =>
        Convert.ToBase64String([.. numbers.SelectMany(BitConverter.GetBytes)]);

    [Fact]
    public void Packed_numbers_are_compared_as_numbers()
    {
        Assert.Empty(Compare(Packed(Floats(1, 0.1f)), Packed(Floats(1, MathF.BitIncrement(0.1f)))));
        Assert.Empty(Compare(Changed(Doubles(1e-40, double.NaN)), Changed(Doubles(1e-40 * (1 + 1e-9), double.NaN))));
        Assert.Equal(
            ["v.f32: 1 of 2 numbers differ, the first is 0.100000001 → 0.200000003"],
            Compare(Packed(Floats(1, 0.1f)), Packed(Floats(1, 0.2f)))
        );
        Assert.Equal(["v.f32: 1 → 2 numbers"], Compare(Packed(Floats(1)), Packed(Floats(1, 2))));

        static string Packed(string numbers) => """{"v": {"f32": "…"}}""".Replace("…", numbers);

        static string Changed(string numbers) => """{"0/v/f64": "…"}""".Replace("…", numbers);
    }

    [Theory]
    [InlineData("""{"v": {"f32": "no base 64"}}""", """{"v": {"f32": "no base 65"}}""")]
    [InlineData("""{"v": {"f32": "AAAA"}}""", """{"v": {"f32": "AAAB"}}""")]
    [InlineData("""{"v": {"other": "AACAPw=="}}""", """{"v": {"other": "AQCAPw=="}}""")]
    public void What_holds_no_numbers_is_compared_as_text(string old, string now)
    {
        Assert.Empty(Compare(old, old));
        Assert.NotEmpty(Compare(old, now));
    }
}
