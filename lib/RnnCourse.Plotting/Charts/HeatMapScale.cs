using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Charts;

/// <summary>From the values of a heat map to its colours.</summary>
internal static class HeatMapScale
{
    /// <summary>The values at the two ends of the palette; symmetrical about 0 for signed values.</summary>
    public static (double Least, double Greatest) Of(HeatMapContent map)
    {
        var finite = map.Finite;
        if (finite.Length == 0)
        {
            return (0, 1);
        }

        var (least, greatest) = (NumberFormat.Round(finite.Min()), NumberFormat.Round(finite.Max()));
        if (map.IsSigned)
        {
            greatest = Math.Max(greatest, -least);
            least = -greatest;
        }

        // One value alone gets a palette that starts or ends at 0, as it would beside other values.
        return least < greatest ? (least, greatest)
            : least == 0 ? (0, 1)
            : (Math.Min(0, least), Math.Max(0, least));
    }

    /// <summary>The palette, from the least value to the greatest.</summary>
    public static string[] Palette(HeatMapContent map) =>
        map.IsSigned ? Charts.Palette.Diverging : Charts.Palette.Sequential;

    /// <summary>The values as drawn, shape (R, C); NaN where there is nothing to draw.</summary>
    public static double[,] Rounded(HeatMapContent map)
    {
        var flat = NumberFormat.RoundTogether([.. map.Values.Cast<double>()]);
        var rounded = new double[map.Rows.Length, map.Columns.Length];
        for (var i = 0; i < flat.Length; i++)
        {
            rounded[i / map.Columns.Length, i % map.Columns.Length] = double.IsFinite(flat[i]) ? flat[i] : double.NaN;
        }

        return rounded;
    }
}
