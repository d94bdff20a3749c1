using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace RnnCourse.Notebooks.Session.Interrupting.Rewriting;

/// <summary>
/// Puts questions into one method: at its entry and at each target of a backward branch; lets no catch see an
/// interrupt; and marks <c>finally</c> blocks, in which questions wait.
/// </summary>
/// <remarks>
/// Before each instruction there is room for two pieces. Its head is passed only by what comes from the instruction
/// before, or by the runtime that enters a handler; branches to the instruction lead behind the head, to its tail.
/// <para>A loop looks at a flag to which the method keeps a reference, and throws: a call that may return would make
/// the runtime keep all floating-point variables in memory, which makes sums six times as slow.</para>
/// <para>A catch gets a filter, which declines. A question in its handler would throw anew, on top of all that the
/// first throw needs of the stack until the last handler has ended: in a deep recursion, the stack would
/// overflow.</para>
/// </remarks>
internal sealed class MethodRewriter
{
    private const int CallLength = 5;
    private const int QuestionLength = 2 + 5 + 2 + 5;
    private const int FlagQuestionLength = 2 + 1 + 2 + 5 + 1;
    private const int FinallyGuardLength = 5 + 2 + 5 + 1;
    private const int CatchFilterLength = 5 + 5 + 2;
    private const int CastLength = 5;
    private const int FilterGuardLength = 1 + 5 + 2 + 1 + 1 + 5;

    private readonly QuestionTokens _tokens;
    private readonly MethodPlan _plan;
    private readonly byte[] _code;
    private readonly ImmutableArray<ExceptionRegion> _regions;
    private readonly StateMachineNames _names;
    private readonly SpecialCalls _calls;
    private readonly List<Instruction> _instructions;
    private readonly int[] _indexes;
    private readonly Piece[] _heads;
    private readonly Piece[] _tails;
    private readonly int[] _starts;
    private readonly List<(int Start, int End)> _asyncFinallies = [];

    // What handlers of catches catch, and where filters end.
    private readonly Dictionary<int, int> _caught = [];
    private readonly Dictionary<int, int> _guarded = [];

    // Calls that wait: what makes another awaiter, and what then waits for it.
    private readonly Dictionary<int, AwaitTokens> _awaits = [];
    private bool _hasFlag;

    // The flag's variable comes behind those of before.
    private readonly int _flag;

    private MethodRewriter(
        MethodBodyBlock body,
        int variables,
        MethodPlan plan,
        QuestionTokens tokens,
        StateMachineNames names,
        SpecialCalls calls
    )
    {
        (_flag, _plan, _tokens, _names, _calls) = (variables, plan, tokens, names, calls);
        _code = body.GetILBytes()!;
        _regions = body.ExceptionRegions;
        _instructions = Instruction.ReadAll(_code);
        _indexes = new int[_code.Length + 1];
        for (var i = 0; i < _instructions.Count; i++)
        {
            _indexes[_instructions[i].Offset] = i;
        }

        _indexes[_code.Length] = _instructions.Count;
        _heads = new Piece[_instructions.Count + 1];
        _tails = new Piece[_instructions.Count + 1];
        _starts = new int[_instructions.Count + 1];
    }

    private bool IsAsync => _plan.Kind == MethodKind.AsyncMachine;

    // In the order in which they stand.
    [Flags]
    private enum Piece
    {
        None = 0,
        EnterMethod = 1,
        EnterFinally = 2,
        LeaveFinally = 4,
        EnterAsyncFinally = 8,
        LeaveAsyncFinally = 16,
        LeaveNative = 32,
        EnterNative = 64,

        /// <summary>Puts another awaiter in the place of the one to wait for.</summary>
        Await = 128,

        /// <summary>Hands a task another exception in the place of one that would grow at each level of a
        /// recursion.</summary>
        Shorten = 256,

        /// <summary>Keeps the flag, in a method that may be refused for lack of stack.</summary>
        BeginFlag = 512,

        /// <summary>Keeps the flag.</summary>
        LoadFlag = 1024,

        /// <summary>Asks by a call, which returns where the cell may go on.</summary>
        Question = 2048,

        /// <summary>Looks at the flag and, if it is set, throws.</summary>
        FlagQuestion = 4096,

        /// <summary>Makes a catch of a type a catch with a filter, which lets no interrupt in.</summary>
        CatchFilter = 8192,

        /// <summary>The same for a filter that was there.</summary>
        FilterGuard = 16384,

        /// <summary>Leaves out a <c>finally</c> block for which no stack is left.</summary>
        FinallyGuard = 32768,
    }

    /// <summary>Rewrites a method.</summary>
    /// <param name="body">Its code.</param>
    /// <param name="variables">How many local variables it has.</param>
    /// <param name="plan">What kind of method it is.</param>
    /// <param name="tokens">What to call.</param>
    /// <param name="names">Tells the fields that the compiler made for state machines.</param>
    /// <param name="calls">Tells the calls of native code and those that wait.</param>
    public static RewrittenMethod Rewrite(
        MethodBodyBlock body,
        int variables,
        MethodPlan plan,
        QuestionTokens tokens,
        StateMachineNames names,
        SpecialCalls calls
    )
    {
        var rewriter = new MethodRewriter(body, variables, plan, tokens, names, calls);
        rewriter.Plan();
        return rewriter.Write();
    }

    private void Plan()
    {
        foreach (var region in _regions)
        {
            PlanHandler(region);
        }

        var asksBehindAwaits = true;
        foreach (var resume in _plan.Resumes)
        {
            asksBehindAwaits &= PlanResumption(_indexes[resume]);
        }

        var exit = _plan.Kind switch
        {
            MethodKind.Cleanup => Piece.LeaveFinally,
            MethodKind.AsyncCleanup => Piece.LeaveAsyncFinally,
            MethodKind.NativeCallback => Piece.LeaveNative,
            _ => Piece.None,
        };
        for (var i = 0; i < _instructions.Count; i++)
        {
            var instruction = _instructions[i];
            foreach (var target in instruction.Targets)
            {
                if (target <= instruction.Offset)
                {
                    PlanLoop(_indexes[target]);
                }
            }

            PlanCall(i, asksBehindAwaits);
            if (instruction.Code == ILOpCode.Endfinally)
            {
                _tails[i] |= Piece.LeaveFinally;
            }
            else if (instruction.Code == ILOpCode.Ret)
            {
                _tails[i] |= exit;
            }
        }

        PlanEntry();
    }

    private void PlanEntry()
    {
        var recurses = MayRecurse;
        _heads[0] |= _plan.Kind switch
        {
            MethodKind.Ordinary when _hasFlag => (recurses ? Piece.BeginFlag : Piece.LoadFlag) | Piece.FlagQuestion,
            MethodKind.Ordinary or MethodKind.Iterator => recurses ? Piece.EnterMethod : Piece.Question,
            MethodKind.Cleanup => Piece.EnterFinally,
            MethodKind.AsyncCleanup => Piece.EnterAsyncFinally,
            MethodKind.NativeCallback => Piece.EnterNative,
            _ => Piece.None,
        };
        if (_hasFlag && _plan.Kind != MethodKind.Ordinary)
        {
            _heads[0] |= Piece.LoadFlag;
        }
    }

    private void PlanCall(int i, bool asksBehindAwaits)
    {
        if (_calls.IsNative(_instructions[i]))
        {
            _tails[i] |= Piece.EnterNative;
            _heads[i + 1] |= Piece.LeaveNative;
        }
        else if (IsAsync && asksBehindAwaits && i > 0 && _calls.AwaitOf(_instructions[i]) is { } replaced)
        {
            // On the stack are the builder, the awaiter, and, by the instruction before, the state machine.
            _tails[i - 1] |= Piece.Await;
            _awaits[i] = replaced;
        }
    }

    // In a finally block the method's flag doesn't count: it says whether the code outside must end.
    private void PlanLoop(int head)
    {
        var offset = _instructions[head].Offset;
        var asksByCall =
            _plan.Kind == MethodKind.Iterator
            || _asyncFinallies.Exists(found => found.Start <= head && head < found.End);
        foreach (var region in _regions)
        {
            asksByCall |=
                region.Kind is ExceptionRegionKind.Finally or ExceptionRegionKind.Fault
                && region.HandlerOffset <= offset
                && offset < region.HandlerOffset + region.HandlerLength;
        }

        _tails[head] |= asksByCall ? Piece.Question : Piece.FlagQuestion;
        _hasFlag |= !asksByCall;
    }

    // What calls nothing can't be part of a recursion that has no end, unless it hands its caller something to call.
    private bool MayRecurse =>
        _plan.IsVirtual
        || _instructions.Exists(found =>
            found.Code is ILOpCode.Call or ILOpCode.Callvirt or ILOpCode.Calli or ILOpCode.Newobj
        );

    private void PlanHandler(ExceptionRegion region)
    {
        var handler = _indexes[region.HandlerOffset];
        switch (region.Kind)
        {
            case ExceptionRegionKind.Finally or ExceptionRegionKind.Fault:
                _heads[handler] |= Piece.EnterFinally | (CallsMore(region) ? Piece.FinallyGuard : Piece.None);
                break;
            case ExceptionRegionKind.Catch when IsAsync && EndsMachine(region):
                // What it is told here, the task tells; thrown from here, nobody would catch it.
                _heads[handler] |= Piece.Shorten;
                break;
            case ExceptionRegionKind.Catch when IsAsync && FindFinally(region) is { } found:
                _asyncFinallies.Add(found);
                _tails[found.Start] |= Piece.EnterAsyncFinally;
                _tails[found.End] |= Piece.LeaveAsyncFinally;
                break;
            case ExceptionRegionKind.Filter:
                _heads[_indexes[region.FilterOffset]] |= Piece.FilterGuard;
                _guarded[_indexes[region.FilterOffset]] = handler - 1;
                break;
            default:
                _heads[handler] |= Piece.CatchFilter;
                _caught[handler] = MetadataTokens.GetToken(region.CatchType);
                break;
        }
    }

    // Behind an await the machine first notes that it runs again; before that it would leave out its finally blocks.
    private bool PlanResumption(int resume)
    {
        for (var i = resume; i < _instructions.Count; i++)
        {
            if (_instructions[i].Code == ILOpCode.Stfld && _names.IsState(_instructions[i].Operand))
            {
                _tails[i + 1] |= Piece.Question;
                return true;
            }
        }

        return false;
    }

    // More than a lock's end, which always comes.
    private bool CallsMore(ExceptionRegion region) =>
        InstructionsOf(region)
            .Exists(found =>
                found.Code is ILOpCode.Callvirt or ILOpCode.Calli or ILOpCode.Newobj
                || (found.Code == ILOpCode.Call && found.Operand >>> 24 != (int)HandleKind.MemberReference)
            );

    // The outermost handler of a state machine hands the exception to the task.
    private bool EndsMachine(ExceptionRegion region) =>
        InstructionsOf(region).Exists(found => found.Code == ILOpCode.Ldflda && _names.IsBuilder(found.Operand));

    // A finally block that awaits is made a catch of everything that keeps the exception in a field, the block itself,
    // and behind it the exception thrown anew. A catch block that awaits is made something alike, but notes by a number
    // that it was entered. Gives where the block begins and ends.
    private (int Start, int End)? FindFinally(ExceptionRegion region)
    {
        var handler = InstructionsOf(region);
        var kept = handler.Find(found => found.Code == ILOpCode.Stfld && _names.IsPending(found.Operand));
        if (kept is null || handler.Exists(found => found.Code is >= ILOpCode.Ldc_i4_m1 and <= ILOpCode.Ldc_i4))
        {
            return null;
        }

        var start = _indexes[region.HandlerOffset + region.HandlerLength];
        for (var i = start; i + 1 < _instructions.Count; i++)
        {
            if (_instructions[i + 1].Code == ILOpCode.Ldfld && _instructions[i + 1].Operand == kept.Operand)
            {
                return (start, i);
            }
        }

        return null;
    }

    private List<Instruction> InstructionsOf(ExceptionRegion region)
    {
        var first = _indexes[region.HandlerOffset];
        return _instructions.GetRange(first, _indexes[region.HandlerOffset + region.HandlerLength] - first);
    }

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
            WritePieces(i, _heads[i], result, ref at);
            WritePieces(i, _tails[i], result, ref at);
            WriteInstruction(_instructions[i], wide[i], result.AsSpan(at));
            if (_awaits.TryGetValue(i, out var replaced))
            {
                WriteToken(result, at + 1, replaced.Call);
            }
        }

        var map = new int[_code.Length + 1];
        for (var offset = 0; offset <= _code.Length; offset++)
        {
            map[offset] = _starts[_indexes[offset]];
        }

        return new RewrittenMethod(result, [.. _regions.Select(Move)], map, _hasFlag);
    }

    private void Layout(bool[] wide)
    {
        const int Widened = 3;
        var at = 0;
        for (var i = 0; i < _instructions.Count; i++)
        {
            _starts[i] = at;
            at += Length(_heads[i]) + Length(_tails[i]) + _instructions[i].Length + (wide[i] ? Widened : 0);
        }

        _starts[^1] = at;
    }

    private int Label(int offset)
    {
        var i = _indexes[offset];
        return _starts[i] + Length(_heads[i]);
    }

    private int Position(int i) => _starts[i] + Length(_heads[i]) + Length(_tails[i]);

    private MovedRegion Move(ExceptionRegion region)
    {
        var tryEnd = region.TryOffset + region.TryLength;
        var first = _indexes[region.TryOffset];

        // A question belongs into a block only if branches inside lead to it: none but a leave may cross its border.
        var asksInside = _instructions.Exists(found =>
            found.Offset >= region.TryOffset
            && found.Offset < tryEnd
            && found.Code is not (ILOpCode.Leave or ILOpCode.Leave_s)
            && found.Targets.Contains(region.TryOffset)
        );
        var handler = _starts[_indexes[region.HandlerOffset]];
        var isCatch = (_heads[_indexes[region.HandlerOffset]] & Piece.CatchFilter) != 0;
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
            + ((pieces & Piece.Question) != 0 ? QuestionLength : 0)
            + ((pieces & Piece.FlagQuestion) != 0 ? FlagQuestionLength + FlagVariableLength : 0)
            + ((pieces & Piece.CatchFilter) != 0 ? CatchFilterLength + CastLength : 0)
            + ((pieces & Piece.FilterGuard) != 0 ? FilterGuardLength : 0)
            + ((pieces & Piece.FinallyGuard) != 0 ? FinallyGuardLength : 0);
    }

    private void WriteFilters(int i, byte[] result, ref int at)
    {
        if ((_heads[i] & Piece.CatchFilter) != 0)
        {
            // isinst T; call MayCatch; endfilter; and in the handler: castclass T
            ReadOnlySpan<byte> filter = [0x75, 0, 0, 0, 0, 0x28, 0, 0, 0, 0, 0xFE, 0x11, 0x74, 0, 0, 0, 0];
            filter.CopyTo(result.AsSpan(at));
            WriteToken(result, at + 1, _caught[i]);
            WriteToken(result, at + 6, _tokens.MayCatch);
            WriteToken(result, at + 13, _caught[i]);
            at += CatchFilterLength + CastLength;
        }
        else if ((_heads[i] & Piece.FilterGuard) != 0)
        {
            // dup; call MayCatch; brtrue.s behind; pop; ldc.i4.0; br to the filter's end
            ReadOnlySpan<byte> guard = [0x25, 0x28, 0, 0, 0, 0, 0x2D, 7, 0x26, 0x16, 0x38, 0, 0, 0, 0];
            guard.CopyTo(result.AsSpan(at));
            WriteToken(result, at + 2, _tokens.MayCatch);
            at += FilterGuardLength;
            var end = Label(_instructions[_guarded[i]].Offset);
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
            WriteCall(pieces, Piece.Await, _awaits[i + 1].Awaiter, result, ref at);
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

        if ((pieces & Piece.Question) != 0)
        {
            // volatile. ldsfld IsPending; brfalse.s behind; call Ask
            ReadOnlySpan<byte> question = [0xFE, 0x13, 0x7E, 0, 0, 0, 0, 0x2C, 5, 0x28, 0, 0, 0, 0];
            question.CopyTo(result.AsSpan(at));
            WriteToken(result, at + 3, _tokens.IsPending);
            WriteToken(result, at + 10, _tokens.Ask);
            at += QuestionLength;
        }

        if ((pieces & Piece.FlagQuestion) != 0)
        {
            // volatile. ldind.u1; brfalse.s behind; call Stop; throw
            WriteFlagVariable(ILOpCode.Ldloc_s, ILOpCode.Ldloc, result, ref at);
            ReadOnlySpan<byte> question = [0xFE, 0x13, 0x47, 0x2C, 6, 0x28, 0, 0, 0, 0, 0x7A];
            question.CopyTo(result.AsSpan(at));
            WriteToken(result, at + 6, _tokens.Stop);
            at += FlagQuestionLength;
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
