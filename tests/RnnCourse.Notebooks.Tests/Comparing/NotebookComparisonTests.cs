using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RnnCourse.Notebooks.Comparing;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;
using static RnnCourse.Notebooks.Tests.Running.Notebooks;

namespace RnnCourse.Notebooks.Tests.Comparing;

public sealed class NotebookComparisonTests
{
    private const string Plotly = "application/vnd.plotly.v1+json";

    [Fact]
    public void A_figure_is_compared_by_its_data_and_its_text_and_not_by_how_it_is_drawn()
    {
        Assert.Empty(
            Compare(Figure("[1, 2.0]", "rises", "<svg>a</svg>"), Figure("[1, 2.0000000001]", "rises", "<svg>b</svg>"))
        );
        Assert.Equal(
            [$"display: {Plotly}: data[0].y[1]: 2.0 → 2.5: off by 0.5 (0.2 of it), 2.5E-06 is allowed"],
            Compare(Figure("[1, 2.0]", "rises", ""), Figure("[1, 2.5]", "rises", ""))
        );
        Assert.Equal(
            [$"display: {Plotly}: data[0].y[0]: 1 → 2: a whole number has to be the same"],
            Compare(Figure("[1]", "", ""), Figure("[2]", "", ""))
        );
        Assert.Equal(
            [$"display: {Plotly}: data[0].y: 1 → 2 elements"],
            Compare(Figure("[1]", "", ""), Figure("[1, 2]", "", ""))
        );
        Assert.Contains(
            "rises",
            string.Join('\n', Compare(Figure("[1]", "It rises.", ""), Figure("[1]", "It falls.", ""))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_picture_without_text_is_compared_as_it_is_drawn_and_pixels_are_not()
    {
        static DisplayOutput Svg(string svg) => new(MimeBundle.OfText(("image/svg+xml", svg)));
        Assert.NotEmpty(Compare(Svg("<svg><rect width='1'/></svg>"), Svg("<svg><rect width='2'/></svg>")));
        Assert.Empty(
            Compare(
                Svg("<svg><title>T</title><rect width='1'/></svg>"),
                Svg("<svg><title>T</title><rect width='2'/></svg>")
            )
        );
        Assert.NotEmpty(Compare(Svg("<svg><title>T</title></svg>"), Svg("<svg><title>U</title></svg>")));
        Assert.Empty(
            Compare(
                new DisplayOutput(MimeBundle.OfText(("image/png", "AAAA"))),
                new DisplayOutput(MimeBundle.OfText(("image/png", "BBBB")))
            )
        );
    }

    [Fact]
    public void What_is_missing_or_new_is_reported()
    {
        var text = new StreamOutput(StreamOutput.StandardOutput, "a\n");
        var result = new ResultOutput(MimeBundle.OfText(("text/plain", "1")), 1);
        Assert.Equal(
            ["stored: stdout, result", "now:    stdout", "result: - 1"],
            OutputComparison.Compare([text, result], [text], new ComparisonRules())
        );
        Assert.Empty(OutputComparison.Compare([text, text], [text with { Text = "a\na\n" }], new ComparisonRules()));
        Assert.Equal(
            ["result: text/plain is no longer there", "result: text/html is new"],
            OutputComparison.Compare(
                [result],
                [result with { Data = MimeBundle.OfText(("text/html", "1")) }],
                new ComparisonRules()
            )
        );
    }

    [Fact]
    public void An_error_is_its_kind_and_message_wherever_it_came_from()
    {
        Assert.Empty(
            Compare(new ErrorOutput("E", "m", ["at a.cs, line 1"]), new ErrorOutput("E", "m", ["at a.cs, line 2"]))
        );
        Assert.NotEmpty(Compare(new ErrorOutput("E", "m", []), new ErrorOutput("F", "m", [])));
        Assert.NotEmpty(Compare(new ErrorOutput("E", "m", []), new ErrorOutput("E", "n", [])));
    }

    [Fact]
    public async Task Cells_that_differ_are_named_and_timing_and_skipped_ones_left_out()
    {
        var stored = Of(
            Stored(Cell("same", "Console.Write(0.1 + 0.2);"), "0.3"),
            Stored(Cell("stale", "Console.Write(41 + 1);"), "41"),
            Stored(Cell("timed", "Console.Write(DateTime.UtcNow.Ticks);", "timing"), "1"),
            Stored(Cell("skipped", "Console.Write(2);", "skip-execution"), "3"),
            Stored(
                Cell("date", "Console.Write(\"on 2026-01-02\");")
                    .With("""{"sanitize": [{"regex": "\\d{4}-\\d\\d-\\d\\d", "replace": "DATE"}]}"""),
                "on 2025-12-31"
            ),
            Stored(Cell("rough", "Console.Write(1.04);").With("""{"tolerance": {"relative": 0.1}}"""), "1.00"),
            Stored(Cell("never-run", "Console.Write(1);"), "")
        );
        var run = await stored.RunAsync();
        var differences = NotebookComparison.Compare(stored, run, new ComparisonRules());
        Assert.Equal([(2, "stale"), (7, "never-run")], differences.Select(one => (one.Number, one.Id)));
        Assert.Equal(
            ["stdout: - 41", "stdout: + 42", "stdout:   41 → 42: a whole number has to be the same"],
            differences[0].Report
        );

        var updated = NotebookComparison.Update(stored, run, differences);
        var texts = updated.Cells.OfType<CodeCell>().Select(cell => ((StreamOutput)cell.Outputs.Single()).Text);
        Assert.Equal(["0.3", "42", "1", "3", "on 2025-12-31", "1.00", "1"], texts);
        Assert.Empty(NotebookComparison.Compare(updated, run, new ComparisonRules()));
    }

    [Fact]
    public void Only_cells_that_passed_are_compared()
    {
        var stored = Of(Stored(Cell("a", "1"), "old"), Stored(Cell("b", "2"), "old"));
        var executed = Of(Stored(Cell("a", "1"), "new"), Stored(Cell("b", "2"), ""));
        CellRun[] cells = [new(1, "a", CellStatus.Failed), new(2, "b", CellStatus.NotRun)];
        var run = new NotebookRun(executed, cells, null, TimeSpan.Zero);

        Assert.Empty(NotebookComparison.Compare(stored, run, new ComparisonRules()));
    }

    [Fact]
    public void A_cell_that_never_ran_gets_its_outputs_even_where_the_comparison_leaves_it_out()
    {
        var stored = Of(Cell("timed", "1", "timing"));
        var executed = Of(Stored(Cell("timed", "1", "timing"), "12 ms"));
        var run = new NotebookRun(executed, [new CellRun(1, "timed", CellStatus.Passed)], null, TimeSpan.Zero);

        Assert.Empty(NotebookComparison.Compare(stored, run, new ComparisonRules()));
        var updated = Assert.IsType<CodeCell>(NotebookComparison.Update(stored, run, []).Cells.Single());
        Assert.Equal("12 ms", Assert.IsType<StreamOutput>(updated.Outputs.Single()).Text);
    }

    [Fact]
    public void Pieces_of_one_stream_are_one_and_pieces_of_two_are_not()
    {
        var (a, b) = (new StreamOutput("stdout", "a"), new StreamOutput("stderr", "b"));
        Assert.Empty(OutputComparison.Compare([a, a], [a with { Text = "aa" }], new ComparisonRules()));
        Assert.NotEmpty(OutputComparison.Compare([a, b], [a with { Text = "ab" }], new ComparisonRules()));
    }

    [Theory]
    [InlineData("""{"tolerance": 1}""")]
    [InlineData("""{"tolerance": {"relative": -1}}""")]
    [InlineData("""{"tolerance": {"relativ": 1}}""")]
    [InlineData("""{"tolerance": {}}""")]
    [InlineData("""{"sanitize": "a"}""")]
    [InlineData("""{"sanitize": [{"regex": "("}]}""")]
    [InlineData("""{"sanitize": [{"regex": "(", "replace": ""}]}""")]
    public void An_invalid_rule_is_reported(string settings)
    {
        var notebook = Of(Stored(Cell("a", "1"), "1")).With(settings);
        var run = new NotebookRun(notebook, [new CellRun(1, "a", CellStatus.Passed)], null, TimeSpan.Zero);
        Assert.Throws<NotebookFormatException>(() => NotebookComparison.Compare(notebook, run, new ComparisonRules()));
    }

    [Fact]
    public void A_field_that_is_new_or_gone_is_reported_even_where_it_holds_null()
    {
        static DisplayOutput Json(string json) =>
            new(new MimeBundle([KeyValuePair.Create<string, MimeValue>(Plotly, new MimeJson(JsonNode.Parse(json)))]));
        var (without, with) = (Json("""{"a": {}}"""), Json("""{"a": {"b": null}}"""));
        Assert.Equal([$"display: {Plotly}: a.b: is new"], Compare(without, with));
        Assert.Equal([$"display: {Plotly}: a.b: is no longer there"], Compare(with, without));
    }

    [Fact]
    public void A_sanitizer_that_never_ends_is_reported()
    {
        Assert.NotEqual(Regex.InfiniteMatchTimeout, Sanitizer.Of("a", "").Pattern.MatchTimeout);
        var endless = new Regex("^(a+)+$", RegexOptions.None, TimeSpan.FromSeconds(0.2));
        var rules = new ComparisonRules { Sanitizers = [new Sanitizer(endless, "")] };
        var text = new StreamOutput(StreamOutput.StandardOutput, new string('a', 40) + "!");
        Assert.Throws<NotebookFormatException>(() => OutputComparison.Compare([text], [text], rules));
    }

    private static CodeCell Stored(CodeCell cell, string text) =>
        cell with
        {
            ExecutionCount = 1,
            Outputs = text.Length == 0 ? [] : [new StreamOutput(StreamOutput.StandardOutput, text)],
        };

    private static IReadOnlyList<string> Compare(Output old, Output now) =>
        OutputComparison.Compare([old], [now], new ComparisonRules());

    private static DisplayOutput Figure(string y, string alternative, string svg)
    {
        var picture = Convert.ToBase64String(Encoding.UTF8.GetBytes(svg));
        return new DisplayOutput(
            new MimeBundle([
                KeyValuePair.Create<string, MimeValue>(
                    Plotly,
                    new MimeJson(JsonNode.Parse($$"""{"data": [{"y": {{y}}}]}"""))
                ),
                KeyValuePair.Create<string, MimeValue>(
                    "text/html",
                    new MimeText(
                        $"<figure><img src=\"data:image/svg+xml;base64,{picture}\" alt=\"{alternative}\"></figure>"
                    )
                ),
            ])
        );
    }
}
