using System.Globalization;
using RnnCourse.Cli.Run;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages;
using RnnCourse.Notebooks.Pages.Words;
using RnnCourse.Notebooks.Session.Exporting;

namespace RnnCourse.Cli.Export;

/// <summary>Carries out <c>rnn export</c>.</summary>
internal static class ExportRun
{
    // The library with which a program shows values as a notebook does.
    private const string DisplayLibrary = "RnnCourse.Notebooks.Session";

    private const string Mark = "// Made from ";

    /// <summary>The formats to which notebooks can be exported: a program, a page, a notebook without scratch
    /// cells.</summary>
    public static IReadOnlyList<string> Formats { get; } = [Program, Page, "ipynb"];

    private const string Program = "cs";
    private const string Page = "html";

    /// <summary>Exports the notebooks; returns the exit code.</summary>
    public static async Task<int> ExecuteAsync(IReadOnlyList<string> named, string format, string? outputFolder)
    {
        var repository = Repository.FindFrom(Environment.CurrentDirectory);
        if (
            NotebookSelection.OrLessons(named, repository, "export")?.DistinctBy(Path.GetFullPath).ToList()
            is not { } paths
        )
        {
            return ExitCode.Usage;
        }

        var project = format == Program ? DisplayProject(repository, paths) : "";
        if (project is null)
        {
            return ErrorMessage.Write(
                $"Exported programs need the project lib/{DisplayLibrary} of the course's repository. Go to a "
                    + "folder in the repository, and name the notebooks to export.",
                ExitCode.Usage
            );
        }

        try
        {
            var output = OutputFolder.Open(
                outputFolder ?? Path.Combine(repository?.Root ?? Environment.CurrentDirectory, "artifacts", "export")
            );
            var codes = new List<int>();
            foreach (var path in paths)
            {
                codes.Add(
                    await ExportAsync(
                        path,
                        output,
                        output.FileFor(output.NameFor(Path.GetFullPath(path), repository), "." + format),
                        format,
                        project
                    )
                );
            }

            var made = codes.Count(code => code == ExitCode.Success);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{made} of {paths.Count} {(paths.Count == 1 ? "notebook" : "notebooks")} exported."
                )
            );
            return ExitCode.Of(codes);
        }
        catch (NotebookFileException e)
        {
            return ErrorMessage.Write(e.Message, ExitCode.File);
        }
    }

    // The engine's project, in the repository of the current folder, of the notebooks, or of this program.
    private static string? DisplayProject(Repository? repository, List<string> paths) =>
        new[]
        {
            repository,
            Repository.FindFrom(Path.GetDirectoryName(Path.GetFullPath(paths[0]))!),
            Repository.FindFrom(AppContext.BaseDirectory),
        }
            .OfType<Repository>()
            .Select(found => Path.Combine(found.Root, "lib", DisplayLibrary, $"{DisplayLibrary}.csproj"))
            .FirstOrDefault(File.Exists);

    // Those beside the notebook; a learner's copy of a lesson, and one with solutions, lie elsewhere than the words.
    private static WordBook WordsFor(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var lessons = (Repository.FindFrom(folder) ?? Repository.FindFrom(Environment.CurrentDirectory))?.Notebooks;
        return WordBook.InFolder(
            lessons is not null && File.Exists(Path.Combine(lessons, Path.GetFileName(path))) ? lessons : folder
        );
    }

    private static async Task<int> ExportAsync(
        string path,
        OutputFolder output,
        string target,
        string format,
        string project
    )
    {
        try
        {
            var notebook = NotebookReader.Read(path);
            if (format == Program)
            {
                RefuseForeign(target);
            }
            else
            {
                output.MustNotReplaceForeignFile(target);
            }

            var text = format switch
            {
                Program => await ProgramExporter.ExportAsync(notebook, new ExportSettings(path, target, project)),
                Page => NotebookForHandIn.ToPage(notebook, Path.GetFileName(path), WordsFor(path)),
                _ => NotebookWriter.ToText(NotebookForHandIn.Of(notebook)),
            };
            output.Write(target, text);
            Console.WriteLine($"{Terminal.Printable(path)} → {Terminal.Printable(Terminal.Relative(target))}");
            return ExitCode.Success;
        }
        catch (ExportException e)
        {
            return ErrorMessage.Write(e.Message, ExitCode.CellFailed);
        }
        catch (Exception e) when (e is NotebookFormatException or IOException or UnauthorizedAccessException)
        {
            return ErrorMessage.Write(e.Message, ExitCode.File);
        }
    }

    private static void RefuseForeign(string target)
    {
        if (
            File.Exists(target)
            && File.ReadLines(target).FirstOrDefault()?.StartsWith(Mark, StringComparison.Ordinal) != true
        )
        {
            throw new NotebookFileException(
                $"{target}: This file was not written by 'rnn export', so it is not replaced. Name "
                    + "another folder with --output.",
                target
            );
        }
    }
}
