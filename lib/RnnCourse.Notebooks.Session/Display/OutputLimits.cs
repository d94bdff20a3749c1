using System.Globalization;
using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Session.Display;

/// <summary>How much of a cell's output is kept; the rest is cut, and a note says how much.</summary>
public sealed record OutputLimits
{
    /// <summary>Characters that one cell may print; 100 000 unless set.</summary>
    public int PrintedCharacters { get; init; } = 100_000;

    /// <summary>Characters of one plain text that is shown; 100 000 unless set.</summary>
    public int PlainCharacters { get; init; } = 100_000;

    /// <summary>Characters of one rich representation (HTML, picture, figure data); 5 000 000 unless set.</summary>
    public int RichCharacters { get; init; } = 5_000_000;

    /// <summary>Characters of everything that one cell shows; 20 000 000 unless set.</summary>
    public long ShownCharacters { get; init; } = 20_000_000;

    /// <summary>How many values one cell may show; 1 000 unless set.</summary>
    public int Displays { get; init; } = 1_000;

    /// <summary>Cuts what is too large: plain text is shortened; a rich representation is left out, since half of one
    /// would be broken.</summary>
    /// <param name="data">The representations of one value.</param>
    /// <returns>The same representations, or those within the limits, with a note in <c>text/plain</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="data"/> is null.</exception>
    public MimeBundle Cut(MimeBundle data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var kept = new Dictionary<string, MimeValue>(StringComparer.Ordinal);
        var notes = new List<string>();
        foreach (var (mimeType, value) in data.Items)
        {
            var length = value switch
            {
                MimeText text => text.Text.Length,
                MimeJson json => Length(json.Json),
                _ => 0,
            };
            if (mimeType != "text/plain" && length > RichCharacters)
            {
                notes.Add($"[{mimeType} of {Number(length)} characters left out: more than {Number(RichCharacters)}]");
                continue;
            }

            kept[mimeType] = value;
        }

        var plain = data.Text("text/plain") ?? "";
        if (plain.Length > PlainCharacters)
        {
            notes.Add(CutNote(plain.Length - PlainCharacters));
            plain = plain[..PlainCharacters];
        }

        if (notes.Count == 0)
        {
            return data;
        }

        kept["text/plain"] = new MimeText(string.Join('\n', notes.Prepend(plain)));
        return new MimeBundle(kept);
    }

    /// <summary>The note that says how much was cut.</summary>
    /// <param name="characters">How many characters.</param>
    /// <returns>The note, without a line end.</returns>
    public static string CutNote(long characters) => $"[cut here: {Number(characters)} more characters]";

    /// <summary>The size of a shown value: the number of characters of all its representations.</summary>
    /// <param name="data">The representations.</param>
    /// <returns>The number of characters.</returns>
    public static long SizeOf(MimeBundle data) =>
        data.Items.Sum(item =>
            item.Value switch
            {
                MimeText text => (long)text.Text.Length,
                MimeJson json => Length(json.Json),
                _ => 0,
            }
        );

    private static int Length(JsonNode? node) => node?.ToJsonString().Length ?? 4;

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
