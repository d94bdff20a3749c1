using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace RnnCourse.Plotting.Tests;

public sealed class FigureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Names => SampleFigures.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_svg_is_well_formed_sized_and_described(string name)
    {
        var figure = SampleFigures.All[name]();
        var root = XDocument.Parse(figure.ToSvg()).Root!;
        Assert.Equal(Svg + "svg", root.Name);
        var size = root.Attribute("viewBox")!.Value.Split(' ');
        Assert.Equal([root.Attribute("width")!.Value, root.Attribute("height")!.Value], size[2..]);
        Assert.Equal(Readable(figure.Title), root.Element(Svg + "title")!.Value);
        Assert.Equal(Readable(figure.AltText), root.Element(Svg + "desc")!.Value);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_svg_has_a_white_ground_and_holds_no_not_a_number(string name)
    {
        var root = XDocument.Parse(SampleFigures.All[name]().ToSvg()).Root!;
        var ground = root.Descendants(Svg + "rect").First();
        Assert.Equal(root.Attribute("width")!.Value, ground.Attribute("width")!.Value);
        Assert.Contains("#FFFFFF", ground.ToString(), StringComparison.Ordinal);
        var numbers = root.Descendants()
            .SelectMany(e => e.Attributes())
            .Where(a => a.Name.LocalName is "x" or "y" or "width" or "height" or "points" or "d" or "transform");
        Assert.DoesNotContain(
            numbers,
            a => a.Value.Contains("NaN", StringComparison.Ordinal) || a.Value.Contains('∞', StringComparison.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_text_leaves_the_picture(string name)
    {
        var root = XDocument.Parse(SampleFigures.All[name]().ToSvg()).Root!;
        var (width, height) = (Number(root, "width"), Number(root, "height"));
        foreach (var text in root.Descendants(Svg + "text"))
        {
            if (text.Attribute("transform") is { } transform)
            {
                var place = transform.Value.Split('(', ')')[1].Split(',');
                Assert.InRange(double.Parse(place[0], CultureInfo.InvariantCulture), 0, width);
                Assert.InRange(double.Parse(place[1], CultureInfo.InvariantCulture), 0, height);
                continue;
            }

            // A quarter above the usual width of text: no reader's font is much wider.
            var ems = text.Elements(Svg + "tspan").Any() ? 0.5 : 0.6;
            var half = text.Value.Length * Number(text, "font-size") * ems * 1.25 / 2;
            var (before, after) = text.Attribute("text-anchor")!.Value == "middle" ? (half, half) : (0, 2 * half);
            if (text.Value.Length < 50)
            {
                Assert.True(Number(text, "x") - before >= -20, $"'{text.Value}' starts left of the picture");
                Assert.True(Number(text, "x") + after <= width + 20, $"'{text.Value}' ends right of the picture");
            }

            Assert.InRange(Number(text, "y"), 0, height);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_loads_nothing_and_runs_no_script(string name)
    {
        var figure = SampleFigures.All[name]();
        var root = XDocument.Parse(figure.ToSvg()).Root!;
        Assert.DoesNotContain(root.Descendants(), e => e.Name.LocalName is "script" or "image" or "style" or "use");
        Assert.DoesNotContain(root.Descendants().SelectMany(e => e.Attributes()), a => a.Name.LocalName == "href");
        Assert.Equal(2, figure.ToHtml().Split("src=").Length);
        Assert.DoesNotContain("<script", figure.ToHtml(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_data_gives_the_same_bytes_in_any_culture(string name)
    {
        var before = CultureInfo.CurrentCulture;
        var (first, json) = (SampleFigures.All[name](), "");
        var html = first.ToHtml();
        if (first.IsInteractive)
        {
            json = first.ToPlotlyJson();
        }

        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NegativeSign) = (",", "~");
            CultureInfo.CurrentCulture = comma;
            var second = SampleFigures.All[name]();
            Assert.Equal(html, second.ToHtml());
            if (second.IsInteractive)
            {
                Assert.Equal(json, second.ToPlotlyJson());
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_html_is_one_figure_with_picture_and_alternative_text(string name)
    {
        var figure = SampleFigures.All[name]();
        var html = XElement.Parse(figure.ToHtml());
        Assert.Equal("figure", html.Name);
        var image = Assert.Single(html.Elements("img"));
        // An XML reader turns line ends in attributes into spaces, as a browser would not.
        Assert.Equal(Readable(figure.AltText).Replace('\t', ' '), image.Attribute("alt")!.Value);
        const string head = "data:image/svg+xml;base64,";
        var source = image.Attribute("src")!.Value;
        Assert.StartsWith(head, source, StringComparison.Ordinal);
        Assert.Equal(figure.ToSvg(), Encoding.UTF8.GetString(Convert.FromBase64String(source[head.Length..])));
        Assert.Equal(figure.Caption, html.Element("figcaption")?.Value ?? "");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Charts_and_only_charts_have_a_plotly_form(string name)
    {
        var figure = SampleFigures.All[name]();
        if (!figure.IsInteractive)
        {
            var error = Assert.Throws<InvalidOperationException>(figure.ToPlotlyJson);
            Assert.Contains("diagram", error.Message, StringComparison.Ordinal);
            return;
        }

        using var json = JsonDocument.Parse(figure.ToPlotlyJson());
        Assert.Equal(["data", "layout"], json.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.False(json.RootElement.GetProperty("layout").TryGetProperty("template", out _));
    }

    [Fact]
    public void Two_pictures_in_one_page_share_no_id()
    {
        static IEnumerable<string> Ids(Figure figure) =>
            XDocument.Parse(figure.ToSvg()).Descendants().Attributes("id").Select(a => a.Value);

        var first = Ids(Figure.Lines("t", "x", "y", new Series("a", [1.0, 2]))).ToArray();
        Assert.NotEmpty(first);
        Assert.Empty(first.Intersect(Ids(Figure.Lines("t", "x", "y", new Series("a", [1.0, 3])))));
    }

    [Fact]
    public void An_axis_of_values_that_come_near_0_shows_0()
    {
        static bool HasZero(params double[] values) =>
            XDocument
                .Parse(Figure.Lines("t", "x", "y", new Series("a", [100, 101], values)).ToSvg())
                .Descendants(Svg + "text")
                .Any(t => t.Value == "0");

        Assert.True(HasZero(175, 3500));
        Assert.False(HasZero(3400, 3500));
    }

    [Fact]
    public void Every_reference_inside_a_picture_has_its_target()
    {
        var svg = SampleFigures.All["lines"]().ToSvg();
        var ids = XDocument.Parse(svg).Descendants().Attributes("id").Select(a => $"url(#{a.Value})").ToArray();
        var uses = XDocument.Parse(svg).Descendants().Attributes("clip-path").Select(a => a.Value).ToArray();
        Assert.NotEmpty(uses);
        Assert.All(uses, use => Assert.Contains(use, ids));
    }

    [Fact]
    public void A_caption_changes_nothing_but_the_caption()
    {
        var figure = SampleFigures.All["lines"]();
        var captioned = figure.WithCaption("Notice the end.");
        Assert.Equal("", figure.Caption);
        Assert.Equal("Notice the end.", captioned.Caption);
        Assert.Equal(figure.AltText, captioned.AltText);
        Assert.Equal(figure.ToSvg(), captioned.ToSvg());
        Assert.Contains("<figcaption", captioned.ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain("<figcaption", figure.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_logarithmic_axis_keeps_the_caption() =>
        Assert.Equal("c", SampleFigures.All["lines"]().WithCaption("c").WithLogY().WithLogX().Caption);

    [Fact]
    public void Equal_axes_draw_a_circle_round()
    {
        var angles = Enumerable.Range(0, 8).Select(k => k * Math.PI / 4).ToList();
        var circle = new Series("circle", angles.Select(Math.Cos), angles.Select(Math.Sin));
        var svg = XDocument.Parse(Figure.Scatter("t", "x", "y", circle).WithEqualAxes().ToSvg());
        var points = svg.Descendants(Svg + "circle")
            .Select(point => (X: (double)point.Attribute("cx")!, Y: (double)point.Attribute("cy")!))
            .ToList();
        Assert.Equal(8, points.Count);
        Assert.Equal(points.Max(p => p.X) - points.Min(p => p.X), points.Max(p => p.Y) - points.Min(p => p.Y), 0.5);
    }

    [Fact]
    public void Equal_axes_and_logarithmic_ones_exclude_each_other()
    {
        var lines = Figure.Lines("t", "x", "y", new Series("a", [1.0, 2]));
        Assert.Throws<InvalidOperationException>(lines.WithLogX().WithEqualAxes);
        Assert.Throws<InvalidOperationException>(lines.WithEqualAxes().WithLogY);
        Assert.Throws<InvalidOperationException>(Figure.FoldedNetwork("t").WithEqualAxes);
    }

    [Fact]
    public void The_last_bits_of_a_float_do_not_change_a_figure()
    {
        Figure Draw(double noise) =>
            Figure.Lines("t", "x", "y", new Series("a", [1 / 3.0 * (1 + noise), 2 / 3.0, 5e-17 * noise * 1e16, 1e6]));

        Assert.Equal(Draw(0).ToHtml(), Draw(4e-16).ToHtml());
        Assert.Equal(Draw(0).ToPlotlyJson(), Draw(4e-16).ToPlotlyJson());
    }

    private static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    // Characters that XML cannot represent are replaced when written.
    private static string Readable(string text) =>
        text.Replace('\u0001', '\uFFFD').Replace("\uD800 ", "\uFFFD ", StringComparison.Ordinal);
}
