using System.IO.Compression;
using System.Reflection.Metadata;
using System.Xml.Linq;

namespace RnnCourse.Cli.Tests.NewCourse;

/// <summary>The projects of <c>lib</c> as packages, made by one <c>dotnet pack</c>, and used from a folder outside the
/// repository that asks no other source.</summary>
public sealed class PackageTests(PackedSolution packed) : IDisposable
{
    private const string Tool = "RnnCourse.Cli";

    // How a portable PDB marks the text of a source file.
    private static readonly Guid EmbeddedSource = new("0e8a571b-6926-466e-b4ad-8ab04611f5fe");

    private readonly string _folder = Directory.CreateTempSubdirectory("packages").FullName;

    private static List<string> Projects =>
        [
            .. Directory
                .EnumerateDirectories(Path.Combine(Repository.Root, "lib"))
                .Select(folder => Path.GetFileName(folder)!)
                .Where(name => File.Exists(Path.Combine(Repository.Root, "lib", name, name + ".csproj")))
                .Order(StringComparer.Ordinal),
        ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_project_is_a_package_and_a_console_program_multiplies_faster_by_one_line()
    {
        var feed = Directory.CreateDirectory(Path.Combine(_folder, "feed")).FullName;
        await packed.CopyAsync("*", feed);
        Assert.True(Projects.Count > 10, "The search for projects found almost none; it is broken.");
        Assert.Equal(Projects.Count, Directory.GetFiles(feed, "*.nupkg").Length);
        Assert.All(Projects, project => AssertIsComplete(feed, project));
        await AssertSpeedsUpMathNetAsync(feed);
    }

    private static void AssertIsComplete(string feed, string project)
    {
        var id = project == Tool ? "RnnCourse.Tool" : project;
        using var package = ZipFile.OpenRead(Assert.Single(FilesOf(feed, id, ".nupkg")));
        var entries = package.Entries.Select(entry => entry.FullName).ToList();
        Assert.All(
            ["README.md", "icon.png", "LICENSE", "THIRD-PARTY-NOTICES.md"],
            name => Assert.True(entries.Contains(name), $"The package {id} holds no {name}.")
        );
        if (project == "RnnCourse.Interactive")
        {
            Assert.Contains($"interactive-extensions/dotnet/{project}.dll", entries);
        }

        if (project != Tool)
        {
            Assert.Contains($"lib/net10.0/{project}.dll", entries);
            Assert.Contains($"lib/net10.0/{project}.xml", entries);
        }

        using var nuspec = new StreamReader(package.GetEntry($"{id}.nuspec")!.Open());
        var text = nuspec.ReadToEnd();
        var metadata = XDocument.Parse(text).Root!.Elements().Single();
        Assert.All(
            ["license", "icon", "readme", "description", "tags", "authors"],
            name =>
                Assert.False(
                    string.IsNullOrWhiteSpace((string?)metadata.Element(metadata.Name.Namespace + name)),
                    $"The package {id} doesn't state its {name}."
                )
        );
        Assert.DoesNotContain(Repository.Root, text, StringComparison.Ordinal);
        AssertHoldsSources(Assert.Single(FilesOf(feed, id, ".snupkg")), project == Tool ? "rnn" : project);
    }

    private static IEnumerable<string> FilesOf(string feed, string id, string extension) =>
        Directory
            .GetFiles(feed, "*" + extension)
            .Where(file =>
                Path.GetExtension(file) == extension
                && Path.GetFileName(file).StartsWith(id + ".", StringComparison.Ordinal)
                && char.IsAsciiDigit(Path.GetFileName(file)[id.Length + 1])
            );

    // Sources in the symbols are found without any address.
    private static void AssertHoldsSources(string symbols, string library)
    {
        using var package = ZipFile.OpenRead(symbols);
        var pdb = package.Entries.Single(entry => entry.Name == $"{library}.pdb");
        using var copy = new MemoryStream();
        using (var content = pdb.Open())
        {
            content.CopyTo(copy);
        }

        copy.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(copy);
        var reader = provider.GetMetadataReader();
        var embedded = reader
            .CustomDebugInformation.Select(reader.GetCustomDebugInformation)
            .Count(information => reader.GetGuid(information.Kind) == EmbeddedSource);
        Assert.True(
            reader.Documents.Count > 0 && embedded == reader.Documents.Count,
            $"{library}: {embedded} of {reader.Documents.Count} sources are in the symbols."
        );
    }

    private async Task AssertSpeedsUpMathNetAsync(string feed)
    {
        var math = Directory
            .GetFiles(Path.Combine(PackageFolder(), "mathnet.numerics"), "*.nupkg", SearchOption.AllDirectories)
            .Single(file => file.EndsWith("mathnet.numerics.5.0.0.nupkg", StringComparison.Ordinal));
        File.Copy(math, Path.Combine(feed, Path.GetFileName(math)));
        var program = Directory.CreateDirectory(Path.Combine(_folder, "program")).FullName;
        await WriteAsync(
            Path.Combine(program, "nuget.config"),
            """
            <configuration><packageSources><clear /><add key="here" value="../feed" /></packageSources></configuration>
            """
        );
        await WriteAsync(
            Path.Combine(program, "Program.csproj"),
            """
            <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup>
              <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>
              <TreatWarningsAsErrors>true</TreatWarningsAsErrors><NuGetAudit>false</NuGetAudit>
            </PropertyGroup></Project>
            """
        );
        await WriteAsync(
            Path.Combine(program, "Program.cs"),
            """
            using MathNet.Numerics.LinearAlgebra;
            using MathNet.Numerics.Providers.LinearAlgebra;

            RnnCourse.Blas.BlasSelection.UseEnvironment();
            var a = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2 }, { 3, 4 } });
            System.Console.WriteLine($"{LinearAlgebraControl.Provider}: {(a * a)[1, 1]}");
            """
        );
        await ForeignProgram.RunAsync(program, "dotnet", "add", "package", "RnnCourse.Blas");
        var said = await ForeignProgram.RunAsync(program, "dotnet", "run", "-c", "Release");
        Assert.Matches("^SIMD C#, .*: 22\\s*$", said);
    }

    private static Task WriteAsync(string path, string text) =>
        File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);

    // The folder into which the build of these tests has put the packages.
    private static string PackageFolder() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
