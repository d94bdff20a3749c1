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
        if (values[least.r, least.c] == values[greatest.r, greatest.c])
        {
            return $"{opening} All values are {NumberFormat.Say(values[least.r, least.c])}.{gaps}";
        }

        return $"{opening} The least value is {Place(least)}; the greatest is {Place(greatest)}.{gaps}";

        string Place((int R, int C) cell) =>
            $"{NumberFormat.Say(values[cell.R, cell.C])} in row “{QuotedWords.Short(map.Rows[cell.R])}”, "
            + $"column “{QuotedWords.Short(map.Columns[cell.C])}”";
    }
}
