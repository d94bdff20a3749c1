using System.Text.Json.Nodes;

namespace RnnCourse.Notebooks.Format;

/// <summary>Reads one output of a code cell, and bundles of representations.</summary>
internal static class OutputReader
{
    public static Output Read(JsonPlace place)
    {
        var fields = place.Fields();
        var kindPlace = fields.Take("output_type", place);
        Output output = kindPlace.Text() switch
        {
            "stream" => new StreamOutput(fields.Take("name", place).Text(), fields.Take("text", place).Lines()),
            "display_data" => new DisplayOutput(ReadBundle(fields.Take("data", place)))
            {
                Metadata = ReadMetadata(fields),
            },
            "execute_result" => ReadResult(fields, place),
            "error" => new ErrorOutput(
                fields.Take("ename", place).Text(),
                fields.Take("evalue", place).Text(),
                fields.Take("traceback", place).Elements().ConvertAll(line => line.Text())
            ),
            var kind => throw kindPlace.Wrong(
                $"Unknown type of output '{kind}'. The types are stream, display_data, execute_result and error."
            ),
        };
        return output with { Extra = fields.ToJsonObject() };
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

    private static ResultOutput ReadResult(Dictionary<string, JsonPlace> fields, JsonPlace place)
    {
        var count = fields.TryTake("execution_count", out var countPlace) ? countPlace.CountOrNull() : null;
        return new(ReadBundle(fields.Take("data", place)), count) { Metadata = ReadMetadata(fields) };
    }

    private static JsonObject ReadMetadata(Dictionary<string, JsonPlace> fields) =>
        fields.TryTake("metadata", out var metadata) ? metadata.Object() : [];
}
