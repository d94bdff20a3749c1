using System.Globalization;
using System.Xml;

namespace RnnCourse.Notebooks.Reports;

/// <summary>Writes JUnit's XML: a suite for each notebook, a case for each code cell.</summary>
public static class JUnitReport
{
    /// <summary>The report.</summary>
    /// <param name="notebooks">The notebooks to report on.</param>
    /// <returns>The XML document, with a line break at its end. It is valid for any output of the cells.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="notebooks"/> is null.</exception>
    public static string Write(IReadOnlyList<ReportedNotebook> notebooks)
    {
        ArgumentNullException.ThrowIfNull(notebooks);
        return XmlText.Write(xml =>
        {
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", "rnn");
            WriteCounts(xml, [.. notebooks.SelectMany(notebook => notebook.Cells)]);
            foreach (var notebook in notebooks)
            {
                xml.WriteStartElement("testsuite");
                xml.WriteAttributeString("name", XmlText.Clean(notebook.Path));
                List<ReportedCell> cells = [.. notebook.Cells];
                WriteCounts(xml, cells);
                cells.ForEach(cell => WriteCase(xml, notebook.Path, cell));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        });
    }

    private static void WriteCounts(XmlWriter xml, List<ReportedCell> cells)
    {
        xml.WriteAttributeString("tests", Number(cells.Count));
        xml.WriteAttributeString(
            "failures",
            Number(cells.Count(cell => cell.IsFailure && cell.Kind != CellOutcomeKind.File))
        );
        xml.WriteAttributeString("errors", Number(cells.Count(cell => cell.Kind == CellOutcomeKind.File)));
        xml.WriteAttributeString("skipped", Number(cells.Count(cell => cell.DidNotRun)));
        xml.WriteAttributeString("time", Seconds(cells.Aggregate(TimeSpan.Zero, (sum, cell) => sum + cell.Time)));
    }

    private static void WriteCase(XmlWriter xml, string path, ReportedCell cell)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", XmlText.Clean(path));
        xml.WriteAttributeString("name", XmlText.Clean(cell.Name));
        xml.WriteAttributeString("time", Seconds(cell.Time));
        if (cell.DidNotRun)
        {
            xml.WriteStartElement("skipped");
            xml.WriteAttributeString("message", XmlText.Clean(cell.Message));
            xml.WriteEndElement();
        }
        else if (cell.IsFailure)
        {
            xml.WriteStartElement(cell.Kind == CellOutcomeKind.File ? "error" : "failure");
            xml.WriteAttributeString("type", CellOutcomeKinds.Word(cell.Kind));
            xml.WriteAttributeString("message", XmlText.Clean(cell.Message));
            xml.WriteString(XmlText.Clean(cell.Line > 0 ? $"line {Number(cell.Line)}\n{cell.Details}" : cell.Details));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
