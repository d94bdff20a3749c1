using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace RnnCourse.Notebooks.Session.Interrupting.Rewriting;

/// <summary>Inserts checks into one method; <see cref="PiecePlacement"/> decides where.</summary>
internal sealed class MethodRewriter
{
    private const int CallLength = 5;
    private const int CheckLength = 2 + 5 + 2 + 5;
    private const int FlagCheckLength = 2 + 1 + 2 + 5 + 1;
    private const int FinallyGuardLength = 5 + 2 + 5 + 1;
    private const int CatchFilterLength = 5 + 5 + 2;
    private const int CastLength = 5;
    private const int FilterGuardLength = 1 + 5 + 2 + 1 + 1 + 5;

    private readonly InterruptCheckTokens _tokens;
    private readonly byte[] _code;
    private readonly ImmutableArray<ExceptionRegion> _regions;
    private readonly List<Instruction> _instructions;
    private readonly int[] _indexes;
    private readonly int[] _starts;
    private readonly PiecePlacement _pieces;

    // The flag's variable follows the method's own variables.
    private readonly int _flag;

    private MethodRewriter(
        MethodBodyBlock body,
        int variables,
        MethodPlan plan,
        InterruptCheckTokens tokens,
        StateMachineNames names,
        SpecialCalls calls
    )
    {
        (_flag, _tokens) = (variables, tokens);
        _code = body.GetILBytes()!;
        _regions = body.ExceptionRegions;
        _instructions = Instruction.ReadAll(_code);
        _indexes = new int[_code.Length + 1];
        for (var i = 0; i < _instructions.Count; i++)
        {
            _indexes[_instructions[i].Offset] = i;
        }

        _indexes[_code.Length] = _instructions.Count;
        _starts = new int[_instructions.Count + 1];
        _pieces = new PiecePlacement(_regions, _instructions, _indexes, plan, names, calls);
    }

    /// <summary>Rewrites a method.</summary>
    /// <param name="body">Its code.</param>
    /// <param name="variables">How many local variables it has.</param>
    /// <param name="plan">The properties of the method.</param>
    /// <param name="tokens">The methods to call.</param>
    /// <param name="names">Tells the fields that the compiler made for state machines.</param>
    /// <param name="calls">Tells the calls of native code and those that wait.</param>
    public static RewrittenMethod Rewrite(
        MethodBodyBlock body,
        int variables,
        MethodPlan plan,
        InterruptCheckTokens tokens,
        StateMachineNames names,
        SpecialCalls calls
    ) => new MethodRewriter(body, variables, plan, tokens, names, calls).Write();

    private RewrittenMethod Write()
    {
        var wide = new bool[_instructions.Count];
        var changed = true;
        while (changed)
        {
            Layout(wide);
            changed = false;
            for (var i = 0; i < _instructions.Count; i++)
            {
                if (
                    !wide[i]
                    && _instructions[i].Code is var code
                    && code.IsBranch()
                    && code.GetBranchOperandSize() == 1
                )
                {
                    var end = Position(i) + _instructions[i].Length;
                    wide[i] = Label(_instructions[i].Targets[0]) - end is < sbyte.MinValue or > sbyte.MaxValue;
                    changed |= wide[i];
                }
            }
        }

        var result = new byte[_starts[^1]];
        for (var i = 0; i < _instructions.Count; i++)
        {
            var at = _starts[i];
            WriteFilters(i, result, ref at);
            WritePieces(i, _pieces.Heads[i], result, ref at);
            WritePieces(i, _pieces.Tails[i], result, ref at);
            WriteInstruction(_instructions[i], wide[i], result.AsSpan(at));
            if (_pieces.Awaits.TryGetValue(i, out var replaced))
            {
                WriteToken(result, at + 1, replaced.Call);
            }
        }

        var map = new int[_code.Length + 1];
        for (var offset = 0; offset <= _code.Length; offset++)
        {
            map[offset] = _starts[_indexes[offset]];
        }

        return new RewrittenMethod(result, [.. _regions.Select(Move)], map, _pieces.HasFlag);
    }

    private void Layout(bool[] wide)
    {
        const int Widened = 3;
        var at = 0;
        for (var i = 0; i < _instructions.Count; i++)
        {
            _starts[i] = at;
            at +=
                Length(_pieces.Heads[i]) + Length(_pieces.Tails[i]) + _instructions[i].Length + (wide[i] ? Widened : 0);
        }

        _starts[^1] = at;
    }

    private int Label(int offset)
    {
        var i = _indexes[offset];
        return _starts[i] + Length(_pieces.Heads[i]);
    }

    private int Position(int i) => _starts[i] + Length(_pieces.Heads[i]) + Length(_pieces.Tails[i]);

    private MovedRegion Move(ExceptionRegion region)
    {
        var tryEnd = region.TryOffset + region.TryLength;
        var first = _indexes[region.TryOffset];

        // A check is put inside a block only if branches inside the block lead to it: only a leave may cross the
        // block's border.
        var asksInside = _instructions.Exists(found =>
            found.Offset >= region.TryOffset
            && found.Offset < tryEnd
            && found.Code is not (ILOpCode.Leave or ILOpCode.Leave_s)
            && found.Targets.Contains(region.TryOffset)
        );
        var handler = _starts[_indexes[region.HandlerOffset]];
        var isCatch = (_pieces.Heads[_indexes[region.HandlerOffset]] & Piece.CatchFilter) != 0;
        return new MovedRegion(
            isCatch ? ExceptionRegionKind.Filter : region.Kind,
            (asksInside ? Label(region.TryOffset) : Position(first), _starts[_indexes[tryEnd]]),
            (
                isCatch ? handler + CatchFilterLength : handler,
                _starts[_indexes[region.HandlerOffset + region.HandlerLength]]
            ),
            isCatch ? handler
                : region.Kind == ExceptionRegionKind.Filter ? _starts[_indexes[region.FilterOffset]]
                : 0,
            isCatch ? default : region.CatchType
        );
    }

    private void WriteInstruction(Instruction instruction, bool wide, Span<byte> result)
    {
        _code.AsSpan(instruction.Offset, instruction.Length).CopyTo(result);
        if (instruction.Code == ILOpCode.Switch)
        {
            var end = Position(_indexes[instruction.Offset]) + instruction.Length;
            for (var i = 0; i < instruction.Targets.Length; i++)
            {
                var target = Label(instruction.Targets[i]);
                BinaryPrimitives.WriteInt32LittleEndian(result[(5 + (4 * i))..], target - end);
            }
        }
        else if (instruction.Targets is [var target])
        {
            var start = Position(_indexes[instruction.Offset]);
            if (wide)
            {
                result[0] = (byte)instruction.Code.GetLongBranch();
                BinaryPrimitives.WriteInt32LittleEndian(result[1..], Label(target) - (start + 5));
            }
            else if (instruction.Length == 2)
            {
                result[1] = (byte)(sbyte)(Label(target) - (start + 2));
            }
            else
            {
                BinaryPrimitives.WriteInt32LittleEndian(result[1..], Label(target) - (start + 5));
            }
        }
    }

    private int FlagVariableLength => _flag <= byte.MaxValue ? 2 : 4;

    private int Length(Piece pieces)
    {
        if (pieces == Piece.None)
        {
            return 0;
        }

        const Piece Calls = (Piece)((int)Piece.BeginFlag - 1);
        return (CallLength * int.PopCount((int)(pieces & Calls)))
            + ((pieces & (Piece.BeginFlag | Piece.LoadFlag)) != 0 ? CallLength + FlagVariableLength : 0)
            + ((pieces & Piece.Check) != 0 ? CheckLength : 0)
            + ((pieces & Piece.FlagCheck) != 0 ? FlagCheckLength + FlagVariableLength : 0)
            + ((pieces & Piece.CatchFilter) != 0 ? CatchFilterLength + CastLength : 0)
            + ((pieces & Piece.FilterGuard) != 0 ? FilterGuardLength : 0)
            + ((pieces & Piece.FinallyGuard) != 0 ? FinallyGuardLength : 0);
    }

    private void WriteFilters(int i, byte[] result, ref int at)
    {
        if ((_pieces.Heads[i] & Piece.CatchFilter) != 0)
        {
            // isinst T; call MayCatch; endfilter; and in the handler: castclass T
            ReadOnlySpan<byte> filter = [0x75, 0, 0, 0, 0, 0x28, 0, 0, 0, 0, 0xFE, 0x11, 0x74, 0, 0, 0, 0];
            filter.CopyTo(result.AsSpan(at));
            WriteToken(result, at + 1, _pieces.Caught[i]);
            WriteToken(result, at + 6, _tokens.MayCatch);
            WriteToken(result, at + 13, _pieces.Caught[i]);
            at += CatchFilterLength + CastLength;
        }
        else if ((_pieces.Heads[i] & Piece.FilterGuard) != 0)
        {
            // dup; call MayCatch; brtrue.s behind; pop; ldc.i4.0; br to the filter's end
            ReadOnlySpan<byte> guard = [0x25, 0x28, 0, 0, 0, 0, 0x2D, 7, 0x26, 0x16, 0x38, 0, 0, 0, 0];
            guard.CopyTo(result.AsSpan(at));
            WriteToken(result, at + 2, _tokens.MayCatch);
            at += FilterGuardLength;
            var end = Label(_instructions[_pieces.Guarded[i]].Offset);
            BinaryPrimitives.WriteInt32LittleEndian(result.AsSpan(at - 4), end - at);
        }
    }

    private void WritePieces(int i, Piece pieces, byte[] result, ref int at)
    {
        if (pieces == Piece.None)
        {
            return;
        }

        WriteCall(pieces, Piece.EnterMethod, _tokens.Enter, result, ref at);
        WriteCall(pieces, Piece.EnterFinally, _tokens.EnterFinally, result, ref at);
        WriteCall(pieces, Piece.LeaveFinally, _tokens.LeaveFinally, result, ref at);
        WriteCall(pieces, Piece.EnterAsyncFinally, _tokens.EnterAsyncFinally, result, ref at);
        WriteCall(pieces, Piece.LeaveAsyncFinally, _tokens.LeaveAsyncFinally, result, ref at);
        WriteCall(pieces, Piece.LeaveNative, _tokens.LeaveNative, result, ref at);
        WriteCall(pieces, Piece.EnterNative, _tokens.EnterNative, result, ref at);
        if ((pieces & Piece.Await) != 0)
        {
            WriteCall(pieces, Piece.Await, _pieces.Awaits[i + 1].Awaiter, result, ref at);
        }

        WriteCall(pieces, Piece.Shorten, _tokens.Shorten, result, ref at);
        if ((pieces & Piece.FinallyGuard) != 0)
        {
            // call MayRunFinally; brtrue.s behind; call LeaveFinally; endfinally
            ReadOnlySpan<byte> guard = [0x28, 0, 0, 0, 0, 0x2D, 6, 0x28, 0, 0, 0, 0, 0xDC];
            guard.CopyTo(result.AsSpan(at));
            WriteToken(result, at + 1, _tokens.MayRunFinally);
            WriteToken(result, at + 8, _tokens.LeaveFinally);
            at += FinallyGuardLength;
        }

        WriteCall(pieces, Piece.BeginFlag, _tokens.Begin, result, ref at);
        WriteCall(pieces, Piece.LoadFlag, _tokens.Flag, result, ref at);
        if ((pieces & (Piece.BeginFlag | Piece.LoadFlag)) != 0)
        {
            WriteFlagVariable(ILOpCode.Stloc_s, ILOpCode.Stloc, result, ref at);
        }

        if ((pieces & Piece.Check) != 0)
        {
            // volatile. ldsfld IsPending; brfalse.s behind; call ThrowIfInterrupted
            ReadOnlySpan<byte> check = [0xFE, 0x13, 0x7E, 0, 0, 0, 0, 0x2C, 5, 0x28, 0, 0, 0, 0];
            check.CopyTo(result.AsSpan(at));
            WriteToken(result, at + 3, _tokens.IsPending);
            WriteToken(result, at + 10, _tokens.ThrowIfInterrupted);
            at += CheckLength;
        }

        if ((pieces & Piece.FlagCheck) != 0)
        {
            // volatile. ldind.u1; brfalse.s behind; call Stop; throw
            WriteFlagVariable(ILOpCode.Ldloc_s, ILOpCode.Ldloc, result, ref at);
            ReadOnlySpan<byte> check = [0xFE, 0x13, 0x47, 0x2C, 6, 0x28, 0, 0, 0, 0, 0x7A];
            check.CopyTo(result.AsSpan(at));
            WriteToken(result, at + 6, _tokens.Stop);
            at += FlagCheckLength;
        }
    }

    private void WriteFlagVariable(ILOpCode narrow, ILOpCode wide, byte[] result, ref int at)
    {
        if (FlagVariableLength == 2)
        {
            (result[at], result[at + 1]) = ((byte)narrow, (byte)_flag);
        }
        else
        {
            (result[at], result[at + 1]) = ((byte)((int)wide >> 8), (byte)wide);
            BinaryPrimitives.WriteUInt16LittleEndian(result.AsSpan(at + 2), (ushort)_flag);
        }

        at += FlagVariableLength;
    }

    private static void WriteCall(Piece pieces, Piece piece, int token, byte[] result, ref int at)
    {
        if ((pieces & piece) != 0)
        {
            result[at] = (byte)ILOpCode.Call;
            WriteToken(result, at + 1, token);
            at += CallLength;
        }
    }

    private static void WriteToken(byte[] result, int at, int token) =>
        BinaryPrimitives.WriteInt32LittleEndian(result.AsSpan(at), token);
}
