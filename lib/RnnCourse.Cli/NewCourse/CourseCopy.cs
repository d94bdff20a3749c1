using System.Reflection;

namespace RnnCourse.Cli.NewCourse;

/// <summary>Copies the parts of the course that a learner needs: lessons, data, the built library, and its source code
/// to read. The folders are the same as in the repository, so that the lessons find all files.</summary>
internal static class CourseCopy
{
    private const string Readme = "README.md";

    private static readonly string BuiltLibrary = Path.Combine("artifacts", "bin", "RnnCourse.Exercises", "release");

    private static readonly string[] Folders =
    [
        "notebooks",
        "datasets",
        Path.Combine("lib", "RnnCourse"),
        BuiltLibrary,
    ];

    private static readonly string[] Files = ["LICENSE", "THIRD-PARTY-NOTICES.md"];

    /// <summary>Copies the course.</summary>
    /// <param name="course">The course to copy.</param>
    /// <param name="target">The new folder, which doesn't exist or is empty; it appears when everything has been
    /// copied.</param>
    /// <exception cref="UserErrorException">The target isn't empty, or the course isn't built.</exception>
    /// <exception cref="IOException">A file can't be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read or written.</exception>
    public static void Make(Repository course, string target)
    {
        RefuseWhatIsThere(target);
        if (!File.Exists(Path.Combine(course.Root, BuiltLibrary, "RnnCourse.Exercises.dll")))
        {
            throw new UserErrorException(
                $"The lessons need the library in {Path.Combine(course.Root, BuiltLibrary)}, which isn't built. "
                    + "Build it first, from the top of the repository: dotnet build -c Release lib/RnnCourse.Cli."
            );
        }

        var parent = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(parent);
        var unfinished = Path.Combine(parent, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}");
        try
        {
            foreach (var folder in Folders)
            {
                CopyFolder(course.Root, folder, unfinished);
            }

            foreach (var file in Files)
            {
                File.Copy(Path.Combine(course.Root, file), Path.Combine(unfinished, file));
            }

            Write("NewCourse.README.txt", Path.Combine(unfinished, Readme));
            Write(Repository.CopyLandmark, Path.Combine(unfinished, Repository.CopyLandmark));
            if (Directory.Exists(target))
            {
                Directory.Delete(target);
            }

            Directory.Move(unfinished, target);
        }
        catch
        {
            DeleteIfPossible(unfinished);
            throw;
        }
    }

    private static void RefuseWhatIsThere(string target)
    {
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw new UserErrorException($"{target} exists already. Name a new folder; 'rnn new' replaces nothing.");
        }
    }

    // Names that begin with a dot belong to editors, and the README beside the lessons is about the whole repository.
    private static void CopyFolder(string root, string folder, string target)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(root, file);
            var isWanted = folder.StartsWith("lib", StringComparison.Ordinal)
                ? path.EndsWith(".cs", StringComparison.Ordinal)
                : path != Path.Combine("notebooks", Readme);
            if (!isWanted || path.Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.')))
            {
                continue;
            }

            var copy = Path.Combine(target, path);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static void Write(string resource, string path)
    {
        using var text = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var file = File.Create(path);
        text.CopyTo(file);
    }

    private static void DeleteIfPossible(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error reported is why the copy failed.
        }
    }
}
