using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;

namespace RnnCourse.Notebooks.Metadata;

/// <summary>The error with which a cell is expected to end.</summary>
/// <param name="Type">The error's type, with or without its namespace; null if any error will do.</param>
public sealed record ExpectedError(string? Type)
{
    /// <summary>The error that a cell's tags or its metadata <c>raises-exception</c> announce; null if none is
    /// expected.</summary>
    public static ExpectedError? Of(CodeCell cell)
    {
        const string Typed = CellTags.RaisesException + ":";
        var tags = CellTags.Of(cell);
        return tags.FirstOrDefault(tag => tag.StartsWith(Typed, StringComparison.Ordinal)) is { } tag
                ? new ExpectedError(tag[Typed.Length..].Trim())
            : EngineMetadata.OfCell(cell).Text(CellTags.RaisesException) is { } type ? new ExpectedError(type)
            : tags.Contains(CellTags.RaisesException, StringComparer.Ordinal) ? new ExpectedError(Type: null)
            : null;
    }

    /// <summary>Whether the notebook can continue after this error: it is the expected one, and the process is
    /// alive.</summary>
    public bool IsMet(CellError error, bool processLives) =>
        processLives
        && (Type is null || error.Name == Type || error.Name.EndsWith("." + Type, StringComparison.Ordinal));

    /// <summary>The failure of a cell that ended without the expected error.</summary>
    public CellError ErrorMissing()
    {
        var message =
            $"The cell is tagged {CellTags.RaisesException}{(Type is null ? "" : $" with {Type}")}, and "
            + "ran without an error.";
        return new CellError(CellError.ErrorMissing, message, [message]);
    }

    /// <summary>The failure of a cell that ended with another error than the expected one.</summary>
    public CellError UnexpectedError(CellError error, bool processLives) =>
        processLives
            ? error with
            {
                Traceback =
                [
                    .. error.Traceback,
                    $"The cell is tagged {CellTags.RaisesException} with {Type}; this is another error.",
                ],
            }
            : error;
}
