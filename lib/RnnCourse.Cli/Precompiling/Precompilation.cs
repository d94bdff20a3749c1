namespace RnnCourse.Cli.Precompiling;

/// <summary>Thrown when libraries could not be translated.</summary>
/// <param name="message">What happened, and where.</param>
internal sealed class PrecompilationException(string message) : Exception(message);

/// <summary>Translates libraries of this program into machine code for this machine.</summary>
/// <param name="plan">The libraries to translate.</param>
/// <param name="report">Called with the name of each library before it is translated.</param>
internal sealed class Precompilation(PrecompilationPlan plan, Action<string> report)
{
    // These options also translate generic code of other libraries, such as .NET's collections, for the types of this
    // one. It is a third of what would be left to translate at each start. The runtime uses it only while the other
    // library's code is unchanged. Existing translations of packages stay as they are when these options change; to
    // replace them, rename PrecompiledPackagesFolder in Precompiling.targets.
    private static readonly string[] AcrossLibraries = ["--opt-cross-module:*", "--non-local-generics-module:*"];

    // How long a package's translation stays after a clone has translated another version of the package.
    private static readonly TimeSpan PackageLifetime = TimeSpan.FromDays(90);

    // What is older was left behind by a translator that was killed.
    private static readonly TimeSpan LongestTranslation = TimeSpan.FromDays(1);

    private const string Unfinished = ".unfinished";

    /// <summary>Translates the libraries that are not translated yet. If several processes try at once, one does the
    /// work and the others return.</summary>
    /// <param name="cancellation">Cancels the work; completed translations stay.</param>
    /// <returns>The number of translated libraries.</returns>
    /// <exception cref="PrecompilationException">The compiler cannot be fetched or verified, it failed, or the folder
    /// cannot be written. The reason is stored in <see cref="PrecompilationPlan.FailureFile"/>.
    /// </exception>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(plan.FailureFile)!);
            await using var turn = TryLock();
            if (turn is null || !plan.Missing.Any())
            {
                return 0;
            }

            var compiler = await CompilerPackage.FindCompilerAsync(plan, cancellation);
            var translated = 0;
            foreach (var library in plan.Missing.ToList())
            {
                report(Path.GetFileName(library.Source));
                await TranslateAsync(compiler, library, cancellation);
                translated++;
            }

            DeleteOldTranslations();
            File.Delete(plan.FailureFile);
            return translated;
        }
        catch (Exception e) when (e is PrecompilationException or IOException or UnauthorizedAccessException)
        {
            RememberFailure(e.Message);
            throw e as PrecompilationException ?? new PrecompilationException(e.Message);
        }
    }

    private FileStream? TryLock()
    {
        try
        {
            return new FileStream(
                Path.Combine(plan.OutputFolder, "lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
        }
        catch (IOException)
        {
            return null;
        }
    }

    private async Task TranslateAsync(string[] compiler, PrecompilableLibrary library, CancellationToken cancellation)
    {
        if (!File.Exists(library.Source))
        {
            throw new PrecompilationException($"{library.Source} does not exist. Build the course again.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(library.Translated)!);
        // Another clone may translate the same package at this moment.
        var unfinished = $"{library.Translated}.{Guid.NewGuid():N}{Unfinished}";
        var references = plan
            .References.Append(plan.FrameworkFolder)
            .SelectMany(reference => new[] { "-r", reference });
        var run = await ProcessResult.RunAsync(
            [.. compiler, library.Source, "-o", unfinished, .. references, "-O", .. AcrossLibraries],
            cancellation
        );
        if (run.ExitCode != 0 || !File.Exists(unfinished))
        {
            File.Delete(unfinished);
            throw new PrecompilationException(
                $"{library.Source} could not be translated; {plan.CompilerPackage} {plan.CompilerVersion} "
                    + $"says: {run.LastLine}"
            );
        }

        // All clones use this file: a loss of power must not leave half of it.
        await using (var file = new FileStream(unfinished, FileMode.Open, FileAccess.Write))
        {
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, library.Translated, overwrite: true);
    }

    /// <summary>Deletes what serves nobody: translations of earlier versions of our own libraries; those of other
    /// versions of packages after 90 days, since they may serve another clone; and unfinished ones after a
    /// day.</summary>
    public void DeleteOldTranslations()
    {
        foreach (var library in plan.Libraries)
        {
            var current = Path.GetDirectoryName(library.Translated)!;
            foreach (
                var edition in Directory
                    .EnumerateDirectories(Path.GetDirectoryName(current)!)
                    .Where(folder => folder != current && (IsOurs(folder) || IsOlder(folder, PackageLifetime)))
            )
            {
                Directory.Delete(edition, recursive: true);
            }

            foreach (
                var file in Directory
                    .EnumerateFiles(current, "*" + Unfinished)
                    .Where(file => IsOlder(file, LongestTranslation))
            )
            {
                File.Delete(file);
            }
        }
    }

    private bool IsOurs(string folder) =>
        folder.StartsWith(
            Path.TrimEndingDirectorySeparator(plan.OutputFolder) + Path.DirectorySeparatorChar,
            StringComparison.Ordinal
        );

    private static bool IsOlder(string path, TimeSpan age) => DateTime.UtcNow - File.GetLastWriteTimeUtc(path) > age;

    private void RememberFailure(string reason)
    {
        try
        {
            File.WriteAllText(plan.FailureFile, reason);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder cannot be written. The caller reports the reason, and the next start tries again.
        }
    }
}
