namespace RnnCourse.Cli;

/// <summary>The course's repository, found upwards from a folder.</summary>
/// <param name="Root">Its top folder.</param>
internal sealed record Repository(string Root)
{
    private const string Landmark = "RnnCourse.sln";

    /// <summary>Folder of the lessons.</summary>
    public string Notebooks => Path.Combine(Root, "notebooks");

    /// <summary>The repository that a folder lies in, or null.</summary>
    public static Repository? FindFrom(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, Landmark)))
            {
                return new Repository(at.FullName);
            }
        }

        return null;
    }

    /// <summary>The lessons in the order of their numbers.</summary>
    public IReadOnlyList<string> Lessons() => Directory.Exists(Notebooks)
        ? [.. Directory.EnumerateFiles(Notebooks, "*.ipynb").Order(StringComparer.Ordinal)]
        : [];
}
