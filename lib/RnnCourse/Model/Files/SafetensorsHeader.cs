using System.Text.Json;

namespace RnnCourse.Model.Files;

/// <summary>The header of a safetensors file, validated completely before any of it is used.</summary>
internal static class SafetensorsHeader
{
    /// <summary>The position of a tensor in the file.</summary>
    internal sealed record Entry(string Name, string Type, int[] Shape, int Begin, int End);

    private static int BytesOf(string type) =>
        type switch
        {
            "BOOL" or "U8" or "I8" or "F8_E4M3" or "F8_E5M2" => 1,
            "U16" or "I16" or "F16" or "BF16" => 2,
            "U32" or "I32" or "F32" => 4,
            "U64" or "I64" or "F64" => 8,
            _ => 0,
        };

    /// <summary>Reads the header and makes sure that the tensors fill the data, without overlap or gap.</summary>
    public static (IReadOnlyList<Entry> Entries, Dictionary<string, string> Metadata) Parse(
        string path,
        byte[] header,
        long dataLength
    )
    {
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false };
            using var json = JsonDocument.Parse(header, options);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw SafetensorsFile.Refuse(path, "its header is not a JSON object");
            }

            var metadata = new Dictionary<string, string>();
            var entries = new List<Entry>();
            foreach (var property in json.RootElement.EnumerateObject())
            {
                if (property.Name == "__metadata__")
                {
                    foreach (var item in property.Value.EnumerateObject())
                    {
                        metadata.Add(item.Name, Text(path, item.Value, item.Name));
                    }
                }
                else
                {
                    entries.Add(ParseEntry(path, property.Name, property.Value, dataLength));
                }
            }

            // Tensors without numbers share a place; among them the header's order stays.
            List<Entry> inOrder = [.. entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)];
            RequireNoGaps(path, inOrder, dataLength);
            return (inOrder, metadata);
        }
        catch (Exception broken)
            when (broken is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException(
                $"'{path}' cannot be read: its header is not that of a safetensors file ({broken.Message})",
                broken
            );
        }
    }

    private static Entry ParseEntry(string path, string name, JsonElement value, long dataLength)
    {
        var type = Text(path, value.GetProperty("dtype"), name);
        var bytes = BytesOf(type);
        if (bytes == 0)
        {
            throw SafetensorsFile.Refuse(path, $"tensor '{name}' is of the unknown type '{type}'");
        }

        var shape = new List<int>();
        var length = (long)bytes;
        foreach (var size in value.GetProperty("shape").EnumerateArray())
        {
            if (!size.TryGetInt32(out var n) || n < 0)
            {
                throw SafetensorsFile.Refuse(
                    path,
                    $"tensor '{name}' has a size that is not a whole number from 0 to {int.MaxValue}"
                );
            }

            shape.Add(n);
            // Checked after each factor, so that the product cannot overflow.
            length = Math.Min(length * n, 1L << 32);
        }

        var offsets = value.GetProperty("data_offsets");
        if (
            offsets.GetArrayLength() != 2
            || !offsets[0].TryGetInt64(out var begin)
            || !offsets[1].TryGetInt64(out var end)
            || begin < 0
            || end < begin
        )
        {
            throw SafetensorsFile.Refuse(path, $"tensor '{name}' does not have two offsets in ascending order");
        }

        if (end > dataLength)
        {
            throw SafetensorsFile.Refuse(
                path,
                $"tensor '{name}' ends at byte {end} of {dataLength}: the file is cut short"
            );
        }

        if (end - begin != length)
        {
            throw SafetensorsFile.Refuse(
                path,
                $"tensor '{name}' of shape ({string.Join(", ", shape)}) and type {type} does not have "
                    + $"{end - begin} bytes"
            );
        }

        return new Entry(name, type, [.. shape], (int)begin, (int)end);
    }

    private static void RequireNoGaps(string path, List<Entry> entries, long dataLength)
    {
        var end = 0;
        foreach (var entry in entries)
        {
            if (entry.Begin < end)
            {
                throw SafetensorsFile.Refuse(path, $"tensor '{entry.Name}' overlaps the one before it");
            }

            if (entry.Begin > end)
            {
                throw SafetensorsFile.Refuse(path, $"there is a gap before tensor '{entry.Name}'");
            }

            end = entry.End;
        }

        if (end != dataLength)
        {
            throw SafetensorsFile.Refuse(path, $"{dataLength - end} bytes follow the last tensor");
        }
    }

    private static string Text(string path, JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw SafetensorsFile.Refuse(path, $"'{name}' should hold a text, not a {value.ValueKind}");
}
