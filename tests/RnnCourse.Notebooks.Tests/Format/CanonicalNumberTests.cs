using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Tests.Format;

public sealed class CanonicalNumberTests
{
    private static string Written(string number)
    {
        var text = NotebookWriter.ToText(
            new Notebook
            {
                Cells = [],
                Metadata = new JsonObject { ["n"] = JsonNode.Parse(number) },
            }
        );
        var start = text.IndexOf("\"n\": ", StringComparison.Ordinal) + 5;
        return text[start..text.IndexOf('\n', start)];
    }

    [Theory] // the right side is what Python's json.dumps writes
    [InlineData("0", "0")]
    [InlineData("-12", "-12")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("1.50", "1.5")]
    [InlineData("0.0", "0.0")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("1e3", "1000.0")]
    [InlineData("7.7E-05", "7.7e-05")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("0.00012345", "0.00012345")]
    [InlineData("1E-300", "1e-300")]
    [InlineData("1e15", "1000000000000000.0")]
    [InlineData("1.5e16", "1.5e+16")]
    [InlineData("1234567890123456.7", "1234567890123456.8")]
    [InlineData("0.1", "0.1")]
    [InlineData("-2.718281828459045", "-2.718281828459045")]
    public void Numbers_look_as_in_Jupyter(string number, string expected) => Assert.Equal(expected, Written(number));

    [Fact]
    public void Every_number_keeps_its_value_and_its_form_is_stable() =>
        Gen
            .Double.Where(double.IsFinite)
            .Sample(value =>
            {
                var once = Written(value.ToString("R", CultureInfo.InvariantCulture));
                return double.Parse(once, CultureInfo.InvariantCulture).Equals(value) && Written(once) == once;
            });
}
