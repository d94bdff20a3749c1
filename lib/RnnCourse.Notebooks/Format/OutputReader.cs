using System.Text.Json.Nodes;

namespace RnnCourse.Notebooks.Format;

/// <summary>Reads outputs of code cells, and bundles of representations. Faults that programs often make there are
/// repaired, since a run replaces the outputs anyway.</summary>
/// <param name="repairs">Receives a sentence for each fault that was repaired.</param>
internal sealed class OutputReader(List<string> repairs)
{
    /// <summary>Reads one output.</summary>
    public Output Read(JsonPlace place)
    {
        var fields = place.Fields();
        var kindPlace = fields.Take("output_type", place);
        Output output = kindPlace.Text() switch
        {
            "stream" => new StreamOutput(
                TakeText(fields, "name", place, StreamOutput.StandardOutput),
                Take(fields, "text", place) is { } text ? text.Lines() : ""
            ),
            "display_data" => new DisplayOutput(ReadBundle(fields.Take("data", place)))
            {
                Metadata = ReadMetadata(fields),
            },
            "execute_result" => ReadResult(fields, place),
            "error" => new ErrorOutput(
                TakeText(fields, "ename", place, ""),
                TakeText(fields, "evalue", place, ""),
                Take(fields, "traceback", place) is { } traceback ? traceback.Elements().ConvertAll(TextOrEmpty) : []
            ),
            var kind => throw kindPlace.Wrong(
                $"Unknown type of output '{kind}'. The types are stream, display_data, execute_result and error."
            ),
        };
        return output with { Extra = fields.ToJsonObject() };
    }

    /// <summary>Takes the number of a run from a cell or a result; null if there is none.</summary>
    public int? ReadCount(Dictionary<string, JsonPlace> fields)
    {
        if (!fields.TryTake("execution_count", out var count) || count.IsNull)
        {
            return null;
        }

        if (count.IsCount)
        {
            return count.Count();
        }

        Repair(count, "This isn't a number of 0 or more; it was removed.");
        return null;
    }

    public static MimeBundle ReadBundle(JsonPlace place) =>
        new(
            place
                .Fields()
                .Select(field =>
                    KeyValuePair.Create<string, MimeValue>(
                        field.Key,
                        MimeBundle.IsJson(field.Key)
                            ? new MimeJson(field.Value.Node())
                            : new MimeText(field.Value.Lines())
                    )
                )
        );

    private ResultOutput ReadResult(Dictionary<string, JsonPlace> fields, JsonPlace place)
    {
        var count = ReadCount(fields);
        return new(ReadBundle(fields.Take("data", place)), count) { Metadata = ReadMetadata(fields) };
    }

    // The field; null, which is noted, if it is missing or null.
    private JsonPlace? Take(Dictionary<string, JsonPlace> fields, string name, JsonPlace owner)
    {
        if (fields.TryTake(name, out var place) && !place.IsNull)
        {
            return place;
        }

        Repair(owner, $"The field '{name}' of the output is missing or null; it was filled in.");
        return null;
    }

    private string TakeText(Dictionary<string, JsonPlace> fields, string name, JsonPlace owner, string fallback) =>
        Take(fields, name, owner) is { } place ? place.Text() : fallback;

    private string TextOrEmpty(JsonPlace line)
    {
        if (!line.IsNull)
        {
            return line.Text();
        }

        Repair(line, "This line is null; it was made empty.");
        return "";
    }

    private void Repair(JsonPlace place, string what) => repairs.Add($"{place.Path}: {what}");

    private static JsonObject ReadMetadata(Dictionary<string, JsonPlace> fields) =>
        fields.TryTake("metadata", out var metadata) ? metadata.Object() : [];
}
