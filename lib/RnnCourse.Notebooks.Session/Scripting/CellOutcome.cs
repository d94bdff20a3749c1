using RnnCourse.Notebooks.Results;

namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>The outcome of executing a cell: a result, nothing, or an error.</summary>
/// <param name="HasResult">Whether the cell ended in an expression without a semicolon, whose value is then
/// <paramref name="Result"/>.</param>
/// <param name="Result">The value of that expression; null also when there is none.</param>
/// <param name="Error">Why the cell failed, or null.</param>
public sealed record CellOutcome(bool HasResult, object? Result, CellError? Error)
{
    /// <summary>The cell ran and has no result.</summary>
    public static CellOutcome Nothing { get; } = new(false, null, null);

    /// <summary>The line of that expression, from 1; 0 if it isn't known.</summary>
    public int ResultLine { get; init; }

    /// <summary>How long the cell took, if it has a <c>#!time</c> line; to be shown after everything else.</summary>
    public TimeSpan? WallTime { get; init; }

    /// <summary>Makes the outcome of a cell that failed.</summary>
    /// <param name="error">Why.</param>
    /// <returns>The outcome.</returns>
    public static CellOutcome Failed(CellError error) => new(false, null, error);
}
