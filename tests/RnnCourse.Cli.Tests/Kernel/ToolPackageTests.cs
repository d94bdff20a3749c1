using System.IO.Compression;
using System.Text.Json;
using RnnCourse.Cli.Tests.NewCourse;

namespace RnnCourse.Cli.Tests.Kernel;

public sealed class ToolPackageTests(PackedSolution packed)
{
    [Fact]
    public async Task The_command_is_packed_installed_as_a_tool_and_installs_the_kernel()
    {
        var folder = Directory.CreateTempSubdirectory("tool").FullName;
        try
        {
            // The package contains everything that the tool needs, so that no other source is used.
            File.WriteAllText(
                Path.Combine(folder, "nuget.config"),
                $"""
                <configuration><packageSources><clear /><add key="here" value="{folder}" /></packageSources></configuration>
                """
            );
            await packed.CopyAsync("RnnCourse.Tool.*.nupkg", folder);
            AssertHoldsLicences(Assert.Single(Directory.GetFiles(folder, "RnnCourse.Tool.*.nupkg")));
            await ForeignProgram.RunAsync(
                folder,
                "dotnet",
                "tool",
                "install",
                "RnnCourse.Tool",
                "--tool-path",
                Path.Combine(folder, "bin"),
                "--configfile",
                Path.Combine(folder, "nuget.config")
            );

            var rnn = Path.Combine(folder, "bin", OperatingSystem.IsWindows() ? "rnn.exe" : "rnn");
            await ForeignProgram.RunAsync(folder, rnn, "kernel", "install", "--prefix", folder);
            var spec = Path.Combine(folder, "share", "jupyter", "kernels", "rnncourse-csharp", "kernel.json");
            using var json = JsonDocument.Parse(File.ReadAllBytes(spec));
            Assert.Equal(rnn, json.RootElement.GetProperty("argv")[0].GetString());

            File.WriteAllText(
                Path.Combine(folder, "small.ipynb"),
                """
                {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
                  {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": null, "outputs": [], "source": "6 * 7"}]}
                """
            );
            await ForeignProgram.RunAsync(folder, rnn, "run", "small.ipynb", "-o", "out");
            Assert.Contains(
                "\"42\"",
                File.ReadAllText(Path.Combine(folder, "out", "small.ipynb")),
                StringComparison.Ordinal
            );
            await AssertIsTheCourseAsync(folder, rnn);
            await AssertRunsWithoutInstallingAsync(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Outside the repository: the package contains the lessons, their data, and the library that they load.
    private static async Task AssertIsTheCourseAsync(string folder, string rnn)
    {
        await ForeignProgram.RunAsync(folder, rnn, "new", "my-course");
        var copy = Path.Combine(folder, "my-course");
        Assert.Equal(Files(Repository.Root, "datasets"), Files(copy, "datasets"));
        Assert.Equal(Files(Repository.Root, "notebooks", "solutions"), Files(copy, "notebooks", "solutions"));
        Assert.True(File.Exists(Path.Combine(copy, "lib", "RnnCourse", "Core", "VanillaRnn.cs")));
        await ForeignProgram.RunAsync(
            copy,
            rnn,
            "verify",
            "notebooks/00-start-here.ipynb",
            "notebooks/solutions/03-wishlist.ipynb"
        );

        File.WriteAllText(
            Path.Combine(folder, "library.ipynb"),
            """
            {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
              {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": null, "outputs": [],
               "source": "#r \"nuget: RnnCourse.Exercises\"\nnew RnnCourse.Core.SeededRandom(1) is null"}]}
            """
        );
        await ForeignProgram.RunAsync(folder, rnn, "run", "library.ipynb", "-o", "out");
        Assert.Contains(
            "\"False\"",
            File.ReadAllText(Path.Combine(folder, "out", "library.ipynb")),
            StringComparison.Ordinal
        );

        var empty = Directory.CreateDirectory(Path.Combine(folder, "empty")).FullName;
        await AssertOpensAsync(empty, rnn, "open", "--no-browser");
    }

    // This does the same as the SDK's script dnx.
    private static async Task AssertRunsWithoutInstallingAsync(string folder)
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(folder, "elsewhere")).FullName;
        await ForeignProgram.RunAsync(elsewhere, "dotnet", "dnx", "RnnCourse.Tool", "--yes", "new", "my-course");
        Assert.True(File.Exists(Path.Combine(elsewhere, "my-course", "notebooks", "00-start-here.ipynb")));
        await AssertOpensAsync(elsewhere, "dotnet", "dnx", "RnnCourse.Tool", "--yes", "open", "--no-browser");
    }

    private static async Task AssertOpensAsync(string folder, string program, params string[] arguments)
    {
        using var server = ForeignProgram.Start(folder, program, arguments);
        try
        {
            var line = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.StartsWith("Open http://", line, StringComparison.Ordinal);
            using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new() });
            var page = await browser.GetStringAsync(
                new Uri(line!["Open ".Length..]),
                TestContext.Current.CancellationToken
            );
            Assert.All(
                Repository.Lessons,
                lesson => Assert.Contains(Path.GetFileNameWithoutExtension(lesson), page, StringComparison.Ordinal)
            );
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private static List<string> Files(params string[] parts)
    {
        var folder = Path.Combine(parts);
        return
        [
            .. Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file))
                .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.')))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static void AssertHoldsLicences(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        var entries = archive.Entries.Select(entry => entry.FullName).ToList();
        Assert.Contains("LICENSE", entries);
        Assert.Contains("THIRD-PARTY-NOTICES.md", entries);
        var texts = Directory.GetFiles(Path.Combine(Repository.Root, "lib", "RnnCourse.Cli", "Licences"));
        Assert.NotEmpty(texts);
        Assert.All(texts, text => Assert.Contains($"licences/{Path.GetFileName(text)}", entries));

        // A separate file beside the program: the instructions in the notices for replacing NetMQ depend on it.
        Assert.Contains(entries, entry => entry.EndsWith("/NetMQ.dll", StringComparison.Ordinal));
    }
}
