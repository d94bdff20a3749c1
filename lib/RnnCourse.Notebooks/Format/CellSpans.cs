using System.Text.Json;

namespace RnnCourse.Notebooks.Format;

/// <summary>A stretch of a text, in bytes.</summary>
internal readonly record struct ByteSpan(int Start, int End);

/// <summary>The position of a cell in its file, and of the values of its fields.</summary>
internal sealed record CellSpan(ByteSpan Whole, IReadOnlyDictionary<string, ByteSpan> Fields);

/// <summary>Finds the cells in the text of a valid notebook.</summary>
internal static class CellSpans
{
    public static List<CellSpan> Of(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = JsonText.MaximumDepth });
        var cells = new List<CellSpan>();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isCells = reader.ValueTextEquals("cells");
            reader.Read();
            if (!isCells)
            {
                reader.Skip();
                continue;
            }
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                cells.Add(ReadCell(ref reader));
            }
        }
        return cells;
    }

    private static CellSpan ReadCell(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        var fields = new Dictionary<string, ByteSpan>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var valueStart = (int)reader.TokenStartIndex;
            reader.Skip();
            fields[name] = new(valueStart, (int)reader.BytesConsumed);
        }
        return new(new(start, (int)reader.BytesConsumed), fields);
    }
}
