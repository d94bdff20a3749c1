using System.IO.Compression;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RnnCourse.Notebooks.Tests.Session.Scripting.Packages;

/// <summary>Tests whose cells get packages from a folder beside the notebook, and from nowhere else.</summary>
public abstract class PackageFeedTests : SessionTests
{
    private protected Recorder Recorder { get; } = Recorder.Start();

    protected PackageFeedTests()
    {
        // No test uses the network: the folder beside the notebook is the only source.
        Directory.CreateDirectory(Path.Combine(Folder, "feed"));
        File.WriteAllText(
            Path.Combine(Folder, "nuget.config"),
            """
            <configuration>
              <packageSources><clear /><add key="here" value="feed" /></packageSources>
              <config><add key="globalPackagesFolder" value="cache" /></config>
            </configuration>
            """
        );
    }

    private protected void Pack(
        string name,
        string version,
        string source,
        string? needs = null,
        string feed = "feed"
    ) => Pack(name, version, Compile(name, source), needs, feed: feed);

    // Signed, so that its version matters.
    private protected static byte[] Compile(string name, string source, params byte[][] references) =>
        CompileSigned(name, source, typeof(object).Assembly.GetName().GetPublicKey()!, references);

    private protected static byte[] CompileSigned(
        string name,
        string source,
        byte[] publicKey,
        params byte[][] references
    )
    {
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken)],
            [
                MetadataReference.CreateFromFile(typeof(object).Assembly.Location),
                .. references.Select(reference => MetadataReference.CreateFromImage(reference)),
            ],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                cryptoPublicKey: [.. publicKey],
                publicSign: true
            )
        );
        using var bytes = new MemoryStream();
        Assert.True(compilation.Emit(bytes, cancellationToken: TestContext.Current.CancellationToken).Success);
        return bytes.ToArray();
    }

    private protected void Pack(
        string name,
        string version,
        byte[] assembly,
        string? needs = null,
        string atLeast = "1.0.0",
        string feed = "feed"
    )
    {
        using var package = ZipFile.Open(Path.Combine(Folder, feed, $"{name}.{version}.nupkg"), ZipArchiveMode.Create);
        using (var library = package.CreateEntry($"lib/net8.0/{name}.dll").Open())
        {
            library.Write(assembly);
        }

        using var writer = new StreamWriter(package.CreateEntry($"{name}.nuspec").Open());
        var dependency = needs is null ? "" : $"<dependency id=\"{needs}\" version=\"{atLeast}\" />";
        writer.Write(
            $"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
            <id>{name}</id><version>{version}</version><authors>a</authors><description>d</description>
            <dependencies><group targetFramework="net8.0">{dependency}</group></dependencies></metadata></package>
            """
        );
    }
}
