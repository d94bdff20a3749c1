using System.Text;

namespace RnnCourse.Datasets;

/// <summary>A row of a table in a text file.</summary>
/// <param name="Line">The number of the line that it begins in, from 1.</param>
/// <param name="Fields">Its fields, as many as the table has columns.</param>
internal sealed record TableRow(long Line, IReadOnlyList<string> Fields);

/// <summary>A table in a text file: CSV as in RFC 4180, or TSV, where nothing is quoted. Read row by row.</summary>
/// <remarks>In CSV a field may be in quotes, with a doubled quote for a quote, and may then hold separators and ends of
/// lines. In TSV a field holds neither tabs nor ends of lines, and a quote is a character like any other. Empty lines
/// are skipped.</remarks>
internal sealed class TableFile
{
    private readonly string _path;
    private readonly bool _hasHeader;

    /// <summary>Opens a table: reads its first row.</summary>
    /// <param name="path">The file.</param>
    /// <param name="separator">The separator of fields: a tab for TSV, a comma or a semicolon for CSV; null for what
    /// the first line holds: a tab if the first line has one, else a semicolon if it has one and no comma, else a
    /// comma.</param>
    /// <param name="hasHeader">Whether the first row names the columns; otherwise they are called 1, 2, 3 …</param>
    /// <exception cref="DataFileException">The file is empty or not UTF-8 text, or two columns have the same
    /// name.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public TableFile(string path, char? separator = null, bool hasHeader = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (_path, _hasHeader) = (path, hasHeader);
        var firstLine =
            TextFile.Lines(path).Select(line => line.Text).FirstOrDefault(text => text.Length > 0)
            ?? throw new DataFileException(path, 0, 0, "The file is empty; a table is needed.");
        Separator =
            separator
            ?? (
                firstLine.Contains('\t') ? '\t'
                : firstLine.Contains(';') && !firstLine.Contains(',') ? ';'
                : ','
            );
        var first = Parse().First();
        Columns = hasHeader
            ? [.. first.Fields.Select(field => field.Trim())]
            : [.. Enumerable.Range(1, first.Fields.Count).Select(k => $"{k}")];
        if (
            Columns
                .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
                .FirstOrDefault(group => group.Count() > 1) is
            { } twice
        )
        {
            throw new DataFileException(
                path,
                first.Line,
                0,
                $"Two columns are called '{twice.Key}'. Columns need names of their own; if this first row "
                    + "is not a header, say so."
            );
        }
    }

    /// <summary>The separator between fields.</summary>
    public char Separator { get; }

    /// <summary>The columns' names.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Finds a column by name (upper and lower case alike) or, if no column has this name, by number from
    /// 1.</summary>
    /// <param name="name">The name or the number.</param>
    /// <returns>The column, from 0.</returns>
    /// <exception cref="DataFileException">The column does not exist; the message names the table's
    /// columns.</exception>
    public int Column(string name) =>
        Find(name)
        ?? throw new DataFileException(_path, 0, 0, $"There is no column '{name}'. The columns are {Names()}.");

    /// <summary>Finds a column that has one of several names.</summary>
    /// <param name="names">The names, in order of preference.</param>
    /// <returns>The column, from 0; null if no column has one of the names.</returns>
    public int? FirstOf(params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (var name in names)
        {
            for (var k = 0; k < Columns.Count; k++)
            {
                if (string.Equals(Columns[k], name, StringComparison.OrdinalIgnoreCase))
                {
                    return k;
                }
            }
        }

        return null;
    }

    /// <summary>The columns' names for a message: in quotes, with commas between.</summary>
    public string Names() => string.Join(", ", Columns.Select(column => $"'{column}'"));

    /// <summary>Reads the rows, without the header, one at a time.</summary>
    /// <exception cref="DataFileException">A row has another number of fields than the first, or a quote is never
    /// closed; raised when reading reaches the row.</exception>
    public IEnumerable<TableRow> Rows()
    {
        foreach (var row in Parse().Skip(_hasHeader ? 1 : 0))
        {
            if (row.Fields.Count != Columns.Count)
            {
                throw new DataFileException(
                    _path,
                    row.Line,
                    0,
                    $"This row has {Count(row.Fields.Count)}, but the table has {Columns.Count}: {Names()}. The "
                        + $"separator is {NameOfSeparator()}."
                );
            }

            yield return row;
        }
    }

    private static string Count(int fields) => fields == 1 ? "1 field" : $"{fields} fields";

    private string NameOfSeparator() => Separator == '\t' ? "a tab" : $"'{Separator}'";

    private int? Find(string name) =>
        FirstOf(name)
        ?? (int.TryParse(name, out var number) && number >= 1 && number <= Columns.Count ? number - 1 : null);

    private IEnumerable<TableRow> Parse()
    {
        if (Separator == '\t')
        {
            foreach (var line in TextFile.Lines(_path).Where(line => line.Text.Length > 0))
            {
                yield return new(line.Number, line.Text.Split('\t'));
            }

            yield break;
        }

        List<string> fields = [];
        var field = new StringBuilder();
        var (inQuotes, begin, quoteColumn) = (false, 0L, 0L);
        foreach (var (number, text) in TextFile.Lines(_path))
        {
            if (inQuotes)
            {
                field.Append('\n');
            }
            else if (text.Length == 0)
            {
                continue;
            }
            else
            {
                begin = number;
            }

            for (var k = 0; k < text.Length; k++)
            {
                var c = text[k];
                if (inQuotes)
                {
                    if (c != '"')
                    {
                        field.Append(c);
                    }
                    else if (k + 1 < text.Length && text[k + 1] == '"')
                    {
                        field.Append(text[k++]);
                    }
                    else if (k + 1 < text.Length && text[k + 1] != Separator)
                    {
                        throw new DataFileException(
                            _path,
                            number,
                            k + 2,
                            $"After the quote that closes a field there must be {NameOfSeparator()} or the end of "
                                + "the line. A quote within a field is written twice."
                        );
                    }
                    else
                    {
                        inQuotes = false;
                    }
                }
                else if (c == '"' && field.Length == 0)
                {
                    (inQuotes, quoteColumn) = (true, k + 1);
                }
                else if (c == Separator)
                {
                    Take();
                }
                else
                {
                    field.Append(c);
                }
            }

            if (inQuotes)
            {
                if (field.Length > TextFile.MaxLineLength)
                {
                    throw NeverClosed();
                }

                continue;
            }

            Take();
            yield return new(begin, [.. fields]);
            fields.Clear();
        }

        if (inQuotes)
        {
            throw NeverClosed();
        }

        void Take()
        {
            fields.Add(field.ToString());
            field.Clear();
        }

        DataFileException NeverClosed() => new(_path, begin, quoteColumn, "The quote that opens here is never closed.");
    }
}
