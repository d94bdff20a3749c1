using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace RnnCourse.Notebooks.Session.Interrupting.Rewriting;

/// <summary>The properties of a method that decide where checks are inserted.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Resumes">For a state machine of <c>async</c>: the offsets where it resumes after an
/// <c>await</c>.</param>
/// <param name="IsVirtual">Whether code that doesn't know the method may call it, such as code that enumerates a
/// sequence.</param>
internal sealed record MethodPlan(MethodKind Kind, ImmutableArray<int> Resumes, bool IsVirtual);

/// <summary>Kinds of methods.</summary>
internal enum MethodKind
{
    /// <summary>One that checks at its entry.</summary>
    Ordinary,

    /// <summary>One that is called for each item of a sequence: to fetch a flag each time would cost more than it
    /// saves.</summary>
    Iterator,

    /// <summary>The state machine of an <c>async</c> method. It checks where it resumes after an <c>await</c>; a check
    /// at its entry would skip <c>finally</c> blocks, and its exception would not be caught.</summary>
    AsyncMachine,

    /// <summary>One that cleans up, such as <c>Dispose</c>.</summary>
    Cleanup,

    /// <summary>One that cleans up asynchronously, such as <c>DisposeAsync</c>.</summary>
    AsyncCleanup,

    /// <summary>One that native code calls: an exception must not leave it.</summary>
    NativeCallback,

    /// <summary>One that the compiler made and that neither loops nor calls the cell's code.</summary>
    Trivial,
}

/// <summary>The tokens of the methods that rewritten code calls: members of <see cref="Interruption"/> with the same
/// names.</summary>
internal readonly record struct InterruptCheckTokens(
    int IsPending,
    int ThrowIfInterrupted,
    int Enter,
    int Flag,
    int Begin,
    int Stop,
    int EnterFinally,
    int LeaveFinally,
    int EnterAsyncFinally,
    int LeaveAsyncFinally,
    int EnterNative,
    int LeaveNative,
    int MayCatch,
    int MayRunFinally,
    int Shorten
);

/// <summary>A method with checks in it.</summary>
/// <param name="Code">Its instructions.</param>
/// <param name="Regions">Its handlers, in their original order.</param>
/// <param name="Map">For each original offset, and for the end, the new offset of the instruction, or of the check
/// before it.</param>
/// <param name="HasFlag">Whether it has one more variable, after the others: a reference to a boolean.</param>
internal sealed record RewrittenMethod(byte[] Code, ImmutableArray<MovedRegion> Regions, int[] Map, bool HasFlag);

/// <summary>A protected region of a rewritten method and its handler.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Try">Where its <c>try</c> block begins and ends.</param>
/// <param name="Handler">Where the handler begins and ends.</param>
/// <param name="Filter">Where its filter begins.</param>
/// <param name="CatchType">The type of the exceptions that it catches.</param>
internal readonly record struct MovedRegion(
    ExceptionRegionKind Kind,
    (int Start, int End) Try,
    (int Start, int End) Handler,
    int Filter,
    EntityHandle CatchType
);
