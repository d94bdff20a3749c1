using Microsoft.DotNet.Interactive.Formatting;

namespace RnnCourse.Plotting.Tests.Hosting;

/// <summary>Figures as a notebook host sees them, through the formatter that hosts use.</summary>
public sealed class FigureFormatterSourceTests
{
    public static TheoryData<string> Names => SampleFigures.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_host_finds_exactly_the_promised_mime_types(string name)
    {
        var figure = SampleFigures.All[name]();
        string[] promised = figure.IsInteractive
            ? ["text/html", "application/vnd.plotly.v1+json", "text/plain"]
            : ["text/html", "text/plain"];
        Assert.Equal(promised, Formatter.GetPreferredMimeTypesFor(figure.GetType()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_host_shows_what_the_figure_gives(string name)
    {
        var figure = SampleFigures.All[name]();
        Assert.Equal(figure.ToHtml(), figure.ToDisplayString("text/html"));
        Assert.Equal($"{figure.Title}\n{figure.AltText}", figure.ToDisplayString("text/plain"));
        if (figure.IsInteractive)
        {
            Assert.Equal(figure.ToPlotlyJson(), figure.ToDisplayString("application/vnd.plotly.v1+json"));
        }
    }
}
