using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RnnCourse.Notebooks.Format;

/// <summary>
/// Writes JSON exactly as Jupyter does: one space of indentation, keys sorted by code point, characters escaped only
/// where necessary. (The writer of System.Text.Json escapes emoji and more, whatever encoder it is given.)
/// </summary>
internal sealed class CanonicalJson
{
    private readonly TextWriter _text;
    private readonly JsonStyle _style;
    private int _depth;

    private CanonicalJson(TextWriter text, JsonStyle style, int depth)
    {
        _text = text;
        _style = style;
        _depth = depth;
    }

    /// <summary>The JSON text of a value that consists of dictionaries, lists, strings, integers and JSON nodes; it
    /// ends with a line break.</summary>
    public static string ToText(object? value)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Write(text, value);
        text.Write('\n');
        return text.ToString();
    }

    /// <summary>Writes a value, without a line break after it.</summary>
    public static void Write(TextWriter text, object? value, JsonStyle? style = null, int depth = 0) =>
        new CanonicalJson(text, style ?? JsonStyle.Canonical, depth).Write(value);

    private void Write(object? value)
    {
        switch (value)
        {
            case null:
                _text.Write("null");
                break;
            case string text:
                WriteText(text);
                break;
            case int number:
                _text.Write(number.ToString(CultureInfo.InvariantCulture));
                break;
            case StoredLines lines:
                WriteLines(lines);
                break;
            case IReadOnlyDictionary<string, object?> fields:
                WriteObject(fields);
                break;
            case JsonObject fields:
                WriteObject(fields.ToDictionary(field => field.Key, field => (object?)field.Value));
                break;
            case JsonArray elements:
                WriteArray(elements);
                break;
            case JsonValue leaf:
                WriteLeaf(leaf);
                break;
            case IReadOnlyList<object?> elements:
                WriteArray(elements);
                break;
            default:
                throw new ArgumentException(
                    $"A value of type {value.GetType()} has no form in JSON here.",
                    nameof(value)
                );
        }
    }

    private void WriteObject(IReadOnlyDictionary<string, object?> fields)
    {
        var count = 0;
        _depth++;
        foreach (var (name, value) in fields.OrderBy(field => field.Key, CodePointOrder.Instance))
        {
            BeginItem(ref count, '{');
            WriteText(name);
            _text.Write(':');
            _text.Write(_style.AfterColon);
            Write(value);
        }
        End(count, "{}", '}');
    }

    private void WriteArray(IEnumerable<object?> elements)
    {
        var count = 0;
        _depth++;
        foreach (var element in elements)
        {
            BeginItem(ref count, '[');
            Write(element);
        }
        End(count, "[]", ']');
    }

    private void WriteLines(StoredLines lines)
    {
        var count = 0;
        _depth++;
        foreach (var line in lines.Lines())
        {
            BeginItem(ref count, '[');
            WriteText(lines.Text.AsSpan(line));
        }
        End(count, "[]", ']');
    }

    private void BeginItem(ref int count, char bracket)
    {
        _text.Write(count == 0 ? bracket : ',');
        if (_style.Indent is not null)
        {
            BreakLine();
        }
        else if (count > 0)
        {
            _text.Write(_style.AfterComma);
        }

        count++;
    }

    private void End(int count, string empty, char bracket)
    {
        _depth--;
        if (count == 0)
        {
            _text.Write(empty);
            return;
        }
        if (_style.Indent is not null)
        {
            BreakLine();
        }

        _text.Write(bracket);
    }

    private void BreakLine()
    {
        _text.Write(_style.NewLine);
        for (var i = 0; i < _depth; i++)
        {
            _text.Write(_style.Indent);
        }
    }

    // A value that a caller made from a date, say, is text only once it has been written.
    private void WriteLeaf(JsonValue leaf)
    {
        if (leaf.GetValueKind() == JsonValueKind.String)
        {
            WriteText(
                leaf.TryGetValue<string>(out var text) ? text : JsonSerializer.Deserialize<string>(leaf.ToJsonString())!
            );
        }
        else if (leaf.GetValueKind() == JsonValueKind.Number)
        {
            _text.Write(CanonicalNumber.Of(leaf.ToJsonString()));
        }
        else
        {
            _text.Write(leaf.ToJsonString());
        }
    }

    private void WriteText(ReadOnlySpan<char> text)
    {
        _text.Write('"');
        while (!text.IsEmpty)
        {
            var plain = 0;
            while (plain < text.Length && IsPlain(text[plain]))
            {
                plain++;
            }

            _text.Write(text[..plain]);
            if (plain == text.Length)
            {
                break;
            }

            WriteEscaped(text[plain]);
            text = text[(plain + 1)..];
        }
        _text.Write('"');
    }

    private bool IsPlain(char c) => c is >= ' ' and not ('"' or '\\') && (c < '\x7f' || !_style.IsAscii);

    private void WriteEscaped(char c) =>
        _text.Write(
            c switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                '\b' => @"\b",
                '\f' => @"\f",
                '\x7f' => "\x7f",
                _ => string.Create(CultureInfo.InvariantCulture, $@"\u{(int)c:x4}"),
            }
        );
}
