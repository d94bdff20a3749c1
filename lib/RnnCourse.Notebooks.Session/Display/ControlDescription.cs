using System.Text.Json;
using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Session.Display;

/// <summary>A control that a cell has asked for, such as a slider: a value that its reader can change.</summary>
public sealed class ControlDescription
{
    /// <summary>The MIME type under which a control is shown: its description and, as <c>value</c>, its present
    /// value.</summary>
    public const string MimeType = "application/vnd.rnncourse.control+json";

    /// <summary>Under this name, libraries find in <see cref="AppContext"/> a function of type <c>Func&lt;string,
    /// string?&gt;</c>: it takes a description in JSON, shows the control, and returns its value in JSON, or null if
    /// the default in the description holds.</summary>
    public const string LibraryKey = "Notebook.Control";

    private const string ValueProperty = "value";
    private const int LongestText = 10_000;

    private static readonly string[] Kinds = ["slider", "choice", "number", "text"];

    private readonly JsonObject _json;

    private ControlDescription(JsonObject json) => _json = json;

    /// <summary>Its name in the cell's code.</summary>
    public string Name => Text("name")!;

    /// <summary>Its kind: <c>slider</c>, <c>choice</c>, <c>number</c> or <c>text</c>.</summary>
    public string Kind => Text("control")!;

    /// <summary>The text to show where the control can't be shown.</summary>
    public string Words => Text("words") ?? $"{Name} = {Default.ToJsonString()}";

    /// <summary>The value until the reader changes it.</summary>
    public JsonNode Default => _json["default"]!;

    /// <summary>The smallest number; null if there is no limit, or the value isn't a number.</summary>
    public double? Min => Number("min");

    /// <summary>The largest number; null if there is no limit, or the value isn't a number.</summary>
    public double? Max => Number("max");

    /// <summary>The distance of neighbouring numbers; null if there is none.</summary>
    public double? Step => Number("step");

    /// <summary>Whether its numbers are whole.</summary>
    public bool IsWhole =>
        Step is { } step
        && step == Math.Floor(step)
        && IsInteger(Default)
        && (Min is null || Min == Math.Floor(Min.Value));

    /// <summary>The options to choose from; empty if the control isn't a choice.</summary>
    public IReadOnlyList<string> Choices =>
        _json["choices"] is JsonArray list ? [.. list.Select(TextOf).OfType<string>()] : [];

    /// <summary>Its value; the default if none is given.</summary>
    public JsonNode Value => _json[ValueProperty] ?? Default;

    /// <summary>Reads the description of a control from a library or a page.</summary>
    /// <param name="json">The description, with or without its value.</param>
    /// <returns>The control; null if the JSON doesn't describe one.</returns>
    public static ControlDescription? Read(JsonNode? json) =>
        json is JsonObject description
        && TextOf(description["control"]) is { } kind
        && Kinds.Contains(kind)
        && TextOf(description["name"]) is { Length: > 0 }
        && description["default"] is JsonValue
            ? new ControlDescription(description)
            : null;

    /// <summary>Reads a control that a cell has shown.</summary>
    /// <param name="shown">The output.</param>
    /// <returns>The control; null if the output isn't a control.</returns>
    public static ControlDescription? Of(MimeBundle shown)
    {
        ArgumentNullException.ThrowIfNull(shown);
        return shown[MimeType] is MimeJson { Json: var json } ? Read(json) : null;
    }

    /// <summary>Whether a value is allowed.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Whether the value is of the right kind and within the limits.</returns>
    public bool Allows(JsonNode? value) =>
        Kind switch
        {
            "choice" => TextOf(value) is { } text && Choices.Contains(text, StringComparer.Ordinal),
            "text" => TextOf(value) is { } text
                && text.Length <= (Number("maxLength") ?? LongestText)
                && !text.Any(char.IsControl),
            _ => NumberOf(value) is { } number
                && double.IsFinite(number)
                && !(number < Min)
                && !(number > Max)
                && (!IsWhole || number == Math.Floor(number)),
        };

    /// <summary>Whether this is the same control, regardless of both values.</summary>
    /// <param name="other">Another description.</param>
    /// <returns>Whether both are the same control.</returns>
    public bool IsSameAs(ControlDescription other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return JsonNode.DeepEquals(WithoutValue(), other.WithoutValue());
    }

    /// <summary>The same control at a value.</summary>
    /// <param name="value">Its value.</param>
    /// <returns>The control.</returns>
    public ControlDescription At(JsonNode value)
    {
        var json = WithoutValue();
        json[ValueProperty] = value.DeepClone();
        return new ControlDescription(json);
    }

    /// <summary>Converts it to an output.</summary>
    /// <returns>The description, and a plain text for hosts that don't know controls.</returns>
    public MimeBundle ToBundle() =>
        new([new("text/plain", new MimeText(Words)), new(MimeType, new MimeJson(_json.DeepClone()))]);

    /// <summary>Writes it in JSON.</summary>
    /// <returns>The description.</returns>
    public override string ToString() => _json.ToJsonString();

    private JsonObject WithoutValue()
    {
        var json = _json.DeepClone().AsObject();
        json.Remove(ValueProperty);
        return json;
    }

    private string? Text(string property) => TextOf(_json[property]);

    private double? Number(string property) => NumberOf(_json[property]);

    private static string? TextOf(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static double? NumberOf(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.Number && node.AsValue().TryGetValue<double>(out var number)
            ? number
            : null;

    private static bool IsInteger(JsonNode node) => NumberOf(node) is { } number && number == Math.Floor(number);
}

/// <summary>The value to which a reader has set a control.</summary>
/// <param name="Control">The control's description, as the cell gave it.</param>
/// <param name="Value">Its value in JSON.</param>
public sealed record ControlSetting(string Control, string Value);
