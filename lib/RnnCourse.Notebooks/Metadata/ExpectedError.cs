using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;

namespace RnnCourse.Notebooks.Metadata;

/// <summary>The error that a cell is meant to end with.</summary>
/// <param name="Type">The error's type, with or without its namespace; null if any error will do.</param>
public sealed record ExpectedError(string? Type)
{
    /// <summary>What a cell's tags, or its metadata <c>raises-exception</c>, announce; null if it shall simply
    /// run.</summary>
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

    /// <summary>Whether the notebook can go on after this error: the right one, and its process is alive.</summary>
    public bool IsMet(CellError error, bool processLives) =>
        processLives
        && (Type is null || error.Name == Type || error.Name.EndsWith("." + Type, StringComparison.Ordinal));

    /// <summary>The failure of a cell that ran to its end.</summary>
    public CellError Missing()
    {
        var message =
            $"The cell is tagged {CellTags.RaisesException}{(Type is null ? "" : $" with {Type}")}, and "
            + "ran without an error.";
        return new CellError(CellError.ErrorMissing, message, [message]);
    }

    /// <summary>The failure of a cell that failed in another way than announced.</summary>
    public CellError Other(CellError error, bool processLives) =>
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
