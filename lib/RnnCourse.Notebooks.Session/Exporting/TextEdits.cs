using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace RnnCourse.Notebooks.Session.Exporting;

/// <summary>Changes to a text, collected first and made at once, so that positions are those of the text as it
/// was.</summary>
internal sealed class TextEdits
{
    private readonly List<(TextSpan Span, string Text)> _edits = [];

    /// <summary>Puts a text in the place of another.</summary>
    public void Replace(TextSpan span, string text) => _edits.Add((span, text));

    /// <summary>Puts a text before a position; of several at one position the first stays first.</summary>
    public void Insert(int position, string text) => Replace(new TextSpan(position, 0), text);

    /// <summary>The text of a part of the source, changed. What an edit removes, edits inside it don't bring
    /// back.</summary>
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
