namespace RnnCourse.Cli;

/// <summary>The course's repository, or a copy of the course, found by searching from a folder upwards.</summary>
/// <param name="Root">Its top folder.</param>
internal sealed record Repository(string Root)
{
    /// <summary>The file that marks the top of a copy of the course.</summary>
    public const string CopyLandmark = "RnnCourse.course";

    private const string Landmark = "RnnCourse.sln";

    // In the package of the tool.
    private static readonly string PackedCourse = Path.Combine(AppContext.BaseDirectory, "course");

    /// <summary>The copy of the course that is installed with this program, or the repository in which it was built;
    /// null if there is neither.</summary>
    public static Repository? OfThisProgram => FindFrom(PackedCourse);

    /// <summary>Whether it is the copy that is installed with this program, in which nothing is ever written.</summary>
    public bool IsPacked => Root == PackedCourse;

    /// <summary>Folder of the lessons.</summary>
    public string Notebooks => Path.Combine(Root, "notebooks");

    /// <summary>Folder of the edition with solutions.</summary>
    public string Solutions => Path.Combine(Notebooks, "solutions");

    /// <summary>The repository, or copy of the course, that contains a folder, or null.</summary>
    public static Repository? FindFrom(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (
                File.Exists(Path.Combine(at.FullName, Landmark)) || File.Exists(Path.Combine(at.FullName, CopyLandmark))
            )
            {
                return new Repository(at.FullName);
            }
        }

        return null;
    }

    /// <summary>The lessons in the order of their numbers.</summary>
    public IReadOnlyList<string> Lessons() => NotebooksIn(Notebooks);

    /// <summary>The lessons of the edition with solutions, in the same order.</summary>
    public IReadOnlyList<string> SolvedLessons() => NotebooksIn(Solutions);

    /// <summary>The lessons, followed by the notebooks of the edition with solutions.</summary>
    public IReadOnlyList<string> AllNotebooks() => [.. Lessons(), .. SolvedLessons()];

    /// <summary>Whether a notebook is a lesson of either edition, judged by its folder.</summary>
    public bool Holds(string fullPath) =>
        Path.GetDirectoryName(fullPath) is { } folder
        && (folder == Path.GetFullPath(Notebooks) || folder == Path.GetFullPath(Solutions));

    private static IReadOnlyList<string> NotebooksIn(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.ipynb").Order(StringComparer.Ordinal)] : [];
}
