namespace RnnCourse.Notebooks.Format;

/// <summary>Reads cells. Missing and invalid ids are generated when all others are known.</summary>
internal static class CellReader
{
    /// <summary>Reads all cells.</summary>
    /// <param name="places">The cells.</param>
    /// <param name="repairs">Receives a sentence for each fault that was repaired.</param>
    public static List<Cell> ReadAll(List<JsonPlace> places, List<string> repairs)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var ids = places.ConvertAll(place => ReadId(place, taken, repairs));
        var derived = new DerivedIds(taken);
        var outputs = new OutputReader(repairs);
        var cells = new List<Cell>(places.Count);
        for (var i = 0; i < places.Count; i++)
        {
            cells.Add(Read(places[i], ids[i], derived, outputs));
        }

        return cells;
    }

    // Jupyter opens notebooks with wrong ids, so such notebooks are common.
    private static string? ReadId(JsonPlace place, HashSet<string> taken, List<string> repairs)
    {
        if (!place.Fields().TryTake("id", out var idPlace))
        {
            return null;
        }

        var id = idPlace.TextOrNull();
        var problem =
            id is null ? "The id is missing or not a text; it"
            : !CellId.IsValid(id) ? $"The id '{id}' isn't valid. {CellId.Rule} It"
            : !taken.Add(id) ? $"Another cell has the id '{id}' too; this one"
            : null;
        if (problem is null)
        {
            return id;
        }

        repairs.Add($"{idPlace.Path}: {problem} was replaced.");
        return null;
    }

    private static Cell Read(JsonPlace place, string? givenId, DerivedIds derived, OutputReader outputReader)
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
                ExecutionCount = outputReader.ReadCount(fields),
                Outputs = fields.TryTake("outputs", out var outputs)
                    ? outputs.Elements().ConvertAll(outputReader.Read)
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
