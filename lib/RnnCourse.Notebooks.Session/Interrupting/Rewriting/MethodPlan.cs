using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace RnnCourse.Notebooks.Session.Interrupting.Rewriting;

/// <summary>What kind of method is rewritten, as far as that decides where questions go.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Resumes">For a state machine of <c>async</c>: the offsets where it resumes after an
/// <c>await</c>.</param>
/// <param name="IsVirtual">Whether code that doesn't know it may call it, such as what enumerates a sequence.</param>
internal sealed record MethodPlan(MethodKind Kind, ImmutableArray<int> Resumes, bool IsVirtual);

/// <summary>Kinds of methods.</summary>
internal enum MethodKind
{
    /// <summary>One that asks at its entry.</summary>
    Ordinary,

    /// <summary>One that is called for each item of a sequence: to fetch a flag each time would cost more than it
    /// saves.</summary>
    Iterator,

    /// <summary>The state machine of an <c>async</c> method. Where it resumes after an <c>await</c> it asks; at its
    /// entry it would leave out <c>finally</c> blocks, and nobody would catch what is thrown.</summary>
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

/// <summary>The tokens of what rewritten code calls: members of <see cref="Interruption"/> of the same
/// names.</summary>
internal readonly record struct QuestionTokens(
    int IsPending,
    int Ask,
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

/// <summary>A method with questions in it.</summary>
/// <param name="Code">Its instructions.</param>
/// <param name="Regions">Its handlers, in their original order.</param>
/// <param name="Map">For each original offset, and for the end, the new offset of what stood there, or of the question
/// before it.</param>
/// <param name="HasFlag">Whether it has one more variable, after the others: a reference to a boolean.</param>
internal sealed record RewrittenMethod(byte[] Code, ImmutableArray<MovedRegion> Regions, int[] Map, bool HasFlag);

/// <summary>A handler of a rewritten method.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Try">Where its block begins and ends.</param>
/// <param name="Handler">Where the handler itself does.</param>
/// <param name="Filter">Where its filter begins.</param>
/// <param name="CatchType">What it catches.</param>
internal readonly record struct MovedRegion(
    ExceptionRegionKind Kind,
    (int Start, int End) Try,
    (int Start, int End) Handler,
    int Filter,
    EntityHandle CatchType
);
