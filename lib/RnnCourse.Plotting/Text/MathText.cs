using System.Globalization;
using System.Text;

namespace RnnCourse.Plotting.Text;

/// <summary>
/// Formulas of one line as SVG text: <c>s_i</c> and <c>s_{i−1}</c> get subscripts, Latin letters are slanted as
/// in print.
/// </summary>
internal static class MathText
{
    public const string Font = "'Latin Modern Math', 'Cambria Math', Cambria, Georgia, 'Times New Roman', serif";

    private const double SubscriptDrop = 0.28;
    private const double SubscriptSize = 0.72;

    /// <summary>The inside of a text element of the given size.</summary>
    public static string ToSpans(string formula, double size)
    {
        var spans = new StringBuilder();
        var drop = Subscript(size);
        var raised = false;
        var i = 0;
        while (i < formula.Length)
        {
            var lowered = formula[i] == '_';
            var part = lowered ? ReadSubscript(formula, ref i) : ReadBase(formula, ref i);
            foreach (var run in Runs(part))
            {
                var slant = char.IsAsciiLetter(run[0]) ? " font-style=\"italic\"" : "";
                var dy =
                    lowered ? drop.Down
                    : raised ? drop.Up
                    : "";
                var small = lowered ? $" font-size=\"{SvgCanvas.N(size * SubscriptSize)}\"" : "";
                spans.Append(
                    CultureInfo.InvariantCulture,
                    $"<tspan{dy}{small}{slant}>{XmlEscaping.Escape(run)}</tspan>"
                );
                (drop.Down, raised) = lowered ? ("", true) : (Subscript(size).Down, false);
            }

            drop = Subscript(size);
        }

        return spans.ToString();
    }

    /// <summary>An estimate of the width.</summary>
    public static double Width(string formula, double size)
    {
        var (width, i) = (0.0, 0);
        while (i < formula.Length)
        {
            width +=
                formula[i] == '_'
                    ? TextWidth.Of(ReadSubscript(formula, ref i), size * SubscriptSize)
                    : TextWidth.Of(ReadBase(formula, ref i), size);
        }

        return width;
    }

    private static (string Down, string Up) Subscript(double size) =>
        ($" dy=\"{SvgCanvas.N(size * SubscriptDrop)}\"", $" dy=\"{SvgCanvas.N(-size * SubscriptDrop)}\"");

    private static string ReadBase(string formula, ref int i)
    {
        var start = i;
        while (i < formula.Length && formula[i] != '_')
        {
            i++;
        }

        return formula[start..i];
    }

    private static string ReadSubscript(string formula, ref int i)
    {
        i++;
        if (i >= formula.Length)
        {
            return "_";
        }

        if (formula[i] != '{')
        {
            return formula[i++..i];
        }

        var end = formula.IndexOf('}', i);
        end = end < 0 ? formula.Length : end;
        var inside = formula[(i + 1)..end];
        i = Math.Min(end + 1, formula.Length);
        return inside;
    }

    // Letters and everything else alternate, since only letters slant.
    private static IEnumerable<string> Runs(string text)
    {
        var start = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsAsciiLetter(text[i]) == char.IsAsciiLetter(text[start]))
            {
                continue;
            }

            yield return text[start..i];
            start = i;
        }
    }
}
