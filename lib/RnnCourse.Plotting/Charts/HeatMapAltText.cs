using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Charts;

/// <summary>A heat map in words: size, range, and where the extremes lie.</summary>
internal static class HeatMapAltText
{
    public static string Of(HeatMapContent map)
    {
        var (rows, columns) = (map.Rows.Length, map.Columns.Length);
        var showing = map.ValueLabel.Length > 0 ? $", showing {QuotedWords.Short(map.ValueLabel)}" : "";
        var opening =
            $"Heat map “{QuotedWords.Short(map.Title)}”: "
            + $"{QuotedWords.Count(rows, "row")} ({QuotedWords.Short(map.Labels.Y)}) by "
            + $"{QuotedWords.Count(columns, "column")} ({QuotedWords.Short(map.Labels.X)}){showing}.";
        var values = HeatMapScale.Rounded(map);
        var cells = Enumerable
            .Range(0, rows)
            .SelectMany(r => Enumerable.Range(0, columns).Select(c => (r, c)))
            .Where(cell => !double.IsNaN(values[cell.r, cell.c]))
            .ToArray();
        if (cells.Length == 0)
        {
            return opening + " No value can be drawn.";
        }

        var least = cells.MinBy(cell => values[cell.r, cell.c]);
        var greatest = cells.MaxBy(cell => values[cell.r, cell.c]);
        var missing = (rows * columns) - cells.Length;
        var gaps = missing switch
        {
            0 => "",
            1 => " One cell has no value that can be drawn and is grey.",
            _ => $" {missing} cells have no value that can be drawn and are grey.",
        };
        var paths = string.Concat(DrawnData.Of(map).Select(Path));
        if (values[least.r, least.c] == values[greatest.r, greatest.c])
        {
            return $"{opening} All values are {NumberFormat.Format(values[least.r, least.c])}.{gaps}{paths}";
        }

        return $"{opening} The least value is {Place(least)}; the greatest is {Place(greatest)}.{gaps}{paths}";

        string Place((int R, int C) cell) =>
            $"{NumberFormat.Format(values[cell.R, cell.C])} in row “{QuotedWords.Short(map.Rows[cell.R])}”, "
            + $"column “{QuotedWords.Short(map.Columns[cell.C])}”";

        string Path(DrawnSeries path) =>
            $" A path “{QuotedWords.Short(path.Name)}” of {QuotedWords.Count(path.X.Length, "point")} leads from "
            + $"{Label(path, 0)} to {Label(path, path.X.Length - 1)}.";

        string Label(DrawnSeries path, int point)
        {
            var (r, c) = (Math.Round(path.Y[point]), Math.Round(path.X[point]));
            return r >= 0 && r < rows && c >= 0 && c < columns
                ? $"row “{QuotedWords.Short(map.Rows[(int)r])}”, column “{QuotedWords.Short(map.Columns[(int)c])}”"
                : "a point off the map";
        }
    }
}
