namespace RnnCourse.Notebooks.Pages.Tex;

internal sealed partial class TexParser
{
    private TexNode ParseEnvironment()
    {
        var start = _position - 1;
        var name = TakeRawGroup();
        var columns = name == "array" ? TakeRawGroup() : null;
        var rows = ParseRows(() => Current.IsCommand("end") || Current.Kind == TexTokenKind.CloseBrace);
        if (!Current.IsCommand("end"))
        {
            throw new TexException($"\\begin{{{name}}} has no \\end.");
        }

        Take();
        var end = TakeRawGroup();
        if (end != name)
        {
            throw new TexException($"\\begin{{{name}}} is ended by \\end{{{end}}}.");
        }

        var (left, kind, right) = Shape(name);
        if (left is null)
        {
            return new UnknownNode(_source[_tokens[start].Start.._tokens[_position - 1].End]);
        }

        var table = new TableNode(rows, kind, columns);
        return left.Length + right.Length == 0 ? table : new FencedNode(left, table, right);
    }

    private static (string? Left, TableKind Kind, string Right) Shape(string name) =>
        name switch
        {
            "matrix" or "smallmatrix" or "array" or "gathered" or "gather" or "gather*" => ("", TableKind.Matrix, ""),
            "bmatrix" => ("[", TableKind.Matrix, "]"),
            "pmatrix" => ("(", TableKind.Matrix, ")"),
            "Bmatrix" => ("{", TableKind.Matrix, "}"),
            "vmatrix" => ("|", TableKind.Matrix, "|"),
            "Vmatrix" => ("‖", TableKind.Matrix, "‖"),
            "cases" => ("{", TableKind.Cases, ""),
            "aligned" or "align" or "align*" or "split" or "equation" or "equation*" => ("", TableKind.Aligned, ""),
            _ => (null, TableKind.Matrix, ""),
        };

    private TableNode ParseSubstack()
    {
        if (!TryTake(TexTokenKind.OpenBrace))
        {
            throw new TexException("\\substack takes a group in braces.");
        }

        var rows = ParseRows(() => Current.Kind == TexTokenKind.CloseBrace);
        Take();
        return new(rows, TableKind.Matrix, null);
    }

    private List<IReadOnlyList<TexNode>> ParseRows(Func<bool> isEnd)
    {
        var rows = new List<IReadOnlyList<TexNode>>();
        var row = new List<TexNode>();
        while (true)
        {
            row.Add(ParseRow(() => isEnd() || Current.Kind == TexTokenKind.ColumnBreak || Current.IsCommand("\\")));
            if (TryTake(TexTokenKind.ColumnBreak))
            {
                continue;
            }

            rows.Add(row);
            row = [];
            if (!Current.IsCommand("\\"))
            {
                break;
            }

            Take();
            SkipRowDistance();
        }
        // A last \\ ends the row before it and starts none.
        if (rows.Count > 1 && rows[^1] is [RowNode { Items.Count: 0 }])
        {
            rows.RemoveAt(rows.Count - 1);
        }

        return rows;
    }

    // \\[4pt] asks for a distance, which this rendering leaves to the browser
    private void SkipRowDistance()
    {
        if (
            !Current.IsCharacter("[")
            || _position + 1 >= _tokens.Count
            || _tokens[_position + 1].Kind != TexTokenKind.Number
        )
        {
            return;
        }

        while (!Current.IsCharacter("]"))
        {
            Take();
        }

        Take();
    }
}
