using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace RnnCourse.Notebooks.Session.Exporting;

/// <summary>Changes to a text, collected first and applied together, so that positions refer to the original
/// text.</summary>
internal sealed class TextEdits
{
    private readonly List<(TextSpan Span, string Text)> _edits = [];

    /// <summary>Replaces a part of the text.</summary>
    public void Replace(TextSpan span, string text) => _edits.Add((span, text));

    /// <summary>Inserts a text before a position; several texts at one position keep the order in which they were
    /// added.</summary>
    public void Insert(int position, string text) => Replace(new TextSpan(position, 0), text);

    /// <summary>Returns a part of the source with the changes applied. Edits inside text that another edit removes have
    /// no effect.</summary>
    public string Apply(string source, TextSpan part)
    {
        var text = new StringBuilder();
        var position = part.Start;
        // What is put behind the part belongs to what follows.
        var inside = _edits.Where(edit =>
            part.Contains(edit.Span) && (edit.Span.Start < part.End || part.End == source.Length)
        );

        // What is put before a place comes before what replaces it, and the removal of a whole before changes inside
        // it.
        var inOrder = inside
            .OrderBy(edit => edit.Span.Start)
            .ThenBy(edit => !edit.Span.IsEmpty)
            .ThenByDescending(edit => edit.Span.Length);
        foreach (var (span, replacement) in inOrder)
        {
            if (span.Start < position)
            {
                continue;
            }

            text.Append(source, position, span.Start - position).Append(replacement);
            position = span.End;
        }

        return text.Append(source, position, part.End - position).ToString();
    }
}
