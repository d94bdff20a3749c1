using System.Globalization;

namespace RnnCourse.Datasets;

/// <summary>Numbers in the order of time, read from a table (see <see cref="TableFile"/>).</summary>
public static class NumberSeries
{
    /// <summary>Reads one column of a table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="column">The name or number of the column; null for the last column whose first value is a
    /// number.</param>
    /// <param name="separator">The separator between fields; null to recognise it from the first line.</param>
    /// <param name="hasHeader">Whether the first row names the columns; null to say no if a field of the first row is a
    /// number.</param>
    /// <returns>The numbers, of shape (n), and the column's name.</returns>
    /// <exception cref="DataFileException">The table is broken, the column does not exist, or one of its fields is not
    /// a finite number; the message says where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static (IReadOnlyList<double> Values, string Column) Read(
        string path,
        string? column = null,
        char? separator = null,
        bool? hasHeader = null
    )
    {
        hasHeader ??= !new TableFile(path, separator, hasHeader: false).Rows().First().Fields.Any(IsNumber);
        var table = new TableFile(path, separator, hasHeader.Value);
        var chosen = column is null ? LastWithNumbers(path, table) : table.Column(column);
        var values = new List<double>();
        foreach (var (line, fields) in table.Rows())
        {
            var text = fields[chosen].Trim();
            if (!IsNumber(text))
            {
                var at = fields.Take(chosen).Sum(field => field.Length + 1) + 1;
                throw new DataFileException(
                    path,
                    line,
                    at,
                    $"'{text}' (column '{table.Columns[chosen]}') is not a number. Numbers are written as 12.5, "
                        + "with a point; a month without a value has to be left out or filled before."
                );
            }

            values.Add(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
        }

        return (values, table.Columns[chosen]);
    }

    private static bool IsNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && double.IsFinite(value);

    private static int LastWithNumbers(string path, TableFile table)
    {
        var first =
            table.Rows().FirstOrDefault()
            ?? throw new DataFileException(path, 0, 0, "The table has no row with numbers.");
        for (var k = first.Fields.Count - 1; k >= 0; k--)
        {
            if (IsNumber(first.Fields[k]))
            {
                return k;
            }
        }

        throw new DataFileException(path, first.Line, 0, $"No column holds numbers; there are {table.Names()}.");
    }
}
