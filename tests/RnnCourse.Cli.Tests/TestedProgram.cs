using System.Diagnostics;
using RnnCourse.Cli.Precompiling;
using RnnCourse.Cli.Tests;

[assembly: AssemblyFixture(typeof(TestedProgram))]

namespace RnnCourse.Cli.Tests;

/// <summary>
/// The program that the tests start, some hundreds of times. So its libraries are translated into machine code first,
/// as <c>rnn</c> does in the background for a learner: the translation costs half a minute of processor time and saves
/// several. Where it cannot be had, as without a network, the tests start the program as it was built.
/// </summary>
public sealed class TestedProgram : IDisposable
{
    private const string Name = "rnn";

    private static readonly Lazy<(string Program, string? Folder)> Prepared = new(Prepare);

    /// <summary>The program's path.</summary>
    public static string Path => Prepared.Value.Program;

    public void Dispose()
    {
        if (Prepared is { IsValueCreated: true, Value.Folder: { } folder })
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (string Program, string? Folder) Prepare()
    {
        var built = System.IO.Path.Combine(Repository.Root, "artifacts", "bin", "RnnCourse.Cli", Configuration);
        var plan = System.IO.Path.Combine(built, System.IO.Path.GetFileName(PrecompilationPlan.FileName));
        if (!File.Exists(plan) || PrecompilationPlan.Parse(File.ReadAllLines(plan)) is not { } translation)
        {
            return (ProgramIn(AppContext.BaseDirectory), null);
        }

        using var precompile = Process.Start(
            new ProcessStartInfo(ProgramIn(built), [PrecompileCommand.Name])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var reading = Task.WhenAll(
            precompile.StandardOutput.ReadToEndAsync(),
            precompile.StandardError.ReadToEndAsync()
        );
        precompile.WaitForExit();
        reading.Wait();

        // A copy, so that the build's own folder stays as the build left it. In the repository, which the program looks
        // for.
        var folder = System.IO.Path.Combine(Repository.Root, "artifacts", "tests", $"program-{Guid.NewGuid():N}");
        foreach (var file in Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories))
        {
            var copy = System.IO.Path.Combine(folder, System.IO.Path.GetRelativePath(built, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        foreach (var library in translation.Libraries.Where(library => File.Exists(library.Translated)))
        {
            File.Copy(
                library.Translated,
                System.IO.Path.Combine(folder, System.IO.Path.GetFileName(library.Source)),
                overwrite: true
            );
        }

        return (ProgramIn(folder), folder);
    }

    private static string Configuration =>
        System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    private static string ProgramIn(string folder) =>
        System.IO.Path.Combine(folder, OperatingSystem.IsWindows() ? $"{Name}.exe" : Name);
}
