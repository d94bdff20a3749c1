using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Charts;

/// <summary>
/// Makes OxyPlot's SVG small: attributes that it repeats at every element move to the root, and coordinates get one
/// decimal. A notebook stores every figure, so bytes count. Text is placed by its baseline, the one way that all
/// viewers support.
/// </summary>
internal static partial class SvgMinifier
{
    /// <summary>The picture with a new root element: a size, a view box, a title and a description.</summary>
    public static string Of(string svg, double width, double height, string title, string description)
    {
        svg = Coordinates().Replace(svg, match => Numbers().Replace(match.Value, Shortened));
        svg = svg.Replace($" font-family=\"{StaticPlot.Font}\"", "", StringComparison.Ordinal)
            .Replace(" font-weight=\"400\"", "", StringComparison.Ordinal)
            .Replace(";stroke:none;\"", "\"", StringComparison.Ordinal);
        svg = Colours()
            .Replace(
                svg,
                match =>
                    "#"
                    + Convert.ToHexString([
                        .. match.Groups.Values.Skip(1).Select(g => byte.Parse(g.Value, CultureInfo.InvariantCulture)),
                    ])
            );
        svg = svg.Replace(" dominant-baseline=\"hanging\"", " dy=\".95em\"", StringComparison.Ordinal)
            .Replace(" dominant-baseline=\"middle\"", " dy=\".35em\"", StringComparison.Ordinal);
        svg = EmptyClips().Replace(svg, "");
        svg = Indents().Replace(svg, "\n");
        svg = Invisible().Replace(svg, "");
        svg = Grouped(
            Discs()
                .Replace(svg, "<circle cx=\"$1\" cy=\"$2\" r=\"$3\"")
                .Replace(" shape-rendering=\"geometricPrecision\"", "", StringComparison.Ordinal)
        );
        // Two pictures set into one page would share ids, and one would be clipped like the other.
        var own = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(svg)))[..8];
        svg = ClipIds().Replace(svg, $"$1c{own}-");
        var head =
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{SvgCanvas.N(width)}\" "
            + $"height=\"{SvgCanvas.N(height)}\" viewBox=\"0 0 {SvgCanvas.N(width)} {SvgCanvas.N(height)}\" "
            + $"font-family=\"{StaticPlot.Font}\" role=\"img\"><title>{XmlEscaping.Escape(title)}</title>"
            + $"<desc>{XmlEscaping.Escape(description)}</desc>";
        return Root().Replace(svg, _ => head, 1);
    }

    // Neighbours that look alike, such as the points of a series or the lines of a grid, share a group that states the
    // look once.
    private static string Grouped(string svg)
    {
        var lines = svg.Split('\n');
        var grouped = new StringBuilder();
        for (var first = 0; first < lines.Length; )
        {
            var look = Look(lines[first]);
            var end = first + 1;
            while (look.Length > 0 && end < lines.Length && Look(lines[end]) == look)
            {
                end++;
            }

            if (end - first < 2)
            {
                grouped.Append(lines[first]).Append('\n');
            }
            else
            {
                grouped.Append(CultureInfo.InvariantCulture, $"<g{look}>\n");
                foreach (var line in lines[first..end])
                {
                    grouped.Append(Looks().Replace(line, "")).Append('\n');
                }

                grouped.Append("</g>\n");
            }

            first = end;
        }

        return grouped.ToString().TrimEnd('\n');
    }

    // The attributes that a group can give to all that is in it; none for what opens or closes a group itself.
    private static string Look(string line) =>
        Single().IsMatch(line) ? string.Concat(Looks().Matches(line).Select(match => match.Value)) : "";

    private static string Shortened(Match number) =>
        double.Parse(number.Value, CultureInfo.InvariantCulture).ToString("0.#", CultureInfo.InvariantCulture);

    [GeneratedRegex("^.*?<svg[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Root();

    // Inside tags only: text that a reader sees keeps its digits.
    [GeneratedRegex(" (?:x|y|x1|y1|x2|y2|cx|cy|r|rx|ry|width|height|points|d|dy|transform)=\"[^\"<>]*\"")]
    private static partial Regex Coordinates();

    [GeneratedRegex(@"\d+\.\d+")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"rgb\((\d+),(\d+),(\d+)\)")]
    private static partial Regex Colours();

    [GeneratedRegex(
        "<defs>\\s*<clipPath id=\"(\\w+)\">\\s*<rect[^>]*/>\\s*</clipPath>\\s*</defs>\\s*"
            + "<g clip-path=\"url\\(#\\1\\)\"\\s*/>"
    )]
    private static partial Regex EmptyClips();

    [GeneratedRegex("( id=\"| clip-path=\"url\\(#)clipPath")]
    private static partial Regex ClipIds();

    [GeneratedRegex("^<(?:text [^>]*>[^<]*</text>|[a-z]+ [^>]*/>)$")]
    private static partial Regex Single();

    [GeneratedRegex(" (?:style|shape-rendering|text-anchor|font-size|font-weight|fill)=\"[^\"<>]*\"(?=[^<>]*/?>)")]
    private static partial Regex Looks();

    [GeneratedRegex("\n<(?:polyline|rect) [^>]*style=\"fill:none(?:;[^\"]*stroke-width:0)?\"[^>]*/>")]
    private static partial Regex Invisible();

    [GeneratedRegex("<ellipse cx=\"([^\"]*)\" cy=\"([^\"]*)\" rx=\"([^\"]*)\" ry=\"\\3\"")]
    private static partial Regex Discs();

    [GeneratedRegex(@"\r?\n\s*")]
    private static partial Regex Indents();
}
