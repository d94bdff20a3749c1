namespace RnnCourse.Datasets;

/// <summary>Finds the data sets that come with the course.</summary>
public static class CourseData
{
    private const string Landmark = "RnnCourse.sln";

    // A copy of the course, and the folder of one beside the program.
    private const string CopyLandmark = "RnnCourse.course";
    private const string PackedCourse = "course";

    private static string? LibraryFolder => Path.GetDirectoryName(typeof(CourseData).Assembly.Location);

    /// <summary>The path of a file or folder below <c>datasets/</c>.</summary>
    /// <param name="parts">The names on the way from there, such as "names", "train.txt".</param>
    /// <exception cref="DirectoryNotFoundException">Neither this library nor the current folder lies in the course's
    /// repository or in a copy of the course.</exception>
    public static string PathOf(params string[] parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return Path.Combine([Folder(), .. parts]);
    }

    /// <summary>Says whether the data sets can be found from here.</summary>
    public static bool IsThere => FindFolder() is not null;

    private static string? FindFolder() =>
        Find(LibraryFolder)
        ?? Find(Environment.CurrentDirectory)
        ?? (string.IsNullOrEmpty(LibraryFolder) ? null : Find(Path.Combine(LibraryFolder, PackedCourse)));

    private static string Folder() =>
        FindFolder()
        ?? throw new DirectoryNotFoundException(
            $"The folder 'datasets' is found beside {Landmark}, but neither this program nor the "
                + "current folder "
                + $"{Environment.CurrentDirectory} "
                + "lies below such a file. Go to the course's folder, or name a file of your own."
        );

    private static string? Find(string? folder)
    {
        for (var at = string.IsNullOrEmpty(folder) ? null : new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (
                (
                    File.Exists(Path.Combine(at.FullName, Landmark))
                    || File.Exists(Path.Combine(at.FullName, CopyLandmark))
                ) && Directory.Exists(Path.Combine(at.FullName, "datasets"))
            )
            {
                return Path.Combine(at.FullName, "datasets");
            }
        }

        return null;
    }
}
