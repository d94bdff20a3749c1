namespace RnnCourse.DotNetInteractive.Tests;

/// <summary>The notebooks of the course, and which of them are executed here.</summary>
internal static class Lessons
{
    // The first, one with all kinds of checks, and one with many figures.
    private static readonly string[] Usual = ["00", "06", "10"];

    /// <summary>The folder of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>All notebooks of both editions, as paths from <c>notebooks</c>.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. new[] { "", "solutions" }
            .SelectMany(edition =>
                Directory
                    .GetFiles(Path.Combine(Root, "notebooks", edition), "*.ipynb")
                    .Select(path => Path.Combine(edition, Path.GetFileName(path)).Replace('\\', '/'))
            )
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Those that are executed: three lessons; all notebooks with <c>RNN_LONG=1</c>; what <c>RNN_LESSONS</c>
    /// names, such as <c>06,07</c>, in both editions.</summary>
    public static IReadOnlyList<string> Chosen { get; } = Choose();

    /// <summary>The path of a notebook.</summary>
    public static string PathOf(string lesson) => Path.Combine(Root, "notebooks", lesson);

    private static List<string> Choose()
    {
        var named = (Environment.GetEnvironmentVariable("RNN_LESSONS") ?? "").Split(
            ',',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        return named.Length > 0 ? [.. All.Where(lesson => named.Contains(Number(lesson)))]
            : Environment.GetEnvironmentVariable("RNN_LONG") == "1" ? [.. All]
            : [.. All.Where(lesson => !lesson.Contains('/') && Usual.Contains(Number(lesson)))];
    }

    private static string Number(string lesson) => Path.GetFileName(lesson)[..2];

    private static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "RnnCourse.sln")))
        {
            at = at.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        }

        return at.FullName;
    }
}
