using System.Text.Json;

namespace RnnCourse.Cli.Tests.Figures;

public sealed class PlotlyChartsTests : IDisposable
{
    private readonly Rnn _rnn = new();

    public void Dispose() => _rnn.Dispose();

    [Fact]
    public async Task A_chart_is_drawn_without_a_script_and_is_the_same_each_time()
    {
        string[] cells =
        [
            "#r \"nuget: Plotly.NET, 6.0.0\"\nusing Plotly.NET;\nusing Plotly.NET.TraceObjects;\nusing "
                + "Microsoft.FSharp.Core;",
            """
                static GenericChart Chart(string kind, string mode, object x, double[] y)
                {
                    var trace = new Trace(kind);
                    trace.SetProperty("name", "loss");
                    if (mode.Length > 0) trace.SetProperty("mode", mode);
                    trace.SetProperty("x", x);
                    trace.SetProperty("y", y);
                    return GenericChart.ofTraceObject(true, trace);
                }
                """,
            "Chart(\"scatter\", \"lines\", new[] { 1.0, 2, 4 }, [3, 2, 1.5])",
            "display(Chart(\"bar\", \"\", new[] { \"a\", \"b\" }, [1, 2]));",
            "Chart(\"pie\", \"\", new[] { 1.0 }, [1])",
        ];
        _rnn.Write("01-a.ipynb", cells);
        _rnn.Write("02-b.ipynb", cells);
        var result = await _rnn.RunAsync("run");
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        var executed = _rnn.Executed("01-a.ipynb");
        Assert.Equal(executed.GetRawText(), _rnn.Executed("02-b.ipynb").GetRawText());

        var line = Data(executed, 2);
        Assert.Equal(
            "loss",
            line.GetProperty("application/vnd.plotly.v1+json").GetProperty("data")[0].GetProperty("name").GetString()
        );
        Assert.StartsWith(
            "Chart: scatter 'loss', 3 values from 1.5 to 3.",
            Text(line, "text/plain"),
            StringComparison.Ordinal
        );
        Assert.Contains("<img src=\"data:image/svg+xml", Text(line, "text/html"), StringComparison.Ordinal);
        Assert.Contains(
            "<img src=\"data:image/svg+xml",
            Text(Data(executed, 3), "text/html"),
            StringComparison.Ordinal
        );
        Assert.Equal("<p>Chart: pie &#39;loss&#39;, 1 value from 1 to 1.</p>", Text(Data(executed, 4), "text/html"));
        Assert.DoesNotContain("<script", executed.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("cdn", executed.GetRawText(), StringComparison.Ordinal);
    }

    private static JsonElement Data(JsonElement cells, int index) =>
        cells[index].GetProperty("outputs")[0].GetProperty("data");

    private static string Text(JsonElement data, string mimeType) =>
        data.GetProperty(mimeType) is { ValueKind: JsonValueKind.Array } lines
            ? string.Concat(lines.EnumerateArray().Select(line => line.GetString()))
            : data.GetProperty(mimeType).GetString()!;
}
