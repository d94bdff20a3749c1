using System.Buffers.Binary;
using System.Text.Json;
using RnnCourse.Shared;

namespace RnnCourse.Model.Files;

/// <summary>Reads and writes safetensors files: tensors and metadata, without executable content.</summary>
/// <remarks>
/// <para>The format (github.com/huggingface/safetensors): 8 bytes, little-endian, hold the header's length; the header
/// is a JSON object that gives each tensor's <c>dtype</c>, <c>shape</c> and <c>data_offsets</c>, and under
/// <c>__metadata__</c> texts by name; the numbers follow, without gaps.</para>
/// <para>Files that are written here carry a checksum over everything else in them, under the metadata's name
/// <see cref="ChecksumKey"/>. It detects damage and accidental edits; it is not a signature.</para>
/// </remarks>
public static class SafetensorsFile
{
    /// <summary>The metadata's name for the checksum: SHA-256 as hexadecimal digits, over the metadata (by name), the
    /// tensors' names, types and shapes, and the numbers.</summary>
    public const string ChecksumKey = "sha256";

    /// <summary>The longest header that is read, in bytes.</summary>
    internal const int MaxHeaderLength = 16 << 20;

    /// <summary>Writes a file, completely or not at all: first under another name in the same folder, then
    /// renamed.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="tensors">The tensors, each of another name.</param>
    /// <param name="metadata">Texts by name.</param>
    /// <exception cref="ArgumentException">Two tensors have one name, or a name is reserved.</exception>
    /// <exception cref="IOException">The file cannot be written; an existing file is kept.</exception>
    public static void Write(string path, IReadOnlyList<Tensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(metadata);
        if (tensors.Any(tensor => tensor.Name == "__metadata__") || metadata.ContainsKey(ChecksumKey))
        {
            throw new ArgumentException(
                $"'__metadata__' names no tensor, and '{ChecksumKey}' is written by this class.",
                nameof(tensors)
            );
        }

        if (tensors.Select(tensor => tensor.Name).Distinct().Count() != tensors.Count)
        {
            throw new ArgumentException("Two tensors have the same name.", nameof(tensors));
        }

        var header = Header(
            tensors,
            new Dictionary<string, string>(metadata) { [ChecksumKey] = Checksum.Of(tensors, metadata) }
        );
        AtomicFile.Write(
            path,
            stream =>
            {
                Span<byte> length = stackalloc byte[8];
                BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
                stream.Write(length);
                stream.Write(header);
                foreach (var tensor in tensors)
                {
                    stream.Write(tensor.Bytes.Span);
                }
            }
        );
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="requireChecksum">Whether a file without a checksum is refused. A wrong checksum always is.</param>
    /// <returns>The tensors in the order of their data, and the metadata without the checksum.</returns>
    /// <exception cref="InvalidDataException">The file is not a safetensors file, is cut short or too long, has
    /// overlapping tensors or gaps, or its checksum is wrong; the message says which.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static (IReadOnlyList<Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(
        string path,
        bool requireChecksum = false
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        Span<byte> prefix = stackalloc byte[8];
        if (stream.Length < 8)
        {
            throw Refuse(path, $"it has {stream.Length} bytes, too few for any model file");
        }

        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxHeaderLength)
        {
            throw Refuse(
                path,
                $"its header claims {length} bytes, more than the {MaxHeaderLength} that are allowed: this "
                    + "is not a safetensors file"
            );
        }

        if (length > (ulong)(stream.Length - 8))
        {
            throw Refuse(
                path,
                $"its header claims {length} bytes, but only {stream.Length - 8} follow: the file is cut short"
            );
        }

        var header = new byte[length];
        stream.ReadExactly(header);
        var dataLength = stream.Length - 8 - header.Length;
        if (dataLength > int.MaxValue)
        {
            throw Refuse(
                path,
                $"it holds {dataLength} bytes of numbers, more than the {int.MaxValue} that can be read"
            );
        }

        var (entries, metadata) = SafetensorsHeader.Parse(path, header, dataLength);
        var data = new byte[dataLength];
        stream.ReadExactly(data);
        Tensor[] tensors =
        [
            .. entries.Select(entry => new Tensor(
                entry.Name,
                entry.Type,
                entry.Shape,
                data.AsMemory(entry.Begin, entry.End - entry.Begin)
            )),
        ];
        if (metadata.Remove(ChecksumKey, out var checksum))
        {
            if (!string.Equals(checksum, Checksum.Of(tensors, metadata), StringComparison.OrdinalIgnoreCase))
            {
                throw Refuse(path, "its checksum is wrong: the file was damaged or changed after it was written");
            }
        }
        else if (requireChecksum)
        {
            throw Refuse(path, "it has no checksum, so it was not written by this library");
        }

        return (tensors, metadata);
    }

    /// <summary>Reads a file's metadata, without its numbers. The checksum is not checked.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Texts by name; empty if this is not a safetensors file.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        Span<byte> prefix = stackalloc byte[8];
        if (stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8)
        {
            return new Dictionary<string, string>();
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxHeaderLength || length > (ulong)(stream.Length - 8))
        {
            return new Dictionary<string, string>();
        }

        var header = new byte[length];
        stream.ReadExactly(header);
        try
        {
            return SafetensorsHeader.Parse(path, header, stream.Length - 8 - header.Length).Metadata;
        }
        catch (InvalidDataException)
        {
            return new Dictionary<string, string>();
        }
    }

    internal static InvalidDataException Refuse(string path, string reason) =>
        new($"'{path}' cannot be read: {reason}.");

    private static byte[] Header(IReadOnlyList<Tensor> tensors, Dictionary<string, string> metadata)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            long offset = 0;
            foreach (var tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Type);
                json.WriteStartArray("shape");
                foreach (var size in tensor.Shape)
                {
                    json.WriteNumberValue(size);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += tensor.Bytes.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Spaces up to a multiple of 8, so that the numbers lie aligned for readers that map the file into memory.
        while (stream.Length % 8 != 0)
        {
            stream.WriteByte((byte)' ');
        }

        return stream.ToArray();
    }
}
