using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RnnCourse.Cli.Tests;

/// <summary>
/// THIRD-PARTY-NOTICES.md names exactly the packages that we ship, with the licences that they state.
/// </summary>
public sealed partial class ThirdPartyNoticesTests
{
    private const string Shipped = "Packages that are shipped";
    private const string BuildOnly = "Packages that only a build uses";

    /// <summary>A sentence from each licence, by its name in the notices; white space doesn't count.</summary>
    private static readonly Dictionary<string, string> Sentences = new()
    {
        ["Apache-2.0"] = "Apache License Version 2.0, January 2004",
        ["BSD-2-Clause"] = "Redistributions in binary form must reproduce the above copyright notice",
        ["GPL-3.0"] = "GNU GENERAL PUBLIC LICENSE Version 3, 29 June 2007",
        ["LGPL-3.0 with exception"] =
            "As a special exception, copyright holders give you permission to link this library with independent",
        ["MIT"] = "The above copyright notice and this permission notice shall be included in all copies",
        ["MPL-2.0"] = "Mozilla Public License Version 2.0",
    };

    /// <summary>
    /// Packages that don't state a licence by its name: the address that they give instead, and the licence at this
    /// address.
    /// </summary>
    private static readonly Dictionary<string, (string Address, string Licence)> StatedByAddress = new()
    {
        ["AsyncIO"] = ("", "MPL-2.0"),
        ["Microsoft.AspNetCore.Html.Abstractions"] = (
            "https://raw.githubusercontent.com/aspnet/AspNetCore/2.0.0/LICENSE.txt",
            "Apache-2.0"
        ),
        ["NetMQ"] = ("https://github.com/zeromq/netmq/blob/master/COPYING.LESSER", "LGPL-3.0 with exception"),
        ["System.Data.DataSetExtensions"] = ("https://github.com/dotnet/corefx/blob/master/LICENSE.TXT", "MIT"),
    };

    private static readonly string Notices = File.ReadAllText(Path.Combine(Repository.Root, "THIRD-PARTY-NOTICES.md"));

    private static IEnumerable<Notice> All => [.. Listed(Shipped), .. Listed(BuildOnly)];

    [Fact]
    public void Every_package_in_a_lock_file_is_named_once_and_nothing_else_is()
    {
        var named = All.Select(notice => notice.Package).ToList();
        Assert.Equal(named.Distinct(), named);

        var locked = LockedPackages().Select(package => package.Name).Distinct().ToList();
        Assert.NotEmpty(locked);
        Assert.Equal(
            [],
            locked
                .Except(named)
                .Select(name => $"THIRD-PARTY-NOTICES.md doesn't name {name}, which lib uses: add a line.")
        );
        Assert.Equal(
            [],
            named
                .Except(locked)
                .Select(name => $"THIRD-PARTY-NOTICES.md names {name}, which lib no longer uses: remove it.")
        );
    }

    [Fact]
    public void Every_package_has_a_holder_a_source_and_a_licence_whose_text_is_there()
    {
        Assert.All(
            All,
            notice =>
            {
                Assert.True(notice.Copyright.Length > 5, $"{notice.Package}: say who holds the copyright.");
                Assert.StartsWith("https://", notice.Source, StringComparison.Ordinal);
                Assert.True(
                    Sentences.ContainsKey(notice.Licence),
                    $"{notice.Package}: '{notice.Licence}' is new here."
                );
            }
        );
        Assert.Equal(Sentences.Keys.Order(StringComparer.Ordinal), LicenceFiles().Keys.Order(StringComparer.Ordinal));
        Assert.All(LicenceFiles(), file => AssertIsText(file.Key, Path.Combine(Repository.Root, file.Value)));
    }

    [Fact]
    public void Every_text_in_the_folder_of_licences_is_linked()
    {
        var folder = Path.Combine(Repository.Root, "lib", "RnnCourse.Cli", "Licences");
        Assert.All(
            Directory.GetFiles(folder),
            file =>
                Assert.Contains(
                    $"lib/RnnCourse.Cli/Licences/{Path.GetFileName(file)}",
                    Notices,
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void The_licence_is_the_one_that_the_package_states()
    {
        var notices = All.ToDictionary(notice => notice.Package);
        var seen = 0;
        foreach (var (name, version) in LockedPackages())
        {
            var folder = Path.Combine(PackageFolder, name.ToLowerInvariant(), version.ToLowerInvariant());
            var specification = Path.Combine(folder, $"{name.ToLowerInvariant()}.nuspec");
            if (!notices.TryGetValue(name, out var notice) || !File.Exists(specification))
            {
                continue;
            }

            seen++;
            var metadata = Field(XDocument.Load(specification).Root!, "metadata")!;
            AssertStated(notice, metadata, folder);
            var isForBuilds = Field(metadata, "developmentDependency")?.Value == "true";
            Assert.True(
                isForBuilds == Listed(BuildOnly).Contains(notice),
                $"{name} belongs under '{(isForBuilds ? BuildOnly : Shipped)}' in THIRD-PARTY-NOTICES.md."
            );
        }

        // This program itself was built with them.
        Assert.True(seen > 0, $"None of the packages is in {PackageFolder}.");
    }

    private static void AssertStated(Notice notice, XElement metadata, string folder)
    {
        var licence = Field(metadata, "license");
        if (licence?.Attribute("type")?.Value == "expression")
        {
            Assert.True(
                licence.Value == notice.Licence,
                $"{notice.Package} is under {licence.Value}, but THIRD-PARTY-NOTICES.md says {notice.Licence}."
            );
        }
        else if (licence is not null)
        {
            AssertIsText(notice.Licence, Path.Combine(folder, licence.Value));
        }
        else
        {
            var address = Field(metadata, "licenseUrl")?.Value ?? "";
            Assert.True(
                StatedByAddress.TryGetValue(notice.Package, out var stated) && stated == (address, notice.Licence),
                $"{notice.Package} gives '{address}' as its licence: read it, and write here and in "
                    + "THIRD-PARTY-NOTICES.md which one it is."
            );
        }
    }

    private static string PackageFolder =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static XElement? Field(XElement parent, string name) =>
        parent.Elements().FirstOrDefault(element => element.Name.LocalName == name);

    private static void AssertIsText(string licence, string file) =>
        Assert.Contains(Sentences[licence], Spaces().Replace(File.ReadAllText(file), " "), StringComparison.Ordinal);

    private static Dictionary<string, string> LicenceFiles() =>
        Definition().Matches(Notices).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    private static List<Notice> Listed(string heading)
    {
        var start = Notices.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"THIRD-PARTY-NOTICES.md has no heading '{heading}'.");
        var end = Notices.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        var section = Notices[start..(end < 0 ? Notices.Length : end)];
        List<Notice> notices =
        [
            .. Row()
                .Matches(section)
                .Select(row => new Notice(
                    row.Groups[1].Value,
                    row.Groups[2].Value,
                    row.Groups[3].Value,
                    row.Groups[4].Value
                )),
        ];

        // A row that the pattern doesn't match must not be left out silently.
        Assert.Equal(section.Split('\n').Count(line => line.StartsWith('|')) - 2, notices.Count);
        return notices;
    }

    private static IEnumerable<(string Name, string Version)> LockedPackages()
    {
        // The extension for .NET Interactive isn't part of a program, and its host provides the packages with which it
        // is compiled.
        var projects = Directory
            .GetDirectories(Path.Combine(Repository.Root, "lib"))
            .Where(project => Path.GetFileName(project) != "RnnCourse.Interactive");
        foreach (var file in projects.Select(project => Path.Combine(project, "packages.lock.json")).Where(File.Exists))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            var entries = document
                .RootElement.GetProperty("dependencies")
                .EnumerateObject()
                .SelectMany(framework => framework.Value.EnumerateObject());
            foreach (var entry in entries.Where(entry => entry.Value.GetProperty("type").GetString() != "Project"))
            {
                yield return (entry.Name, entry.Value.GetProperty("resolved").GetString()!);
            }
        }
    }

    [GeneratedRegex(@"^\| `([^`]+)` \| `([^`]+)` \| \[([^\]]+)\] \| <([^>]+)> \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\[([^\]]+)\]: (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    private sealed record Notice(string Package, string Copyright, string Licence, string Source);
}
