using System.Text.Json.Nodes;
using RnnCourse.Cli.Run;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Tests.Run;

public sealed class VerdictTests : IDisposable
{
    private const string Wrong = """
        {"exercise": "06.1a", "title": "one step", "anchor": "cell-exercise-1a", "verdict": "not yet",
         "message": "The shape is wrong.\nMore.", "hints": ["Look at W.", "Look harder."]}
        """;

    private readonly Rnn _rnn = new();

    public void Dispose() => _rnn.Dispose();

    [Theory]
    [InlineData(
        Wrong,
        "✗ exercise 06.1a, one step: not yet. The shape is wrong.|  Hint: Look at W.|  p.html#cell-exercise-1a"
    )]
    [InlineData(
        """{"exercise": "06.1a", "title": "one step", "verdict": "correct", "hints": []}""",
        "✓ exercise 06.1a, one step: correct"
    )]
    [InlineData(
        """
            {"quiz": "06", "anchor": "q", "verdict": "not yet",
             "answers": [{"verdict": "correct"}, {"verdict": "not this one", "message": "Think."}]}
            """,
        "✗ quiz 06: not yet. Question 2: Think.|  p.html#q"
    )]
    [InlineData("""{"quiz": "06", "verdict": "not attempted"}""", "· quiz 06: not attempted")]
    [InlineData("""{"verdict": "correct"}""", null)]
    [InlineData("""{"exercise": 6, "verdict": ["correct"]}""", null)]
    [InlineData("""{"exercise": "06.1a", "verdict": "splendid"}""", null)]
    [InlineData("[1]", null)]
    public void A_verdict_is_read_from_its_JSON_and_from_nothing_else(string json, string? lines)
    {
        var data = new MimeBundle([
            KeyValuePair.Create<string, MimeValue>("text/plain", new MimeText("✓ Exercise 06.1a: correct")),
            KeyValuePair.Create<string, MimeValue>(
                "application/vnd.rnncourse.verdict+json",
                new MimeJson(JsonNode.Parse(json))
            ),
        ]);
        var cell = new CodeCell
        {
            Id = "c",
            Source = "x",
            Outputs = [new ResultOutput(data, 1)],
        };

        var verdict = Verdict.Of(cell);

        Assert.Equal(lines, verdict is null ? null : string.Join('|', verdict.Describe("p.html")));
    }

    [Fact]
    public async Task A_run_says_what_the_checks_found_and_so_does_the_index()
    {
        _rnn.Write(
            "06-a.ipynb",
            $"\"\"\"{Wrong}\"\"\".DisplayAs(\"application/vnd.rnncourse.verdict+json\");".ReplaceLineEndings(" ")
        );
        var result = await _rnn.RunAsync("run", Path.Combine("notebooks", "06-a.ipynb"));

        Assert.Contains(
            "06-a: 0 of 1 correct, 1 not yet\n  ✗ exercise 06.1a, one step: not yet. The shape is wrong.\n"
                + $"    Hint: Look at W.\n    {Path.Combine("artifacts", "course", "06-a.html")}#cell-exercise-1a\n",
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "<p>Exercises: 0 of 1 correct, 1 not yet.</p>",
            await File.ReadAllTextAsync(
                _rnn.PathOf("artifacts", "course", "index.html"),
                TestContext.Current.CancellationToken
            ),
            StringComparison.Ordinal
        );
    }
}
