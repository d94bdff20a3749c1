using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RnnCourse.Notebooks.Format;

/// <summary>What a cell's id may be, and an id for a cell that has none.</summary>
public static class CellId
{
    /// <summary>The longest id that the format allows, in characters.</summary>
    public const int MaximumLength = 64;

    internal const string Rule = "A cell's id is 1 to 64 letters, digits, '-' or '_' of ASCII.";

    private const int HashBytes = 6;

    /// <summary>Whether nbformat 4.5 allows this id.</summary>
    public static bool IsValid(string? id) =>
        id is { Length: >= 1 and <= MaximumLength } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>An id for a cell that has none: the same cells get the same ids on every machine.</summary>
    /// <param name="kind">The cell's type, such as <c>code</c>.</param>
    /// <param name="source">The cell's text.</param>
    /// <param name="taken">Ids that other cells have; the new id is added.</param>
    /// <remarks>
    /// The id is a hash of the text, so it stays when cells are put before this one; cells of equal text are told
    /// apart by how many stand before.
    /// </remarks>
    public static string Derive(string kind, string source, ISet<string> taken)
    {
        ArgumentNullException.ThrowIfNull(taken);
        for (var attempt = 0; ; attempt++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{kind}\n{attempt}\n{source}");
            var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, HashBytes));
            if (taken.Add(id))
                return id;
        }
    }
}
