using System.Text.Json;
using RnnCourse.Cli.Tests.NewCourse;

[assembly: AssemblyFixture(typeof(PackedSolution))]

namespace RnnCourse.Cli.Tests.NewCourse;

/// <summary>The packages of all projects of <c>lib</c>, made by one <c>dotnet pack</c> for all tests that use
/// them.</summary>
public sealed class PackedSolution : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("packed").FullName;
    private readonly string _filter = Path.Combine(Path.GetTempPath(), $"packed-{Guid.NewGuid():N}.slnf");
    private readonly Lazy<Task> _pack;

    public PackedSolution() =>
        _pack = new Lazy<Task>(() =>
            ForeignProgram.RunAsync(
                Repository.Root,
                "dotnet",
                "pack",
                WriteFilter(),
                "-c",
                "Release",
                "--no-build",
                "--no-restore",
                "-nodeReuse:false",
                "-o",
                _folder
            )
        );

    /// <summary>The folder of the packages, which a test must not change. Skips the test where nothing can be
    /// packed.</summary>
    public async Task<string> FolderAsync()
    {
        Assert.SkipWhen(
            Environment
                .GetEnvironmentVariables()
                .Keys.Cast<string>()
                .Any(name => name is "DOTNET_EnableAVX512" or "DOTNET_EnableAVX2" or "DOTNET_EnableHWIntrinsic"),
            "packing doesn't depend on the processor's instructions; the run without DOTNET_Enable… does it"
        );
        Assert.SkipUnless(
            File.Exists(
                Path.Combine(
                    Repository.Root,
                    "artifacts",
                    "bin",
                    "RnnCourse.Interactive",
                    "release",
                    "RnnCourse.Interactive.dll"
                )
            ),
            "it packs the whole solution, which isn't built: dotnet build -c Release"
        );
        await _pack.Value;
        return _folder;
    }

    /// <summary>Copies packages into a folder.</summary>
    /// <param name="pattern">Their names, such as <c>RnnCourse.Tool.*.nupkg</c>.</param>
    /// <param name="folder">Where they go.</param>
    public async Task CopyAsync(string pattern, string folder)
    {
        foreach (var file in Directory.GetFiles(await FolderAsync(), pattern))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        File.Delete(_filter);
    }

    // Leaves out the tests, which aren't packed; reading their projects takes seconds. A project is named like its
    // folder; the project that fetches the ahead-of-time compiler isn't, and isn't in the solution.
    private string WriteFilter()
    {
        var projects = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "lib"), "*.csproj", SearchOption.AllDirectories)
            .Where(file => Path.GetFileNameWithoutExtension(file) == Path.GetFileName(Path.GetDirectoryName(file)))
            .Select(file => Path.GetRelativePath(Repository.Root, file));
        var filter = new { solution = new { path = Path.Combine(Repository.Root, "RnnCourse.sln"), projects } };
        File.WriteAllText(_filter, JsonSerializer.Serialize(filter));
        return _filter;
    }
}
