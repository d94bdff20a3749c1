namespace RnnCourse.Plotting.Charts;

/// <summary>The words around a chart.</summary>
internal sealed record ChartLabels(string Title, string X, string Y)
{
    /// <summary>Labels that are all there.</summary>
    public static ChartLabels Check(string title, string xLabel, string yLabel)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentException.ThrowIfNullOrWhiteSpace(xLabel);
        ArgumentException.ThrowIfNullOrWhiteSpace(yLabel);
        return new ChartLabels(title, xLabel, yLabel);
    }
}
