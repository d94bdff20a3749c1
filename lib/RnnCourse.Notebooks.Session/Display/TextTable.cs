namespace RnnCourse.Notebooks.Session.Display;

/// <summary>Rows of words in aligned columns, as plain text.</summary>
internal static class TextTable
{
    /// <summary>Heads and rows below each other; every row has as many words as there are heads.</summary>
    public static string Of(IReadOnlyList<string> heads, IReadOnlyList<string[]> rows)
    {
        var widths = heads
            .Select((head, i) => Math.Max(head.Length, rows.Count == 0 ? 0 : rows.Max(row => row[i].Length)))
            .ToList();
        return string.Join(
            '\n',
            rows.Prepend([.. heads])
                .Select(row => string.Join("  ", row.Select((word, i) => word.PadRight(widths[i]))).TrimEnd())
        );
    }
}
