using System.Text.Json;
using System.Text.Json.Nodes;

namespace RnnCourse.Notebooks.Format;

/// <summary>Converts a notebook of format 3, which was in use until 2015, to format 4, as Jupyter's own converter
/// does.</summary>
internal static class OldFormat
{
    /// <summary>The oldest format that can be read.</summary>
    public const int Major = 3;

    private static readonly (string Old, string New)[] MimeTypes =
    [
        ("text", "text/plain"),
        ("html", "text/html"),
        ("svg", "image/svg+xml"),
        ("png", "image/png"),
        ("jpeg", "image/jpeg"),
        ("latex", "text/latex"),
        ("json", "application/json"),
        ("javascript", "application/javascript"),
    ];

    /// <summary>The document in format 4.0.</summary>
    /// <param name="fields">The fields of the old document.</param>
    /// <param name="document">The old document.</param>
    public static JsonPlace Upgrade(Dictionary<string, JsonPlace> fields, JsonPlace document)
    {
        var cells = new JsonArray();
        foreach (var sheet in fields.Take("worksheets", document).Elements())
        {
            foreach (var cell in sheet.Fields().Take("cells", sheet).Elements())
            {
                cells.Add(UpgradeCell(cell));
            }
        }

        var metadata = fields.Take("metadata", document).Object();
        metadata.Remove("name");
        metadata.Remove("signature");
        var result = fields.ToJsonObject();
        result.Remove("orig_nbformat");
        result.Remove("orig_nbformat_minor");
        result["cells"] = cells;
        result["metadata"] = metadata;
        result["nbformat"] = Notebook.Major;
        result["nbformat_minor"] = 0;
        return new(JsonText.Parse(ToBytes(result), document.File), DocumentPath.Upgraded, document.File);
    }

    private static JsonObject UpgradeCell(JsonPlace place)
    {
        var fields = place.Fields();
        var kind = fields.TryGetValue("cell_type", out var kindPlace) ? kindPlace.Text() : "";
        var outputs =
            kind == "code" && fields.TryTake("outputs", out var outputsPlace)
                ? outputsPlace.Elements().ConvertAll(UpgradeOutput)
                : [];
        var level = kind == "heading" && fields.TryTake("level", out var levelPlace) ? levelPlace.Count() : 1;
        var cell = fields.ToJsonObject();
        JoinLines(cell, "input", "source");
        cell.TryAdd("metadata", new JsonObject());
        if (kind == "code")
        {
            cell.Remove("language");
            if (cell.ContainsKey("collapsed") && cell["metadata"] is JsonObject metadata)
            {
                metadata["collapsed"] = Take(cell, "collapsed");
            }

            cell["source"] = Take(cell, "input") ?? "";
            cell["execution_count"] = Take(cell, "prompt_number");
            cell["outputs"] = new JsonArray([.. outputs]);
        }
        if (kind == "heading" && (cell["source"] ?? "") is JsonValue text && text.TryGetValue<string>(out var heading))
        {
            cell["source"] = Heading(level, heading);
        }

        if (kind is "heading" or "html")
        {
            cell["cell_type"] = "markdown";
        }

        return cell;
    }

    // A heading is one line; browsers know six levels.
    private static string Heading(int level, string text) =>
        new string('#', Math.Clamp(level, 1, 6))
        + " "
        + string.Join(' ', new StoredLines(text).Lines().Select(line => StoredLines.WithoutEnd(text[line])));

    // Early programs left out the line ends when they split a text into lines.
    private static void JoinLines(JsonObject fields, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (
                fields[name] is not JsonArray stored
                || !stored.All(line => line?.GetValueKind() == JsonValueKind.String)
            )
            {
                continue;
            }

            var lines = stored.Select(line => line!.GetValue<string>()).ToList();
            fields[name] = string.Join(lines is [[.., '\n' or '\r'], ..] ? "" : "\n", lines);
        }
    }

    private static JsonNode UpgradeOutput(JsonPlace place)
    {
        var fields = place.Fields();
        var kind = fields.TryGetValue("output_type", out var kindPlace) ? kindPlace.Text() : "";
        var json =
            kind is "pyout" or "display_data"
            && (fields.TryTake("json", out var jsonPlace) || fields.TryTake("application/json", out jsonPlace))
                ? ParseText(jsonPlace)
                : null;
        var output = fields.ToJsonObject();
        JoinLines(output, "text", "html", "svg", "latex", "javascript");
        switch (kind)
        {
            case "stream":
                output["name"] = Take(output, "stream") ?? "stdout";
                break;
            case "pyerr":
                output["output_type"] = "error";
                break;
            case "pyout" or "display_data":
                return WithData(output, json);
        }
        return output;
    }

    // Representations were fields of the output itself, under short names.
    private static JsonObject WithData(JsonObject output, JsonNode? json)
    {
        var result = new JsonObject { ["output_type"] = "display_data", ["metadata"] = new JsonObject() };
        if (Take(output, "metadata") is { } metadata)
        {
            result["metadata"] = metadata is JsonObject named ? WithMimeTypes(named) : metadata;
        }

        if (Take(output, "output_type")!.GetValue<string>() == "pyout")
        {
            result["output_type"] = "execute_result";
            result["execution_count"] = Take(output, "prompt_number");
        }
        var data = WithMimeTypes(output);
        if (json is not null)
        {
            data["application/json"] = json;
        }

        result["data"] = data;
        return result;
    }

    private static JsonObject WithMimeTypes(JsonObject fields)
    {
        foreach (var (old, type) in MimeTypes)
        {
            if (fields.ContainsKey(old))
            {
                fields[type] = Take(fields, old);
            }
        }

        return fields;
    }

    // JSON was stored as a text
    private static JsonNode? ParseText(JsonPlace place)
    {
        try
        {
            using var parsed = JsonDocument.Parse(place.Lines(), new() { MaxDepth = JsonText.MaximumDepth / 2 });
            return (place with { Element = parsed.RootElement.Clone() }).Node();
        }
        catch (JsonException)
        {
            throw place.Wrong("Must be a text that is JSON.");
        }
    }

    private static JsonNode? Take(JsonObject fields, string name)
    {
        var value = fields[name];
        fields.Remove(name);
        return value;
    }

    private static byte[] ToBytes(JsonObject document)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            document.WriteTo(writer);
        }

        return bytes.ToArray();
    }
}
