using System.Diagnostics;

namespace RnnCourse.Tests;

/// <summary>The source tree that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds RnnCourse.sln, found by walking up from the test program.</summary>
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>The C# files below a folder, as relative paths with forward slashes, without what a build
    /// made.</summary>
    public static IReadOnlyList<string> Sources(string folder) =>
        [
            .. Files(PathOf(folder))
                .Where(path => path.EndsWith(".cs", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The files under version control; of a copy that is under none, all files that no build made.</summary>
    public static IReadOnlyList<string> Tracked()
    {
        try
        {
            using var git = Process.Start(
                new ProcessStartInfo("git", ["-C", Root, "ls-files", "-z"])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            var errors = git.StandardError.ReadToEndAsync();
            var paths = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
            git.WaitForExit();
            errors.Wait();
            if (git.ExitCode == 0 && paths.Length > 0)
            {
                return [.. paths.Where(path => File.Exists(PathOf(path)))];
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Git isn't installed on this machine; the files exist anyway.
        }

        return [.. Files(Root)];
    }

    private static IEnumerable<string> Files(string folder)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(folder))
        {
            var name = Path.GetFileName(entry);
            if (name is "artifacts" or "bin" or "obj" or "TestResults" or ".git" or ".vs" or ".idea" or ".vscode")
            {
                continue;
            }

            if (File.Exists(entry))
            {
                yield return Path.GetRelativePath(Root, entry).Replace('\\', '/');
            }
            else
            {
                foreach (var file in Files(entry))
                {
                    yield return file;
                }
            }
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "RnnCourse.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException(
            $"No folder above {AppContext.BaseDirectory} holds RnnCourse.sln: run the tests from where they were built."
        );
    }
}
