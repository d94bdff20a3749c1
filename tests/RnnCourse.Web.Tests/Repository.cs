namespace RnnCourse.Web.Tests;

/// <summary>The source tree that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds RnnCourse.sln, found by walking up from the test program.</summary>
    public static string Root { get; } = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "RnnCourse.sln")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException($"RnnCourse.sln is in no folder above {AppContext.BaseDirectory}.");
    }
}
