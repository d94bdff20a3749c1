using System.Text.Json;

namespace RnnCourse.Notebooks.Reports;

/// <summary>Finds the line in an <c>.ipynb</c> file that contains a line of a cell, so that tools can point to
/// it.</summary>
internal static class SourceLines
{
    /// <param name="utf8">The file.</param>
    /// <param name="cellId">The cell's id.</param>
    /// <param name="line">Line of its source, from 1; 0 if not known.</param>
    /// <returns>The line in the file, from 1; 1 if the cell isn't found.</returns>
    public static int Find(ReadOnlySpan<byte> utf8, string cellId, int line)
    {
        try
        {
            return Search(utf8, cellId, line);
        }
        catch (JsonException)
        {
            return 1;
        }
    }

    private static int Search(ReadOnlySpan<byte> utf8, string cellId, int line)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 256 });
        var inCells = false;
        while (reader.Read())
        {
            if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 })
            {
                inCells = reader.ValueTextEquals("cells");
            }
            else if (
                inCells
                && reader is { TokenType: JsonTokenType.StartObject, CurrentDepth: 2 }
                && FindInCell(ref reader, cellId, line) is { } offset
            )
            {
                return utf8[..offset].Count((byte)'\n') + 1;
            }
        }

        return 1;
    }

    // Where the cell or the line of its source begins; null if the file has another cell there.
    private static int? FindInCell(ref Utf8JsonReader reader, string cellId, int line)
    {
        var start = (int)reader.TokenStartIndex;
        var (isIt, at) = (false, start);
        while (reader.Read() && reader is not { TokenType: JsonTokenType.EndObject, CurrentDepth: 2 })
        {
            if (reader is not { TokenType: JsonTokenType.PropertyName, CurrentDepth: 3 })
            {
                continue;
            }

            if (reader.ValueTextEquals("id"))
            {
                reader.Read();
                isIt = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(cellId);
            }
            else if (reader.ValueTextEquals("source"))
            {
                reader.Read();
                at = (int)reader.TokenStartIndex;
                if (reader.TokenType == JsonTokenType.StartArray)
                {
                    for (
                        var n = 0;
                        n < Math.Max(1, line) && reader.Read() && reader.TokenType == JsonTokenType.String;
                        n++
                    )
                    {
                        at = (int)reader.TokenStartIndex;
                    }
                }
            }
        }

        return isIt ? at : null;
    }
}
