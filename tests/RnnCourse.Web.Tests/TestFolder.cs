using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Web.Tests;

/// <summary>A folder of notebooks that is gone at the end of a test.</summary>
internal sealed class TestFolder : IDisposable
{
    // Tests that are skipped make none.
    private readonly Lazy<DirectoryInfo> _folder = new(() => Directory.CreateTempSubdirectory("rnn-web"));

    public string Notebooks => Directory.CreateDirectory(PathOf("notebooks")).FullName;

    public string State => PathOf("state");

    public string PathOf(params string[] parts) => Path.Combine([_folder.Value.FullName, .. parts]);

    /// <summary>Writes a notebook; a cell that begins with <c>#</c> and a blank is text. Cells are called <c>c1</c>,
    /// <c>c2</c>…</summary>
    public string Write(string name, params string[] cells)
    {
        var path = Path.Combine(Notebooks, name + ".ipynb");
        NotebookWriter.Write(Make(cells), path);
        return path;
    }

    public static Notebook Make(params string[] cells) =>
        new()
        {
            Cells = [.. cells.Select((source, i) => MakeCell($"c{i + 1}", source))],
            Metadata = new JsonObject
            {
                ["kernelspec"] = new JsonObject
                {
                    ["name"] = ".net-csharp",
                    ["language"] = "C#",
                    ["display_name"] = ".NET (C#)",
                },
            },
        };

    public static Cell MakeCell(string id, string source) =>
        source.StartsWith("# ", StringComparison.Ordinal)
            ? new MarkdownCell { Id = id, Source = source }
            : new CodeCell { Id = id, Source = source };

    public void Dispose()
    {
        if (!_folder.IsValueCreated)
        {
            return;
        }

        try
        {
            _folder.Value.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A process that is just ending may keep a file open.
        }
    }
}
