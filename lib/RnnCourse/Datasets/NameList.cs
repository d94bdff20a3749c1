namespace RnnCourse.Datasets;

/// <summary>Reads lists of short texts, such as first names, one in each line.</summary>
internal static class NameList
{
    /// <summary>The longest name that is accepted, in characters.</summary>
    public const int MaxLength = 100;

    /// <summary>Reads the names, one at a time, without spaces at their ends. Empty lines are skipped.</summary>
    /// <param name="path">The file. If each line is a row of a table (its first line holds a tab or a comma), one
    /// column of it is read.</param>
    /// <param name="column">The name or number of the column; null for one called "name", or the first.</param>
    /// <param name="hasHeader">Whether the first row of a table names its columns; null to say yes if a column is
    /// called "name" or <paramref name="column"/>.</param>
    /// <exception cref="DataFileException">The file is not UTF-8 text, or a name is longer than <see
    /// cref="MaxLength"/>, so the file is not a list of names.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<TextLine> Read(string path, string? column = null, bool? hasHeader = null)
    {
        var first = TextFile.Lines(path).FirstOrDefault(line => !string.IsNullOrWhiteSpace(line.Text)).Text;
        if (first is null)
        {
            return [];
        }

        return Checked(
            path,
            column is not null || first.AsSpan().IndexOfAny('\t', ',', ';') >= 0
                ? Column(path, column, hasHeader)
                : TextFile.Lines(path)
        );
    }

    private static IEnumerable<TextLine> Column(string path, string? column, bool? hasHeader)
    {
        var table = new TableFile(path, hasHeader: true);
        hasHeader ??= table.FirstOf("name", "first name", "firstname", column ?? "name") is not null;
        if (!hasHeader.Value)
        {
            table = new(path, hasHeader: false);
        }

        var chosen = column is not null ? table.Column(column) : table.FirstOf("name", "first name", "firstname") ?? 0;
        return table.Rows().Select(row => new TextLine(row.Line, row.Fields[chosen]));
    }

    private static IEnumerable<TextLine> Checked(string path, IEnumerable<TextLine> lines)
    {
        foreach (var (number, text) in lines)
        {
            var name = text.Trim();
            if (name.Length > MaxLength)
            {
                throw new DataFileException(
                    path,
                    number,
                    MaxLength + 1,
                    $"This line has {name.Length} characters, too many for a name. For running text there is "
                        + "the task 'text'."
                );
            }

            if (name.Length > 0)
            {
                yield return new(number, name);
            }
        }
    }
}
