using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Running;
using RnnCourse.Notebooks.Tests.Session.Hosting;

namespace RnnCourse.Notebooks.Tests.Running;

/// <summary>Makes tiny notebooks, one for a behaviour, and runs them in real processes.</summary>
internal static class Notebooks
{
    public static CodeCell Cell(string id, string source, params string[] tags) =>
        new()
        {
            Id = id,
            Source = source,
            Metadata = new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => JsonValue.Create(tag))]) },
        };

    /// <summary>The same cell with settings for the engine.</summary>
    public static CodeCell With(this CodeCell cell, string settings)
    {
        var metadata = cell.Metadata.DeepClone().AsObject();
        metadata["rnn"] = JsonNode.Parse(settings);
        return cell with { Metadata = metadata };
    }

    public static Notebook Of(params CodeCell[] cells) => new() { Cells = cells };

    public static Notebook With(this Notebook notebook, string settings) =>
        notebook with
        {
            Metadata = new JsonObject { ["rnn"] = JsonNode.Parse(settings) },
        };

    public static Task<NotebookRun> RunAsync(this Notebook notebook) =>
        notebook.RunAsync(new RunnerOptions(SessionProcessProgram.Start));

    public static async Task<NotebookRun> RunAsync(this Notebook notebook, RunnerOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("notebook").FullName;
        try
        {
            await using var runner = new NotebookRunner(options);
            return await runner.RunAsync(
                Path.Combine(folder, "lesson.ipynb"),
                notebook,
                progress: null,
                TestContext.Current.CancellationToken
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static string TextOf(this NotebookRun run, string id) =>
        string.Concat(
            run.Executed.Cells.OfType<CodeCell>()
                .Single(cell => cell.Id == id)
                .Outputs.Select(output =>
                    output switch
                    {
                        StreamOutput stream => stream.Text,
                        RichOutput rich => rich.Data.Text("text/plain"),
                        ErrorOutput error => $"{error.Name}: {error.Value}",
                        _ => "",
                    }
                )
        );

    /// <summary>The outputs of a cell, a line each: their kind, and what they hold.</summary>
    public static string[] ToLines(this CodeCell cell) =>
        [
            .. cell.Outputs.Select(output =>
                output switch
                {
                    StreamOutput stream => $"{stream.Name}:{stream.Text}",
                    ResultOutput result =>
                        $"result:{string.Join(',', result.Data.MimeTypes)}={result.Data.Text("text/plain")}",
                    DisplayOutput display =>
                        $"display:{string.Join(',', display.Data.MimeTypes)}={display.Data.Text("text/plain")}",
                    ErrorOutput error => $"error:{error.Name}",
                    _ => "?",
                }
            ),
        ];
}
