using System.IO.Compression;
using RnnCourse.Notebooks.Session.Scripting.Packages;

namespace RnnCourse.Notebooks.Tests.Session.Scripting.Extensions;

/// <summary>Finds packages that need no others by unpacking them from the folder <c>feed</c>, as the .NET SDK
/// would.</summary>
/// <param name="folder">The folder of the notebook.</param>
internal sealed class UnpackedFeed(string folder)
{
    public async Task<FoundPackages> RestoreAsync(
        IReadOnlyList<PackageRequest> requests,
        IReadOnlyList<string> moreSources,
        CancellationToken cancellation
    )
    {
        Assert.Empty(moreSources);
        var homes = new List<(string Name, string Folder)>();
        foreach (var request in requests)
        {
            Assert.True(request.IsExact);
            homes.Add((request.Name, await UnpackAsync($"{request.Name}.{request.Version}", cancellation)));
        }

        return new FoundPackages(
            [.. requests.Select(request => (request.Name, request.Version!))],
            [.. homes.SelectMany(home => Directory.EnumerateFiles(Path.Combine(home.Folder, "lib", "net8.0")))],
            []
        )
        {
            Extensions =
            [
                .. homes
                    .Select(home => (home.Name, Folder: Path.Combine(home.Folder, "interactive-extensions", "dotnet")))
                    .Where(extension => Directory.Exists(extension.Folder)),
            ],
            Substitutes = [],
        };
    }

    private async Task<string> UnpackAsync(string package, CancellationToken cancellation)
    {
        var home = Path.Combine(folder, "unpacked", package);
        if (!Directory.Exists(home))
        {
            await ZipFile.ExtractToDirectoryAsync(Path.Combine(folder, "feed", $"{package}.nupkg"), home, cancellation);
        }

        return home;
    }
}
