using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.DotNetInteractive.Tests;

[Collection(InteractiveHost.OneAtATime)]
public sealed class DeclaredDifferenceTests
{
    public static TheoryData<string> Names => [.. DeclaredDifference.All.Select(difference => difference.Name)];

    // With more differences, one could no longer say that the course runs on .NET Interactive.
    [Fact]
    public void There_are_at_most_ten() => Assert.InRange(DeclaredDifference.All.Count, 1, 10);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_reproduction_shows_the_difference(string name)
    {
        var difference = DeclaredDifference.All.Single(difference => difference.Name == name);
        Assert.NotEmpty(difference.Reason);
        Directory.SetCurrentDirectory(Path.Combine(Lessons.Root, "notebooks"));
        using var host = new InteractiveHost();
        var output = Assert.Single(await host.RunAsync(difference.Reproduction));
        Assert.True(difference.IsShownBy(output), $"{output}");
    }

    [Fact]
    public void What_is_printed_instead_of_shown_is_expected_as_a_line()
    {
        var control = new DisplayOutput(
            new MimeBundle([
                new("text/plain", new MimeText("radius = 1")),
                new("application/vnd.rnncourse.control+json", new MimeJson(new JsonObject())),
            ])
        );
        var expected = DeclaredDifference.All.Select(difference => difference.Expected(control)).OfType<StreamOutput>();
        Assert.Equal(["radius = 1\n"], expected.Select(line => line.Text));
    }

    [Fact]
    public async Task What_is_undone_is_the_text_of_our_engine()
    {
        using var host = new InteractiveHost();
        var output = Assert.Single(await host.RunAsync("6 * 7.0"));
        var undone = DeclaredDifference.All.Select(difference => difference.Undo(output)).OfType<RichOutput>().First();
        Assert.Equal("42", undone.Data.Text("text/plain"));
    }

    [Theory]
    [InlineData("text/plain", "42")]
    [InlineData("text/html", "<p>42</p>")]
    [InlineData("image/svg+xml", "<svg/>")]
    public void Another_output_is_left_as_it_is(string mimeType, string text) =>
        Assert.All(
            DeclaredDifference.All,
            difference =>
            {
                var output = new ResultOutput(MimeBundle.OfText((mimeType, text)), null);
                Assert.Null(difference.Undo(output));
                Assert.Same(output, difference.Expected(output));
            }
        );

    [Theory]
    [InlineData("Console.Write(\"a\"); Console.Write(\"b\");", "ab")]
    [InlineData("for (var i = 0; i < 3; i++) { Console.WriteLine(i); }", "0\n1\n2\n")]
    public async Task What_a_cell_prints_is_heard(string cell, string expected)
    {
        using var host = new InteractiveHost();
        var printed = (await host.RunAsync(cell)).Cast<StreamOutput>().Select(output => output.Text);
        Assert.Equal(expected, string.Concat(printed));
    }

    [Theory]
    [InlineData("int x = \"a\";", "CS0029")]
    [InlineData("throw new InvalidOperationException(\"not today\");", "not today")]
    public async Task A_cell_that_fails_is_an_error(string cell, string expected)
    {
        using var host = new InteractiveHost();
        Assert.Contains(
            await host.RunAsync(cell),
            output => output is ErrorOutput error && error.Value.Contains(expected, StringComparison.Ordinal)
        );
    }
}
