using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Pages.Code;

/// <summary>Turns what a program printed to a terminal into HTML: colours become classes, other control sequences are
/// removed.</summary>
internal static partial class AnsiText
{
    private static readonly string[] Colours = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

    /// <summary>The text in HTML. If a line was overwritten after a carriage return, its last state is shown.</summary>
    public static string ToHtml(string text)
    {
        var html = new StringBuilder();
        var style = "";
        var position = 0;
        var visible = Overwritten(text);
        foreach (Match match in ControlSequence().Matches(visible))
        {
            Write(html, visible[position..match.Index], style);
            if (match.Value.EndsWith('m') && match.Groups["codes"].Success)
            {
                style = After(match.Groups["codes"].Value, style);
            }

            position = match.Index + match.Length;
        }
        Write(html, visible[position..], style);
        return html.ToString();
    }

    /// <summary>The text without any control sequence.</summary>
    public static string Strip(string text) => ControlSequence().Replace(Overwritten(text), "");

    private static void Write(StringBuilder html, string text, string style)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (style.Length == 0)
        {
            html.Append(HtmlText.Escape(text));
        }
        else
        {
            html.Append("<span class=\"").Append(style).Append("\">").Append(HtmlText.Escape(text)).Append("</span>");
        }
    }

    private static string After(string codes, string style)
    {
        var classes = style.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        foreach (var code in codes.Split(';'))
        {
            if (!int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
            {
                classes.Clear();
            }
            else if (number == 1)
            {
                classes.Add("ansi-bold");
            }
            else if (number is 38 or 48)
            {
                // A colour by number: the codes that follow belong to it.
                break;
            }
            else if (number is 22)
            {
                classes.RemoveAll(name => name == "ansi-bold");
            }
            else if (number is (>= 30 and <= 37) or (>= 90 and <= 97))
            {
                SetColour(classes, "ansi-" + Colours[number % 10]);
            }
            else if (number is 39)
            {
                SetColour(classes, null);
            }
        }

        return string.Join(' ', classes.Distinct());
    }

    private static void SetColour(List<string> classes, string? colour)
    {
        classes.RemoveAll(name => name != "ansi-bold");
        if (colour is not null)
        {
            classes.Add(colour);
        }
    }

    private static string Overwritten(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        return string.Join(
            '\n',
            lines.Select(line => line.TrimEnd('\r')).Select(line => line[(line.LastIndexOf('\r') + 1)..])
        );
    }

    [GeneratedRegex(
        "\u001b(?:\\[(?<codes>[0-9;]*)[A-Za-z]|\\[[0-9;?<=> ]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|"
            + "\u001b\\\\)|[@-Z\\\\^_=>])",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex ControlSequence();
}
