using CsCheck;

namespace RnnCourse.Notebooks.Tests.Pages.Sanitising;

/// <summary>Pieces that are read differently by a browser than they look, and pieces that reach out of their
/// output.</summary>
public sealed class HostileHtmlTests
{
    private static string Clean(string html) => HtmlSanitiserTests.Clean(html);

    [Theory]
    [InlineData("<p style='--a:fixed'><b style='position:var(--a)'>x</b></p>", "<p style=\"--a:fixed\"><b>x</b></p>")]
    [InlineData("<p title=fixed style='position:attr(title type(*))'>x</p>", "<p title=\"fixed\">x</p>")]
    [InlineData("<p style='position/**/:/**/FIXED'>x</p>", "<p>x</p>")]
    [InlineData("<p style='content:src(\"http://x\")'>x</p>", "<p>x</p>")]
    [InlineData("<p style='background:image-set(\"http://x\" 1x)'>x</p>", "<p>x</p>")]
    [InlineData("<p style='background:\\75rl(http://x)'>x</p>", "<p>x</p>")]
    [InlineData("<p style='position:relative;top:1px'>x</p>", "<p style=\"position:relative;top:1px\">x</p>")]
    [InlineData(
        "<svg><rect fill='url(http://x/#a)' filter='URL( //x#f )' mask='url(\"data:,x#m\")'/></svg>",
        "<svg><rect/></svg>"
    )]
    [InlineData("<svg><rect fill='url(#a) url(http://x)'/></svg>", "<svg><rect/></svg>")]
    [InlineData("<svg><rect clip-path='u\\72l(http://x)'/></svg>", "<svg><rect/></svg>")]
    [InlineData(
        "<svg><rect fill='url(#a)' style='stroke:url(#b)'/></svg>",
        "<svg><rect fill=\"url(#a)\" style=\"stroke:url(#b)\"/></svg>"
    )]
    [InlineData("<svg><use href='//x#y'/><use href='#y'/></svg>", "<svg><use/><use href=\"#y\"/></svg>")]
    [InlineData("<table background='http://x'></table>", "<table></table>")]
    public void No_style_loads_anything_or_leaves_its_place(string html, string expected) =>
        Assert.Equal(expected, Clean(html));

    [Theory]
    [InlineData("<svg><style>p{background:u&#114;l(http://x)}</style></svg>", "<svg></svg>")]
    [InlineData("<math><mi><style>p{}</style></mi></math>", "<math><mi><style>@scope{p{}}</style></mi></math>")]
    [InlineData("<math><mrow><style><img src=x onerror=a()></style></mrow></math>", "<math><mrow></mrow></math>")]
    [InlineData(
        "<svg><p><style><!--</style><i>-->x</i></style>",
        "<svg></svg><p><style>@scope{\\3c !--}</style><i>-->x</i></p>"
    )]
    [InlineData(
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=a()&gt;'>",
        "<math><mtext><table><style>@scope{\\3c !--}</style><span class=\"missing-picture\">Picture</span>"
            + "</table></mtext></math>"
    )]
    [InlineData(
        "<svg><title><svg><title><!--</title></svg><img src=x onerror=a()>--></title></svg>",
        "<svg><title><svg><title></title></svg></title></svg>"
    )]
    [InlineData(
        "<noscript><p title='</noscript><img src=x onerror=a()>'>",
        "<span class=\"missing-picture\">Picture</span>'>"
    )]
    [InlineData(
        "<svg><p title='</svg><img src=x onerror=a()>'></svg>",
        "<svg></svg><p title=\"&lt;/svg&gt;&lt;img src=x onerror=a()&gt;\"></p>"
    )]
    [InlineData("<math><annotation><p>x</annotation></math>", "<math><annotation></annotation></math><p>x</p>")]
    [InlineData("<svg/><p onclick=a()>x</p></svg>", "<svg/><p>x</p>")]
    [InlineData("<br/><svg><br onload=a()>x</svg>", "<br><svg></svg><br>x")]
    [InlineData("<math><mi//xlink:href='data:x,y'>x</math>", "<math><mi>x</mi></math>")]
    [InlineData("<mi>x</mi><path d='M0 0'>y", "xy")]
    [InlineData("<svg><a><title><a>x<g><h1>y", "<svg><a><title><a>x<h1>y</h1></a></title></a></svg>")]
    [InlineData("<a><svg><title><a>x", "<a><svg><title></title></svg></a><a>x</a>")]
    public void Markup_within_markup_is_read_as_a_browser_reads_it(string html, string expected) =>
        Assert.Equal(expected, Clean(html));

    [Theory]
    [InlineData("<table><td></div></div></div></td></table></main>x", "<table><td></td></table>x")]
    [InlineData("<a><table><a><td><a>x", "<a><table></table></a><a></a><a>x</a>")]
    [InlineData("<dl><dd>a<dt>b</dl>", "<dl><dd>a</dd><dt>b</dt></dl>")]
    [InlineData("<ul><li><ol><li>a</ol><li>b</ul>", "<ul><li><ol><li>a</li></ol></li><li>b</li></ul>")]
    [InlineData("<table><table><td>x", "<table></table><table><td>x</td></table>")]
    [InlineData(
        "<table><tr><td>a<div><td>b<tr><th>c",
        "<table><tr><td>a<div></div></td><td>b</td></tr><tr><th>c</th></tr></table>"
    )]
    [InlineData("<p>a<p>b<div>c", "<p>a</p><p>b</p><div>c</div>")]
    [InlineData("<h1><h2>x</h1>", "<h1></h1><h2>x</h2>")]
    [InlineData("<tr><td>x</table>", "x")]
    [InlineData("<b>a<td>b</b>c", "<b>ab</b>c")]
    [InlineData("<svg><desc><dt>a</svg></dl></div>b", "<svg><desc><dt>a</dt></desc></svg>b")]
    public void What_a_browser_closes_is_closed_there(string html, string expected) =>
        Assert.Equal(expected, Clean(html));

    private static Gen<string> OneOf(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    [Fact]
    public void A_cleaned_piece_has_nothing_more_to_clean()
    {
        const string Names =
            "a b p div span ul li dl dt dd h1 h2 table caption colgroup col tbody tr td th svg g desc "
            + "title math mi mtext annotation ruby rt rp section br hr img form script x-y";
        var tag = Gen.Select(
            OneOf(Names.Split(' ')),
            OneOf("<{0}>", "</{0}>", "<{0} onclick=a() title='<b>'>", "<{0}/>", "<{0}>x")
        );
        tag.Select(t => string.Format(System.Globalization.CultureInfo.InvariantCulture, t.Item2, t.Item1))
            .Array[0, 24]
            .Select(string.Concat)
            .Sample(
                html =>
                {
                    var once = Clean(html);
                    Assert.Equal(once, Clean(once));
                },
                iter: 3_000
            );
    }

    [Fact]
    public void What_nests_deeper_than_a_browser_goes_is_left_out()
    {
        var clean = Clean(string.Concat(Enumerable.Repeat("<div>", 10_000)) + "x");
        Assert.Equal(256, clean.Split("<div>").Length - 1);
        Assert.Equal(256, clean.Split("</div>").Length - 1);
        Assert.Contains(">x<", clean, StringComparison.Ordinal);
    }
}
