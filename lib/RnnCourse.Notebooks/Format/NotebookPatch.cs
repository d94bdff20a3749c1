using System.Text;

namespace RnnCourse.Notebooks.Format;

/// <summary>Applies the changes of a notebook to the text from which it was read, and leaves every other byte
/// unchanged.</summary>
internal static class NotebookPatch
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    // The parts that a run or an editor changes; if anything else changed, the whole cell is written.
    private static readonly string[] Replaceable = ["outputs", "execution_count", "source", "metadata", "attachments"];

    /// <summary>The text with the changes; <see langword="null"/> if the text isn't a notebook, or has other cells,
    /// other metadata or an older format.</summary>
    public static byte[]? Apply(byte[] stored, Notebook notebook)
    {
        Notebook before;
        try
        {
            before = NotebookReader.Parse(stored);
        }
        catch (NotebookFormatException)
        {
            return null;
        }
        if (
            before.Cells.Count != notebook.Cells.Count
            || !before.Cells.Zip(notebook.Cells, (a, b) => a.Id == b.Id && a.GetType() == b.GetType()).All(same => same)
            || !AreSame(CanonicalTree.Of(before with { Cells = [] }), CanonicalTree.Of(notebook with { Cells = [] }))
        )
        {
            return null;
        }

        var style = JsonStyle.Of(stored);
        var spans = CellSpans.Of(stored);
        // In formats before 4, the cells are elsewhere in the document.
        if (spans.Count != notebook.Cells.Count)
        {
            return null;
        }

        using var result = new MemoryStream(stored.Length);
        var kept = 0;
        for (var i = 0; i < spans.Count; i++)
        {
            foreach (
                var (span, value, depth) in Changes(before.Cells[i], notebook.Cells[i], spans[i])
                    .OrderBy(change => change.Span.Start)
            )
            {
                result.Write(stored, kept, span.Start - kept);
                using (var text = new StreamWriter(result, Utf8, leaveOpen: true))
                {
                    CanonicalJson.Write(text, value, style, depth);
                }

                kept = span.End;
            }
        }

        result.Write(stored, kept, stored.Length - kept);
        return result.ToArray();
    }

    private static IEnumerable<(ByteSpan Span, object? Value, int Depth)> Changes(
        Cell before,
        Cell after,
        CellSpan place
    )
    {
        var old = CanonicalTree.Of(before);
        var now = CanonicalTree.Of(after);
        // Before nbformat 4.5, cells had no ids.
        if (!place.Fields.ContainsKey("id"))
        {
            old.Remove("id");
            now.Remove("id");
        }
        var changed = old
            .Keys.Union(now.Keys)
            .Where(name => !AreSame(old.GetValueOrDefault(name), now.GetValueOrDefault(name)))
            .ToList();
        if (
            !changed.TrueForAll(name =>
                Replaceable.Contains(name) && place.Fields.ContainsKey(name) && now.ContainsKey(name)
            )
        )
        {
            return [(place.Whole, now, 2)];
        }

        return changed.Select(name => (place.Fields[name], now[name], 3));
    }

    private static bool AreSame(object? a, object? b) =>
        ReferenceEquals(a, b) || CanonicalJson.ToText(a) == CanonicalJson.ToText(b);
}
