using System.Globalization;
using System.Text;

namespace RnnCourse.Notebooks.Pages;

/// <summary>Gives headings of one page their ids: words in lower case joined by hyphens, as GitHub does.</summary>
internal sealed class HeadingIds
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>An id that is still unused on this page.</summary>
    public string Next(string text)
    {
        var slug = Slug(text);
        if (slug.Length == 0)
        {
            slug = "section";
        }

        var id = slug;
        for (var i = 1; !_taken.Add(id); i++)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{slug}-{i}");
        }

        return id;
    }

    /// <summary>The id of a heading with this text. An id is mapped to itself, so links may contain either.</summary>
    public static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var rune in text.Trim().ToLowerInvariant().EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '_')
            {
                slug.Append(rune);
            }
            else if (Rune.IsWhiteSpace(rune))
            {
                slug.Append('-');
            }
        }

        return slug.ToString();
    }
}
