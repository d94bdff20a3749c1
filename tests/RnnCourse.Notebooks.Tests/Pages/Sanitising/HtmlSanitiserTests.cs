using CsCheck;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages;

namespace RnnCourse.Notebooks.Tests.Pages.Sanitising;

/// <summary>Through the one public door: an output of HTML on a page.</summary>
public sealed class HtmlSanitiserTests
{
    private static readonly string[] Pieces =
    [
        "<script>alert(1)</script>",
        "<script",
        "</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<svg>",
        "</svg>",
        "<style>",
        "</style>",
        "<a href='javascript:alert(1)'>",
        "<math>",
        "<mtext>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<",
        ">",
        "\"",
        "'",
        "=",
        "/",
        " ",
        "a",
        "<b",
        "<p>",
        "</p>",
        "</div>",
        "<table>",
        "<title>",
        "<textarea>",
        "<noscript>",
        "<template>",
        "<iframe srcdoc='<script>'>",
        "<a href=\"",
        "<form action=x>",
        "<meta http-equiv=refresh content=0>",
        "<base href=x>",
        "&lt;script&gt;",
        "<foreignObject>",
        "<animate onbegin=alert(1)>",
        "<use href=\"data:,x\">",
        "\0",
        "<?php",
        "<plaintext>",
    ];

    internal static string Clean(string html)
    {
        var cell = new CodeCell
        {
            Id = "c",
            Source = "x",
            Outputs = [new DisplayOutput(MimeBundle.OfText(("text/html", "<hr>" + html)))],
        };
        var page = PageRenderer.Render(new Notebook { Cells = [cell] }, new PageContext());
        const string Start = "<div class=\"output\"><div class=\"rich\"><hr>";
        const string End = "</div></div>\n</div>\n</div>\n</main>";
        var from = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        return page[from..page.LastIndexOf(End, StringComparison.Ordinal)];
    }

    [Theory]
    [InlineData("<b class='x'>a</b> &amp; b", "<b class=\"x\">a</b> &amp; b")]
    [InlineData("a<script>b</script>c", "ac")]
    [InlineData("a<SCRIPT src=x>b</sCript >c", "ac")]
    [InlineData("<a href=' java\nscript:alert(1)'>x</a>", "<a>x</a>")]
    [InlineData("<a href='&#106;avascript:alert(1)'>x</a>", "<a>x</a>")]
    [InlineData("<a href='data:text/html,x'>x</a>", "<a>x</a>")]
    [InlineData("<a href='//evil.example/'>x</a>", "<a>x</a>")]
    [InlineData("<p onclick=alert(1) title=\"a&quot;b\">x</p>", "<p title=\"a&quot;b\">x</p>")]
    [InlineData(
        "<img src=https://example.org/a.png alt=Cat>",
        "<span class=\"missing-picture\"><a href=\"https://example.org/a.png\">Cat</a></span>"
    )]
    [InlineData("<div style='position: fixed; top: 0'>x</div>", "<div>x</div>")]
    [InlineData("<div style='background: url(http://x)'>x</div>", "<div>x</div>")]
    [InlineData("<div style='color: red'>x</div>", "<div style=\"color: red\">x</div>")]
    [InlineData("<iframe src=x>a</iframe><form><input><button>b</button></form>", "b")]
    [InlineData("<!-- <script> -->a<!doctype html>b<?x?>c", "abc")]
    [InlineData("<ul><li>a<li>b</ul>c", "<ul><li>a</li><li>b</li></ul>c")]
    [InlineData("<dl><dt>a<dd>b</dl>", "<dl><dt>a</dt><dd>b</dd></dl>")]
    [InlineData(
        "<table><tr><td>a<td>b<tr><td>c</table>",
        "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"
    )]
    [InlineData("<td>a</td>", "a")]
    [InlineData("<svg><p>a</svg>", "<svg></svg><p>a</p>")]
    [InlineData("<svg><title>a<b>b</b></title><g/></svg><g>c</g>", "<svg><title>a<b>b</b></title><g/></svg>c")]
    [InlineData(
        "<svg><linearGradient id='a'/><rect fill='url(#a)' style='stroke:url(#a)'/></svg>",
        "<svg><linearGradient id=\"a\"/><rect fill=\"url(#a)\" style=\"stroke:url(#a)\"/></svg>"
    )]
    [InlineData("<svg><rect fill='url(https://example.org/a.svg#b)' mask='u\\72l(x)'/></svg>", "<svg><rect/></svg>")]
    [InlineData("<style>} main{display:none} a{</style>b", "b")]
    [InlineData("<svg><style>&#125; main{display:none} &#123;</style></svg>", "<svg></svg>")]
    [InlineData("<b>open", "<b>open</b>")]
    [InlineData("</div>closed", "closed")]
    [InlineData("1 < 2 <3 <", "1 &lt; 2 &lt;3 &lt;")]
    [InlineData("a <b title='never ends", "a &lt;b title='never ends")]
    [InlineData(
        "<svg viewBox='0 0 1 1'><path d='M0 0' fill='red' onclick='x()'/><script>x</script></svg>",
        "<svg viewbox=\"0 0 1 1\"><path d=\"M0 0\" fill=\"red\"/></svg>"
    )]
    [InlineData(
        "<svg><a xlink:href='javascript:x'><set attributeName=href to=javascript:x></a></svg>",
        "<svg><a></a></svg>"
    )]
    [InlineData("<style>td{color:red}</style>", "<style>@scope{td{color:red}}</style>")]
    [InlineData("<style>@import 'x'</style>a", "a")]
    [InlineData(
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<svg><style>@scope{\\3c img src=x onerror=alert(1)>}</style></svg>"
    )]
    public void Only_what_is_harmless_stays(string html, string expected) => Assert.Equal(expected, Clean(html));

    [Fact]
    public void No_mixture_lets_an_acting_tag_through_or_leaves_one_open() =>
        Gen.Int[0, Pieces.Length - 1]
            .Select(i => Pieces[i])
            .Array[0, 12]
            .Select(string.Concat)
            .Sample(
                html =>
                {
                    var clean = Clean(html);
                    foreach (
                        var word in new[]
                        {
                            "<script",
                            "<iframe",
                            "<foreignobject",
                            "<animate",
                            "<form",
                            "<meta",
                            "<base",
                            "<plaintext",
                            "<textarea",
                            "<template",
                            "<noscript",
                            "<!",
                            "<?",
                        }
                    )
                    {
                        Assert.DoesNotContain(word, clean, StringComparison.OrdinalIgnoreCase);
                    }

                    foreach (var tag in clean.Split('<').Skip(1))
                    {
                        var end = tag.IndexOf('>', StringComparison.Ordinal);
                        Assert.True(end > 0, clean);
                        Assert.DoesNotMatch("(?i)\\son[a-z]+=|javascript:", tag[..end].Split("@scope")[0]);
                    }
                },
                iter: 1500
            );

    [Theory]
    [InlineData("<a ")]
    [InlineData("<div>")]
    [InlineData("<div></b>")]
    [InlineData("<li><ul>")]
    [InlineData("<table>")]
    [InlineData("<a '")]
    [InlineData("</b>")]
    [InlineData("<!--")]
    public void A_great_number_of_any_piece_of_HTML_is_cleaned(string piece) =>
        Assert.NotNull(Clean(string.Concat(Enumerable.Repeat(piece, 50_000))));
}
