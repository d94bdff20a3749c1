using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using System.Text;

namespace RnnCourse.Notebooks.Session.Interrupting.Rewriting;

/// <summary>
/// The metadata of an image, or its symbols, as tables that can be changed: rows and heaps grow at their ends, so that
/// all existing tokens and offsets stay valid. The format is ECMA-335, II.24, and that of portable PDBs.
/// </summary>
internal sealed class MetadataTables
{
    private const int Tables = 64;
    private const int MaxNarrow = ushort.MaxValue;

    // The columns of each table: 2 and 4 are numbers of that many bytes; S, G and B are offsets into the heaps of
    // strings, GUIDs and blobs; two hexadecimal digits after a colon name the table that a row number refers to; a word
    // names a set of tables, one of which the value selects.
    private static readonly ImmutableArray<string> Layouts =
    [
        /* 00 Module */"2 S G G G",
        /* 01 TypeRef */"ResolutionScope S S",
        /* 02 TypeDef */"4 S S TypeDefOrRef :04 :06",
        /* 03 FieldPtr */":04",
        /* 04 Field */"2 S B",
        /* 05 MethodPtr */":06",
        /* 06 MethodDef */"4 2 2 S B :08",
        /* 07 ParamPtr */":08",
        /* 08 Param */"2 2 S",
        /* 09 InterfaceImpl */":02 TypeDefOrRef",
        /* 0A MemberRef */"MemberRefParent S B",
        /* 0B Constant */"2 HasConstant B",
        /* 0C CustomAttribute */"HasCustomAttribute CustomAttributeType B",
        /* 0D FieldMarshal */"HasFieldMarshal B",
        /* 0E DeclSecurity */"2 HasDeclSecurity B",
        /* 0F ClassLayout */"2 4 :02",
        /* 10 FieldLayout */"4 :04",
        /* 11 StandAloneSig */"B",
        /* 12 EventMap */":02 :14",
        /* 13 EventPtr */":14",
        /* 14 Event */"2 S TypeDefOrRef",
        /* 15 PropertyMap */":02 :17",
        /* 16 PropertyPtr */":17",
        /* 17 Property */"2 S B",
        /* 18 MethodSemantics */"2 :06 HasSemantics",
        /* 19 MethodImpl */":02 MethodDefOrRef MethodDefOrRef",
        /* 1A ModuleRef */"S",
        /* 1B TypeSpec */"B",
        /* 1C ImplMap */"2 MemberForwarded S :1A",
        /* 1D FieldRVA */"4 :04",
        /* 1E EncLog */"4 4",
        /* 1F EncMap */"4",
        /* 20 Assembly */"4 2 2 2 2 4 B S S",
        /* 21 AssemblyProcessor */"4",
        /* 22 AssemblyOS */"4 4 4",
        /* 23 AssemblyRef */"2 2 2 2 4 B S S B",
        /* 24 AssemblyRefProcessor */"4 :23",
        /* 25 AssemblyRefOS */"4 4 4 :23",
        /* 26 File */"4 S B",
        /* 27 ExportedType */"4 4 S S Implementation",
        /* 28 ManifestResource */"4 4 S Implementation",
        /* 29 NestedClass */":02 :02",
        /* 2A GenericParam */"2 2 TypeOrMethodDef S",
        /* 2B MethodSpec */"MethodDefOrRef B",
        /* 2C GenericParamConstraint */":2A TypeDefOrRef",
        "",
        "",
        "",
        /* 30 Document */"B G B G",
        /* 31 MethodDebugInformation */":30 B",
        /* 32 LocalScope */":06 :35 :33 :34 4 4",
        /* 33 LocalVariable */"2 2 S",
        /* 34 LocalConstant */"S B",
        /* 35 ImportScope */":35 B",
        /* 36 StateMachineMethod */":06 :06",
        /* 37 CustomDebugInformation */"HasCustomDebugInformation G B",
    ];

    // The number of bits that select the table, and the tables.
    private static readonly Dictionary<string, (int Bits, byte[] Tables)> Choices = new(StringComparer.Ordinal)
    {
        ["TypeDefOrRef"] = (2, [0x02, 0x01, 0x1B]),
        ["HasConstant"] = (2, [0x04, 0x08, 0x17]),
        ["HasCustomAttribute"] = (5, AttributeOwners()),
        ["HasFieldMarshal"] = (1, [0x04, 0x08]),
        ["HasDeclSecurity"] = (2, [0x02, 0x06, 0x20]),
        ["MemberRefParent"] = (3, [0x02, 0x01, 0x1A, 0x06, 0x1B]),
        ["HasSemantics"] = (1, [0x14, 0x17]),
        ["MethodDefOrRef"] = (1, [0x06, 0x0A]),
        ["MemberForwarded"] = (1, [0x04, 0x06]),
        ["Implementation"] = (2, [0x26, 0x23, 0x27]),
        ["CustomAttributeType"] = (3, [0x06, 0x0A]),
        ["ResolutionScope"] = (2, [0x00, 0x1A, 0x23, 0x01]),
        ["TypeOrMethodDef"] = (1, [0x02, 0x06]),
        ["HasCustomDebugInformation"] = (5, [.. AttributeOwners(), 0x30, 0x32, 0x33, 0x34, 0x35]),
    };

    private readonly byte[] _rootHead;
    private readonly List<(string Name, byte[] Content)> _streams = [];
    private readonly string[][] _columns = new string[Tables][];
    private readonly List<uint>?[] _rows = new List<uint>?[Tables];
    private readonly int[] _rowsElsewhere = new int[Tables];
    private readonly List<byte> _strings;
    private readonly List<byte> _blobs;
    private readonly int _guids;
    private readonly byte[] _tablesHead;

    /// <summary>Reads all tables.</summary>
    /// <param name="metadata">The metadata, beginning with its signature.</param>
    public MetadataTables(ReadOnlySpan<byte> metadata)
    {
        var headLength = 16 + U32(metadata, 12) + 4;
        _rootHead = metadata[..headLength].ToArray();
        var position = headLength;
        for (var left = U16(metadata, headLength - 2); left > 0; left--)
        {
            var nameLength = metadata[(position + 8)..].IndexOf((byte)0);
            var name = Encoding.ASCII.GetString(metadata.Slice(position + 8, nameLength));
            _streams.Add((name, metadata.Slice(U32(metadata, position), U32(metadata, position + 4)).ToArray()));
            position += 8 + ((nameLength + 4) & ~3);
        }

        _strings = [.. Stream("#Strings")];
        _blobs = [.. Stream("#Blob")];
        _guids = Stream("#GUID").Length;
        ReadRowsElsewhere(Stream("#Pdb"));
        _tablesHead = Stream("#~")[..24];
        ReadTables(Stream("#~"));
    }

    /// <summary>How many rows a table has.</summary>
    public int Count(int table) => _rows[table] is { } rows ? rows.Count / Columns(table).Length : 0;

    /// <summary>A field of a row; rows count from 1.</summary>
    public uint Get(int table, int row, int column) => _rows[table]![((row - 1) * _columns[table].Length) + column];

    /// <summary>Changes a field of a row; rows count from 1.</summary>
    public void Set(int table, int row, int column, uint value) =>
        _rows[table]![((row - 1) * _columns[table].Length) + column] = value;

    /// <summary>Adds a row after the others.</summary>
    /// <returns>Its number.</returns>
    public int Add(int table, params ReadOnlySpan<uint> values)
    {
        var columns = Columns(table).Length;
        if (values.Length != columns)
        {
            throw new ArgumentException($"Table {table:x2} has {columns} columns, not {values.Length}.");
        }

        var rows = _rows[table] ??= [];
        rows.AddRange(values);
        return rows.Count / columns;
    }

    /// <summary>Adds a text.</summary>
    /// <returns>Its offset.</returns>
    public uint AddString(string text)
    {
        var offset = _strings.Count;
        _strings.AddRange(Encoding.UTF8.GetBytes(text));
        _strings.Add(0);
        return (uint)offset;
    }

    /// <summary>Adds a blob.</summary>
    /// <returns>Its offset.</returns>
    public uint AddBlob(ReadOnlySpan<byte> blob)
    {
        var offset = _blobs.Count;
        CompressedNumbers.Write(_blobs, blob.Length);
        _blobs.AddRange(blob);
        return (uint)offset;
    }

    /// <summary>The blob at an offset.</summary>
    public byte[] Blob(uint offset)
    {
        var position = (int)offset;
        var length = CompressedNumbers.Read(_blobs, ref position);
        return [.. _blobs.Slice(position, length)];
    }

    /// <summary>The text at an offset.</summary>
    public string String(uint offset)
    {
        var end = _strings.IndexOf(0, (int)offset);
        return Encoding.UTF8.GetString([.. _strings.Slice((int)offset, end - (int)offset)]);
    }

    /// <summary>For symbols: how many rows the image's own tables have.</summary>
    public void SetRowsElsewhere(int table, int rows)
    {
        if (_rowsElsewhere[table] > 0)
        {
            _rowsElsewhere[table] = rows;
        }
    }

    /// <summary>The metadata as bytes.</summary>
    public byte[] ToArray()
    {
        var tables = WriteTables();
        var streams = _streams
            .Select(stream =>
                (
                    stream.Name,
                    Content: Padded(
                        stream.Name switch
                        {
                            "#~" => tables,
                            "#Strings" => [.. _strings],
                            "#Blob" => [.. _blobs],
                            "#Pdb" => WriteRowsElsewhere(stream.Content),
                            _ => stream.Content,
                        }
                    )
                )
            )
            .ToList();
        var offset = _rootHead.Length + streams.Sum(stream => 8 + ((stream.Name.Length + 4) & ~3));
        var result = new List<byte>(_rootHead);
        foreach (var (name, content) in streams)
        {
            Write(result, (uint)offset, 4);
            Write(result, (uint)content.Length, 4);
            result.AddRange(Encoding.ASCII.GetBytes(name.PadRight((name.Length + 4) & ~3, '\0')));
            offset += content.Length;
        }

        foreach (var (_, content) in streams)
        {
            result.AddRange(content);
        }

        return [.. result];
    }

    private static byte[] AttributeOwners() =>
        [
            0x06,
            0x04,
            0x01,
            0x02,
            0x08,
            0x09,
            0x0A,
            0x00,
            0x0E,
            0x17,
            0x14,
            0x11,
            0x1A,
            0x1B,
            0x20,
            0x23,
            0x26,
            0x27,
            0x28,
            0x2A,
            0x2C,
            0x2B,
        ];

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static int U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);

    private static ulong U64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);

    private static void Write(List<byte> bytes, uint value, int size)
    {
        for (var i = 0; i < size; i++)
        {
            bytes.Add((byte)(value >> (8 * i)));
        }
    }

    private static byte[] Padded(byte[] content) =>
        content.Length % 4 == 0 ? content : [.. content, .. new byte[4 - (content.Length % 4)]];

    private byte[] Stream(string name) => _streams.Find(stream => stream.Name == name).Content ?? [];

    private string[] Columns(int table) => _columns[table] ??= Layouts[table].Split(' ');

    private void ReadRowsElsewhere(ReadOnlySpan<byte> symbols)
    {
        if (symbols.IsEmpty)
        {
            return;
        }

        var position = 32;
        for (var tables = U64(symbols, 24); tables != 0; tables &= tables - 1)
        {
            _rowsElsewhere[BitOperations.TrailingZeroCount(tables)] = U32(symbols, position);
            position += 4;
        }
    }

    private byte[] WriteRowsElsewhere(byte[] symbols)
    {
        var position = 32;
        for (var tables = U64(symbols, 24); tables != 0; tables &= tables - 1)
        {
            BinaryPrimitives.WriteInt32LittleEndian(
                symbols.AsSpan(position),
                _rowsElsewhere[BitOperations.TrailingZeroCount(tables)]
            );
            position += 4;
        }

        return symbols;
    }

    private void ReadTables(ReadOnlySpan<byte> stream)
    {
        const int HasMoreData = 0x40;
        var heaps = stream[6];
        var present = U64(stream, 8);
        var counts = new int[Tables];
        var position = 24;
        for (var tables = present; tables != 0; tables &= tables - 1)
        {
            counts[BitOperations.TrailingZeroCount(tables)] = U32(stream, position);
            position += 4;
        }

        position += (heaps & HasMoreData) != 0 ? 4 : 0;
        for (var table = 0; table < Tables; table++)
        {
            if (counts[table] == 0)
            {
                continue;
            }

            var sizes = Sizes(table, heaps, counts);
            var fields = new List<uint>(counts[table] * sizes.Length);
            for (var row = 0; row < counts[table]; row++)
            {
                foreach (var size in sizes)
                {
                    fields.Add(size == 2 ? (uint)U16(stream, position) : (uint)U32(stream, position));
                    position += size;
                }
            }

            _rows[table] = fields;
        }
    }

    private byte[] WriteTables()
    {
        var counts = Enumerable.Range(0, Tables).Select(Count).ToArray();
        var heaps =
            (_strings.Count > MaxNarrow ? 1 : 0)
            | (_guids > 16 * MaxNarrow ? 2 : 0)
            | (_blobs.Count > MaxNarrow ? 4 : 0);
        var result = new List<byte>(_tablesHead);
        result[6] = (byte)heaps;
        var present = 0ul;
        for (var table = 0; table < Tables; table++)
        {
            if (counts[table] > 0)
            {
                present |= 1ul << table;
                Write(result, (uint)counts[table], 4);
            }
        }

        for (var i = 0; i < 8; i++)
        {
            result[8 + i] = (byte)(present >> (8 * i));
        }

        for (var table = 0; table < Tables; table++)
        {
            if (_rows[table] is not { } fields)
            {
                continue;
            }

            var sizes = Sizes(table, heaps, counts);
            for (var i = 0; i < fields.Count; i++)
            {
                Write(result, fields[i], sizes[i % sizes.Length]);
            }
        }

        return [.. result];
    }

    private int[] Sizes(int table, int heaps, int[] counts) =>
        [
            .. Columns(table)
                .Select(column =>
                    column switch
                    {
                        "2" => 2,
                        "4" => 4,
                        "S" => (heaps & 1) != 0 ? 4 : 2,
                        "G" => (heaps & 2) != 0 ? 4 : 2,
                        "B" => (heaps & 4) != 0 ? 4 : 2,
                        [':', .. var number] => Width(0, [Convert.ToByte(number, 16)], counts),
                        _ => Width(Choices[column].Bits, Choices[column].Tables, counts),
                    }
                ),
        ];

    private int Width(int bits, ReadOnlySpan<byte> tables, int[] counts)
    {
        var most = 0;
        foreach (var table in tables)
        {
            most = Math.Max(most, Math.Max(counts[table], _rowsElsewhere[table]));
        }

        return most > MaxNarrow >> bits ? 4 : 2;
    }
}
