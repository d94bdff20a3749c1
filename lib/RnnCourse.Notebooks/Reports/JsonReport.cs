using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RnnCourse.Notebooks.Reports;

/// <summary>Writes a summary for programs: times, peak memory and outcome of each notebook and cell.</summary>
public static class JsonReport
{
    /// <summary>
    /// The report: <c>notebooks</c>, each with <c>path</c>, <c>outcome</c>, <c>seconds</c>, <c>problem</c> and
    /// <c>cells</c>; each cell with <c>number</c>, <c>id</c>, <c>outcome</c>, <c>seconds</c>, <c>peakMemoryBytes</c>
    /// and, if they apply, <c>line</c>, <c>message</c>, <c>details</c>.
    /// </summary>
    /// <param name="notebooks">The notebooks to report on.</param>
    /// <param name="elapsed">How long the whole run took.</param>
    /// <param name="exitCode">The exit code of the run.</param>
    /// <returns>The JSON document, with a line break at its end.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="notebooks"/> is null.</exception>
    public static string Write(IReadOnlyList<ReportedNotebook> notebooks, TimeSpan elapsed, int exitCode)
    {
        ArgumentNullException.ThrowIfNull(notebooks);
        using var memory = new MemoryStream();
        using (
            var json = new Utf8JsonWriter(
                memory,
                new JsonWriterOptions
                {
                    Indented = true,
                    NewLine = "\n",
                    Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                }
            )
        )
        {
            json.WriteStartObject();
            json.WriteNumber("exitCode", exitCode);
            json.WriteNumber("seconds", Round(elapsed));
            json.WriteStartArray("notebooks");
            foreach (var notebook in notebooks)
            {
                WriteNotebook(json, notebook);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.ToArray()) + "\n";
    }

    private static void WriteNotebook(Utf8JsonWriter json, ReportedNotebook notebook)
    {
        List<ReportedCell> cells = [.. notebook.Cells];
        json.WriteStartObject();
        json.WriteString("path", notebook.Path);
        json.WriteString(
            "outcome",
            CellOutcomeKinds.Word(cells.FirstOrDefault(cell => cell.IsFailure)?.Kind ?? CellOutcomeKind.Passed)
        );
        json.WriteNumber("seconds", Round(notebook.Run?.Elapsed ?? TimeSpan.Zero));
        if (notebook.Problem is not null)
        {
            json.WriteString("problem", notebook.Problem);
        }

        json.WriteStartArray("cells");
        foreach (var cell in cells.Where(cell => cell.Id is not null))
        {
            json.WriteStartObject();
            json.WriteNumber("number", cell.Number);
            json.WriteString("id", cell.Id);
            json.WriteString("outcome", CellOutcomeKinds.Word(cell.Kind));
            json.WriteNumber("seconds", Round(cell.Time));
            json.WriteNumber("peakMemoryBytes", cell.PeakMemory);
            if (cell.Line > 0)
            {
                json.WriteNumber("line", cell.Line);
            }

            if (cell.Message.Length > 0)
            {
                json.WriteString("message", cell.Message);
            }

            if (cell.Details.Length > 0)
            {
                json.WriteString("details", cell.Details);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static double Round(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}
