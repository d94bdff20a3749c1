using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace RnnCourse.Notebooks.Session.Interrupting.Rewriting;

/// <summary>Adjusts the positions in symbols to the rewritten code: lines, scopes of variables, and where state
/// machines pause and resume.</summary>
internal sealed class SymbolRewriter
{
    private const int MethodDebugInformation = 0x31;
    private const int LocalScope = 0x32;
    private const int CustomDebugInformation = 0x37;

    // Named as in the specification of portable PDBs.
    private static readonly Guid AsyncStepping = new("54FD2AC5-E925-401A-9C2A-F94F171072F8");
    private static readonly Guid HoistedScopes = new("6DA9A61E-F8C7-4874-BE62-68BC5630DF71");

    private readonly MetadataTables _tables;
    private readonly Dictionary<int, (int Row, byte[] Content)> _stepping = [];
    private readonly Dictionary<int, (int Row, byte[] Content)> _hoisted = [];
    private readonly Dictionary<int, List<int>> _scopes = [];

    /// <param name="symbols">A portable PDB.</param>
    /// <param name="reader">A reader of this PDB.</param>
    public SymbolRewriter(byte[] symbols, MetadataReader reader)
    {
        _tables = new MetadataTables(symbols);
        foreach (var handle in reader.CustomDebugInformation)
        {
            var information = reader.GetCustomDebugInformation(handle);
            var kind = reader.GetGuid(information.Kind);
            var found =
                kind == AsyncStepping ? _stepping
                : kind == HoistedScopes ? _hoisted
                : null;
            found?.Add(
                MetadataTokens.GetRowNumber(information.Parent),
                (MetadataTokens.GetRowNumber(handle), reader.GetBlobBytes(information.Value))
            );
        }

        for (var row = 1; row <= _tables.Count(LocalScope); row++)
        {
            var method = (int)_tables.Get(LocalScope, row, 0);
            if (!_scopes.TryGetValue(method, out var scopes))
            {
                _scopes.Add(method, scopes = []);
            }

            scopes.Add(row);
        }
    }

    /// <summary>The offsets where an <c>async</c> method resumes after each <c>await</c>; default for other
    /// methods.</summary>
    public ImmutableArray<int> ResumesOf(MethodDefinitionHandle method)
    {
        if (!_stepping.TryGetValue(MetadataTokens.GetRowNumber(method), out var stepping))
        {
            return default;
        }

        var resumes = ImmutableArray.CreateBuilder<int>();
        var content = stepping.Content;
        for (var position = 4; position < content.Length; )
        {
            resumes.Add(BitConverter.ToInt32(content, position + 4));
            position += 8;
            _ = CompressedNumbers.Read(content, ref position);
        }

        return resumes.ToImmutable();
    }

    /// <summary>Adjusts the symbols of one method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="map">The new offset for each old one.</param>
    /// <param name="variables">The types of its variables.</param>
    public void Move(MethodDefinitionHandle method, int[] map, StandaloneSignatureHandle variables)
    {
        var number = MetadataTokens.GetRowNumber(method);
        MoveLines(number, map, variables);
        foreach (var row in _scopes.GetValueOrDefault(number, []))
        {
            var start = (int)_tables.Get(LocalScope, row, 4);
            var end = start + (int)_tables.Get(LocalScope, row, 5);
            _tables.Set(LocalScope, row, 4, (uint)map[start]);
            _tables.Set(LocalScope, row, 5, (uint)(map[end] - map[start]));
        }

        if (_stepping.TryGetValue(number, out var stepping))
        {
            MoveSteps(stepping.Row, stepping.Content, map);
        }

        if (_hoisted.TryGetValue(number, out var hoisted))
        {
            MoveHoisted(hoisted.Row, hoisted.Content, map);
        }
    }

    /// <summary>How many rows a table of the image has now.</summary>
    public void SetRows(int table, int rows) => _tables.SetRowsElsewhere(table, rows);

    /// <summary>The symbols as bytes.</summary>
    public byte[] ToArray() => _tables.ToArray();

    // Everything except the offsets is copied: the rest of each record is several compressed numbers.
    private void MoveLines(int method, int[] map, StandaloneSignatureHandle variables)
    {
        if (
            method > _tables.Count(MethodDebugInformation)
            || _tables.Get(MethodDebugInformation, method, 1) is not (> 0 and var blob)
        )
        {
            return;
        }

        var old = _tables.Blob(blob);
        var result = new List<byte>(old.Length + 8);
        var position = 0;
        _ = CompressedNumbers.Read(old, ref position);
        CompressedNumbers.Write(result, variables.IsNil ? 0 : MetadataTokens.GetRowNumber(variables));
        if (_tables.Get(MethodDebugInformation, method, 0) == 0)
        {
            Copy(old, ref position, result);
        }

        var (offset, written, isFirst) = (0, 0, true);
        while (position < old.Length)
        {
            var step = CompressedNumbers.Read(old, ref position);
            if (step == 0 && !isFirst)
            {
                // Another document.
                result.Add(0);
                Copy(old, ref position, result);
                continue;
            }

            offset += step;
            CompressedNumbers.Write(result, map[offset] - written);
            (written, isFirst) = (map[offset], false);
            var lines = Copy(old, ref position, result);
            var columns = Copy(old, ref position, result);
            if (lines != 0 || columns != 0)
            {
                Copy(old, ref position, result);
                Copy(old, ref position, result);
            }
        }

        _tables.Set(MethodDebugInformation, method, 1, _tables.AddBlob([.. result]));
    }

    private static int Copy(byte[] old, ref int position, List<byte> result)
    {
        var start = position;
        var value = CompressedNumbers.Read(old, ref position);
        result.AddRange(old.AsSpan(start, position - start));
        return value;
    }

    private void MoveSteps(int row, byte[] content, int[] map)
    {
        // The handler's offset is stored plus 1; 0 means that there is none.
        var result = new List<byte>(content.Length);
        var handler = BitConverter.ToInt32(content, 0);
        result.AddRange(BitConverter.GetBytes(handler == 0 ? 0 : map[handler - 1] + 1));
        for (var position = 4; position < content.Length; )
        {
            result.AddRange(BitConverter.GetBytes(map[BitConverter.ToInt32(content, position)]));
            result.AddRange(BitConverter.GetBytes(map[BitConverter.ToInt32(content, position + 4)]));
            position += 8;
            Copy(content, ref position, result);
        }

        _tables.Set(CustomDebugInformation, row, 2, _tables.AddBlob([.. result]));
    }

    private void MoveHoisted(int row, byte[] content, int[] map)
    {
        var result = new List<byte>(content.Length);
        for (var position = 0; position < content.Length; position += 8)
        {
            var start = BitConverter.ToInt32(content, position);
            var end = start + BitConverter.ToInt32(content, position + 4);
            result.AddRange(BitConverter.GetBytes(map[start]));
            result.AddRange(BitConverter.GetBytes(map[end] - map[start]));
        }

        _tables.Set(CustomDebugInformation, row, 2, _tables.AddBlob([.. result]));
    }
}
