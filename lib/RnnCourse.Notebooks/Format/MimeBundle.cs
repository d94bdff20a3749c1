using System.Text.Json.Nodes;

namespace RnnCourse.Notebooks.Format;

/// <summary>One representation: a <see cref="MimeText"/> or a <see cref="MimeJson"/>.</summary>
public abstract record MimeValue
{
    private protected MimeValue() { }
}

/// <summary>A representation as text; pictures such as PNG are text in base 64.</summary>
/// <param name="Text">The text.</param>
public sealed record MimeText(string Text) : MimeValue;

/// <summary>A representation as JSON, for <c>application/json</c> and types that end in <c>+json</c>.</summary>
/// <param name="Json">The value; <see langword="null"/> is JSON's null.</param>
public sealed record MimeJson(JsonNode? Json) : MimeValue;

/// <summary>One value in several representations, by MIME type; sorted by the types' code points.</summary>
public sealed class MimeBundle
{
    private readonly SortedDictionary<string, MimeValue> _values = new(CodePointOrder.Instance);

    /// <summary>Creates a bundle.</summary>
    /// <param name="values">Representations by MIME type; of two with the same type, the later one is kept.</param>
    /// <exception cref="ArgumentException">A type for which <see cref="IsJson"/> is true has a text, or another type
    /// has JSON.
    /// </exception>
    public MimeBundle(IEnumerable<KeyValuePair<string, MimeValue>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var (mimeType, value) in values)
        {
            _values[mimeType] =
                (value is MimeJson) == IsJson(mimeType)
                    ? value
                    : throw new ArgumentException(
                        $"'{mimeType}' {(value is MimeJson ? "takes text, not JSON" : "takes JSON, not text")}.",
                        nameof(values)
                    );
        }
    }

    /// <summary>Creates a bundle of texts.</summary>
    /// <param name="texts">Pairs of MIME type and text.</param>
    /// <exception cref="ArgumentException">A type is one for JSON.</exception>
    public static MimeBundle OfText(params IEnumerable<(string MimeType, string Text)> texts) =>
        new(texts.Select(pair => KeyValuePair.Create<string, MimeValue>(pair.MimeType, new MimeText(pair.Text))));

    /// <summary>Whether values of this MIME type are JSON rather than text: <c>application/json</c>,
    /// <c>application/…+json</c>.</summary>
    public static bool IsJson(string mimeType)
    {
        ArgumentNullException.ThrowIfNull(mimeType);
        return mimeType == "application/json"
            || (
                mimeType.StartsWith("application/", StringComparison.Ordinal)
                && mimeType.EndsWith("+json", StringComparison.Ordinal)
            );
    }

    /// <summary>The number of representations.</summary>
    public int Count => _values.Count;

    /// <summary>The MIME types, in order.</summary>
    public IEnumerable<string> MimeTypes => _values.Keys;

    /// <summary>Whether there is a representation of this type.</summary>
    public bool Contains(string mimeType) => _values.ContainsKey(mimeType);

    /// <summary>The text of this MIME type; <see langword="null"/> if there is none.</summary>
    public string? Text(string mimeType) => (_values.GetValueOrDefault(mimeType) as MimeText)?.Text;

    /// <summary>The representation of this type; <see langword="null"/> if there is none.</summary>
    public MimeValue? this[string mimeType] => _values.GetValueOrDefault(mimeType);

    /// <summary>The representations with their MIME types, in order.</summary>
    public IEnumerable<KeyValuePair<string, MimeValue>> Items => _values;
}
