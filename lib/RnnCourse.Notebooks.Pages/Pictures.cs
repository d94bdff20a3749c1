using System.Text;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Pages;

/// <summary>Pictures inside a page.</summary>
internal static class Pictures
{
    private static readonly string[] BinaryTypes = ["image/png", "image/jpeg", "image/webp", "image/gif"];

    /// <summary>The best picture of a bundle as a data URI; <see langword="null"/> if it has none.</summary>
    public static string? DataUri(MimeBundle bundle)
    {
        if (bundle.Text("image/svg+xml") is { } svg)
        {
            return $"data:image/svg+xml;base64,"
                + $"{(IsMarkup(svg) ? Convert.ToBase64String(Encoding.UTF8.GetBytes(svg)) : Base64(svg))}";
        }

        return BinaryTypes.FirstOrDefault(bundle.Contains) is { } type && bundle.Text(type) is { } data
            ? $"data:{type};base64,{Base64(data)}"
            : null;
    }

    // As an output, a drawing is stored as markup; as an attachment, in base 64.
    private static bool IsMarkup(string svg) => svg.Contains('<', StringComparison.Ordinal);

    private static string Base64(string data) =>
        string.Concat(data.Where(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '='));
}
