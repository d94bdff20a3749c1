namespace RnnCourse.Plotting.Hosting;

/// <summary>A figure that hosts may also draw interactively.</summary>
[TypeFormatterSource(
    typeof(FigureFormatterSource),
    PreferredMimeTypes = [FigureFormatterSource.Html, FigureFormatterSource.Plotly, FigureFormatterSource.Plain]
)]
internal sealed class ChartFigure(FigureContent content, string caption) : Figure(content, caption);

/// <summary>A figure that is a picture only. A host promised Plotly's JSON would show an empty plot.</summary>
[TypeFormatterSource(
    typeof(FigureFormatterSource),
    PreferredMimeTypes = [FigureFormatterSource.Html, FigureFormatterSource.Plain]
)]
internal sealed class DiagramFigure(FigureContent content, string caption) : Figure(content, caption);
