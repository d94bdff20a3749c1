using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Shared.Plotly;

namespace RnnCourse.Cli.Figures;

/// <summary>Displays charts of Plotly.NET in cells.</summary>
internal static class PlotlyCharts
{
    /// <summary>Registers the display of charts in cells.</summary>
    public static void Register()
    {
        foreach (var name in ForeignChart.TypeNames)
        {
            NamedTypeDisplays.Register(name, ForeignChart.Show);
        }
    }
}
