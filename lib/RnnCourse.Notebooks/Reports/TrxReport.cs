using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace RnnCourse.Notebooks.Reports;

/// <summary>Writes Visual Studio's test results (TRX): a result for each code cell.</summary>
public static class TrxReport
{
    private const string Namespace = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";
    private const string UnitTest = "13cdc9d9-ddb5-4fa4-a97d-d965ccfc6d4b";
    private const string AllResults = "19431567-8539-422a-85d7-44ee4e166bda";

    /// <summary>The report.</summary>
    /// <param name="notebooks">The notebooks to report on.</param>
    /// <param name="start">When the run began.</param>
    /// <param name="end">When it ended.</param>
    /// <returns>The XML document, with a line break at its end. It is valid for any output of the cells.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="notebooks"/> is null.</exception>
    public static string Write(IReadOnlyList<ReportedNotebook> notebooks, DateTimeOffset start, DateTimeOffset end)
    {
        ArgumentNullException.ThrowIfNull(notebooks);
        List<Test> tests =
        [
            .. notebooks.SelectMany(notebook => notebook.Cells.Select(cell => new Test(notebook.Path, cell))),
        ];
        return XmlText.Write(xml =>
        {
            xml.WriteStartElement("TestRun", Namespace);
            Write(xml, ("id", Id(string.Create(CultureInfo.InvariantCulture, $"{start:O}"))), ("name", "rnn"));
            xml.WriteStartElement("Times", Namespace);
            Write(
                xml,
                ("creation", Time(start)),
                ("queuing", Time(start)),
                ("start", Time(start)),
                ("finish", Time(end))
            );
            xml.WriteEndElement();
            Element(xml, "Results", () => tests.ForEach(test => WriteResult(xml, test)));
            Element(xml, "TestDefinitions", () => tests.ForEach(test => WriteDefinition(xml, test)));
            Element(
                xml,
                "TestEntries",
                () =>
                    tests.ForEach(test =>
                        Element(
                            xml,
                            "TestEntry",
                            () =>
                                Write(
                                    xml,
                                    ("testId", test.Id),
                                    ("executionId", test.Execution),
                                    ("testListId", AllResults)
                                )
                        )
                    )
            );
            Element(
                xml,
                "TestLists",
                () => Element(xml, "TestList", () => Write(xml, ("name", "All Loaded Results"), ("id", AllResults)))
            );
            WriteSummary(xml, tests);
            xml.WriteEndElement();
        });
    }

    private static void WriteResult(XmlWriter xml, Test test) =>
        Element(
            xml,
            "UnitTestResult",
            () =>
            {
                Write(
                    xml,
                    ("executionId", test.Execution),
                    ("testId", test.Id),
                    ("testName", test.Name),
                    ("computerName", "rnn"),
                    ("duration", test.Cell.Time.ToString("c", CultureInfo.InvariantCulture)),
                    ("testType", UnitTest),
                    ("outcome", test.Outcome),
                    ("testListId", AllResults)
                );
                if (test.Cell.Message.Length > 0)
                {
                    Element(
                        xml,
                        "Output",
                        () =>
                            Element(
                                xml,
                                "ErrorInfo",
                                () =>
                                {
                                    xml.WriteElementString("Message", Namespace, XmlText.Clean(test.Cell.Message));
                                    xml.WriteElementString("StackTrace", Namespace, XmlText.Clean(test.Cell.Details));
                                }
                            )
                    );
                }
            }
        );

    private static void WriteDefinition(XmlWriter xml, Test test) =>
        Element(
            xml,
            "UnitTest",
            () =>
            {
                Write(xml, ("name", test.Name), ("storage", test.Path), ("id", test.Id));
                Element(xml, "Execution", () => Write(xml, ("id", test.Execution)));
                Element(
                    xml,
                    "TestMethod",
                    () => Write(xml, ("codeBase", test.Path), ("className", test.Path), ("name", test.Name))
                );
            }
        );

    private static void WriteSummary(XmlWriter xml, List<Test> tests) =>
        Element(
            xml,
            "ResultSummary",
            () =>
            {
                var failed = tests.Count(test => test.Cell.IsFailure);
                var notExecuted = tests.Count(test => test.Cell.DidNotRun);
                Write(xml, ("outcome", failed > 0 ? "Failed" : "Completed"));
                Element(
                    xml,
                    "Counters",
                    () =>
                        Write(
                            xml,
                            ("total", Number(tests.Count)),
                            ("executed", Number(tests.Count - notExecuted)),
                            ("passed", Number(tests.Count - notExecuted - failed)),
                            ("failed", Number(failed)),
                            ("notExecuted", Number(notExecuted))
                        )
                );
            }
        );

    private static void Element(XmlWriter xml, string name, Action content)
    {
        xml.WriteStartElement(name, Namespace);
        content();
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        foreach (var (name, value) in attributes)
        {
            xml.WriteAttributeString(name, XmlText.Clean(value));
        }
    }

    private static string Time(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    // The same cell has the same id in every run, so that tools can follow it.
    private static string Id(string name) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16)).ToString();

    private sealed record Test(string Path, ReportedCell Cell)
    {
        public string Name => $"{Path}: {Cell.Name}";

        public string Id => TrxReport.Id(Name);

        public string Execution => TrxReport.Id($"execution of {Name}");

        public string Outcome =>
            Cell.IsFailure ? "Failed"
            : Cell.DidNotRun ? "NotExecuted"
            : "Passed";
    }
}
