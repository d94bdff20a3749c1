using System.Text;
using System.Text.RegularExpressions;
using RnnCourse.Cli.Files;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Reports;

namespace RnnCourse.Cli.Run;

/// <summary>Writes the requested reports and, in a log of GitHub Actions, annotates failures.</summary>
internal static partial class ReportFiles
{
    /// <summary>Checks that no report replaces a file that is not a report.</summary>
    /// <exception cref="UserErrorException">A report would replace another file; the message says
    /// which.</exception>
    public static void Check(ReportSettings settings, IEnumerable<string> notebooks)
    {
        void CheckOne(string? path, string option, Func<string, bool> isReport)
        {
            if (path is not null)
            {
                OutputFile.Check(path, option, isReport, settings.Force, notebooks);
            }
        }

        CheckOne(
            settings.JUnit,
            "--junit",
            path => OutputFile.HeadOf(path).Contains("<testsuites name=\"rnn\"", StringComparison.Ordinal)
        );
        CheckOne(settings.Trx, "--trx", path => TrxStart().IsMatch(OutputFile.HeadOf(path)));
        CheckOne(settings.Json, "--json", path => JsonStart().IsMatch(OutputFile.HeadOf(path)));
    }

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
            UserFile.WriteNoLink(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text()));
            return [];
        }
        catch (Exception e) when (e is NotebookFileException or IOException or UnauthorizedAccessException)
        {
            return [e is NotebookFileException ? e.Message : $"{path}: Cannot create its folder: {e.Message}"];
        }
    }

    [GeneratedRegex("<TestRun [^>]*name=\"rnn\"")]
    private static partial Regex TrxStart();

    [GeneratedRegex("""^\{\s*"exitCode": \d+,\s*"seconds": [-+.eE0-9]+,\s*"notebooks": \[""")]
    private static partial Regex JsonStart();
}
