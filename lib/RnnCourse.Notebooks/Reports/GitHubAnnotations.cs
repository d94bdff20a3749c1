using System.Globalization;

namespace RnnCourse.Notebooks.Reports;

/// <summary>Writes the lines with which GitHub Actions marks the place of a failure in the changed files.</summary>
public static class GitHubAnnotations
{
    private const int MaxMessageLength = 4_000;

    /// <summary>The lines, one for each failure.</summary>
    /// <param name="notebooks">The notebooks to report on.</param>
    /// <returns>Lines of the form <c>::error file=…,line=…,title=…::message</c>. No text of a cell can turn them into
    /// another command.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="notebooks"/> is null.</exception>
    public static IEnumerable<string> Write(IReadOnlyList<ReportedNotebook> notebooks)
    {
        ArgumentNullException.ThrowIfNull(notebooks);
        return notebooks.SelectMany(notebook =>
            notebook.Cells.Where(cell => cell.IsFailure).Select(cell => Write(notebook, cell))
        );
    }

    /// <summary>
    /// Changes text of a cell for a log that GitHub Actions or Azure Pipelines reads, so that no line is interpreted as
    /// a command.
    /// </summary>
    /// <param name="text">The text, of any number of lines.</param>
    /// <returns>The text, in which no line begins with <c>::</c> and <c>##</c> occurs nowhere.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static string Disarm(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Join(
            '\n',
            Apart(Apart(text))
                .Split('\n')
                .Select(line =>
                    line.TrimStart() is var rest && rest.StartsWith("::", StringComparison.Ordinal)
                        ? $"{line[..^rest.Length]}: {rest[1..]}"
                        : line
                )
        );
    }

    // Once makes "# ##" of "###", twice leaves none.
    private static string Apart(string text) => text.Replace("##", "# #", StringComparison.Ordinal);

    private static string Write(ReportedNotebook notebook, ReportedCell cell)
    {
        var line = cell.Id is null ? 1 : SourceLines.Find(Read(notebook.Path), cell.Id, cell.Line);
        var details = cell.Kind == CellOutcomeKind.File || cell.Details.Length == 0 ? cell.Message : cell.Details;
        var message = details.Length <= MaxMessageLength ? details : details[..MaxMessageLength] + "…";
        var file = Property(notebook.Path.Replace('\\', '/'));
        var title = Property($"{cell.Name}: {CellOutcomeKinds.Word(cell.Kind)}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"::error file={file},line={line},title={title}::{Data(message)}"
        );
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string Data(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
