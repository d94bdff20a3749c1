using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace RnnCourse.Notebooks.Display;

/// <summary>Writes rows and columns of numbers so that people can read them: aligned, rounded, with their shape.</summary>
/// <remarks>
/// Vectors and matrices of Math.NET Numerics are known by name only: a notebook brings its own Math.NET, and this engine
/// needs none.
/// </remarks>
internal static class TidyText
{
    private const string MatrixType = "MathNet.Numerics.LinearAlgebra.Matrix`1";
    private const string VectorType = "MathNet.Numerics.LinearAlgebra.Vector`1";
    private const int MaximalRows = 20;
    private const int MaximalColumns = 12;

    /// <summary>The text for a matrix, a vector or an array of two dimensions; null for any other value.</summary>
    public static string? Describe(object value)
    {
        if (value is Array { Rank: 2 } array)
        {
            return Table(array, $"{array.GetType().GetElementType()!.Name}[{Number(array.GetLength(0))},{Number(array.GetLength(1))}]");
        }

        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            var name = type.IsGenericType ? type.GetGenericTypeDefinition().FullName : null;
            if (name == MatrixType && Elements(value) is { Rank: 2 } matrix)
            {
                return Table(matrix, $"Matrix {Number(matrix.GetLength(0))}×{Number(matrix.GetLength(1))}");
            }

            if (name == VectorType && Elements(value) is { Rank: 1 } vector)
            {
                return Line(vector);
            }
        }

        return null;
    }

    public static bool IsAnonymous(Type type) =>
        type.Name.StartsWith("<>", StringComparison.Ordinal) && type.IsDefined(typeof(CompilerGeneratedAttribute));

    private static Array? Elements(object value) =>
        value.GetType().GetMethod("ToArray", BindingFlags.Public | BindingFlags.Instance, [])?.Invoke(value, null) as Array;

    private static string Line(Array vector)
    {
        var shown = vector.Cast<object?>().Take(MaximalRows).Select(Cell);
        var rest = vector.Length > MaximalRows ? $", … ({Number(vector.Length - MaximalRows)} more)" : "";
        return $"Vector {Number(vector.Length)}: [ {string.Join(", ", shown)}{rest} ]";
    }

    private static string Table(Array array, string heading)
    {
        var rows = Shown(array.GetLength(0), MaximalRows);
        var columns = Shown(array.GetLength(1), MaximalColumns);
        var cells = rows.ConvertAll(row => columns.ConvertAll(column =>
            row is null || column is null ? "…" : Cell(array.GetValue(row.Value, column.Value))));
        var widths = Enumerable.Range(0, columns.Count).Select(j => cells.Max(row => row[j].Length)).ToList();
        var lines = cells.Select(row => string.Join("  ", row.Select((cell, j) => cell.PadLeft(widths[j]))));
        return string.Join('\n', lines.Prepend(heading));
    }

    // The indices to show; null stands for those left out.
    private static List<int?> Shown(int count, int limit) => count <= limit
        ? [.. Enumerable.Range(0, count).Cast<int?>()]
        : [.. Enumerable.Range(0, limit - 3).Cast<int?>(), null, count - 2, count - 1];

    private static string Cell(object? value) => value switch
    {
        null => "null",
        double or float => ((IFormattable)value).ToString("G6", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
