using System.Text.Json.Nodes;

namespace RnnCourse.Notebooks.Format;

/// <summary>Makes the tree of values that is stored in a notebook's file.</summary>
internal static class CanonicalTree
{
    private static readonly string[] PassingNotebookMetadata =
    [
        "papermill",
        "signature",
        "orig_nbformat",
        "orig_nbformat_minor",
    ];
    private static readonly string[] PassingCellMetadata = ["execution", "ExecuteTime", "papermill", "trusted"];

    public static Dictionary<string, object?> Of(Notebook notebook)
    {
        var tree = Start(notebook.Extra);
        tree["cells"] = notebook.Cells.Select(Of).ToArray<object?>();
        tree["metadata"] = Without(notebook.Metadata, PassingNotebookMetadata);
        tree["nbformat"] = Notebook.Major;
        tree["nbformat_minor"] = notebook.Minor;
        return tree;
    }

    public static Dictionary<string, object?> Of(Cell cell)
    {
        var tree = Start(cell.Extra);
        tree["id"] = cell.Id;
        tree["metadata"] = Without(cell.Metadata, PassingCellMetadata);
        tree["source"] = new StoredLines(cell.Source);
        switch (cell)
        {
            case CodeCell code:
                tree["cell_type"] = "code";
                tree["execution_count"] = code.ExecutionCount;
                tree["outputs"] = code.Outputs.Select(Of).ToArray<object?>();
                break;
            case MarkdownCell markdown:
                tree["cell_type"] = "markdown";
                AddAttachments(tree, markdown.Attachments);
                break;
            case RawCell raw:
                tree["cell_type"] = "raw";
                AddAttachments(tree, raw.Attachments);
                break;
        }
        return tree;
    }

    private static Dictionary<string, object?> Of(Output output)
    {
        var tree = Start(output.Extra);
        switch (output)
        {
            case StreamOutput stream:
                tree["output_type"] = "stream";
                tree["name"] = stream.Name;
                tree["text"] = new StoredLines(stream.Text);
                break;
            case ErrorOutput error:
                tree["output_type"] = "error";
                tree["ename"] = error.Name;
                tree["evalue"] = error.Value;
                tree["traceback"] = error.Traceback.ToArray<object?>();
                break;
            case ResultOutput result:
                tree["output_type"] = "execute_result";
                tree["execution_count"] = result.ExecutionCount;
                AddData(tree, result);
                break;
            case DisplayOutput display:
                tree["output_type"] = "display_data";
                AddData(tree, display);
                break;
        }
        return tree;
    }

    private static void AddData(Dictionary<string, object?> tree, RichOutput output)
    {
        tree["data"] = Of(output.Data);
        tree["metadata"] = output.Metadata;
    }

    private static void AddAttachments(
        Dictionary<string, object?> tree,
        IReadOnlyDictionary<string, MimeBundle> attachments
    )
    {
        if (attachments.Count > 0)
        {
            tree["attachments"] = attachments.ToDictionary(file => file.Key, file => (object?)Of(file.Value));
        }
    }

    private static Dictionary<string, object?> Of(MimeBundle bundle) =>
        bundle.Items.ToDictionary(
            item => item.Key,
            item =>
                item.Value switch
                {
                    MimeJson json => json.Json,
                    MimeText text when IsStoredAsLines(item.Key) => new StoredLines(text.Text),
                    MimeText text => (object?)text.Text,
                    _ => null,
                }
        );

    private static bool IsStoredAsLines(string mimeType) =>
        mimeType.StartsWith("text/", StringComparison.Ordinal)
        || mimeType is "application/javascript" or "image/svg+xml";

    private static Dictionary<string, object?> Start(JsonObject extra) =>
        extra.ToDictionary(field => field.Key, field => (object?)field.Value);

    private static Dictionary<string, object?> Without(JsonObject metadata, string[] names)
    {
        var kept = Start(metadata);
        foreach (var name in names)
        {
            kept.Remove(name);
        }

        return kept;
    }
}
