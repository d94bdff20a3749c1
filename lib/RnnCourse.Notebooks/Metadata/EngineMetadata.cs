using System.Text.Json;
using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Metadata;

/// <summary>
/// The settings of a notebook or a cell for this engine: the object <c>rnn</c> in its metadata. Other hosts ignore it.
/// </summary>
public sealed class EngineMetadata
{
    /// <summary>The name of the object in the metadata.</summary>
    public const string Name = "rnn";

    private readonly JsonObject _fields;
    private readonly string _place;

    private EngineMetadata(JsonObject fields, string place) => (_fields, _place) = (fields, place);

    /// <summary>The settings in the metadata of a notebook.</summary>
    public static EngineMetadata OfNotebook(Notebook notebook) => In(notebook.Metadata, $"metadata.{Name}");

    /// <summary>The settings in the metadata of a cell.</summary>
    public static EngineMetadata OfCell(Cell cell) => In(cell.Metadata, $"cell {cell.Id}.metadata.{Name}");

    /// <summary>Settings outside a notebook, such as in a file.</summary>
    public static EngineMetadata Of(JsonObject fields, string place) => new(fields, place);

    private static EngineMetadata In(JsonObject metadata, string place) =>
        metadata[Name] switch
        {
            null => new([], place),
            JsonObject fields => new(fields, place),
            _ => throw new NotebookFormatException("This must be an object of settings.", location: place),
        };

    /// <summary>A time in seconds; null if it isn't set.</summary>
    public TimeSpan? Seconds(string field) =>
        _fields[field] switch
        {
            null => null,
            JsonValue value
                when value.GetValueKind() == JsonValueKind.Number
                    && value.TryGetValue<double>(out var seconds)
                    && seconds is > 0 and <= 604_800 => TimeSpan.FromSeconds(seconds),
            _ => throw Wrong(field, "This must be a number of seconds, more than 0 and at most 604800."),
        };

    /// <summary>An amount of memory in bytes; null if it isn't set.</summary>
    public long? Bytes(string field) =>
        _fields[field] is null ? null
        : Text(field) is { } text && MemorySize.TryParse(text, out var bytes) ? bytes
        : throw Wrong(field, MemorySize.Rule);

    /// <summary>A text; null if it isn't set.</summary>
    public string? Text(string field) =>
        _fields[field] switch
        {
            null => null,
            JsonValue value when value.TryGetValue<string>(out var text) => text,
            _ => throw Wrong(field, "This must be a text."),
        };

    /// <summary>Any value; null if it isn't set.</summary>
    public JsonNode? Value(string field) => _fields[field];

    /// <summary>Creates the exception for a field with a wrong value.</summary>
    /// <param name="field">The field.</param>
    /// <param name="problem">What is wrong with it.</param>
    public NotebookFormatException Wrong(string field, string problem) => new(problem, location: $"{_place}.{field}");
}
