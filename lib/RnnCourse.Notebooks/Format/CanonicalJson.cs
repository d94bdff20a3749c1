using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RnnCourse.Notebooks.Format;

/// <summary>
/// Writes JSON exactly as Jupyter does: one space of indentation, keys sorted by code point, every character but the
/// necessary ones as itself. (The writer of System.Text.Json escapes emoji and more, whatever encoder it is given.)
/// </summary>
internal sealed class CanonicalJson
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>The text of a value made of dictionaries, lists, texts, integers and JSON nodes; it ends with a line end.</summary>
    public static string ToText(object? value)
    {
        var writer = new CanonicalJson();
        writer.Write(value);
        return writer._text.Append('\n').ToString();
    }

    private void Write(object? value)
    {
        switch (value)
        {
            case null:
                _text.Append("null");
                break;
            case string text:
                WriteText(text);
                break;
            case int number:
                _text.Append(CultureInfo.InvariantCulture, $"{number}");
                break;
            case IReadOnlyDictionary<string, object?> fields:
                WriteObject(fields);
                break;
            case JsonObject fields:
                WriteObject(fields.ToDictionary(field => field.Key, field => (object?)field.Value));
                break;
            case JsonArray elements:
                WriteArray([.. elements]);
                break;
            case JsonValue leaf:
                WriteLeaf(leaf);
                break;
            case IReadOnlyList<object?> elements:
                WriteArray(elements);
                break;
            default:
                throw new ArgumentException($"A value of type {value.GetType()} has no form in JSON here.", nameof(value));
        }
    }

    private void WriteObject(IReadOnlyDictionary<string, object?> fields)
    {
        var separator = "{";
        _depth++;
        foreach (var (name, value) in fields.OrderBy(field => field.Key, CodePointOrder.Instance))
        {
            BeginItem(ref separator);
            WriteText(name);
            _text.Append(": ");
            Write(value);
        }
        End(fields.Count, "{}", '}');
    }

    private void WriteArray(IReadOnlyList<object?> elements)
    {
        var separator = "[";
        _depth++;
        foreach (var element in elements)
        {
            BeginItem(ref separator);
            Write(element);
        }
        End(elements.Count, "[]", ']');
    }

    private void BeginItem(ref string separator)
    {
        _text.Append(separator).Append('\n').Append(' ', _depth);
        separator = ",";
    }

    private void End(int count, string empty, char bracket)
    {
        _depth--;
        if (count == 0)
            _text.Append(empty);
        else
            _text.Append('\n').Append(' ', _depth).Append(bracket);
    }

    // a value that a caller made from a date, say, is text only once it has been written
    private void WriteLeaf(JsonValue leaf)
    {
        if (leaf.GetValueKind() == JsonValueKind.String)
            WriteText(leaf.TryGetValue<string>(out var text) ? text : JsonSerializer.Deserialize<string>(leaf.ToJsonString())!);
        else if (leaf.GetValueKind() == JsonValueKind.Number)
            _text.Append(CanonicalNumber.Of(leaf.ToJsonString()));
        else
            _text.Append(leaf.ToJsonString());
    }

    private void WriteText(string text)
    {
        _text.Append('"');
        foreach (var c in text)
            _ = c switch
            {
                '"' => _text.Append("\\\""),
                '\\' => _text.Append(@"\\"),
                '\n' => _text.Append(@"\n"),
                '\r' => _text.Append(@"\r"),
                '\t' => _text.Append(@"\t"),
                '\b' => _text.Append(@"\b"),
                '\f' => _text.Append(@"\f"),
                < ' ' => _text.Append(CultureInfo.InvariantCulture, $@"\u{(int)c:x4}"),
                _ => _text.Append(c),
            };
        _text.Append('"');
    }
}
