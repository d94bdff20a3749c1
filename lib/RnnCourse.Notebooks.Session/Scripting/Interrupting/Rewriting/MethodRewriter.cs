using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace RnnCourse.Notebooks.Session.Scripting.Interrupting.Rewriting;

/// <summary>
/// Puts questions into one method: at its entry, at each target of a backward branch, at the entry of each handler of
/// exceptions; and marks <c>finally</c> blocks, in which questions wait.
/// </summary>
/// <remarks>
/// Before each instruction there is room for two pieces. Its head is passed only by what comes from the instruction
/// before, or by the runtime that enters a handler; branches to the instruction lead behind the head, to its tail.
/// </remarks>
internal sealed class MethodRewriter
{
    private const int QuestionLength = 2 + 5 + 2 + 5;
    private const int CallLength = 5;

    private readonly QuestionTokens _tokens;
    private readonly MethodPlan _plan;
    private readonly byte[] _code;
    private readonly ImmutableArray<ExceptionRegion> _regions;
    private readonly StateMachineNames _names;
    private readonly List<Instruction> _instructions;
    private readonly int[] _indexes;
    private readonly Piece[] _heads;
    private readonly Piece[] _tails;
    private readonly int[] _starts;

    private MethodRewriter(MethodBodyBlock body, MethodPlan plan, QuestionTokens tokens, StateMachineNames names)
    {
        (_plan, _tokens, _names) = (plan, tokens, names);
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
        Question = 32,
    }

    /// <summary>Rewrites a method.</summary>
    /// <param name="body">Its code.</param>
    /// <param name="plan">What kind of method it is.</param>
    /// <param name="tokens">What to call.</param>
    /// <param name="names">Tells the fields that the compiler made for state machines.</param>
    public static RewrittenMethod Rewrite(
        MethodBodyBlock body,
        MethodPlan plan,
        QuestionTokens tokens,
        StateMachineNames names
    )
    {
        var rewriter = new MethodRewriter(body, plan, tokens, names);
        rewriter.Plan();
        return rewriter.Write();
    }

    private void Plan()
    {
        var (entry, exit) = _plan.Kind switch
        {
            MethodKind.Ordinary => (MayRecurse ? Piece.EnterMethod : Piece.Question, Piece.None),
            MethodKind.Cleanup => (Piece.EnterFinally, Piece.LeaveFinally),
            MethodKind.AsyncCleanup => (Piece.EnterAsyncFinally, Piece.LeaveAsyncFinally),
            _ => (Piece.None, Piece.None),
        };
        _heads[0] |= entry;
        for (var i = 0; i < _instructions.Count; i++)
        {
            var instruction = _instructions[i];
            foreach (var target in instruction.Targets)
            {
                if (target <= instruction.Offset)
                {
                    _tails[_indexes[target]] |= Piece.Question;
                }
            }

            if (instruction.Code == ILOpCode.Endfinally)
            {
                _tails[i] |= Piece.LeaveFinally;
            }
            else if (instruction.Code == ILOpCode.Ret)
            {
                _tails[i] |= exit;
            }
        }

        foreach (var region in _regions)
        {
            PlanHandler(region);
        }

        foreach (var resume in _plan.Resumes)
        {
            PlanResumption(_indexes[resume]);
        }
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
                _heads[handler] |= Piece.EnterFinally;
                break;
            case ExceptionRegionKind.Catch when IsAsync && EndsMachine(region):
                // What it is told here, the task tells; thrown from here, nobody would catch it.
                break;
            case ExceptionRegionKind.Catch when IsAsync && FindFinally(region) is { } found:
                _tails[found.Start] |= Piece.EnterAsyncFinally;
                _tails[found.End] |= Piece.LeaveAsyncFinally;
                break;
            case ExceptionRegionKind.Filter:
                _heads[_indexes[region.FilterOffset]] |= Piece.Question;
                _heads[handler] |= Piece.Question;
                break;
            default:
                _heads[handler] |= Piece.Question;
                break;
        }
    }

    // Behind an await the machine first notes that it runs again; before that it would leave out its finally blocks.
    private void PlanResumption(int resume)
    {
        for (var i = resume; i < _instructions.Count; i++)
        {
            if (_instructions[i].Code == ILOpCode.Stfld && _names.IsState(_instructions[i].Operand))
            {
                _tails[i + 1] |= Piece.Question;
                return;
            }
        }
    }

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
            WritePieces(_heads[i], result, ref at);
            WritePieces(_tails[i], result, ref at);
            WriteInstruction(_instructions[i], wide[i], result.AsSpan(at));
        }

        var map = new int[_code.Length + 1];
        for (var offset = 0; offset <= _code.Length; offset++)
        {
            map[offset] = _starts[_indexes[offset]];
        }

        return new RewrittenMethod(result, [.. _regions.Select(Move)], map);
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
        return new MovedRegion(
            region,
            (asksInside ? Label(region.TryOffset) : Position(first), _starts[_indexes[tryEnd]]),
            (_starts[_indexes[region.HandlerOffset]], _starts[_indexes[region.HandlerOffset + region.HandlerLength]]),
            region.Kind == ExceptionRegionKind.Filter ? _starts[_indexes[region.FilterOffset]] : 0
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

    private static int Length(Piece pieces)
    {
        if (pieces == Piece.None)
        {
            return 0;
        }

        var calls = int.PopCount((int)(pieces & ~Piece.Question));
        return (CallLength * calls) + ((pieces & Piece.Question) != 0 ? QuestionLength : 0);
    }

    private void WritePieces(Piece pieces, byte[] result, ref int at)
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
        if ((pieces & Piece.Question) == 0)
        {
            return;
        }

        // volatile. ldsfld IsPending; brfalse.s behind; call Ask
        ReadOnlySpan<byte> question = [0xFE, 0x13, 0x7E, 0, 0, 0, 0, 0x2C, 5, 0x28, 0, 0, 0, 0];
        question.CopyTo(result.AsSpan(at));
        BinaryPrimitives.WriteInt32LittleEndian(result.AsSpan(at + 3), _tokens.IsPending);
        BinaryPrimitives.WriteInt32LittleEndian(result.AsSpan(at + 10), _tokens.Ask);
        at += QuestionLength;
    }

    private static void WriteCall(Piece pieces, Piece piece, int token, byte[] result, ref int at)
    {
        if ((pieces & piece) != 0)
        {
            result[at] = (byte)ILOpCode.Call;
            BinaryPrimitives.WriteInt32LittleEndian(result.AsSpan(at + 1), token);
            at += CallLength;
        }
    }
}
