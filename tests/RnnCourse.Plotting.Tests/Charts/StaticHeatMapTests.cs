using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CsCheck;

namespace RnnCourse.Plotting.Tests.Charts;

public sealed class StaticHeatMapTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Every_cell_is_painted_once_in_its_place() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 12])
            .SelectMany((rows, columns) => Gen.Double[-1, 1].Array2D[rows, columns])
            .Sample(
                values =>
                {
                    var cells = Cells(Draw(values));
                    Assert.Equal(values.Length, cells.Count);
                    Assert.Equal((0, 0), (cells.Keys.Min(c => c.Row), cells.Keys.Min(c => c.Column)));
                    Assert.Equal(values.GetLength(0) - 1, cells.Keys.Max(c => c.Row));
                },
                iter: 30
            );

    [Fact]
    public void Equal_distances_from_0_on_both_sides_get_the_two_ends_and_0_the_middle()
    {
        var cells = Cells(
            Draw(
                new double[,]
                {
                    { -2, 0, 2 },
                }
            )
        );
        Assert.Equal("#08407E", cells[(0, 0)]);
        Assert.Equal("#F7F7F7", cells[(0, 1)]);
        Assert.Equal("#7F3B08", cells[(0, 2)]);
    }

    [Fact]
    public void Values_of_one_sign_go_from_light_to_dark_and_missing_ones_are_grey()
    {
        var cells = Cells(
            Draw(
                new[,]
                {
                    { 1, 5, double.NaN, double.PositiveInfinity },
                }
            )
        );
        Assert.Equal("#F7FBFF", cells[(0, 0)]);
        Assert.Equal("#08306B", cells[(0, 1)]);
        Assert.Equal("#BBBBBB", cells[(0, 2)]);
        Assert.Equal("#BBBBBB", cells[(0, 3)]);
    }

    [Fact]
    public void A_large_map_stays_small() => Assert.InRange(Draw(new double[64, 100]).ToSvg().Length, 1, 40_000);

    private static Figure Draw(double[,] values) =>
        Figure.HeatMap(
            "t",
            "x",
            "y",
            Enumerable.Range(1, values.GetLength(0)).Select(r => $"{r}"),
            Enumerable.Range(1, values.GetLength(1)).Select(c => $"{c}"),
            values
        );

    private static Dictionary<(int Row, int Column), string> Cells(Figure figure)
    {
        var cells = new Dictionary<(int, int), string>();
        var paths = XDocument
            .Parse(figure.ToSvg())
            .Descendants(Svg + "path")
            .Where(p => p.Parent!.Attribute("transform") is not null);
        foreach (var path in paths)
        {
            foreach (Match run in Regex.Matches(path.Attribute("d")!.Value, @"M(\d+) (\d+)h(\d+)v1h-\d+z"))
            {
                var at = run
                    .Groups.Values.Skip(1)
                    .Select(g => int.Parse(g.Value, CultureInfo.InvariantCulture))
                    .ToArray();
                for (var i = 0; i < at[2]; i++)
                {
                    cells.Add((at[1], at[0] + i), path.Attribute("fill")!.Value);
                }
            }
        }

        return cells;
    }
}
