using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnCourse.Notebooks.Session.Interrupting;

/// <summary>
/// The members that the rewritten code of cells calls: at each iteration of a loop and each entry of a method, it
/// checks whether its cell was interrupted. All checks are fast if no cell was interrupted.
/// </summary>
/// <remarks>The class has no static constructor, so that the code of cells reads its field with one
/// instruction.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Interruption
{
    // Cells read the field itself: a property would be called until the code is optimised.
#pragma warning disable CA2211, CA1051
    /// <summary>Whether any thread works for a cell that was interrupted. If this is true, call
    /// <see cref="ThrowIfInterrupted"/>.</summary>
    public static bool IsPending;
#pragma warning restore CA2211, CA1051

    /// <summary>The name under which libraries find an <see cref="Action"/> in <see cref="AppContext"/>, to call it
    /// during long computations. It throws on the threads of an interrupted cell.</summary>
    public const string LibraryKey = "Notebook.ThrowIfInterrupted";

    // More than any stack has.
    private const int MaxStack = 1 << 30;

    // Less than the stack that the runtime considers sufficient.
    private const int CheckedAtOnce = 32 << 10;

    // The stack is known to suffice down to this address; 0 if unknown.
    [ThreadStatic]
    private static nuint _sufficient;

    // Read at once by the builder that receives it.
    [ThreadStatic]
    private static StoppableAwaiter _awaiter;

    [ThreadStatic]
    private static int _shortened;

    // The address below which this thread's code must not go; 0 if it may use the whole stack.
    [ThreadStatic]
    private static nuint _floor;

    // Asked once at the floor: gives how many bytes further down the code may go.
    [ThreadStatic]
    private static Func<int>? _more;

    /// <summary>Throws if the calling thread works for an interrupted cell; otherwise returns at once.</summary>
    /// <exception cref="CellInterruptedException">The cell was interrupted, and this isn't a <c>finally</c> block that
    /// still has time.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ThrowIfInterrupted() => CellOfThread.ThrowIfInterrupted();

    /// <summary>Called at the entry of a method that calls others: checks for an interrupt, and throws an ordinary
    /// exception in place of a stack overflow.</summary>
    /// <exception cref="CellInterruptedException">As for <see cref="ThrowIfInterrupted"/>.</exception>
    /// <exception cref="InsufficientExecutionStackException">Methods call each other too deeply.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Enter()
    {
        if (Volatile.Read(ref IsPending))
        {
            ThrowIfInterrupted();
        }

        byte here;
        if ((nuint)(&here) - _sufficient > MaxStack)
        {
            RequireStack((nuint)(&here));
        }
    }

    /// <summary>Called where a method waits: returns the awaiter that replaces the method's own.</summary>
    /// <typeparam name="TAwaiter">The type of the awaiter.</typeparam>
    /// <typeparam name="TStateMachine">The type of the state machine, as in the call of the builder that follows.
    /// </typeparam>
    /// <param name="awaiter">The awaiter.</param>
    public static ref StoppableAwaiter Await<TAwaiter, TStateMachine>(ref TAwaiter awaiter)
        where TAwaiter : INotifyCompletion
    {
        _awaiter = new StoppableAwaiter(awaiter);
        return ref _awaiter;
    }

    /// <summary>The flag that a method with loops checks; it is set when the method's work must end. Code that cleans
    /// up has a different flag from the code around it.</summary>
    public static ref bool Flag() => ref CellOfThread.Record.Flag.IsSet;

    /// <summary>As <see cref="Flag"/>, for a method that calls others; also checks the stack as <see cref="Enter"/>
    /// does.</summary>
    /// <exception cref="InsufficientExecutionStackException">Methods call each other too deeply.</exception>
    public static unsafe ref bool Begin()
    {
        byte here;
        if ((nuint)(&here) - _sufficient > MaxStack)
        {
            RequireStack((nuint)(&here));
        }

        return ref CellOfThread.Record.Flag.IsSet;
    }

    /// <summary>Makes the exception that a loop throws when its flag is set.</summary>
    public static object Stop() => CellOfThread.Stop();

    /// <summary>Whether a <c>catch</c> block may handle an exception. It may not while the cell must end, nor when
    /// the stack is used up: its code would run on top of the full stack and overflow it.</summary>
    /// <param name="caught">The exception; null if the catch is for another type.</param>
    public static bool MayCatch(object? caught)
    {
        if (caught is DllNotFoundException or EntryPointNotFoundException or MarshalDirectiveException)
        {
            // The native code was never reached, so it can't return either.
            CellOfThread.Record.ForgetNative(caught);
        }

        return caught is not null
            && !(Volatile.Read(ref IsPending) && CellOfThread.MustEnd())
            && RuntimeHelpers.TryEnsureSufficientExecutionStack();
    }

    /// <summary>A <c>finally</c> block begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void EnterFinally() => CellOfThread.Record.Finally++;

    /// <summary>The block ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LeaveFinally() => CellOfThread.Record.Finally--;

    /// <summary>Whether a <c>finally</c> block that calls something may run. It may not if another one has used up the
    /// stack: each block runs on top of the stack used by all earlier throws, and its own exception would use up the
    /// rest.</summary>
    public static bool MayRunFinally()
    {
        var record = CellOfThread.Record;
        if (!record.HasOverflownInFinally)
        {
            return true;
        }

        record.HasOverflownInFinally = !HasStack();
        return !record.HasOverflownInFinally;
    }

    /// <summary>Returns the exception that a task keeps in place of another one. In a recursion of <c>async</c> methods
    /// each level throws it again, with a longer trace, and copying the traces would take minutes.</summary>
    /// <param name="thrown">The exception.</param>
    /// <returns>The same; at some levels of a recursion that used up the stack, a new one without a trace.</returns>
    public static object Shorten(object thrown)
    {
        const int Levels = 64;
        return thrown is InsufficientExecutionStackException && ++_shortened % Levels == 0 ? StackUsedUp() : thrown;
    }

    /// <summary>A <c>finally</c> block that awaits begins.</summary>
    public static void EnterAsyncFinally() => CellOfThread.AsyncFinally.Value++;

    /// <summary>The block ends.</summary>
    public static void LeaveAsyncFinally() => CellOfThread.AsyncFinally.Value--;

    /// <summary>Called before a call of native code, which may call back into the cell's code. No exception may pass
    /// through native code: it would end the process. So nothing is interrupted until
    /// <see cref="LeaveNative"/>.</summary>
    public static unsafe void EnterNative()
    {
        byte here;
        CellOfThread.Record.EnterNative((nuint)(&here));
    }

    /// <summary>Native code has returned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LeaveNative() => CellOfThread.Record.Native--;

    /// <summary>Runs code that may use only so much of the stack. If a value contains itself, each level of its text
    /// wraps an exception of the level below, and that takes far more stack than the levels themselves.</summary>
    /// <param name="bytes">How much, in bytes; code nested in other such code gets at most the outer limit.</param>
    /// <param name="more">Called on the thread, at most once, when this is used up; returns how many more bytes may be
    /// used.
    /// </param>
    /// <param name="code">The code.</param>
    /// <returns>The result of the code.</returns>
    /// <exception cref="InsufficientExecutionStackException">Code of cells used more of the stack.</exception>
    internal static unsafe T WithStack<T>(int bytes, Func<int> more, Func<T> code)
    {
        byte here;
        var outer = (_floor, _more);
        (_floor, _sufficient) = (nuint.Max(_floor, (nuint)(&here) - (nuint)bytes), 0);
        _more = outer._floor == 0 ? more : outer._more;
        try
        {
            return code();
        }
        finally
        {
            (_floor, _more) = outer;
            _sufficient = 0;
        }
    }

    /// <summary>Whether the stack has room for some more calls.</summary>
    internal static unsafe bool HasStack()
    {
        byte here;
        return IsAboveFloor((nuint)(&here)) && RuntimeHelpers.TryEnsureSufficientExecutionStack();
    }

    private static bool IsAboveFloor(nuint here)
    {
        if (here < _floor && _more is { } more)
        {
            _more = null;
            _floor -= (nuint)more();
        }

        return here >= _floor;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RequireStack(nuint here)
    {
        if (!IsAboveFloor(here) || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            var record = CellOfThread.Record;
            record.HasOverflownInFinally |= record.Finally > 0;
            throw StackUsedUp();
        }

        _sufficient = nuint.Max(here - CheckedAtOnce, _floor);
    }

    private static InsufficientExecutionStackException StackUsedUp() =>
        new("The stack is used up: methods call each other too deeply. Does a recursion never end?");
}
