using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace RnnCourse.Notebooks.Session.Interrupting.Rewriting;

/// <summary>The pieces of code that are inserted into a method, in this order.</summary>
[Flags]
internal enum Piece
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Checks for an interrupt, and that the stack has room.</summary>
    EnterMethod = 1,

    /// <summary>Records that a <c>finally</c> block begins.</summary>
    EnterFinally = 2,

    /// <summary>Records that this block ends.</summary>
    LeaveFinally = 4,

    /// <summary>Records that a <c>finally</c> block with an <c>await</c> begins.</summary>
    EnterAsyncFinally = 8,

    /// <summary>Records that this block ends.</summary>
    LeaveAsyncFinally = 16,

    /// <summary>Records that native code has returned.</summary>
    LeaveNative = 32,

    /// <summary>Records that native code is called.</summary>
    EnterNative = 64,

    /// <summary>Replaces the awaiter to wait for.</summary>
    Await = 128,

    /// <summary>Passes another exception to a task, in place of one that would grow at each level of a
    /// recursion.</summary>
    Shorten = 256,

    /// <summary>Stores a reference to the flag, in a method that may fail for lack of stack.</summary>
    BeginFlag = 512,

    /// <summary>Stores a reference to the flag.</summary>
    LoadFlag = 1024,

    /// <summary>Checks by a call, which returns if the cell may continue.</summary>
    Check = 2048,

    /// <summary>Checks the flag and throws if it is set.</summary>
    FlagCheck = 4096,

    /// <summary>Turns a catch of a type into a catch with a filter, which rejects interrupts.</summary>
    CatchFilter = 8192,

    /// <summary>The same for an existing filter.</summary>
    FilterGuard = 16384,

    /// <summary>Skips a <c>finally</c> block for which the stack has no room.</summary>
    FinallyGuard = 32768,
}

/// <summary>
/// Decides which pieces are inserted into a method, and where: checks at its entry and at each target of a backward
/// branch, a filter for each catch, and marks around <c>finally</c> blocks, in which checks allow more time.
/// </summary>
/// <remarks>
/// Before each instruction there is room for two groups of pieces. The first group, the head, is executed only when
/// control comes from the instruction before, or when the runtime enters a handler; branches to the instruction skip
/// the head and lead to the second group, the tail.
/// <para>A loop checks a flag to which the method keeps a reference, and throws. A call that may return would make the
/// runtime keep all floating-point variables in memory, which makes sums six times as slow.</para>
/// <para>A catch gets a filter, which rejects interrupts. A check in its handler would throw again, on top of the
/// stack that the first throw needs until the last handler has ended; in a deep recursion, the stack would
/// overflow.</para>
/// </remarks>
internal sealed class PiecePlacement
{
    private readonly MethodPlan _plan;
    private readonly StateMachineNames _names;
    private readonly SpecialCalls _calls;
    private readonly ImmutableArray<ExceptionRegion> _regions;
    private readonly List<Instruction> _instructions;
    private readonly int[] _indexes;
    private readonly List<(int Start, int End)> _asyncFinallies = [];

    /// <summary>Finds the places.</summary>
    /// <param name="regions">The method's protected regions and their handlers.</param>
    /// <param name="instructions">Its instructions.</param>
    /// <param name="indexes">The index of each instruction, by its offset.</param>
    /// <param name="plan">The properties of the method.</param>
    /// <param name="names">Tells the fields that the compiler made for state machines.</param>
    /// <param name="calls">Tells the calls of native code and those that wait.</param>
    public PiecePlacement(
        ImmutableArray<ExceptionRegion> regions,
        List<Instruction> instructions,
        int[] indexes,
        MethodPlan plan,
        StateMachineNames names,
        SpecialCalls calls
    )
    {
        (_regions, _instructions, _indexes) = (regions, instructions, indexes);
        (_plan, _names, _calls) = (plan, names, calls);
        Heads = new Piece[instructions.Count + 1];
        Tails = new Piece[instructions.Count + 1];
        Place();
    }

    /// <summary>The head before each instruction, by the instruction's index.</summary>
    public Piece[] Heads { get; }

    /// <summary>The tail before each instruction, by the instruction's index.</summary>
    public Piece[] Tails { get; }

    /// <summary>The token of the type that a catch catches, by the index of its first instruction.</summary>
    public Dictionary<int, int> Caught { get; } = [];

    /// <summary>The index of a filter's last instruction, by the index of its first one.</summary>
    public Dictionary<int, int> Guarded { get; } = [];

    /// <summary>For each call that waits, by its index: the method that makes the other awaiter, and the method that
    /// waits for it.</summary>
    public Dictionary<int, AwaitTokens> Awaits { get; } = [];

    /// <summary>Whether the method keeps the flag in a variable.</summary>
    public bool HasFlag { get; private set; }

    private bool IsAsync => _plan.Kind == MethodKind.AsyncMachine;

    private void Place()
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
                Tails[i] |= Piece.LeaveFinally;
            }
            else if (instruction.Code == ILOpCode.Ret)
            {
                Tails[i] |= exit;
            }
        }

        PlanEntry();
    }

    private void PlanEntry()
    {
        var recurses = MayRecurse;
        Heads[0] |= _plan.Kind switch
        {
            MethodKind.Ordinary when HasFlag => (recurses ? Piece.BeginFlag : Piece.LoadFlag) | Piece.FlagCheck,
            MethodKind.Ordinary or MethodKind.Iterator => recurses ? Piece.EnterMethod : Piece.Check,
            MethodKind.Cleanup => Piece.EnterFinally,
            MethodKind.AsyncCleanup => Piece.EnterAsyncFinally,
            MethodKind.NativeCallback => Piece.EnterNative,
            _ => Piece.None,
        };
        if (HasFlag && _plan.Kind != MethodKind.Ordinary)
        {
            Heads[0] |= Piece.LoadFlag;
        }
    }

    private void PlanCall(int i, bool asksBehindAwaits)
    {
        if (_calls.IsNative(_instructions[i]))
        {
            Tails[i] |= Piece.EnterNative;
            Heads[i + 1] |= Piece.LeaveNative;
        }
        else if (IsAsync && asksBehindAwaits && i > 0 && _calls.AwaitOf(_instructions[i]) is { } replaced)
        {
            // On the stack are the builder, the awaiter and, pushed by the instruction before, the state machine.
            Tails[i - 1] |= Piece.Await;
            Awaits[i] = replaced;
        }
    }

    // In a finally block the method's flag doesn't count: it says whether the code outside must end.
    private void PlanLoop(int head)
    {
        var offset = _instructions[head].Offset;
        var checksByCall =
            _plan.Kind == MethodKind.Iterator
            || _asyncFinallies.Exists(found => found.Start <= head && head < found.End);
        foreach (var region in _regions)
        {
            checksByCall |=
                region.Kind is ExceptionRegionKind.Finally or ExceptionRegionKind.Fault
                && region.HandlerOffset <= offset
                && offset < region.HandlerOffset + region.HandlerLength;
        }

        Tails[head] |= checksByCall ? Piece.Check : Piece.FlagCheck;
        HasFlag |= !checksByCall;
    }

    // A method that calls nothing can't be part of an endless recursion, unless it hands its caller something to call.
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
                Heads[handler] |= Piece.EnterFinally | (CallsMore(region) ? Piece.FinallyGuard : Piece.None);
                break;
            case ExceptionRegionKind.Catch when IsAsync && EndsMachine(region):
                // The task reports the exception that arrives here; an exception thrown from here would not be caught.
                Heads[handler] |= Piece.Shorten;
                break;
            case ExceptionRegionKind.Catch when IsAsync && FindFinally(region) is { } found:
                _asyncFinallies.Add(found);
                Tails[found.Start] |= Piece.EnterAsyncFinally;
                Tails[found.End] |= Piece.LeaveAsyncFinally;
                break;
            case ExceptionRegionKind.Filter:
                Heads[_indexes[region.FilterOffset]] |= Piece.FilterGuard;
                Guarded[_indexes[region.FilterOffset]] = handler - 1;
                break;
            default:
                Heads[handler] |= Piece.CatchFilter;
                Caught[handler] = MetadataTokens.GetToken(region.CatchType);
                break;
        }
    }

    // After an await the state machine first records that it runs again; an exception before that would skip its
    // finally blocks.
    private bool PlanResumption(int resume)
    {
        for (var i = resume; i < _instructions.Count; i++)
        {
            if (_instructions[i].Code == ILOpCode.Stfld && _names.IsState(_instructions[i].Operand))
            {
                Tails[i + 1] |= Piece.Check;
                return true;
            }
        }

        return false;
    }

    // More than the release of a lock, which always returns.
    private bool CallsMore(ExceptionRegion region) =>
        InstructionsOf(region)
            .Exists(found =>
                found.Code is ILOpCode.Callvirt or ILOpCode.Calli or ILOpCode.Newobj
                || (found.Code == ILOpCode.Call && found.Operand >>> 24 != (int)HandleKind.MemberReference)
            );

    // The outermost handler of a state machine hands the exception to the task.
    private bool EndsMachine(ExceptionRegion region) =>
        InstructionsOf(region).Exists(found => found.Code == ILOpCode.Ldflda && _names.IsBuilder(found.Operand));

    // The compiler turns a finally block that awaits into three parts: a catch of everything that stores the exception
    // in a field, the block itself, and code that throws the exception again. A catch block that awaits looks similar,
    // but records by a number that it was entered. Returns where the block begins and ends.
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
}
