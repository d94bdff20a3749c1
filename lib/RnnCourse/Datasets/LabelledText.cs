namespace RnnCourse.Datasets;

/// <summary>A text and its label, such as a review and whether it is positive.</summary>
/// <param name="Label">The label.</param>
/// <param name="Text">The text.</param>
/// <param name="Pair">A value that texts of one pair share; null if the table has no such column.</param>
/// <param name="Line">Its line in the file, from 1; 0 if it does not come from a file.</param>
internal sealed record LabelledText(string Label, string Text, string? Pair = null, long Line = 0);

/// <summary>Reads labelled texts from a table (see <see cref="TableFile"/>), one at a time.</summary>
internal sealed class LabelledTextFile
{
    private static readonly string[] TextNames =
    [
        "text",
        "review",
        "sentence",
        "phrase",
        "comment",
        "content",
        "body",
        "review_body",
        "verbatim",
        "tweet",
        "message",
    ];
    private static readonly string[] LabelNames =
    [
        "label",
        "sentiment",
        "class",
        "rating",
        "liked",
        "stars",
        "star_rating",
        "score",
        "polarity",
        "category",
        "target",
    ];

    private readonly string _path;
    private readonly TableFile _table;
    private readonly int _text,
        _label;
    private readonly int? _pair;

    /// <summary>Opens the table and finds its columns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="textColumn">The name or number of the column with the texts; null to look for a usual name (text,
    /// review, sentence …).</param>
    /// <param name="labelColumn">The name or number of the column with the labels; null to look for a usual name
    /// (label, sentiment, rating …).</param>
    /// <param name="separator">The separator between fields; null to recognise it from the first line.</param>
    /// <param name="hasHeader">Whether the first row names the columns. If not, both columns have to be named by
    /// number.</param>
    /// <exception cref="DataFileException">A column cannot be found; the message names the table's columns.</exception>
    public LabelledTextFile(
        string path,
        string? textColumn = null,
        string? labelColumn = null,
        char? separator = null,
        bool hasHeader = true
    )
    {
        _path = path;
        _table = new(path, separator, hasHeader);
        _text = Choose(textColumn, TextNames, "texts", "--text-column");
        _label = Choose(labelColumn, LabelNames, "labels", "--label-column");
        if (_text == _label)
        {
            throw new DataFileException(
                path,
                0,
                0,
                $"The column '{_table.Columns[_text]}' cannot hold both the texts and the labels."
            );
        }

        _pair = _table.FirstOf("pair");
    }

    /// <summary>The name of the column with the texts.</summary>
    public string TextColumn => _table.Columns[_text];

    /// <summary>The name of the column with the labels.</summary>
    public string LabelColumn => _table.Columns[_label];

    /// <summary>Reads the texts, one at a time.</summary>
    /// <exception cref="DataFileException">A row is broken, or its text or label is empty. The error is raised when
    /// reading reaches the row.</exception>
    public IEnumerable<LabelledText> Read()
    {
        foreach (var (line, fields) in _table.Rows())
        {
            var (text, label) = (fields[_text].Trim(), fields[_label].Trim());
            if (text.Length == 0)
            {
                throw new DataFileException(_path, line, 0, $"The text (column '{TextColumn}') is empty.");
            }

            if (label.Length == 0)
            {
                throw new DataFileException(_path, line, 0, $"The label (column '{LabelColumn}') is empty.");
            }

            yield return new(label, text, _pair is { } pair ? fields[pair] : null, line);
        }
    }

    private int Choose(string? name, string[] usual, string what, string option) =>
        name is not null
            ? _table.Column(name)
            : _table.FirstOf(usual)
                ?? throw new DataFileException(
                    _path,
                    1,
                    0,
                    $"No column has a name that is usual for {what} ({string.Join(", ", usual.Take(4))} …); "
                        + $"there are {_table.Names()}. Say which one holds the {what} ({option}), by name or by number"
                        + (
                            _table.Columns.Count > 1
                                ? "; if the first row is data already, say so too (--no-header)."
                                : "; or is the separator another than "
                                    + $"{(_table.Separator == '\t' ? "a tab" : $"'{_table.Separator}'")}?"
                        )
                );
}
