using RnnCourse.Notebooks.Format;
using RnnCourse.Web.Documents;

namespace RnnCourse.Cli.Open;

/// <summary>Finds what the user wants to open: a lesson, which is opened as the user's copy, or a file, which is opened
/// itself.</summary>
internal static class OpenTarget
{
    private const string CourseTitle = "Recurrent neural networks in C#, from scratch";
    private const string WorkFolder = "my";
    private const string Extension = ".ipynb";

    /// <summary>The notebooks to serve, and the name of the one to show first.</summary>
    /// <param name="wanted">The word that the user typed, or null.</param>
    /// <param name="work">The folder for copies that the user named, or null.</param>
    /// <exception cref="UserErrorException">There is no such lesson, file or folder.</exception>
    public static (INotebookSource Notebooks, string? Name) Find(string? wanted, string? work)
    {
        var repository = Repository.FindFrom(Environment.CurrentDirectory) ?? Repository.OfThisProgram;
        if (wanted is null)
        {
            // In a folder with notebooks, these are shown; in an empty one, the course is.
            var hasOwn = repository is { IsPacked: true } && HoldsNotebooks(Environment.CurrentDirectory);
            return repository is null || hasOwn
                ? (new FolderNotebooks(Environment.CurrentDirectory), null)
                : (CourseOf(repository, work), null);
        }

        if (Directory.Exists(wanted))
        {
            var folder = Path.GetFullPath(wanted);
            return repository is not null && IsCourse(repository, folder, work)
                ? (CourseOf(repository, work), null)
                : (new FolderNotebooks(folder), null);
        }

        return File.Exists(wanted) ? OfFile(Path.GetFullPath(wanted), repository, work)
            : repository is not null && LessonNamed(repository, wanted) is { } lesson
                ? (CourseOf(repository, work), lesson)
            : throw new UserErrorException(Missing(wanted, repository));
    }

    private static (INotebookSource Notebooks, string? Name) OfFile(string file, Repository? repository, string? work)
    {
        if (Path.GetExtension(file).Equals(DibReader.Extension, StringComparison.OrdinalIgnoreCase))
        {
            file = Import(file);
        }
        else if (!Path.GetExtension(file).Equals(Extension, StringComparison.OrdinalIgnoreCase))
        {
            throw new UserErrorException($"{file} is not a notebook ({Extension} or {DibReader.Extension}).");
        }

        var name = Path.GetFileNameWithoutExtension(file);
        var folder = Path.GetDirectoryName(file)!;
        return repository is not null && IsCourse(repository, folder, work)
            ? (CourseOf(repository, work), name)
            : (new FolderNotebooks(folder), name);
    }

    // A .dib file stays as it is; the notebook made beside it is edited, and never overwritten by another conversion.
    private static string Import(string file)
    {
        var notebook = Path.ChangeExtension(file, Extension);
        if (File.Exists(notebook))
        {
            Console.WriteLine(
                $"{Terminal.Printable(file)} was imported before; this opens {Path.GetFileName(notebook)}."
            );
        }
        else
        {
            NotebookWriter.Write(DibReader.Parse(File.ReadAllText(file)), notebook);
            Console.WriteLine($"{Terminal.Printable(file)} is imported into {Path.GetFileName(notebook)}.");
        }

        return notebook;
    }

    // The lessons themselves, and the copies of them.
    private static bool IsCourse(Repository repository, string folder, string? work) =>
        folder == Path.GetFullPath(repository.Notebooks) || folder == WorkOf(repository, work);

    private static CourseNotebooks CourseOf(Repository repository, string? work) =>
        new(CourseTitle, repository.Notebooks, WorkOf(repository, work), repository.Root);

    private static string WorkOf(Repository repository, string? work) =>
        work is not null ? Path.GetFullPath(work)
        : repository.IsPacked ? Path.GetFullPath(WorkFolder)
        : Path.Combine(repository.Root, WorkFolder);

    private static bool HoldsNotebooks(string folder) => Directory.EnumerateFiles(folder, "*" + Extension).Any();

    // "6", "06", "06-recurrent-connection" and, as some shells complete it, "06-recurrent-connection.ipynb".
    private static string? LessonNamed(Repository repository, string wanted)
    {
        var name = wanted.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)
            ? wanted[..^Extension.Length]
            : wanted;
        var number = name.Length == 1 ? "0" + name : name;
        return repository
            .Lessons()
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .FirstOrDefault(lesson => lesson == name || lesson.StartsWith(number + "-", StringComparison.Ordinal));
    }

    private static string Missing(string wanted, Repository? repository) =>
        repository is null
            ? $"There is no file {wanted}, and the current folder is not in the course's repository, so it "
                + $"can't be a lesson either."
            : $"There is neither a lesson nor a file {wanted}. 'rnn open' without a name shows all lessons.";
}
