using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace RnnCourse.DotNetInteractive.Tests;

/// <summary>Every lesson, cell by cell, on the C# kernel of .NET Interactive.</summary>
public sealed class LessonsTests
{
    public static TheoryData<string> Lessons =>
        [
            .. Directory
                .GetFiles(Path.Combine(Root(), "notebooks"), "*.ipynb")
                .Select(path => Path.GetFileName(path)!)
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task A_lesson_runs_and_prints_what_is_stored(string lesson)
    {
        Environment.SetEnvironmentVariable("RNN_PROGRESS", "off");
        Directory.SetCurrentDirectory(Path.Combine(Root(), "notebooks"));
        var cells = JsonNode.Parse(await File.ReadAllTextAsync(lesson, TestContext.Current.CancellationToken))![
            "cells"
        ]!.AsArray();
        using var csharp = new CSharpKernel();
        using var kernel = new CompositeKernel { csharp.UseKernelHelpers().UseWho().UseValueSharing() };
        kernel.DefaultKernelName = csharp.Name;

        foreach (var cell in cells.Where(cell => (string?)cell!["cell_type"] == "code"))
        {
            var ran = await kernel.SendAsync(
                new SubmitCode(Text(cell!["source"]), csharp.Name),
                TestContext.Current.CancellationToken
            );
            Assert.DoesNotContain(ran.Events, e => e is CommandFailed or ErrorProduced);
            if (Tags(cell).Contains("timing"))
            {
                continue;
            }

            var stored = string.Concat(
                cell["outputs"]!.AsArray().Where(o => (string?)o!["name"] == "stdout").Select(o => Text(o!["text"]))
            );
            var printed = string.Concat(
                ran.Events.OfType<StandardOutputValueProduced>().Select(e => e.FormattedValues.First().Value)
            );
            Assert.Equal(stored, printed.ReplaceLineEndings("\n"));
        }
    }

    private static string Text(JsonNode? lines) =>
        lines is JsonArray array ? string.Concat(array.Select(line => (string?)line)) : (string?)lines ?? "";

    private static IEnumerable<string?> Tags(JsonNode cell) =>
        cell["metadata"]?["tags"]?.AsArray().Select(tag => (string?)tag) ?? [];

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "RnnCourse.sln")))
        {
            at = at.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        }

        return at.FullName;
    }
}
