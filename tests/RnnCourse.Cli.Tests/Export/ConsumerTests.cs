using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;

namespace RnnCourse.Cli.Tests.Export;

/// <summary>
/// A project outside the clone that uses ours, as an exported program does: no lock file and no list of versions
/// reaches it, and its source of packages may have all versions or few. Only project files are copied and only packages
/// are restored; nothing is compiled. The packages say what they need, and are otherwise empty.
/// </summary>
public sealed class ConsumerTests : IDisposable
{
    private static readonly string[] Projects =
    [
        "RnnCourse.Blas",
        "RnnCourse",
        "RnnCourse.Plotting",
        "RnnCourse.Exercises",
        "RnnCourse.Notebooks",
        "RnnCourse.Notebooks.Session",
        "RnnCourse.Notebooks.Running",
        "RnnCourse.Notebooks.Pages",
        "RnnCourse.Jupyter",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("consumer").FullName;

    /// <summary>Every package of the projects that are used, in the version that they were built with.</summary>
    private readonly Dictionary<string, string> _locked = [];

    /// <summary>Older versions that packages ask for, and that are not the ones our projects were built with.</summary>
    private readonly HashSet<(string Name, string Version)> _older = [];

    public ConsumerTests()
    {
        Copy("Directory.Build.props");
        Copy("Directory.Packages.props");
        Copy("global.json");
        foreach (var project in Projects)
        {
            Copy(Path.Combine("lib", project, project + ".csproj"));
        }

        var locks = Projects
            .Select(project => Entries(Path.Combine(Repository.Root, "lib", project, "packages.lock.json")))
            .ToList();
        foreach (
            var (name, entry) in locks
                .SelectMany(entries => entries)
                .Where(entry => entry.Value.TryGetProperty("resolved", out _))
        )
        {
            _locked[name] = entry.GetProperty("resolved").GetString()!;
        }

        var asked = locks
            .SelectMany(entries => entries)
            .Where(entry => entry.Value.TryGetProperty("dependencies", out _))
            .SelectMany(entry => entry.Value.GetProperty("dependencies").EnumerateObject())
            .Select(need => (need.Name, Version: need.Value.GetString()!.Trim('[', ']', '(', ')').Split(',')[0]));
        _older.UnionWith(
            asked.Where(need => _locked.TryGetValue(need.Name, out var version) && version != need.Version)
        );

        Directory.CreateDirectory(Feed);
        foreach (var (name, version) in _locked)
        {
            var id = name.ToLowerInvariant();
            Pack(name, version, File.ReadAllText(Path.Combine(PackageFolder(), id, version, id + ".nuspec")));
        }
    }

    private string Feed => Path.Combine(_folder, "feed");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_source_that_has_only_what_we_were_built_with_is_enough() => AssertAsBuilt(await RestoreAsync());

    [Fact]
    public async Task A_source_that_has_all_versions_gives_what_we_were_built_with()
    {
        Assert.Contains(("Microsoft.AspNetCore.Html.Abstractions", "2.2.0"), _older);
        foreach (var (name, version) in _older)
        {
            Pack(name, version);
        }

        foreach (var name in _older.Select(package => package.Name).Distinct())
        {
            Pack(name, "99.0.0");
        }

        AssertAsBuilt(await RestoreAsync());
    }

    [Fact]
    public async Task A_consumer_that_asks_for_a_newer_package_than_we_do_gets_it()
    {
        Pack("Markdig", "99.0.0");
        Pack("MathNet.Numerics", "99.0.0");
        var restored = await RestoreAsync(("Markdig", "99.0.0"), ("MathNet.Numerics", "99.0.0"));
        Assert.Equal(("99.0.0", "99.0.0"), (restored["Markdig"], restored["MathNet.Numerics"]));
    }

    // Analyzers are only for our own build; users of the libraries don't get them.
    private void AssertAsBuilt(Dictionary<string, string> restored) =>
        Assert.Equal(
            _locked
                .Where(package => package.Key != "Microsoft.CodeAnalysis.PublicApiAnalyzers")
                .Select(package => $"{package.Key} {package.Value}")
                .Order(StringComparer.Ordinal),
            restored.Select(package => $"{package.Key} {package.Value}").Order(StringComparer.Ordinal)
        );

    private void Copy(string file)
    {
        var target = Path.Combine(_folder, "clone", file);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(Path.Combine(Repository.Root, file), target);
    }

    // Its version matters here, and what it needs.
    private void Pack(string name, string version, string? specification = null)
    {
        using var package = ZipFile.Open(Path.Combine(Feed, $"{name}.{version}.nupkg"), ZipArchiveMode.Create);
        package.CreateEntry("lib/netstandard2.0/_._");
        using var writer = new StreamWriter(package.CreateEntry($"{name}.nuspec").Open());
        writer.Write(
            specification
                ?? $"""
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
                <id>{name}</id><version>{version}</version><authors>a</authors><description>d</description>
                <dependencies><group targetFramework="netstandard2.0" /></dependencies></metadata></package>
                """
        );
    }

    /// <summary>
    /// Restores a project that uses ours and these packages; gives the version of each package that it got. A warning
    /// is an error. It has no lock file: where one is written, nothing is said of versions that can't be had (NU1603).
    /// </summary>
    private async Task<Dictionary<string, string>> RestoreAsync(params (string Name, string Version)[] packages)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "program")).FullName;
        var project = Path.Combine(folder, "Program.csproj");
        var lines = Projects
            .Select(name => $"""<ProjectReference Include="../clone/lib/{name}/{name}.csproj" />""")
            .Concat(
                packages.Select(package =>
                    $"""<PackageReference Include="{package.Name}" Version="{package.Version}" />"""
                )
            );
        await File.WriteAllTextAsync(
            project,
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>{string.Concat(lines)}</ItemGroup>
            </Project>
            """,
            TestContext.Current.CancellationToken
        );
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "nuget.config"),
            """
            <configuration><packageSources><clear /><add key="here" value="feed" /></packageSources></configuration>
            """,
            TestContext.Current.CancellationToken
        );

        var start = new ProcessStartInfo(
            "dotnet",
            ["restore", project, "-nodeReuse:false", "-p:NuGetAudit=false", "-p:RestoreLockedMode=false"]
        )
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NUGET_PACKAGES"] = Path.Combine(_folder, "packages");
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0 && !output.Contains(": warning ", StringComparison.Ordinal), output);
        using var assets = JsonDocument.Parse(
            await File.ReadAllBytesAsync(
                Path.Combine(folder, "obj", "project.assets.json"),
                TestContext.Current.CancellationToken
            )
        );
        return assets
            .RootElement.GetProperty("libraries")
            .EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package")
            .Select(library => library.Name.Split('/'))
            .ToDictionary(parts => parts[0], parts => parts[1]);
    }

    private static Dictionary<string, JsonElement> Entries(string lockFile)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(lockFile));
        return document
            .RootElement.GetProperty("dependencies")
            .GetProperty("net10.0")
            .EnumerateObject()
            .ToDictionary(entry => entry.Name, entry => entry.Value.Clone());
    }

    // The folder into which the build of these tests has put the packages.
    private static string PackageFolder() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
