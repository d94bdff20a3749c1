using System.Text;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Reports;

namespace RnnCourse.Cli.Run;

/// <summary>Writes the requested reports and, in a log of GitHub Actions, annotates failures.</summary>
internal static class ReportFiles
{
    /// <summary>Writes the reports; returns a message for each that could not be written.</summary>
    public static IReadOnlyList<string> Write(
        ReportSettings settings,
        IReadOnlyList<RunResult> results,
        DateTimeOffset start,
        int exitCode
    )
    {
        var end = DateTimeOffset.UtcNow;
        List<ReportedNotebook> reported = [.. results.Select(result => result.ToReport())];
        if (Terminal.IsGitHubActions)
        {
            foreach (var line in GitHubAnnotations.Write(reported))
            {
                Console.Out.WriteLine(line);
            }
        }

        return
        [
            .. Write(settings.JUnit, () => JUnitReport.Write(reported)),
            .. Write(settings.Trx, () => TrxReport.Write(reported, start, end)),
            .. Write(settings.Json, () => JsonReport.Write(reported, end - start, exitCode)),
        ];
    }

    private static string[] Write(string? path, Func<string> text)
    {
        if (path is null)
        {
            return [];
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            AtomicFile.Write(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text()));
            return [];
        }
        catch (Exception e) when (e is NotebookFileException or IOException or UnauthorizedAccessException)
        {
            return [e is NotebookFileException ? e.Message : $"{path}: Cannot create its folder: {e.Message}"];
        }
    }
}
