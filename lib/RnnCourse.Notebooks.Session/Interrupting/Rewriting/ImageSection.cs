using System.Buffers.Binary;
using System.Reflection.PortableExecutable;

namespace RnnCourse.Notebooks.Session.Interrupting.Rewriting;

/// <summary>One more section at the end of an image, for code and metadata that replace the original ones.</summary>
internal sealed class ImageSection
{
    private const int HeaderLength = 40;
    private const int RawPosition = 20;
    private const uint ReadableCode = 0x6000_0020;

    private readonly PEHeaders _headers;
    private readonly int _position;

    private ImageSection(PEHeaders headers, int address, int position) =>
        (_headers, Address, _position) = (headers, address, position);

    /// <summary>Its address when loaded, relative to the beginning of the image.</summary>
    public int Address { get; }

    /// <summary>Makes a section after all others.</summary>
    /// <param name="headers">The image's headers.</param>
    /// <param name="length">How long its file is.</param>
    public static ImageSection AppendedTo(PEHeaders headers, int length)
    {
        var header = headers.PEHeader!;
        var last = headers.SectionHeaders[^1];
        return new ImageSection(
            headers,
            Aligned(last.VirtualAddress + Math.Max(last.VirtualSize, last.SizeOfRawData), header.SectionAlignment),
            Aligned(length + Growth(headers), header.FileAlignment)
        );
    }

    /// <summary>Returns the image with this section appended.</summary>
    /// <param name="image">The image as it was.</param>
    /// <param name="code">The methods' code, first in the section.</param>
    /// <param name="metadata">The metadata, after it.</param>
    public byte[] AppendTo(byte[] image, byte[] code, byte[] metadata)
    {
        var header = _headers.PEHeader!;
        var metadataOffset = Aligned(code.Length, 4);
        var length = metadataOffset + metadata.Length;
        var result = new byte[_position + Aligned(length, header.FileAlignment)];
        Copy(image, result);
        code.CopyTo(result, _position);
        metadata.CopyTo(result, _position + metadataOffset);

        var section = result.AsSpan(HeaderPosition(_headers), HeaderLength);
        ".cell\0\0\0"u8.CopyTo(section);
        Write(section, 8, length);
        Write(section, 12, Address);
        Write(section, 16, Aligned(length, header.FileAlignment));
        Write(section, RawPosition, _position);
        BinaryPrimitives.WriteUInt32LittleEndian(section[36..], ReadableCode);

        const int NumberOfSections = 2;
        const int SizeOfImage = 56;
        var sections = result.AsSpan(_headers.CoffHeaderStartOffset + NumberOfSections);
        BinaryPrimitives.WriteInt16LittleEndian(sections, (short)(_headers.SectionHeaders.Length + 1));
        var imageHeader = result.AsSpan(_headers.PEHeaderStartOffset);
        Write(imageHeader, SizeOfImage, Aligned(Address + length, header.SectionAlignment));

        const int MetadataDirectory = 8;
        var runtimeHeader = result.AsSpan(_headers.CorHeaderStartOffset + Growth(_headers));
        Write(runtimeHeader, MetadataDirectory, Address + metadataOffset);
        Write(runtimeHeader, MetadataDirectory + 4, metadata.Length);
        return result;
    }

    // If the table of sections is full, as with resources for Windows, everything after it moves in the file.
    private void Copy(byte[] image, byte[] result)
    {
        const int SizeOfHeaders = 60;
        const int DebugEntryLength = 28;
        const int DebugRawPosition = 24;
        var header = _headers.PEHeader!;
        var growth = Growth(_headers);
        image.AsSpan(0, header.SizeOfHeaders).CopyTo(result);
        image.AsSpan(header.SizeOfHeaders).CopyTo(result.AsSpan(header.SizeOfHeaders + growth));
        if (growth == 0)
        {
            return;
        }

        Write(result.AsSpan(_headers.PEHeaderStartOffset), SizeOfHeaders, header.SizeOfHeaders + growth);
        for (var i = 0; i < _headers.SectionHeaders.Length; i++)
        {
            var section = result.AsSpan(
                HeaderPosition(_headers) - (HeaderLength * (_headers.SectionHeaders.Length - i))
            );
            Write(section, RawPosition, _headers.SectionHeaders[i].PointerToRawData + growth);
        }

        if (_headers.TryGetDirectoryOffset(header.DebugTableDirectory, out var debug))
        {
            for (var at = debug; at < debug + header.DebugTableDirectory.Size; at += DebugEntryLength)
            {
                var entry = result.AsSpan(at + growth);
                var position = BinaryPrimitives.ReadInt32LittleEndian(entry[DebugRawPosition..]);
                Write(entry, DebugRawPosition, position == 0 ? 0 : position + growth);
            }
        }
    }

    private static int Growth(PEHeaders headers) =>
        HeaderPosition(headers) + HeaderLength > headers.PEHeader!.SizeOfHeaders ? headers.PEHeader.FileAlignment : 0;

    private static void Write(Span<byte> bytes, int at, int value) =>
        BinaryPrimitives.WriteInt32LittleEndian(bytes[at..], value);

    private static int HeaderPosition(PEHeaders headers) =>
        headers.PEHeaderStartOffset
        + headers.CoffHeader.SizeOfOptionalHeader
        + (HeaderLength * headers.SectionHeaders.Length);

    private static int Aligned(int value, int alignment) => (value + alignment - 1) / alignment * alignment;
}
