using System.Text.Json;
using System.Xml.Linq;
using CsCheck;
using RnnCourse.Notebooks.Comparing;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Reports;
using RnnCourse.Notebooks.Results;

namespace RnnCourse.Notebooks.Tests.Reports;

public sealed class ReportTests : IDisposable
{
    private const string Hostile =
        "\u0000\u001b[2J ]]> <![CDATA[ & \ud800 \uffff \"' \r\n::error::taken\n  ::set-output "
        + "name=a::b\n###[command]\u0085 %0A::warning::";

    private static readonly string[] Pieces = ["::", " ", "#", "##[", "\n", "\t", "error::x", "##vso[", ":"];

    private readonly string _folder = Directory.CreateTempSubdirectory("reports").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void JUnit_has_a_case_for_each_cell_with_its_kind_of_outcome()
    {
        var suite = XDocument.Parse(JUnitReport.Write(Sample("message"))).Root!.Elements("testsuite").First();
        Assert.Equal("4", suite.Attribute("tests")!.Value);
        Assert.Equal("2", suite.Attribute("failures")!.Value);
        Assert.Equal("2.500", suite.Elements("testcase").First().Attribute("time")!.Value);
        Assert.Equal(
            ["cell 1 (a)", "cell 2 (b)", "cell 3 (c)", "cell 4 (d)"],
            suite.Elements("testcase").Select(one => one.Attribute("name")!.Value)
        );
        Assert.Equal(
            ["difference", "time-limit"],
            suite.Descendants("failure").Select(one => one.Attribute("type")!.Value)
        );
        Assert.Equal("an earlier cell failed", suite.Descendants("skipped").Last().Attribute("message")!.Value);
        Assert.Equal(
            "file",
            XDocument.Parse(JUnitReport.Write(Sample("m"))).Descendants("error").Single().Attribute("type")!.Value
        );
    }

    [Fact]
    public void Trx_counts_and_names_each_cell()
    {
        XNamespace ns = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";
        var root = XDocument
            .Parse(TrxReport.Write(Sample("m"), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(3)))
            .Root!;
        var counters = root.Descendants(ns + "Counters").Single();
        Assert.Equal(
            ("5", "3", "0", "3", "2"),
            (Of("total"), Of("executed"), Of("passed"), Of("failed"), Of("notExecuted"))
        );
        Assert.Equal(
            ["Failed", "NotExecuted", "Failed", "NotExecuted", "Failed"],
            root.Descendants(ns + "UnitTestResult").Select(one => one.Attribute("outcome")!.Value)
        );
        Assert.Equal(
            root.Descendants(ns + "UnitTestResult").Select(one => one.Attribute("testId")!.Value),
            root.Descendants(ns + "UnitTest").Select(one => one.Attribute("id")!.Value)
        );

        string Of(string name) => counters.Attribute(name)!.Value;
    }

    [Fact]
    public void Json_tells_times_memory_and_outcomes()
    {
        using var json = JsonDocument.Parse(JsonReport.Write(Sample("m"), TimeSpan.FromSeconds(3), 4));
        var notebook = json.RootElement.GetProperty("notebooks")[0];
        Assert.Equal(4, json.RootElement.GetProperty("exitCode").GetInt32());
        Assert.Equal("difference", notebook.GetProperty("outcome").GetString());
        var cell = notebook.GetProperty("cells")[2];
        Assert.Equal(
            ("c", 1.25, 123456L, "time-limit", 2),
            (
                cell.GetProperty("id").GetString(),
                cell.GetProperty("seconds").GetDouble(),
                cell.GetProperty("peakMemoryBytes").GetInt64(),
                cell.GetProperty("outcome").GetString(),
                cell.GetProperty("line").GetInt32()
            )
        );
        Assert.Equal(
            "There is no such file.",
            json.RootElement.GetProperty("notebooks")[1].GetProperty("problem").GetString()
        );
    }

    [Fact]
    public void No_text_of_a_cell_makes_the_reports_invalid() =>
        Gen.String.Sample(text =>
        {
            XDocument.Parse(JUnitReport.Write(Sample(text)));
            XDocument.Parse(TrxReport.Write(Sample(text), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch));
            using var json = JsonDocument.Parse(JsonReport.Write(Sample(text), TimeSpan.Zero, 0));
        });

    [Fact]
    public void Hostile_text_stays_text_in_xml()
    {
        var failure = XDocument.Parse(JUnitReport.Write(Sample(Hostile))).Descendants("failure").Last();
        Assert.Contains("␀␛[2J ]]> <![CDATA[ & \uFFFD \uFFFD", failure.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void An_annotation_points_to_the_line_in_the_file()
    {
        var path = Path.Combine(_folder, "a, b: 100%.ipynb");
        NotebookWriter.Write(
            new Notebook
            {
                Cells =
                [
                    new MarkdownCell { Id = "t", Source = "# T" },
                    new CodeCell { Id = "c", Source = "var a = 1;\nvar b = 2;" },
                ],
            },
            path
        );
        var line =
            Array.FindIndex(File.ReadAllLines(path), text => text.Contains("var b", StringComparison.Ordinal)) + 1;
        var notebook = new ReportedNotebook(
            path,
            new NotebookRun(new Notebook { Cells = [] }, [Failed("c", "boom")], null, TimeSpan.Zero),
            null,
            []
        );
        var written = Assert.Single(GitHubAnnotations.Write([notebook]));
        Assert.StartsWith("::error file=", written, StringComparison.Ordinal);
        Assert.Contains(
            $"a%2C b%3A 100%25.ipynb,line={line},title=cell 3 (c)%3A time-limit::",
            written,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void No_text_of_a_cell_becomes_a_command_of_the_host()
    {
        foreach (var annotation in GitHubAnnotations.Write(Sample(Hostile)))
        {
            Assert.DoesNotContain('\n', annotation);
            Assert.DoesNotContain('\r', annotation);
        }

        Gen.OneOf(Gen.String, Gen.Int[0, 8].Select(i => Pieces[i]))
            .Array.Select(string.Concat)
            .Sample(text =>
                GitHubAnnotations
                    .Disarm(text)
                    .Split('\n')
                    .All(line => !line.TrimStart().StartsWith("::", StringComparison.Ordinal))
                && !GitHubAnnotations.Disarm(text).Contains("##", StringComparison.Ordinal)
            );
    }

    private static CellRun Failed(string id, string message) =>
        new(
            3,
            id,
            CellStatus.Failed,
            TimeSpan.FromSeconds(1.25),
            123456,
            new CellError(CellError.TimeLimit, message, [message, "more"], 2)
        );

    private static IReadOnlyList<ReportedNotebook> Sample(string message) =>
        [
            new(
                "lesson.ipynb",
                new NotebookRun(
                    new Notebook { Cells = [] },
                    [
                        new CellRun(1, "a", CellStatus.Passed, TimeSpan.FromSeconds(2.5)),
                        new CellRun(2, "b", CellStatus.Skipped, Reason: "tagged slow"),
                        Failed("c", message),
                        new CellRun(4, "d", CellStatus.NotRun),
                    ],
                    null,
                    TimeSpan.FromSeconds(4)
                ),
                null,
                [new CellDifference(1, "a", [message])]
            ),
            new("gone.ipynb", null, "There is no such file.", []),
        ];
}
