using RnnCourse.Plotting.Explorables;

namespace RnnCourse.Plotting.Hosting;

/// <summary>The formatters of <see cref="Explorable"/>, found by hosts as those of figures are.</summary>
internal sealed class ExplorableFormatterSource
{
    public const string Data = "application/vnd.rnncourse.explorable+json";

    /// <summary>One formatter for each MIME type.</summary>
#pragma warning disable CA1822 // hosts call it on an instance
    public IEnumerable<object> CreateTypeFormatters() =>
        [
            new ShownFormatter<Explorable>(FigureFormatterSource.Html, shown => shown.ToHtml()),
            new ShownFormatter<Explorable>(Data, shown => shown.ToJson()),
            new ShownFormatter<Explorable>(FigureFormatterSource.Plotly, shown => shown.PlotlyJson),
            new ShownFormatter<Explorable>(FigureFormatterSource.Plain, shown => shown.ToString()),
        ];
#pragma warning restore CA1822
}

/// <summary>An explorable that Plotly can carry, too.</summary>
[TypeFormatterSource(
    typeof(ExplorableFormatterSource),
    PreferredMimeTypes = [
        FigureFormatterSource.Html,
        ExplorableFormatterSource.Data,
        FigureFormatterSource.Plotly,
        FigureFormatterSource.Plain,
    ]
)]
internal sealed class MovableExplorable(ExplorableContent content, string caption, string plotly)
    : Explorable(content, caption, plotly);

/// <summary>An explorable for the course's pages only.</summary>
[TypeFormatterSource(
    typeof(ExplorableFormatterSource),
    PreferredMimeTypes = [FigureFormatterSource.Html, ExplorableFormatterSource.Data, FigureFormatterSource.Plain]
)]
internal sealed class PageExplorable(ExplorableContent content, string caption) : Explorable(content, caption, null);
