using System.Text.Json;
using System.Xml.Linq;

namespace RnnCourse.Tests;

/// <summary>
/// What the lock files and lists of versions give our projects, they must have wherever else they are used: in exported
/// programs and in packages, where neither applies. So a project references each package itself whose version is not
/// the one that its packages ask for. NuGet says nothing of it: where a lock file is written, a version that can't be
/// had is replaced without a warning.
/// </summary>
public sealed class LockFileTests
{
    public static TheoryData<string> LockFiles =>
        [.. Repository.Tracked().Where(file => Path.GetFileName(file) == "packages.lock.json")];

    public static TheoryData<string> VersionLists =>
        [.. Repository.Tracked().Where(file => Path.GetFileName(file) == "Directory.Packages.props")];

    [Theory]
    [MemberData(nameof(LockFiles))]
    public void A_project_does_not_rely_on_versions_that_only_this_repository_pins(string file) =>
        Assert.Equal(
            [],
            VersionsThatNobodyAsksFor(File.ReadAllText(Repository.PathOf(file)))
                .Select(package =>
                    $"{file}: {package}, though no package or project asks for this version. Elsewhere another "
                    + "would be taken: reference it in the project that brings it in."
                )
        );

    [Theory]
    [InlineData("Direct", "2.2.0", null)]
    [InlineData("Transitive", "2.2.0", null)]
    [InlineData("CentralTransitive", "2.2.0", null)]
    [InlineData("Direct", "2.3.13", null)]
    [InlineData("CentralTransitive", "2.3.13", "Html 2.3.13 is locked")]
    [InlineData("Transitive", "2.3.13", "Html 2.3.13 is locked")]
    [InlineData("CentralTransitive", "3.0.0", null)]
    [InlineData("CentralTransitive", "4.0.0", null)]
    public void A_version_is_asked_for_by_the_project_a_package_or_another_project(
        string type,
        string locked,
        string? expected
    )
    {
        var found = VersionsThatNobodyAsksFor(
            $$"""
            { "version": 2, "dependencies": { "net10.0": {
              "Html": { "type": "{{type}}", "resolved": "{{locked}}" },
              "Formatting": { "type": "Direct", "resolved": "1.0.0", "dependencies": { "html": "2.2.0" } },
              "Other": { "type": "Transitive", "resolved": "1.0.0", "dependencies": { "Html": "[3.0.0]" } },
              "Formatting.Base": { "type": "Transitive", "resolved": "1.0.0" },
              "Base": { "type": "Direct", "resolved": "1.0.0", "dependencies": { "Formatting.Base": "[1.0.0, 2.0.0)", "Other": "1.0.0" } },
              "ours": { "type": "Project", "dependencies": { "Html": "[4.0.0, )" } } } } }
            """
        );
        Assert.Equal(expected is null ? [] : [expected], found);
    }

    [Fact]
    public void A_listed_version_is_the_one_in_all_lock_files()
    {
        var listed = Listed("Directory.Packages.props")
            .ToDictionary(package => package.Name, package => package.Version, StringComparer.OrdinalIgnoreCase);
        var locked = LockFiles
            .SelectMany(file =>
                Packages(File.ReadAllText(Repository.PathOf(file)))
                    .Where(package => !Overridden(file).Contains((package.Name, package.Version)))
                    .Select(package => (File: file, package.Name, package.Version))
            )
            .ToList();
        Assert.Contains(locked, package => listed.ContainsKey(package.Name));
        Assert.Equal(
            [],
            locked
                .Where(package => listed.GetValueOrDefault(package.Name, package.Version) != package.Version)
                .Select(package =>
                    $"{package.File}: {package.Name} {package.Version}, but {listed[package.Name]} is listed: "
                    + "reference it in this project, too."
                )
        );
    }

    [Theory]
    [MemberData(nameof(VersionLists))]
    public void A_list_of_versions_pins_nothing_that_a_project_does_not_reference_itself(string file)
    {
        Assert.DoesNotContain(
            XDocument.Load(Repository.PathOf(file)).Descendants("CentralPackageTransitivePinningEnabled"),
            pinning => pinning.Value.Trim() != "false"
        );

        var referenced = Repository
            .Tracked()
            .Where(path =>
                path.EndsWith(".csproj", StringComparison.Ordinal)
                || path.EndsWith("Directory.Build.props", StringComparison.Ordinal)
            )
            .SelectMany(path => XDocument.Load(Repository.PathOf(path)).Descendants("PackageReference"))
            .Select(reference => (string?)reference.Attribute("Include"))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var listed = Listed(file);
        Assert.NotEmpty(listed);
        Assert.All(
            listed,
            package =>
                Assert.True(
                    referenced.Contains(package.Name),
                    $"{file} lists {package.Name}, which no project references: remove it."
                )
        );

        // A package that requires exactly this version would not allow its users a newer one.
        Assert.All(
            listed,
            package =>
                Assert.True(
                    char.IsAsciiDigit(package.Version[0]),
                    $"{file}: write the least version of {package.Name} that works, without brackets, not "
                        + $"{package.Version}."
                )
        );
    }

    // The packages of .NET Interactive are only for its tests and the extension for it: 300 MB that learners needn't
    // download.
    [Fact]
    public void What_a_learner_builds_needs_no_package_of_the_kernel_of_NET_Interactive()
    {
        var files = LockFiles.Select(row => row.Data).ToList();
        var withKernel = files.Where(file =>
            Packages(File.ReadAllText(Repository.PathOf(file)))
                .Any(package => package.Name is "Microsoft.DotNet.Interactive" or "Microsoft.DotNet.Interactive.CSharp")
        );
        Assert.Equal(
            [
                "lib/RnnCourse.Interactive/packages.lock.json",
                "tests/RnnCourse.DotNetInteractive.Tests/packages.lock.json",
                "tests/RnnCourse.Interactive.Tests/packages.lock.json",
            ],
            withKernel
        );
        Assert.Contains("lib/RnnCourse.Cli/packages.lock.json", files);
    }

    // The solution contains the tests, too, with all packages that they need.
    [Fact]
    public void A_learner_is_told_to_build_the_command_only()
    {
        var told = Repository
            .Tracked()
            .Where(file => file.StartsWith("notebooks/", StringComparison.Ordinal))
            .Append(".devcontainer/devcontainer.json")
            .SelectMany(file => File.ReadLines(Repository.PathOf(file)).Select(line => (File: file, Line: line)))
            .Where(place => place.Line.Contains("dotnet build", StringComparison.Ordinal))
            .ToList();
        Assert.True(told.Count > 15, "The search for what learners are told to build found almost nothing.");
        Assert.All(
            told,
            place =>
                Assert.True(
                    place.Line.Contains("dotnet build -c Release lib/RnnCourse.Cli", StringComparison.Ordinal),
                    $"{place.File} has learners build more than they need: {place.Line.Trim()}"
                )
        );
    }

    // The versions that only one project sets.
    private static List<(string Name, string Version)> Overridden(string lockFile) =>
        [
            .. Directory
                .EnumerateFiles(Path.GetDirectoryName(Repository.PathOf(lockFile))!, "*.csproj")
                .SelectMany(project => XDocument.Load(project).Descendants("PackageReference"))
                .Where(reference => reference.Attribute("VersionOverride") is not null)
                .Select(reference =>
                    ((string)reference.Attribute("Include")!, (string)reference.Attribute("VersionOverride")!)
                ),
        ];

    private static List<(string Name, string Version)> Listed(string file) =>
        [
            .. XDocument
                .Load(Repository.PathOf(file))
                .Descendants("PackageVersion")
                .Select(version => ((string)version.Attribute("Include")!, (string)version.Attribute("Version")!)),
        ];

    private static IEnumerable<string> VersionsThatNobodyAsksFor(string lockFile)
    {
        using var document = JsonDocument.Parse(lockFile);
        foreach (var framework in document.RootElement.GetProperty("dependencies").EnumerateObject())
        {
            var asked = framework
                .Value.EnumerateObject()
                .Where(entry => entry.Value.TryGetProperty("dependencies", out _))
                .SelectMany(entry => entry.Value.GetProperty("dependencies").EnumerateObject())
                .Select(need => $"{need.Name} {need.Value.GetString()!.Trim('[', ']', '(', ')').Split(',')[0]}")
                .ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (
                var entry in framework
                    .Value.EnumerateObject()
                    .Where(entry => entry.Value.GetProperty("type").GetString() is not ("Direct" or "Project"))
            )
            {
                var version = $"{entry.Name} {entry.Value.GetProperty("resolved").GetString()}";
                if (!asked.Contains(version))
                {
                    yield return $"{version} is locked";
                }
            }
        }
    }

    private static List<(string Name, string Version)> Packages(string lockFile)
    {
        using var document = JsonDocument.Parse(lockFile);
        return
        [
            .. document
                .RootElement.GetProperty("dependencies")
                .EnumerateObject()
                .SelectMany(framework => framework.Value.EnumerateObject())
                .Where(entry => entry.Value.GetProperty("type").GetString() != "Project")
                .Select(entry => (entry.Name, entry.Value.GetProperty("resolved").GetString()!)),
        ];
    }
}
