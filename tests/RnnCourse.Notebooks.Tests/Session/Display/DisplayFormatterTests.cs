using System.Text.Json;
using Microsoft.AspNetCore.Html;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Display;

namespace RnnCourse.Notebooks.Tests.Session.Display;

public sealed class DisplayFormatterTests
{
    public static TheoryData<object?, string> PlainValues =>
        new()
        {
            { 1, "1" },
            { 2.5, "2.5" },
            { true, "True" },
            { "a \"quoted\" <text>", "a \"quoted\" <text>" },
            { null, "<null>" },
            { DayOfWeek.Friday, "Friday" },
            { new[] { 1, 2, 3 }, "[ 1, 2, 3 ]" },
            {
                new double[,]
                {
                    { 1, 2.5 },
                    { -3, 1.0 / 3 },
                },
                "Double[2,2]\n 1       2.5\n-3  0.333333"
            },
        };

    [Theory]
    [MemberData(nameof(PlainValues))]
    public void A_simple_value_is_plain_text_and_nothing_else(object? value, string expected)
    {
        var bundle = DisplayFormatter.Format(value);
        Assert.Equal(["text/plain"], bundle.MimeTypes);
        Assert.Equal(expected, bundle.Text("text/plain"));
    }

    [Fact]
    public void A_record_has_a_table_beside_its_text()
    {
        var bundle = DisplayFormatter.Format(new Point(1, "a<b"));
        Assert.Equal(["text/html", "text/plain"], bundle.MimeTypes);
        Assert.Contains("<td>Name</td>", bundle.Text("text/html"), StringComparison.Ordinal);
        Assert.Contains("a&lt;b", bundle.Text("text/html"), StringComparison.Ordinal);
        Assert.Contains("Name: a<b", bundle.Text("text/plain"), StringComparison.Ordinal);
    }

    [Fact]
    public void Html_brings_no_style_sheet_for_the_whole_page()
    {
        foreach (
            var value in new object[]
            {
                new Point(1, "a"),
                new List<Point> { new(1, "a") },
                new Dictionary<string, int> { ["a"] = 1 },
            }
        )
        {
            var html = DisplayFormatter.Format(value).Text("text/html");
            Assert.NotNull(html);
            Assert.DoesNotContain("<style", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_same_value_gives_the_same_text_each_time()
    {
        object[] values =
        [
            new Point(1, "a"),
            new List<Point> { new(1, "a"), new(2, "b") },
            (1, "two"),
            new { A = 1, B = "x" },
            new InvalidOperationException("no"),
        ];
        foreach (var value in values)
        {
            Assert.Equal(Texts(DisplayFormatter.Format(value)), Texts(DisplayFormatter.Format(value)));
        }
    }

    [Fact]
    public void An_anonymous_type_does_not_show_the_compilers_name_for_it()
    {
        Assert.Equal("{ A = 1, B = x }", DisplayFormatter.Format(new { A = 1, B = "x" }).Text("text/plain"));
    }

    [Fact]
    public void Html_has_its_words_as_plain_text()
    {
        var bundle = DisplayFormatter.Format(new HtmlString("<p>one &amp; <b>two</b></p><script>no()</script>"));
        Assert.Equal("<p>one &amp; <b>two</b></p><script>no()</script>", bundle.Text("text/html"));
        Assert.Equal("one & two", bundle.Text("text/plain"));
    }

    [Fact]
    public void Json_is_stored_as_json()
    {
        var bundle = DisplayFormatter.OfText("""{"data": [1, 2]}""", "application/vnd.plotly.v1+json");
        var json = Assert.IsType<MimeJson>(bundle["application/vnd.plotly.v1+json"]);
        Assert.Equal(2, json.Json!["data"]![1]!.GetValue<int>());
    }

    [Fact]
    public void Text_that_is_not_JSON_is_refused_as_JSON()
    {
        Assert.ThrowsAny<JsonException>(() => DisplayFormatter.OfText("{", "application/json"));
    }

    [Fact]
    public void A_mime_type_can_be_asked_for()
    {
        var bundle = DisplayFormatter.Format(5, "text/html");
        Assert.Equal(["text/html", "text/plain"], bundle.MimeTypes);
    }

    [Fact]
    public void A_large_table_shows_its_shape_its_beginning_and_its_end()
    {
        var lines = DisplayFormatter.Format(new int[100, 50]).Text("text/plain")!.Split('\n');
        Assert.Equal("Int32[100,50]", lines[0]);
        Assert.Equal(21, lines.Length);
        Assert.All(
            lines.Skip(1),
            line => Assert.Equal(12, line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length)
        );
        Assert.StartsWith("…", lines[^3].Trim(), StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Texts(MimeBundle bundle) => bundle.MimeTypes.Select(bundle.Text);

    private sealed record Point(int X, string Name);
}
