namespace RnnCourse.Plotting.Charts;

/// <summary>Colours that people with any colour vision can tell apart (after Okabe and Ito), darkest first.</summary>
internal static class Palette
{
    public const string Ink = "#222222";
    public const string Grid = "#DDDDDD";
    public const string Frame = "#888888";
    public const string Missing = "#BBBBBB";

    private static readonly string[] Colours =
    [
        "#0072B2",
        "#D55E00",
        "#009E73",
        "#CC79A7",
        "#E69F00",
        "#56B4E9",
        "#000000",
        "#7A5195",
    ];

    /// <summary>Two colours that meet in white, for signed values.</summary>
    public static string[] Diverging { get; } = ["#08407E", "#4393C3", "#F7F7F7", "#E08214", "#7F3B08"];

    /// <summary>One colour from light to dark, for values of one sign.</summary>
    public static string[] Sequential { get; } = ["#F7FBFF", "#9ECAE1", "#4292C6", "#08519C", "#08306B"];

    /// <summary>The colour of a path over the cells of a heat map; they repeat after two.</summary>
    public static string OnHeatMap(int index) => index % 2 == 0 ? Colours[1] : "#111111";

    /// <summary>The colour of the series at an index; they repeat after eight.</summary>
    public static string Of(int index) => Colours[index % Colours.Length];
}
