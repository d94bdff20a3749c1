using System.IO.Compression;

namespace RnnCourse.Notebooks.Tests;

/// <summary>A package with nothing in it, for tests in which only names and versions matter.</summary>
internal static class EmptyPackage
{
    public static void Write(string feed, string name, string version, params (string Name, string Version)[] needs)
    {
        using var package = ZipFile.Open(Path.Combine(feed, $"{name}.{version}.nupkg"), ZipArchiveMode.Create);
        package.CreateEntry("lib/netstandard2.0/_._");
        using var writer = new StreamWriter(package.CreateEntry($"{name}.nuspec").Open());
        var dependencies = string.Concat(
            needs.Select(need => $"""<dependency id="{need.Name}" version="{need.Version}" />""")
        );
        writer.Write(
            $"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
            <id>{name}</id><version>{version}</version><authors>a</authors><description>d</description>
            <dependencies><group targetFramework="netstandard2.0">{dependencies}</group></dependencies></metadata></package>
            """
        );
    }
}
