using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Diagrams;

/// <summary>The frames of a video as inputs: small grey-scale pictures, black for the least brightness.</summary>
internal sealed class FrameInputs : ITimelineInputs
{
    private const double Side = 60;
    private const int MaxPixels = 24;
    private const int Greys = 32;

    private readonly double[][,] _frames;
    private readonly double _least;
    private readonly double _greatest;

    public FrameInputs(double[][,] frames)
    {
        _frames = frames;
        var finite = frames.SelectMany(f => f.Cast<double>()).Where(double.IsFinite).ToArray();
        // Brightness is usually from 0 to 1; otherwise the data's own extremes set the ends.
        _least = Math.Min(0, finite.DefaultIfEmpty(0).Min());
        _greatest = finite.DefaultIfEmpty(1).Max() is var max && max is > 1 or <= 0 ? Math.Max(max, _least + 1) : 1;
    }

    public double Height => _frames.Max(f => Side * f.GetLength(0) / Math.Max(f.GetLength(0), f.GetLength(1)));

    public IReadOnlyList<string> Words => [];

    public string Describe()
    {
        var (rows, columns) = (_frames[0].GetLength(0), _frames[0].GetLength(1));
        var size =
            $"The inputs are {QuotedWords.Count(_frames.Length, "grey-scale frame")}, the first of {rows} by "
            + $"{columns} pixels";
        return Centre(_frames[0]) is { } first && Centre(_frames[^1]) is { } last
            ? $"{size}; the centre of brightness goes from row {NumberFormat.Format(first.Row)}, column "
                + $"{NumberFormat.Format(first.Column)} in the first to row {NumberFormat.Format(last.Row)}, column "
                + $"{NumberFormat.Format(last.Column)} in the last."
            : size + ".";
    }

    public void Draw(SvgCanvas canvas, int index, Column column, double y)
    {
        var frame = Shrink(_frames[index]);
        var (rows, columns) = (frame.GetLength(0), frame.GetLength(1));
        var pixel = Math.Min(Side, column.Width - 8) / Math.Max(rows, columns);
        var (left, top) = (column.X - (pixel * columns / 2), y - (pixel * rows / 2));
        canvas.Rectangle(left, top, pixel * columns, pixel * rows, "#000000");
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; )
            {
                var start = c;
                var grey = Grey(frame[r, c]);
                while (c < columns && Grey(frame[r, c]) == grey)
                {
                    c++;
                }

                if (grey != "#000000")
                {
                    canvas.Rectangle(left + (start * pixel), top + (r * pixel), (c - start) * pixel, pixel, grey);
                }
            }
        }

        canvas.Rectangle(left, top, pixel * columns, pixel * rows, "none", DiagramStyle.Ink);
    }

    private string Grey(double value)
    {
        if (!double.IsFinite(value))
        {
            return "#B00020";
        }

        var level = Math.Round((value - _least) / (_greatest - _least) * (Greys - 1)) / (Greys - 1);
        var grey = (int)Math.Round(255 * level);
        return $"#{grey:X2}{grey:X2}{grey:X2}";
    }

    // Large frames are averaged down: more pixels than the eye can distinguish only make the file larger.
    private static double[,] Shrink(double[,] frame)
    {
        var (rows, columns) = (frame.GetLength(0), frame.GetLength(1));
        var factor = (Math.Max(rows, columns) + MaxPixels - 1) / MaxPixels;
        if (factor <= 1)
        {
            return frame;
        }

        var small = new double[(rows + factor - 1) / factor, (columns + factor - 1) / factor];
        for (var r = 0; r < small.GetLength(0); r++)
        {
            for (var c = 0; c < small.GetLength(1); c++)
            {
                var (sum, count) = (0.0, 0);
                for (var i = r * factor; i < Math.Min(rows, (r + 1) * factor); i++)
                {
                    for (var j = c * factor; j < Math.Min(columns, (c + 1) * factor); j++)
                    {
                        (sum, count) = (sum + frame[i, j], count + 1);
                    }
                }

                small[r, c] = sum / count;
            }
        }

        return small;
    }

    private (double Row, double Column)? Centre(double[,] frame)
    {
        var (mass, row, column) = (0.0, 0.0, 0.0);
        for (var r = 0; r < frame.GetLength(0); r++)
        {
            for (var c = 0; c < frame.GetLength(1); c++)
            {
                var light = double.IsFinite(frame[r, c]) ? frame[r, c] - _least : 0;
                (mass, row, column) = (mass + light, row + (light * (r + 1)), column + (light * (c + 1)));
            }
        }

        return mass > 0 ? (Math.Round(row / mass, 1), Math.Round(column / mass, 1)) : null;
    }
}
