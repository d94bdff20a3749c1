namespace RnnCourse.Notebooks.Format;

/// <summary>The rules for a cell's id.</summary>
public static class CellId
{
    /// <summary>The longest id that the format allows, in characters.</summary>
    public const int MaximumLength = 64;

    internal const string Rule = "A cell's id is 1 to 64 letters, digits, '-' or '_' of ASCII.";

    /// <summary>Whether nbformat 4.5 allows this id.</summary>
    public static bool IsValid(string? id) =>
        id is { Length: >= 1 and <= MaximumLength } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
