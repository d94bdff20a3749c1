namespace RnnCourse.Notebooks.Results;

/// <summary>Why a cell failed, in the form that the notebook format stores and people read.</summary>
/// <param name="Name">The exception's type, such as <c>System.ArgumentException</c>; for the engine's own errors one of
/// the constants of this type.</param>
/// <param name="Message">What was wrong, one or more lines.</param>
/// <param name="Traceback">The whole report line by line: positions, source lines, calls. Never empty.</param>
/// <param name="Line">The line of the cell (from 1) that failed, or 0 if it isn't known.</param>
/// <param name="SourceLine">Text of that line, or the empty string.</param>
public sealed record CellError(
    string Name,
    string Message,
    IReadOnlyList<string> Traceback,
    int Line = 0,
    string SourceLine = ""
)
{
    /// <summary>The code doesn't compile.</summary>
    public const string Compilation = "CompilationError";

    /// <summary>A <c>#r</c>, <c>#load</c> or <c>#!</c> line can't be carried out.</summary>
    public const string Directive = "DirectiveError";

    /// <summary>The cell exceeded its time limit.</summary>
    public const string TimeLimit = "TimeLimitError";

    /// <summary>The process that ran the cell ended.</summary>
    public const string ProcessEnded = "ProcessEndedError";

    /// <summary>The cell was interrupted.</summary>
    public const string Interruption = "System.OperationCanceledException";

    /// <summary>Creates the error of a cell that was interrupted.</summary>
    /// <param name="message">The message.</param>
    public static CellError Interrupted(string message) => new(Interruption, message, [$"{Interruption}: {message}"]);

    /// <summary>The process exceeded its memory limit.</summary>
    public const string MemoryLimit = "MemoryLimitError";

    /// <summary>The cell was expected to fail, but did not.</summary>
    public const string ErrorMissing = "ExpectedErrorMissing";
}
