using System.Text.Json;
using System.Text.Json.Nodes;

namespace RnnCourse.Notebooks.Format;

/// <summary>A JSON value together with its place, so that a wrong type is reported with its place.</summary>
internal readonly record struct JsonPlace(JsonElement Element, DocumentPath Path, string? File)
{
    public NotebookFormatException Wrong(string problem) => new(problem, File, Path.ToString());

    /// <summary>The fields of an object by name.</summary>
    public Dictionary<string, JsonPlace> Fields()
    {
        if (Element.ValueKind != JsonValueKind.Object)
        {
            throw Wrong($"Must be an object, but is {Kind}.");
        }

        var fields = new Dictionary<string, JsonPlace>(StringComparer.Ordinal);
        foreach (var property in Element.EnumerateObject())
        {
            var name = NameOf(property);
            var path = Path.Field(name);
            if (!fields.TryAdd(name, new(property.Value, path, File)))
            {
                throw new NotebookFormatException(
                    "The field occurs twice in its object; keep one.",
                    File,
                    path.ToString()
                );
            }
        }
        return fields;
    }

    /// <summary>The elements of an array.</summary>
    public List<JsonPlace> Elements()
    {
        if (Element.ValueKind != JsonValueKind.Array)
        {
            throw Wrong($"Must be an array, but is {Kind}.");
        }

        var elements = new List<JsonPlace>();
        foreach (var element in Element.EnumerateArray())
        {
            elements.Add(new(element, Path.Element(elements.Count), File));
        }

        return elements;
    }

    public string Text() =>
        Element.ValueKind == JsonValueKind.String ? Decode() : throw Wrong($"Must be a string, but is {Kind}.");

    /// <summary>The text; null if the value isn't a string.</summary>
    public string? TextOrNull() => Element.ValueKind == JsonValueKind.String ? Decode() : null;

    /// <summary>A text that is stored as one string or as an array of lines.</summary>
    public string Lines() =>
        Element.ValueKind switch
        {
            JsonValueKind.String => Decode(),
            JsonValueKind.Array => Concatenated(),
            _ => throw Wrong($"Must be a string or an array of strings, but is {Kind}."),
        };

    // Only a wrong line gets a place: there may be millions of lines.
    private string Concatenated()
    {
        var text = new System.Text.StringBuilder();
        var number = 0;
        foreach (var line in Element.EnumerateArray())
        {
            text.Append(
                line.ValueKind == JsonValueKind.String && TryDecode(line) is { } decoded
                    ? decoded
                    : new JsonPlace(line, Path.Element(number), File).Text()
            );
            number++;
        }
        return text.ToString();
    }

    /// <summary>A count: an integer of 0 or more.</summary>
    public int Count() =>
        IsCount
            ? Element.GetInt32()
            : throw Wrong(
                "Must be an integer of 0 or more, but is "
                    + $"{(Element.ValueKind == JsonValueKind.Number ? Element.GetRawText() : Kind)}."
            );

    /// <summary>Whether it is a count.</summary>
    public bool IsCount =>
        Element.ValueKind == JsonValueKind.Number && Element.TryGetInt32(out var number) && number >= 0;

    public bool IsNull => Element.ValueKind == JsonValueKind.Null;

    public JsonObject Object() => Fields().ToJsonObject();

    /// <summary>The value as a mutable tree, in which every name and text has been checked.</summary>
    public JsonNode? Node() =>
        Element.ValueKind switch
        {
            JsonValueKind.Object => Object(),
            JsonValueKind.Array => new JsonArray([.. Elements().Select(element => element.Node())]),
            JsonValueKind.String => JsonValue.Create(Decode()),
            JsonValueKind.Null => null,
            _ => JsonValue.Create(Element),
        };

    private string Kind =>
        Element.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "a number",
            JsonValueKind.Null => "null",
            _ => "a truth value",
        };

    private string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw Wrong(HalfCharacter);
        }
    }

    private string Decode() => TryDecode(Element) ?? throw Wrong(HalfCharacter);

    private static string? TryDecode(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private const string HalfCharacter =
        "Holds half of a character (a lone surrogate such as \\ud83d); write the whole character.";
}

/// <summary>Takes known fields from an object; the remaining ones are unknown and are kept.</summary>
internal static class JsonFields
{
    public static JsonObject ToJsonObject(this Dictionary<string, JsonPlace> fields)
    {
        var result = new JsonObject();
        foreach (var (name, place) in fields)
        {
            result.Add(name, place.Node());
        }

        return result;
    }

    public static bool TryTake(this Dictionary<string, JsonPlace> fields, string name, out JsonPlace place) =>
        fields.Remove(name, out place);

    public static JsonPlace Take(this Dictionary<string, JsonPlace> fields, string name, JsonPlace owner) =>
        fields.Remove(name, out var place) ? place : throw owner.Wrong($"The field '{name}' is missing.");
}
