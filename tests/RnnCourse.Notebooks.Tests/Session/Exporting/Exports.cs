using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Exporting;

namespace RnnCourse.Notebooks.Tests.Session.Exporting;

/// <summary>Exports small notebooks in a separate folder.</summary>
public sealed class Exports : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("export").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>The program of a notebook with these code cells.</summary>
    public Task<string> ProgramOf(params string[] cells) =>
        ProgramOf([.. cells.Select((source, i) => new CodeCell { Id = $"cell-{i + 1}", Source = source })]);

    /// <summary>The program of a notebook with these cells.</summary>
    public Task<string> ProgramOf(params Cell[] cells) =>
        ProgramExporter.ExportAsync(
            new Notebook { Cells = cells },
            new ExportSettings(
                Path.Combine(Folder, "a.ipynb"),
                Path.Combine(Folder, "programs", "a.cs"),
                Path.Combine(Folder, "lib", "Engine.csproj")
            )
        );

    /// <summary>The text below the heading of a cell, to the next blank line that a heading or a comment
    /// follows.</summary>
    public async Task<string> StatementsOf(int number, params string[] cells) =>
        Section(await ProgramOf(cells), $"Cell {number}: cell-{number}");

    public static string Section(string program, string title)
    {
        var start = program.IndexOf($"// ── {title} ", StringComparison.Ordinal);
        Assert.True(start >= 0, program);
        start = program.IndexOf('\n', start) + 1;
        var end = program.IndexOf("// ── ", start, StringComparison.Ordinal);
        return program[start..(end < 0 ? program.Length : end)].TrimEnd('\n');
    }

    public static CodeCell Tagged(string tag, string source) =>
        new()
        {
            Id = tag.Split(':')[0],
            Source = source,
            Metadata = new JsonObject { ["tags"] = new JsonArray(tag) },
        };

    public async Task<string> ProblemOf(params string[] cells) =>
        (await Assert.ThrowsAsync<ExportException>(() => ProgramOf(cells))).Message;
}
