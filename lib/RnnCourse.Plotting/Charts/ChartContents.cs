namespace RnnCourse.Plotting.Charts;

/// <summary>How points over two axes of numbers are drawn.</summary>
internal enum XyKind
{
    Lines,
    Points,
}

/// <summary>Lines or points over two axes of numbers.</summary>
internal sealed record XyContent(ChartLabels Labels, XyKind Kind, Series[] Series)
    : FigureContent(Labels.Title),
        IInteractiveContent
{
    public bool LogX { get; init; }

    public bool LogY { get; init; }

    /// <summary>Whether one unit is as long on both axes.</summary>
    public bool HasEqualAxes { get; init; }

    public override string Describe() => ChartAltText.Of(this);

    public override string ToSvg(string altText) => StaticXy.Draw(this, altText);

    public string ToPlotlyJson(string caption) => InteractiveChart.Of(this, caption);
}

/// <summary>Grouped bars over categories.</summary>
internal sealed record BarContent(ChartLabels Labels, string[] Categories, Series[] Series)
    : FigureContent(Labels.Title),
        IInteractiveContent
{
    public bool LogY { get; init; }

    public override string Describe() => ChartAltText.Of(this);

    public override string ToSvg(string altText) => StaticBars.Draw(this, altText);

    public string ToPlotlyJson(string caption) => InteractiveChart.Of(this, caption);
}

/// <summary>A matrix as coloured cells.</summary>
internal sealed record HeatMapContent(
    ChartLabels Labels,
    string[] Rows,
    string[] Columns,
    double[,] Values,
    string ValueLabel
) : FigureContent(Labels.Title), IInteractiveContent
{
    /// <summary>Lines over the cells, in places of columns and rows from 0.</summary>
    public Series[] Paths { get; init; } = [];

    /// <summary>Whether the values have both signs, so that 0 is the middle of the palette.</summary>
    public bool IsSigned
    {
        get
        {
            var finite = Finite;
            return finite.Any(v => v < 0) && finite.Any(v => v > 0);
        }
    }

    /// <summary>The values that can be drawn.</summary>
    public double[] Finite => [.. Values.Cast<double>().Where(double.IsFinite)];

    public override string Describe() => HeatMapAltText.Of(this);

    public override string ToSvg(string altText) => StaticHeatMap.Draw(this, altText);

    public string ToPlotlyJson(string caption) => InteractiveChart.Of(this, caption);
}

/// <summary>Title and axis labels of a chart.</summary>
internal sealed record ChartLabels(string Title, string X, string Y)
{
    /// <summary>Checks that no label is missing and makes the labels.</summary>
    public static ChartLabels Check(string title, string xLabel, string yLabel)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentException.ThrowIfNullOrWhiteSpace(xLabel);
        ArgumentException.ThrowIfNullOrWhiteSpace(yLabel);
        return new ChartLabels(title, xLabel, yLabel);
    }
}
