using System.Text;

namespace RnnCourse.Web.Serving;

/// <summary>
/// The page that contains one interactive figure. It is sandboxed and has its own origin, so it can reach neither the
/// notebook's page nor cookies nor the network. It contains everything that it needs, since it can't load anything.
/// </summary>
internal static class FigureFrame
{
    /// <summary>The content security policy of the frame: it may run its own script and draw.</summary>
    /// <param name="nonce">The nonce that allows its script to run.</param>
    public static string Policy(string nonce) =>
        $"sandbox allow-scripts; default-src 'none'; script-src 'nonce-{nonce}'; style-src 'unsafe-inline'; "
        + "img-src data: blob:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

    /// <summary>Renders the frame.</summary>
    /// <param name="nonce">As in the policy.</param>
    public static string Render(string nonce)
    {
        return new StringBuilder()
            .Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Figure</title>\n")
            .Append("<style>html, body, #figure { margin: 0; height: 100%; }</style>\n</head>\n")
            .Append("<body>\n<div id=\"figure\"></div>\n<script nonce=\"")
            .Append(nonce)
            .Append("\">")
            .Append(Encoding.UTF8.GetString(Assets.Find("plotly.js")!.Bytes))
            .Append("</script>\n<script nonce=\"")
            .Append(nonce)
            .Append("\">\n")
            .Append(Encoding.UTF8.GetString(Assets.Find("figureframe.js")!.Bytes))
            .Append("\n</script>\n</body>\n</html>\n")
            .ToString();
    }
}
