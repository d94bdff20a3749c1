namespace RnnCourse.Plotting.Hosting;

/// <summary>The formatters of <see cref="Figure"/>. Notebook hosts find them by the names of their members.</summary>
internal sealed class FigureFormatterSource
{
    public const string Html = "text/html";
    public const string Plotly = "application/vnd.plotly.v1+json";
    public const string Plain = "text/plain";

    /// <summary>One formatter for each MIME type.</summary>
#pragma warning disable CA1822 // hosts call it on an instance
    public IEnumerable<object> CreateTypeFormatters() =>
        [
            new ShownFormatter<Figure>(Html, figure => figure.ToHtml()),
            new ShownFormatter<Figure>(Plotly, figure => figure.IsInteractive ? figure.ToPlotlyJson() : null),
            new ShownFormatter<Figure>(Plain, figure => figure.ToString()),
        ];
#pragma warning restore CA1822
}

/// <summary>Writes something in one MIME type.</summary>
/// <typeparam name="T">What it writes.</typeparam>
internal sealed class ShownFormatter<T>(string mimeType, Func<T, string?> write)
{
    public string MimeType { get; } = mimeType;

    /// <summary>Writes it; false when it has no form of this type.</summary>
    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not T shown || write(shown) is not { } text)
        {
            return false;
        }

        writer.Write(text);
        return true;
    }
}

/// <summary>A figure that hosts may also draw interactively.</summary>
[TypeFormatterSource(
    typeof(FigureFormatterSource),
    PreferredMimeTypes = [FigureFormatterSource.Html, FigureFormatterSource.Plotly, FigureFormatterSource.Plain]
)]
internal sealed class ChartFigure(FigureContent content, string caption) : Figure(content, caption);

/// <summary>A figure that is only a picture. A host that was promised Plotly's JSON would show an empty plot.</summary>
[TypeFormatterSource(
    typeof(FigureFormatterSource),
    PreferredMimeTypes = [FigureFormatterSource.Html, FigureFormatterSource.Plain]
)]
internal sealed class DiagramFigure(FigureContent content, string caption) : Figure(content, caption);
