using RnnCourse.Cli.Tests;
using RnnCourse.TestPrograms;

[assembly: AssemblyFixture(typeof(TestedProgram))]

namespace RnnCourse.Cli.Tests;

/// <summary>The program that the tests start, some hundreds of times: a copy of what was built, so that the build's own
/// folder stays as it is, with libraries translated into machine code.</summary>
public sealed class TestedProgram : IDisposable
{
    private static readonly Lazy<string?> Copy = new(() =>
        TranslatedProgram.CopyOf(
            System.IO.Path.Combine(
                Repository.Root,
                "artifacts",
                "bin",
                "RnnCourse.Cli",
                System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))
            )
        )
    );

    /// <summary>The program's path.</summary>
    public static string Path =>
        System.IO.Path.Combine(Copy.Value ?? AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "rnn.exe" : "rnn");

    public void Dispose()
    {
        if (Copy is { IsValueCreated: true, Value: { } folder })
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
