namespace RnnCourse.Notebooks.Session.Display;

/// <summary>Makes tables with aligned columns in plain text.</summary>
internal static class TextTable
{
    /// <summary>Makes a table of column headings and rows; every row has as many cells as there are headings.</summary>
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
