using OxyPlot;
using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Charts;

/// <summary>
/// Tells OxyPlot how much room text takes. Its own measurer knows only the standard PDF fonts and takes all other
/// text to be too narrow, so that legends and axis titles overlap.
/// </summary>
internal sealed class TextMeasurer : RenderContextBase
{
    private const double LineHeight = 1.25;

    public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
    {
        if (string.IsNullOrEmpty(text))
        {
            return OxySize.Empty;
        }

        var lines = text.Split('\n');
        var bold = fontWeight > FontWeights.Normal;
        return new OxySize(lines.Max(line => TextWidth.Of(line, fontSize, bold)), lines.Length * LineHeight * fontSize);
    }

    public override int ClipCount => 0;

    // Only for measuring; nothing is drawn on it.
    public override void PushClip(OxyRect clippingRectangle) => throw new NotSupportedException();

    public override void PopClip() => throw new NotSupportedException();

    public override void DrawLine(
        IList<ScreenPoint> points,
        OxyColor stroke,
        double thickness,
        EdgeRenderingMode edgeRenderingMode,
        double[] dashArray,
        LineJoin lineJoin
    ) => throw new NotSupportedException();

    public override void DrawPolygon(
        IList<ScreenPoint> points,
        OxyColor fill,
        OxyColor stroke,
        double thickness,
        EdgeRenderingMode edgeRenderingMode,
        double[] dashArray,
        LineJoin lineJoin
    ) => throw new NotSupportedException();

    public override void DrawText(
        ScreenPoint p,
        string text,
        OxyColor fill,
        string fontFamily,
        double fontSize,
        double fontWeight,
        double rotation,
        HorizontalAlignment horizontalAlignment,
        VerticalAlignment verticalAlignment,
        OxySize? maxSize
    ) => throw new NotSupportedException();
}
