using Newtonsoft.Json;
using Plotly.NET;
using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Charts;

/// <summary>Charts as Plotly's JSON, by Plotly.NET's traces and layout, without its templates or ids.</summary>
internal static class InteractiveChart
{
    private const double TitleWidth = 560;
    private const int TitleSize = 20;
    private const int CaptionSize = 13;
    private const int LegendRow = 24;
    private const int LegendMark = 45;
    private const int FontSize = 14;
    private const double UsualHeight = 450;

    private static readonly string[] Symbols = ["circle", "square", "triangle-up", "diamond"];
    private static readonly string[] Dashes = ["solid", "dash", "dot", "dashdot", "longdash"];

    public static string Of(XyContent chart, string caption)
    {
        var traces = DrawnData
            .Of(chart)
            .Select(
                (series, i) =>
                    With(
                        new Trace("scatter"),
                        ("name", Text(series.Name)),
                        ("x", Values(series.X)),
                        ("y", Values(series.Y)),
                        (
                            "mode",
                            chart.Kind == XyKind.Points ? "markers"
                            : series.X.Length <= 30 ? "lines+markers"
                            : "lines"
                        ),
                        (
                            "line",
                            new
                            {
                                color = Palette.Of(i),
                                width = 2.5,
                                dash = Dashes[i % Dashes.Length],
                            }
                        ),
                        (
                            "marker",
                            new
                            {
                                color = Palette.Of(i),
                                symbol = Symbols[i % Symbols.Length],
                                size = 9,
                            }
                        )
                    )
            );
        string[] names = [.. chart.Series.Select(series => series.Name)];
        var layout = Layout(chart.Labels, caption, chart.LogX, chart.LogY, names);
        if (chart.HasEqualAxes)
        {
            layout.SetProperty("yaxis", Axis(Text(chart.Labels.Y), log: false, scaledAs: "x"));
        }

        return Json(traces, layout);
    }

    public static string Of(BarContent chart, string caption)
    {
        var traces = DrawnData
            .Of(chart)
            .Select(
                (series, i) =>
                    With(
                        new Trace("bar"),
                        ("name", Text(series.Name)),
                        ("x", Places(chart.Categories.Length)),
                        ("y", Values(series.Y)),
                        ("hovertext", chart.Categories.Select(Text).ToArray()),
                        ("marker", new { color = Palette.Of(i) })
                    )
            );
        var layout = Layout(chart.Labels, caption, false, chart.LogY, [.. chart.Series.Select(series => series.Name)]);
        layout.SetProperty("xaxis", CategoryAxis(Titled(chart.Labels.X, caption), chart.Categories, below: true));
        layout.SetProperty("barmode", "group");
        return Json(traces, layout);
    }

    public static string Of(HeatMapContent map, string caption)
    {
        var (least, greatest) = HeatMapScale.Of(map);
        var palette = HeatMapScale.Palette(map);
        var values = HeatMapScale.Rounded(map);
        var trace = With(
            new Trace("heatmap"),
            (
                "z",
                Enumerable
                    .Range(0, map.Rows.Length)
                    .Select(r => Values([.. Enumerable.Range(0, map.Columns.Length).Select(c => values[r, c])]))
                    .ToArray()
            ),
            ("zmin", least),
            ("zmax", greatest),
            ("colorscale", palette.Select((p, i) => new object[] { i / (palette.Length - 1.0), p }).ToArray()),
            ("colorbar", new { title = new { text = Text(map.ValueLabel), side = "right" } })
        );
        var paths = DrawnData.Of(map).Select(Path).ToArray();
        var layout = Layout(map.Labels, caption, false, false, [.. map.Paths.Select(path => path.Name)]);
        layout.SetProperty("showlegend", paths.Length > 0);
        layout.SetProperty("plot_bgcolor", Palette.Missing);
        layout.SetProperty("xaxis", CategoryAxis(Titled(map.Labels.X, caption), map.Columns, below: true));
        layout.SetProperty("yaxis", CategoryAxis(Text(map.Labels.Y), map.Rows, below: false));
        var extraHeight = CategoryScale.FitBeside(map.Rows).ExtraHeight;
        if (extraHeight > 0)
        {
            layout.SetProperty("height", Math.Round(UsualHeight + extraHeight));
        }

        return Json(paths.Prepend(trace), layout);
    }

    private static Trace Path(DrawnSeries path, int index) =>
        With(
            new Trace("scatter"),
            ("name", Text(path.Name)),
            ("x", Values(path.X)),
            ("y", Values(path.Y)),
            ("mode", "lines+markers"),
            ("line", new { color = Palette.OnHeatMap(index), width = 3 }),
            (
                "marker",
                new
                {
                    color = Palette.OnHeatMap(index),
                    symbol = Symbols[index % 2],
                    size = 9,
                    line = new { color = "#FFFFFF", width = 1.5 },
                }
            )
        );

    private static Layout Layout(ChartLabels labels, string caption, bool logX, bool logY, string[] series)
    {
        var layout = new Layout();
        var title = TextWrapping.Lines(labels.Title, TitleWidth, TitleSize);
        layout.SetProperty("title", new { text = Text(string.Join('\n', title)) });
        layout.SetProperty("margin", new { t = 60 + (title.Count * TitleSize) + (LegendRows(series) * LegendRow) });
        layout.SetProperty("xaxis", Axis(Titled(labels.X, caption), logX));
        layout.SetProperty("yaxis", Axis(Text(labels.Y), logY));
        layout.SetProperty("showlegend", series.Length > 1);
        layout.SetProperty("paper_bgcolor", "#FFFFFF");
        layout.SetProperty("plot_bgcolor", "#FFFFFF");
        layout.SetProperty(
            "legend",
            new
            {
                orientation = "h",
                x = 0,
                y = 1.02,
                yanchor = "bottom",
            }
        );
        layout.SetProperty("font", new { color = Palette.Ink, size = FontSize });
        return layout;
    }

    // In one row if all fit; otherwise Plotly gives each as much room as the widest needs.
    private static int LegendRows(string[] series)
    {
        if (series.Length < 2)
        {
            return 0;
        }

        var widths = series.Select(name => LegendMark + TextWidth.Of(name, FontSize)).ToList();
        var inRow = widths.Sum() <= TitleWidth ? series.Length : Math.Max(1, (int)(TitleWidth / widths.Max()));
        return (series.Length + inRow - 1) / inRow;
    }

    private static object Axis(string title, bool log, string? scaledAs = null) =>
        new
        {
            title = new { text = title },
            type = log ? "log" : "-",
            exponentformat = "power",
            gridcolor = Palette.Grid,
            zeroline = !log,
            zerolinecolor = Palette.Frame,
            automargin = true,
            scaleanchor = scaledAs,
        };

    // Of all that Plotly has, only an axis's title makes room for itself below labels of any length.
    private static string Titled(string label, string caption) =>
        caption.Length == 0
            ? Text(label)
            : $"{Text(label)}<br><br><span "
                + $"style=\"font-size:{CaptionSize}px\">"
                + $"{Text(string.Join('\n', TextWrapping.Lines(caption, TitleWidth, CaptionSize)))}</span>";

    // Labels are placed by number: Plotly would merge equal ones and read numbers out of others.
    private static object CategoryAxis(string title, string[] labels, bool below)
    {
        var (step, angle, size) = below ? CategoryScale.Fit(labels) : CategoryScale.FitBeside(labels).Fit;
        int[] shown = [.. Places(labels.Length).Where(i => i % step == 0)];
        var (first, last) = (-0.5, labels.Length - 0.5);
        return new
        {
            title = new { text = title },
            tickmode = "array",
            tickvals = shown,
            ticktext = shown.Select(i => Text(labels[i])).ToArray(),
            range = below ? new[] { first, last } : [last, first],
            tickangle = angle,
            tickfont = new { size = Math.Min(FontSize, size) },
            showgrid = false,
            zeroline = false,
            automargin = true,
        };
    }

    private static int[] Places(int count) => [.. Enumerable.Range(0, count)];

    // Plotly reads some HTML in all of its texts.
    private static string Text(string text) =>
        Subscripts
            .In(text)
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace("\n", "<br>", StringComparison.Ordinal);

    private static object[] Values(double[] values) => [.. values.Select(v => double.IsNaN(v) ? null! : (object)v)];

    private static Trace With(Trace trace, params (string Name, object Value)[] properties)
    {
        foreach (var (name, value) in properties)
        {
            trace.SetProperty(name, value);
        }

        return trace;
    }

    private static string Json(IEnumerable<Trace> traces, Layout layout) =>
        JsonConvert.SerializeObject(
            new { data = traces.ToArray(), layout },
            new JsonSerializerSettings { NullValueHandling = NullValueHandling.Ignore }
        );
}
