using System.Globalization;
using System.Text;
using RnnCourse.Cli.Run;
using RnnCourse.Notebooks.Exporting;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Export;

/// <summary>Does what <c>rnn export</c> promises.</summary>
internal static class ExportRun
{
    private const string Mark = "// Made from ";

    /// <summary>Exports the notebooks; gives the exit code.</summary>
    public static async Task<int> ExecuteAsync(IReadOnlyList<string> named, string? outputFolder)
    {
        var repository = Repository.FindFrom(Environment.CurrentDirectory);
        if (Paths(named, repository) is not { } paths)
        {
            return ExitCode.Usage;
        }

        if (DisplayProject(repository, paths) is not { } project)
        {
            await Console.Error.WriteLineAsync("rnn: the programs use the project lib/RnnCourse.Notebooks of the course's repository. Go to a folder in it, and name the notebooks to export.");
            return ExitCode.Usage;
        }

        try
        {
            var output = OutputFolder.Open(outputFolder ?? Path.Combine(repository?.Root ?? Environment.CurrentDirectory, "artifacts", "export"));
            var code = ExitCode.Success;
            var made = 0;
            foreach (var path in paths)
            {
                var result = await ExportAsync(path, output.FileFor(output.NameFor(Path.GetFullPath(path), repository), ".cs"), project);
                made += result == ExitCode.Success ? 1 : 0;
                code = Math.Max(code, result);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{made} of {paths.Count} {(paths.Count == 1 ? "notebook" : "notebooks")} exported."));
            return code;
        }
        catch (NotebookFileException e)
        {
            await Console.Error.WriteLineAsync($"rnn: {Terminal.Printable(e.Message)}");
            return ExitCode.Usage;
        }
    }

    private static IReadOnlyList<string>? Paths(IReadOnlyList<string> named, Repository? repository)
    {
        if (named.FirstOrDefault(NamedNotebooks.IsEmptyFolder) is { } empty)
        {
            Console.Error.WriteLine($"rnn: no notebooks: there are no .ipynb files in {Terminal.Printable(empty)}. Name another folder, or the notebooks to export.");
            return null;
        }

        IReadOnlyList<string> paths = named.Count > 0
            ? [.. NamedNotebooks.In(named).DistinctBy(Path.GetFullPath)]
            : [.. (repository?.Lessons() ?? []).Select(Terminal.Relative)];
        if (paths.Count > 0)
        {
            return paths;
        }

        Console.Error.WriteLine(repository is null
            ? "rnn: no notebooks: the current folder is not inside the course's repository. Go there, or name the notebooks to export."
            : $"rnn: no notebooks: there are no .ipynb files in {repository.Notebooks}. Name the notebooks to export.");
        return null;
    }

    // The engine's project in the repository that one is in, or that the notebooks or this program lie in.
    private static string? DisplayProject(Repository? repository, IReadOnlyList<string> paths) =>
        new[] { repository, Repository.FindFrom(Path.GetDirectoryName(Path.GetFullPath(paths[0]))!), Repository.FindFrom(AppContext.BaseDirectory) }
            .OfType<Repository>().Select(found => Path.Combine(found.Root, "lib", "RnnCourse.Notebooks", "RnnCourse.Notebooks.csproj")).FirstOrDefault(File.Exists);

    private static async Task<int> ExportAsync(string path, string target, string project)
    {
        try
        {
            RefuseForeign(target);
            var text = await ProgramExporter.ExportAsync(NotebookReader.Read(path), new ExportSettings(path, target, project));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            AtomicFile.Write(target, Encoding.UTF8.GetBytes(text));
            Console.WriteLine($"{Terminal.Printable(path)} → {Terminal.Printable(Terminal.Relative(target))}");
            return ExitCode.Success;
        }
        catch (ExportException e)
        {
            await Console.Error.WriteLineAsync($"rnn: {Terminal.Printable(e.Message)}");
            return ExitCode.CellFailed;
        }
        catch (Exception e) when (e is NotebookFormatException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"rnn: {Terminal.Printable(e.Message)}");
            return ExitCode.Usage;
        }
    }

    private static void RefuseForeign(string target)
    {
        if (File.Exists(target) && File.ReadLines(target).FirstOrDefault()?.StartsWith(Mark, StringComparison.Ordinal) != true)
        {
            throw new NotebookFileException($"{target}: This file is there and was not made by 'rnn export'; it stays as it is. Name another folder with --output.", target);
        }
    }
}
