using System.Globalization;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Pages.Tex;

internal sealed partial class MathMlWriter
{
    private const string ThinSpace = "<mspace width=\"0.1667em\"></mspace>";

    private void WriteRow(RowNode row, AtomKind? previous = null)
    {
        for (var i = 0; i < row.Items.Count; i++)
        {
            var item = row.Items[i];
            var kind = KindOf(item);
            if (item is LetterNode { Style: not LetterStyle.Variable } letter && char.IsAsciiLetter(letter.Text[0]))
            {
                i = WriteWord(row.Items, i, letter.Style);
            }
            else if (item is SignNode { Kind: AtomKind.Binary } sign)
            {
                WriteSign(sign, IsPrefix(previous));
            }
            else
            {
                WriteSpaced(item, previous, i + 1 < row.Items.Count ? row.Items[i + 1] : null);
            }

            previous = kind ?? previous;
        }
    }

    // A name of several letters is one identifier: \mathrm{softmax} is not a product of seven factors.
    private int WriteWord(IReadOnlyList<TexNode> items, int start, LetterStyle style)
    {
        var end = start;
        var word = "";
        while (
            end < items.Count
            && items[end] is LetterNode letter
            && letter.Style == style
            && char.IsAsciiLetter(letter.Text[0])
        )
        {
            word += letter.Text;
            end++;
        }
        WriteLetters(word, style);
        return end - 1;
    }

    // Browsers put blanks around signs but none around names of functions.
    private void WriteSpaced(TexNode item, AtomKind? previous, TexNode? next)
    {
        var isFunction = item is FunctionNode or ScriptNode { Base: FunctionNode };
        if (isFunction && previous is AtomKind.Ordinary or AtomKind.Close)
        {
            _html.Append(ThinSpace);
        }

        Write(item);
        if (!isFunction)
        {
            return;
        }

        _html.Append("<mo>\u2061</mo>");
        if (
            next is not (null or FencedNode or SpaceNode or MiddleNode)
            && KindOf(next) is AtomKind.Ordinary or AtomKind.Operator
        )
        {
            _html.Append(ThinSpace);
        }
    }

    private static bool IsPrefix(AtomKind? previous) => previous is not (AtomKind.Ordinary or AtomKind.Close);

    private static AtomKind? KindOf(TexNode node) =>
        node switch
        {
            SignNode sign => sign.Kind,
            BracketNode bracket => bracket.Kind,
            LargeOperatorNode or FunctionNode => AtomKind.Operator,
            ScriptNode script => KindOf(script.Base),
            StackNode { IsAccent: false } stack => KindOf(stack.Base),
            StretchNode => AtomKind.Relation,
            SpaceNode => null,
            _ => AtomKind.Ordinary,
        };

    private void WriteSign(SignNode sign, bool isPrefix)
    {
        var spaces = sign switch
        {
            _ when isPrefix => " form=\"prefix\" lspace=\"0\" rspace=\"0\"",
            { Kind: AtomKind.Ordinary } => " lspace=\"0\" rspace=\"0\"",
            { Kind: AtomKind.Punctuation } => " separator=\"true\"",
            // TeX sets scripts tightly
            _ when _scriptLevel > 0 => " lspace=\"0\" rspace=\"0\"",
            { Kind: AtomKind.Relation } => " lspace=\"0.2778em\" rspace=\"0.2778em\"",
            _ => " form=\"infix\" lspace=\"0.2222em\" rspace=\"0.2222em\"",
        };
        _html.Append(CultureInfo.InvariantCulture, $"<mo stretchy=\"false\"{spaces}>{HtmlText.Escape(sign.Text)}</mo>");
    }

    private void WriteBracket(BracketNode bracket)
    {
        var form = bracket.Kind switch
        {
            AtomKind.Open => " form=\"prefix\"",
            AtomKind.Close => " form=\"postfix\"",
            AtomKind.Relation => "",
            _ => " lspace=\"0\" rspace=\"0\"",
        };
        var size = bracket.Size is null
            ? " stretchy=\"false\""
            : $" stretchy=\"true\" symmetric=\"true\" minsize=\"{bracket.Size}\" maxsize=\"{bracket.Size}\"";
        _html.Append(CultureInfo.InvariantCulture, $"<mo{form}{size}>{HtmlText.Escape(bracket.Text)}</mo>");
    }

    private void WriteFunction(FunctionNode function)
    {
        var name = HtmlText.Escape(
            function.Name switch
            {
                "argmax" => "arg\u2009max",
                "argmin" => "arg\u2009min",
                var other => other,
            }
        );
        if (function.HasLimits)
        {
            _html.Append(
                CultureInfo.InvariantCulture,
                $"<mo movablelimits=\"true\" form=\"prefix\" lspace=\"0\" rspace=\"0\">{name}</mo>"
            );
        }
        else
        {
            _html.Append(CultureInfo.InvariantCulture, $"<mi mathvariant=\"normal\">{name}</mi>");
        }
    }

    private void WriteLetters(string text, LetterStyle style)
    {
        var attributes = style switch
        {
            LetterStyle.Variable when text.Length == 1 => "",
            LetterStyle.Bold => " mathvariant=\"normal\" class=\"bold\"",
            LetterStyle.BoldVariable => " class=\"bold\"",
            LetterStyle.Monospace => " mathvariant=\"normal\" class=\"mono\"",
            LetterStyle.SansSerif => " mathvariant=\"normal\" class=\"sans\"",
            _ => " mathvariant=\"normal\"",
        };
        _html.Append(
            CultureInfo.InvariantCulture,
            $"<mi{attributes}>{HtmlText.Escape(MathAlphabet.Map(text, style))}</mi>"
        );
    }

    private void WriteNumber(NumberNode number)
    {
        var attributes = number.Style is LetterStyle.Bold or LetterStyle.BoldVariable ? " class=\"bold\"" : "";
        _html.Append(
            CultureInfo.InvariantCulture,
            $"<mn{attributes}>{MathAlphabet.Map(number.Text, number.Style)}</mn>"
        );
    }

    // Browsers drop blanks at the ends of a text, and those in \text{ if } are the point of it.
    private void WriteText(TextNode text)
    {
        var content = text.Text.TrimStart(' ', '\n');
        content = new string('\u00A0', text.Text.Length - content.Length > 0 ? 1 : 0) + content;
        var trimmed = content.TrimEnd(' ', '\n');
        if (trimmed.Length < content.Length)
        {
            trimmed += '\u00A0';
        }

        var style = text.Style switch
        {
            LetterStyle.Bold => " class=\"bold\"",
            LetterStyle.Monospace => " class=\"mono\"",
            _ => "",
        };
        _html.Append(CultureInfo.InvariantCulture, $"<mtext{style}>{HtmlText.Escape(trimmed)}</mtext>");
    }

    private void WriteSpace(double width) =>
        _html.Append(CultureInfo.InvariantCulture, $"<mspace width=\"{width:0.####}em\"></mspace>");
}
