using System.Globalization;
using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Exercises.Checking;

/// <summary>A named number, vector or matrix, as plain numbers; the form in which answers are compared.</summary>
/// <param name="Name">Its letter, such as "dW" or "s_2".</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Columns">Its columns; 0 for a vector.</param>
/// <param name="Values">Its numbers, column after column.</param>
internal sealed record Quantity(string Name, int Rows, int Columns, double[] Values)
{
    /// <summary>The allowed error of an answer, relative to the largest number: enough for computations in float, far
    /// less than the effect of any bug.</summary>
    public const double Tolerance = 1e-5;

    public static Quantity Of(string name, Vector<double> v) => new(name, v.Count, 0, v.ToArray());

    public static Quantity Of(string name, Matrix<double> m) =>
        new(name, m.RowCount, m.ColumnCount, m.ToColumnMajorArray());

    public static Quantity Of(string name, double value) => new(name, 1, 0, [value]);

    public bool IsNear(Quantity expected)
    {
        if (Rows != expected.Rows || Columns != expected.Columns)
        {
            return false;
        }

        var limit = Tolerance * Math.Max(1e-3, Largest(expected.Values));
        // A wrong formula may overflow where the answer doesn't; no number is close to infinity.
        if (!double.IsFinite(limit))
        {
            return false;
        }

        for (var k = 0; k < Values.Length; k++)
        {
            if (!(Math.Abs(Values[k] - expected.Values[k]) <= limit))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Finds what is wrong with the form: shape, NaN, infinity.</summary>
    public Finding? FaultOfForm(Quantity expected)
    {
        if (Rows != expected.Rows || Columns != expected.Columns)
        {
            return Columns > 0 && (Rows, Columns) == (expected.Columns, expected.Rows)
                ? Findings.Transposed(Name, expected.Shape, Shape)
                : Findings.Shape(Name, expected.Shape, Shape);
        }

        var bad = Array.FindIndex(Values, value => !double.IsFinite(value));
        return bad < 0 ? null : Findings.NotFinite(Name + Place(bad), Values[bad]);
    }

    /// <summary>Describes numbers that are wrong for an unknown reason: their relation to the right ones, or the first
    /// entry that differs.</summary>
    public Finding FaultOfValue(Quantity expected, Exercise exercise)
    {
        if (Findings.Related(Name, Values, expected.Values) is { Key: not ("scaled" or "sign") } related)
        {
            return related;
        }
        else if (Values.Length == 1 && Findings.Related(Name, Values, expected.Values) is { } ofNumber)
        {
            return ofNumber;
        }

        var square = expected.Values.Sum(v => v * v);
        if (square > 0 && Values.Length > 1)
        {
            var factor = Values.Zip(expected.Values, (a, e) => a * e).Sum() / square;
            if (
                Math.Abs(factor) > 1e-3
                && IsNear(expected with { Values = [.. expected.Values.Select(v => factor * v)] })
            )
            {
                return Findings.Scaled(Name, factor);
            }
        }

        if (Columns > 1 && Rows == Columns && IsNear(expected with { Values = Transpose(expected.Values, Rows) }))
        {
            return Findings.Swapped(Name);
        }

        var limit = Tolerance * Math.Max(1e-3, Largest(expected.Values));
        var first = Enumerable.Range(0, Values.Length).First(k => !(Math.Abs(Values[k] - expected.Values[k]) <= limit));
        return Findings.Differs(Name, Place(first), Values[first], expected.Values[first], exercise);
    }

    /// <summary>The shape, such as (3, 4).</summary>
    public string ShapeInBrackets =>
        Columns > 0
            ? string.Create(CultureInfo.InvariantCulture, $"({Rows}, {Columns})")
            : string.Create(CultureInfo.InvariantCulture, $"({Rows})");

    private string Shape => Columns > 0 ? $"the shape ({Rows}, {Columns})" : $"the size {Rows}";

    private string Place(int k) =>
        Columns > 0 ? string.Create(CultureInfo.InvariantCulture, $"[{k % Rows}, {k / Rows}]")
        : Values.Length == 1 ? ""
        : string.Create(CultureInfo.InvariantCulture, $"[{k}]");

    private static double[] Transpose(double[] values, int size) =>
        [.. Enumerable.Range(0, values.Length).Select(k => values[(k % size * size) + (k / size)])];

    private static double Largest(double[] values) => values.Length == 0 ? 0 : values.Max(Math.Abs);
}
