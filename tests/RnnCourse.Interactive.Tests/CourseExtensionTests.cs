using Microsoft.DotNet.Interactive.Formatting;
using RnnCourse.DotNetInteractive.Tests;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Interactive.Tests;

/// <summary>The extension of RnnCourse.Interactive on the real kernel.</summary>
[Collection(InteractiveHost.OneAtATime)]
public sealed class CourseExtensionTests : IAsyncLifetime
{
    private static readonly string Libraries = $"""
        #r "{Library("MathNet.Numerics")}"
        #r "{Library("RnnCourse")}"
        #r "{Library("RnnCourse.Exercises")}"
        #r "{Library("RnnCourse.Plotting")}"
        #r "{Library("Plotly.NET")}"
        using MathNet.Numerics.LinearAlgebra;
        using RnnCourse.Exercises;
        using RnnCourse.Plotting;
        """;

    private readonly InteractiveHost _host = new();

    public async ValueTask InitializeAsync()
    {
        await _host.LoadAsync(new CourseExtension());
        Assert.Empty(await _host.RunAsync(Libraries));
    }

    public ValueTask DisposeAsync()
    {
        _host.Dispose();

        // Formatters belong to the whole process.
        Formatter.ResetToDefault();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("Matrix<double>.Build.Dense(2, 3, (i, j) => i + j)", "Matrix 2×3\n0  1  2\n1  2  3")]
    [InlineData("Matrix<float>.Build.SparseIdentity(2)", "Matrix 2×2\n1  0\n0  1")]
    [InlineData("Vector<double>.Build.Dense(3, i => 1.0 / (i + 1))", "Vector 3: [ 1, 0.5, 0.333333 ]")]
    public async Task A_vector_or_matrix_is_a_table_with_its_shape(string cell, string expected)
    {
        var shown = Assert.IsType<ResultOutput>(Assert.Single(await _host.RunAsync(cell))).Data;
        Assert.Equal(["text/html", "text/plain"], shown.MimeTypes);
        Assert.Equal(expected, shown.Text("text/plain"));
        Assert.StartsWith($"<table><caption>{expected.Split('\n', ':')[0]}</caption>", shown.Text("text/html")!);
    }

    [Fact]
    public async Task Without_the_extension_a_matrix_is_a_tree_of_properties()
    {
        Formatter.ResetToDefault();
        var shown = Assert.IsType<ResultOutput>(
            Assert.Single(await _host.RunAsync("Matrix<double>.Build.Dense(2, 3)"))
        );
        Assert.DoesNotContain("<caption>", shown.Data.Text("text/html"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "Figure.Lines(\"a\", \"b\", \"c\", new Series(\"s\", new[] { 1.0, 2 }))",
        "application/vnd.plotly.v1+json"
    )]
    [InlineData("Figure.FoldedNetwork(\"a\")", null)]
    [InlineData(
        "Quiz.Answers(\"06\", first: \"\", second: \"\", third: \"\")",
        "application/vnd.rnncourse.verdict+json"
    )]
    [InlineData(
        "Plotly.NET.GenericChart.ofTraceObject(true, new Plotly.NET.Trace(\"scatter\"))",
        "application/vnd.plotly.v1+json"
    )]
    public async Task Figures_verdicts_and_charts_have_all_their_forms(string cell, string? further)
    {
        var shown = Assert.IsType<ResultOutput>(Assert.Single(await _host.RunAsync(cell))).Data;
        Assert.Equal(
            ((string?[])[further, "text/html", "text/plain"]).Where(type => type is not null),
            shown.MimeTypes
        );
        Assert.DoesNotContain("<script", shown.Text("text/html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hint_is_shown_and_with_more_all_of_them()
    {
        var first = await TextAsync("#!hint 06.1a");
        var all = await TextAsync("#!hint 06.1a --more");
        Assert.NotEmpty(first);
        Assert.StartsWith(first + "\n\n", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_exercise_is_an_error_that_lists_the_exercises()
    {
        var error = Assert.IsType<ErrorOutput>((await _host.RunAsync("#!hint 99.9"))[^1]);
        Assert.Contains("There is no exercise '99.9'", error.Value, StringComparison.Ordinal);
        Assert.Contains("06.1a", error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_is_what_the_record_says()
    {
        var file = Path.GetTempFileName();
        try
        {
            Environment.SetEnvironmentVariable("RNN_PROGRESS", file);
            Assert.Contains("| 06 | 0 of ", await TextAsync("#!progress"), StringComparison.Ordinal);
            await File.WriteAllTextAsync(
                file,
                """{"at":"2026-01-02T03:04:05Z","exercise":"06.1a","verdict":"correct"}""" + "\n",
                TestContext.Current.CancellationToken
            );
            var progress = await TextAsync("#!progress");
            Assert.Contains("| 06 | 1 of ", progress, StringComparison.Ordinal);
            Assert.DoesNotContain("06.1a", progress, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("RNN_PROGRESS", "off");
            File.Delete(file);
        }
    }

    private async Task<string> TextAsync(string cell) =>
        Assert.IsType<DisplayOutput>(Assert.Single(await _host.RunAsync(cell))).Data.Text("text/markdown")!;

    private static string Library(string name) => Path.Combine(AppContext.BaseDirectory, name + ".dll");
}
