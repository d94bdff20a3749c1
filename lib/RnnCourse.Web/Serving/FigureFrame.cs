using System.Text;

namespace RnnCourse.Web.Serving;

/// <summary>
/// The page in which one interactive figure lives: sandboxed, it has an origin of its own, so nothing of the notebook's
/// page, no cookie and no connection is in its reach. All that it needs is in it, since it can't ask for more.
/// </summary>
internal static class FigureFrame
{
    /// <summary>What the frame may do: run its own script, draw.</summary>
    /// <param name="nonce">Lets its script run.</param>
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
