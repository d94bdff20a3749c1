using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace RnnCourse.Notebooks.Comparing;

/// <summary>
/// Replaces a picture by its texts, since two systems may round the coordinates of its lines differently. An SVG
/// without title and label is compared as a whole; a picture in pixels is only compared for its presence.
/// </summary>
internal static partial class PictureText
{
    /// <summary>HTML without the pixels and lines of its pictures.</summary>
    public static string OfHtml(string html) =>
        Drawing().Replace(Image().Replace(html, OfImage), match => OfSvg(match.Value));

    /// <summary>The texts of an SVG: its title, description, label and words; the whole SVG if it has neither title nor
    /// label.</summary>
    public static string OfSvg(string svg)
    {
        var label = Label()
            .Matches(svg)
            .Select(match => match.Groups[1].Value)
            .Concat(Title().Matches(svg).Select(match => match.Groups[2].Value))
            .ToList();
        var words = Words().Matches(svg).Select(match => Tag().Replace(match.Groups[1].Value, ""));
        return label.Count == 0 ? svg : $"[picture: {WebUtility.HtmlDecode(string.Join(" | ", label.Concat(words)))}]";
    }

    private static string OfImage(Match image)
    {
        if (Source().Match(image.Value) is not { Success: true } source)
        {
            return image.Value;
        }

        // With an alternative text, that text is compared; without one, the text inside the SVG is.
        var (type, data) = (source.Groups["type"].Value, source.Groups["data"].Value);
        var shown =
            Alternative().IsMatch(image.Value) || !type.StartsWith("image/svg", StringComparison.OrdinalIgnoreCase)
                ? ""
                : OfSvg(Decode(type, data));
        return image.Value.Replace(source.Value, $"src=\"[{type}]{shown}\"", StringComparison.Ordinal);
    }

    private static string Decode(string type, string data)
    {
        try
        {
            return type.EndsWith(";base64", StringComparison.OrdinalIgnoreCase)
                ? Encoding.UTF8.GetString(Convert.FromBase64String(data))
                : Uri.UnescapeDataString(data);
        }
        catch (FormatException)
        {
            return data;
        }
    }

    [GeneratedRegex("<img\\b[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Image();

    [GeneratedRegex("src=[\"']data:(?<type>[^,\"']*),(?<data>[^\"']*)[\"']", RegexOptions.IgnoreCase)]
    private static partial Regex Source();

    [GeneratedRegex("\\balt=[\"'][^\"']+[\"']", RegexOptions.IgnoreCase)]
    private static partial Regex Alternative();

    [GeneratedRegex("<svg\\b.*?</svg>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Drawing();

    [GeneratedRegex("<svg\\b[^>]*\\baria-label=\"([^\"]+)\"", RegexOptions.IgnoreCase)]
    private static partial Regex Label();

    [GeneratedRegex("<(title|desc)\\b[^>]*>(.*?)</\\1>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Title();

    [GeneratedRegex("<text\\b[^>]*>(.*?)</text>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Words();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
