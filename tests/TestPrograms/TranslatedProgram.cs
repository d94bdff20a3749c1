using System.Diagnostics;

namespace RnnCourse.TestPrograms;

/// <summary>
/// Copies of built programs with their libraries translated into machine code, for tests that start many processes.
/// <c>rnn</c> does the same in the background for a learner. The translation costs half a minute of processor time,
/// once, and saves a second with each process that compiles a cell. Where it cannot be had, as without a network, tests
/// start programs as they were built.
/// </summary>
/// <remarks>Each test project that needs it compiles this file for itself.</remarks>
internal static class TranslatedProgram
{
    /// <summary>Copies a program's folder, with translated libraries in place of those that have a
    /// translation.</summary>
    /// <param name="folder">The folder that the build made.</param>
    /// <returns>The copy, which the caller deletes; null if <c>rnn</c> was not built for translation.</returns>
    public static string? CopyOf(string folder)
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var rnn = Path.Combine(RepositoryRoot(), "artifacts", "bin", "RnnCourse.Cli", configuration);
        var plan = Path.Combine(rnn, "rnn.precompilation");
        if (!File.Exists(plan))
        {
            return null;
        }

        var copies = Path.Combine(RepositoryRoot(), "artifacts", "tests");
        Directory.CreateDirectory(copies);
        Translate(Path.Combine(rnn, OperatingSystem.IsWindows() ? "rnn.exe" : "rnn"), Path.Combine(copies, "lock"));

        // In the repository, since some programs search for it.
        var copy = Path.Combine(copies, $"program-{Guid.NewGuid():N}");
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        foreach (
            var (source, translated) in File.ReadLines(plan)
                .Select(line => line.Split('\t'))
                .Where(words => words is ["library", _, _])
                .Select(words => (words[1], words[2]))
        )
        {
            var library = Path.Combine(copy, Path.GetFileName(source));
            if (File.Exists(library) && IsTranslationOf(source, translated) && HaveSameBytes(source, library))
            {
                File.Copy(translated, library, overwrite: true);
            }
        }

        return copy;
    }

    // The test programs run side by side: the first translates, and the others wait for it.
    private static void Translate(string rnn, string lockFile)
    {
        using var turn = WaitFor(lockFile);
        using var process = Process.Start(
            new ProcessStartInfo(rnn, ["precompile"]) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var reading = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        reading.Wait();
    }

    private static FileStream WaitFor(string lockFile)
    {
        while (true)
        {
            try
            {
                return new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                Thread.Sleep(100);
            }
        }
    }

    // The name of a translation's folder contains the version of the package, or the build time of our own library. Our
    // library may have been rebuilt after 'rnn'.
    private static bool IsTranslationOf(string source, string translated) =>
        File.Exists(translated)
        && (
            !long.TryParse(Path.GetFileName(Path.GetDirectoryName(translated)), out var built)
            || built == File.GetLastWriteTime(source).Ticks
        );

    private static bool HaveSameBytes(string source, string library) =>
        new FileInfo(source).Length == new FileInfo(library).Length
        && File.ReadAllBytes(source).AsSpan().SequenceEqual(File.ReadAllBytes(library));

    private static string RepositoryRoot()
    {
        var folder = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder, "RnnCourse.sln")))
        {
            folder =
                Path.GetDirectoryName(folder)
                ?? throw new DirectoryNotFoundException(
                    $"{AppContext.BaseDirectory} is not in the course's repository."
                );
        }

        return folder;
    }
}
