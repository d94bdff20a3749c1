using System.Globalization;
using System.Reflection;
using System.Text;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Shared;

/// <summary>
/// Rows and columns of numbers as people can read them: aligned, rounded to six digits, with their shape; of large ones
/// the beginning and the end.
/// </summary>
/// <remarks>
/// Vectors and matrices of Math.NET Numerics are known by name only: a notebook brings its own Math.NET, and the
/// engine needs none. The extension for .NET Interactive compiles this file, too, to show them alike.
/// </remarks>
internal sealed class NumberTable
{
    private const string MatrixType = "MathNet.Numerics.LinearAlgebra.Matrix`1";
    private const string VectorType = "MathNet.Numerics.LinearAlgebra.Vector`1";
    private const int MaxRows = 20;
    private const int MaxColumns = 12;
    private const string LeftOut = "…";

    private readonly List<int?> _rows;
    private readonly List<int?> _columns;
    private readonly List<List<string>> _cells;

    private NumberTable(string heading, bool isVector, int rows, int columns, Func<int, int, object?> at)
    {
        Heading = heading;
        IsVector = isVector;
        Count = columns;
        _rows = Shown(rows, MaxRows);
        _columns = Shown(columns, isVector ? MaxRows : MaxColumns);
        _cells = _rows.ConvertAll(row =>
            _columns.ConvertAll(column => row is null || column is null ? LeftOut : Cell(at(row.Value, column.Value)))
        );
    }

    private string Heading { get; }

    private bool IsVector { get; }

    private int Count { get; }

    /// <summary>Whether the value comes from Math.NET, for which there is a table in HTML, too.</summary>
    public bool IsMathNet { get; private init; }

    /// <summary>The table of a matrix, a vector or an array of two dimensions; null for any other value.</summary>
    public static NumberTable? Of(object value)
    {
        if (value is Array { Rank: 2 } array)
        {
            var shape =
                $"{array.GetType().GetElementType()!.Name}[{Number(array.GetLength(0))},{Number(array.GetLength(1))}]";
            return new NumberTable(
                shape,
                isVector: false,
                array.GetLength(0),
                array.GetLength(1),
                (i, j) => array.GetValue(i, j)
            );
        }

        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            var name = type.IsGenericType ? type.GetGenericTypeDefinition().FullName : null;
            if (
                name == MatrixType
                && At(type, typeof(int), typeof(int)) is { } matrixAt
                && Size(value, "RowCount") is { } rows
                && Size(value, "ColumnCount") is { } columns
            )
            {
                return new NumberTable(
                    $"Matrix {Number(rows)}×{Number(columns)}",
                    isVector: false,
                    rows,
                    columns,
                    (i, j) => matrixAt.Invoke(value, [i, j])
                )
                {
                    IsMathNet = true,
                };
            }

            if (name == VectorType && At(type, typeof(int)) is { } vectorAt && Size(value, "Count") is { } count)
            {
                return new NumberTable(
                    $"Vector {Number(count)}",
                    isVector: true,
                    1,
                    count,
                    (_, j) => vectorAt.Invoke(value, [j])
                )
                {
                    IsMathNet = true,
                };
            }
        }

        return null;
    }

    /// <summary>The table as aligned text; a vector is one line.</summary>
    public string ToText()
    {
        if (IsVector)
        {
            var numbers = string.Join(", ", _cells[0]);
            var rest = Count > MaxRows ? $" ({Number(Count)} numbers)" : "";
            return $"{Heading}: [ {numbers} ]{rest}";
        }

        var widths = Enumerable
            .Range(0, _columns.Count)
            .Select(j => _cells.Count == 0 ? 0 : _cells.Max(row => row[j].Length))
            .ToList();
        return string.Join(
            '\n',
            _cells.Select(row => string.Join("  ", row.Select((cell, j) => cell.PadLeft(widths[j])))).Prepend(Heading)
        );
    }

    /// <summary>The table in HTML, its shape as caption, rows and columns numbered from 0 as the code counts
    /// them.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder("<table><caption>")
            .Append(HtmlText.Escape(Heading))
            .Append("</caption><thead><tr>");
        if (!IsVector)
        {
            html.Append("<th></th>");
        }

        foreach (var column in _columns)
        {
            html.Append("<th scope=\"col\" style=\"text-align: right\">").Append(Index(column)).Append("</th>");
        }

        html.Append("</tr></thead><tbody>");
        for (var i = 0; i < _rows.Count; i++)
        {
            html.Append("<tr>");
            if (!IsVector)
            {
                html.Append("<th scope=\"row\" style=\"text-align: right\">").Append(Index(_rows[i])).Append("</th>");
            }

            foreach (var cell in _cells[i])
            {
                html.Append("<td style=\"text-align: right\">").Append(HtmlText.Escape(cell)).Append("</td>");
            }

            html.Append("</tr>");
        }

        return html.Append("</tbody></table>").ToString();
    }

    private static MethodInfo? At(Type type, params Type[] indices) =>
        type.GetMethod("At", BindingFlags.Public | BindingFlags.Instance, indices);

    private static int? Size(object value, string property) =>
        value.GetType().GetProperty(property)?.GetValue(value) as int?;

    private static string Index(int? place) => place is { } number ? Number(number) : LeftOut;

    // The indices to show; null stands for those left out.
    private static List<int?> Shown(int count, int limit) =>
        count <= limit
            ? [.. Enumerable.Range(0, count).Cast<int?>()]
            : [.. Enumerable.Range(0, limit - 3).Cast<int?>(), null, count - 2, count - 1];

    private static string Cell(object? value) =>
        value switch
        {
            null => "null",
            double or float => ((IFormattable)value).ToString("G6", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
