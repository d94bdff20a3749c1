namespace RnnCourse.Plotting;

/// <summary>The content of a figure: its data, and how they are drawn and described.</summary>
internal abstract record FigureContent(string Title)
{
    /// <summary>The alternative text, computed from the data.</summary>
    public abstract string Describe();

    /// <summary>The static picture; <paramref name="altText"/> goes in as its description.</summary>
    public abstract string ToSvg(string altText);
}

/// <summary>Content that can also be drawn interactively.</summary>
internal interface IInteractiveContent
{
    /// <summary>Plotly's figure as JSON, with the caption below it.</summary>
    string ToPlotlyJson(string caption);
}
