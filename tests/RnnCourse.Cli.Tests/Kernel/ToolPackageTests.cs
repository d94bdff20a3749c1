using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;

namespace RnnCourse.Cli.Tests.Kernel;

public sealed class ToolPackageTests
{
    [Fact]
    public async Task The_command_is_packed_installed_as_a_tool_and_installs_the_kernel()
    {
        Assert.SkipWhen(
            Environment
                .GetEnvironmentVariables()
                .Keys.Cast<string>()
                .Any(name => name.StartsWith("DOTNET_Enable", StringComparison.Ordinal)),
            "packing doesn't depend on the processor's instructions; the run without DOTNET_Enable… does it"
        );
        var folder = Directory.CreateTempSubdirectory("tool").FullName;
        try
        {
            // The package holds all that the tool needs, so that no other source is asked.
            File.WriteAllText(
                Path.Combine(folder, "nuget.config"),
                $"""
                <configuration><packageSources><clear /><add key="here" value="{folder}" /></packageSources></configuration>
                """
            );
            await RunAsync(
                folder,
                "dotnet",
                "pack",
                Path.Combine(Repository.Root, "lib", "RnnCourse.Cli"),
                "-c",
                "Release",
                "--no-build",
                "-o",
                folder
            );
            AssertHoldsLicences(Assert.Single(Directory.GetFiles(folder, "RnnCourse.Tool.*.nupkg")));
            await RunAsync(
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
            await RunAsync(folder, rnn, "kernel", "install", "--prefix", folder);
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
            await RunAsync(folder, rnn, "run", "small.ipynb", "-o", "out");
            Assert.Contains(
                "\"42\"",
                File.ReadAllText(Path.Combine(folder, "out", "small.ipynb")),
                StringComparison.Ordinal
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
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

        // A file of its own beside the program: what the notices say of how to replace NetMQ depends on it.
        Assert.Contains(entries, entry => entry.EndsWith("/NetMQ.dll", StringComparison.Ordinal));
    }

    private static async Task RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["RNN_PROGRESS"] = "off";

        // The tool's cache of this test's version must not be another build's.
        start.Environment["NUGET_PACKAGES"] = Path.Combine(folder, "packages");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{await output}\n{await errors}");
    }
}
