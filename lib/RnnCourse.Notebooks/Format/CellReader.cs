namespace RnnCourse.Notebooks.Format;

/// <summary>Reads cells; ids that are missing are made once all given ones are known.</summary>
internal static class CellReader
{
    public static List<Cell> ReadAll(List<JsonPlace> places)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var ids = places.ConvertAll(place => ReadId(place, taken));
        var derived = new DerivedIds(taken);
        var cells = new List<Cell>(places.Count);
        for (var i = 0; i < places.Count; i++)
        {
            cells.Add(Read(places[i], ids[i], derived));
        }

        return cells;
    }

    private static string? ReadId(JsonPlace place, HashSet<string> taken)
    {
        if (!place.Fields().TryTake("id", out var idPlace))
        {
            return null;
        }

        var id = idPlace.Text();
        if (!CellId.IsValid(id))
        {
            throw idPlace.Wrong(CellId.Rule);
        }

        return taken.Add(id)
            ? id
            : throw idPlace.Wrong($"Another cell has the id '{id}' already; ids are unique in a notebook.");
    }

    private static Cell Read(JsonPlace place, string? givenId, DerivedIds derived)
    {
        var fields = place.Fields();
        fields.Remove("id");
        var kindPlace = fields.Take("cell_type", place);
        var kind = kindPlace.Text();
        if (kind is not ("code" or "markdown" or "raw"))
        {
            throw kindPlace.Wrong($"Unknown type of cell '{kind}'. The types are code, markdown and raw.");
        }

        var source = fields.Take("source", place).Lines();
        var metadata = fields.Take("metadata", place).Object();
        var id = givenId ?? derived.Next(kind, source);
        if (kind == "code")
        {
            return new CodeCell
            {
                Id = id,
                Source = source,
                Metadata = metadata,
                ExecutionCount = fields.TryTake("execution_count", out var count) ? count.CountOrNull() : null,
                Outputs = fields.TryTake("outputs", out var outputs)
                    ? outputs.Elements().ConvertAll(OutputReader.Read)
                    : [],
                Extra = fields.ToJsonObject(),
            };
        }

        var attachments = fields.TryTake("attachments", out var files)
            ? ReadAttachments(files)
            : new(StringComparer.Ordinal);
        var extra = fields.ToJsonObject();
        return kind == "markdown"
            ? new MarkdownCell
            {
                Id = id,
                Source = source,
                Metadata = metadata,
                Attachments = attachments,
                Extra = extra,
            }
            : new RawCell
            {
                Id = id,
                Source = source,
                Metadata = metadata,
                Attachments = attachments,
                Extra = extra,
            };
    }

    private static Dictionary<string, MimeBundle> ReadAttachments(JsonPlace place) =>
        place
            .Fields()
            .ToDictionary(field => field.Key, field => OutputReader.ReadBundle(field.Value), StringComparer.Ordinal);
}
