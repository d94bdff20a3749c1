using System.Globalization;
using System.Text;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Pages.Tex;

/// <summary>Writes a formula as MathML Core, the part of MathML that every current browser draws.</summary>
internal sealed partial class MathMlWriter
{
    private readonly StringBuilder _html = new();
    private int _scriptLevel;

    private MathMlWriter() { }

    public static string Write(TexNode node, bool isDisplay)
    {
        var writer = new MathMlWriter();
        writer.WriteArgument(node is RowNode or TableNode { } ? node : new RowNode([node]));
        return isDisplay || node is not TableNode ? writer._html.ToString() : $"<mrow>{writer._html}</mrow>";
    }

    /// <summary>The element that marks source that can't be translated.</summary>
    public static string Unknown(string source) => $"<merror><mtext>{HtmlText.Escape(source)}</mtext></merror>";

    private void Write(TexNode node)
    {
        switch (node)
        {
            case RowNode row:
                WriteRow(row);
                break;
            case LetterNode letter:
                WriteLetters(letter.Text, letter.Style);
                break;
            case NumberNode number:
                WriteNumber(number);
                break;
            case SignNode sign:
                WriteSign(sign, isPrefix: false);
                break;
            case BracketNode bracket:
                WriteBracket(bracket);
                break;
            case LargeOperatorNode large:
                _html
                    .Append(large.HasLimits ? "<mo movablelimits=\"true\">" : "<mo>")
                    .Append(large.Text)
                    .Append("</mo>");
                break;
            case FunctionNode function:
                WriteFunction(function);
                break;
            case TextNode text:
                WriteText(text);
                break;
            case SpaceNode space:
                WriteSpace(space.Width);
                break;
            case ScriptNode script:
                WriteScripts(script);
                break;
            case StackNode stack:
                WriteStack(stack);
                break;
            case StretchNode mark:
                _html
                    .Append(mark.Stretches ? "<mo stretchy=\"true\">" : "<mo stretchy=\"false\">")
                    .Append(mark.Text)
                    .Append("</mo>");
                break;
            case FractionNode fraction:
                WriteFraction(fraction);
                break;
            case RootNode root:
                WriteRoot(root);
                break;
            case FencedNode fenced:
                WriteFenced(fenced);
                break;
            case MiddleNode middle:
                WriteFence(middle.Text, "infix");
                break;
            case TableNode table:
                WriteTable(table);
                break;
            case LargeStyleNode style:
                _html.Append(style.IsLarge ? "<mrow displaystyle=\"true\">" : "<mrow displaystyle=\"false\">");
                WriteRow((RowNode)style.Body);
                _html.Append("</mrow>");
                break;
            case BoxNode box:
                WriteBox(box);
                break;
            case UnknownNode unknown:
                _html.Append(Unknown(unknown.Source));
                break;
        }
    }

    /// <summary>Writes exactly one element, as the arguments of fractions, roots and scripts require.</summary>
    private void WriteArgument(TexNode node)
    {
        while (node is RowNode { Items: [var only] } && only is not (SpaceNode or FunctionNode or LargeStyleNode))
        {
            node = only;
        }

        if (node is RowNode or SpaceNode or FunctionNode)
        {
            WriteElement("mrow", () => Write(node));
        }
        else
        {
            Write(node);
        }
    }

    private void WriteElement(string tag, Action writeContent)
    {
        _html.Append('<').Append(tag).Append('>');
        writeContent();
        _html.Append("</").Append(tag.Split(' ')[0]).Append('>');
    }

    private void WriteScripts(ScriptNode script)
    {
        var hasLimits = script.Base is LargeOperatorNode { HasLimits: true } or FunctionNode { HasLimits: true };
        var (both, sub, super) = hasLimits ? ("munderover", "munder", "mover") : ("msubsup", "msub", "msup");
        WriteElement(
            script.Sub is null ? super
                : script.Super is null ? sub
                : both,
            () =>
            {
                WriteArgument(script.Base);
                WriteScript(script.Sub);
                WriteScript(script.Super);
            }
        );
    }

    private void WriteStack(StackNode stack)
    {
        var isAccent = stack.IsAccent;
        var (name, attribute) = (stack.Under, stack.Over) switch
        {
            (not null, not null) => ("munderover", ""),
            (not null, null) => ("munder", isAccent ? " accentunder=\"true\"" : ""),
            _ => ("mover", isAccent ? " accent=\"true\"" : ""),
        };
        WriteElement(
            name + attribute,
            () =>
            {
                WriteArgument(stack.Base);
                WriteScript(stack.Under);
                WriteScript(stack.Over);
            }
        );
    }

    private void WriteScript(TexNode? script)
    {
        if (script is null)
        {
            return;
        }

        _scriptLevel++;
        WriteArgument(script);
        _scriptLevel--;
    }

    private void WriteFraction(FractionNode fraction)
    {
        var line = fraction.HasLine ? "" : " linethickness=\"0\"";
        var style = fraction.IsLarge switch
        {
            true => " displaystyle=\"true\"",
            false => " displaystyle=\"false\"",
            null => "",
        };
        WriteElement(
            $"mfrac{line}{style}",
            () =>
            {
                WriteArgument(fraction.Numerator);
                WriteArgument(fraction.Denominator);
            }
        );
    }

    private void WriteRoot(RootNode root)
    {
        if (root.Index is null)
        {
            WriteElement("msqrt", () => WriteArgument(root.Body));
        }
        else
        {
            WriteElement(
                "mroot",
                () =>
                {
                    WriteArgument(root.Body);
                    WriteScript(root.Index);
                }
            );
        }
    }

    private void WriteFenced(FencedNode fenced) =>
        WriteElement(
            "mrow",
            () =>
            {
                WriteFence(fenced.Left, "prefix");
                Write(fenced.Body);
                WriteFence(fenced.Right, "postfix");
            }
        );

    private void WriteFence(string bracket, string form)
    {
        if (bracket.Length > 0)
        {
            _html.Append(
                CultureInfo.InvariantCulture,
                $"<mo fence=\"true\" form=\"{form}\" stretchy=\"true\">{HtmlText.Escape(bracket)}</mo>"
            );
        }
    }

    // Lines drawn by the page's style are as long as their content in every font; stretched signs are not.
    private void WriteBox(BoxNode box) =>
        WriteElement(
            box.Kind switch
            {
                BoxKind.Framed => "mrow class=\"boxed\"",
                BoxKind.Overlined => "mrow class=\"overlined\"",
                BoxKind.Underlined => "mrow class=\"underlined\"",
                _ => "mphantom",
            },
            () => Write(box.Body)
        );

    private void WriteTable(TableNode table)
    {
        var (name, style) = table.Kind switch
        {
            TableKind.Cases => ("cases", ""),
            TableKind.Aligned => ("aligned", " displaystyle=\"true\""),
            _ => ("matrix", ""),
        };
        WriteElement(
            $"mtable class=\"{name}\"{style}",
            () =>
            {
                foreach (var row in table.Rows)
                {
                    WriteElement("mtr", () => WriteCells(row, table));
                }
            }
        );
    }

    private void WriteCells(IReadOnlyList<TexNode> row, TableNode table)
    {
        var columns = table.Columns?.Where(c => c is 'l' or 'c' or 'r').ToArray() ?? [];
        for (var i = 0; i < row.Count; i++)
        {
            var alignment = table.Kind switch
            {
                TableKind.Cases => 'l',
                TableKind.Aligned => row.Count == 1 ? 'c'
                : i % 2 == 0 ? 'r'
                : 'l',
                _ => i < columns.Length ? columns[i] : 'c',
            };
            // A sign that starts a column of aligned lines belongs to the column before.
            AtomKind? previous = table.Kind == TableKind.Aligned && i > 0 ? AtomKind.Ordinary : null;
            var cell = (RowNode)row[i];
            WriteElement(alignment == 'c' ? "mtd" : $"mtd class=\"{alignment}\"", () => WriteRow(cell, previous));
        }
    }
}
