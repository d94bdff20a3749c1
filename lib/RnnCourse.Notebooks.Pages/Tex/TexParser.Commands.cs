namespace RnnCourse.Notebooks.Pages.Tex;

internal sealed partial class TexParser
{
    private TexNode ParseCommand(TexToken command, Func<bool> isEnd)
    {
        switch (command.Text)
        {
            case "frac" or "cfrac":
                return ParseFraction(hasLine: true, isLarge: null);
            case "dfrac":
                return ParseFraction(hasLine: true, isLarge: true);
            case "tfrac":
                return ParseFraction(hasLine: true, isLarge: false);
            case "binom":
                return new FencedNode("(", ParseFraction(hasLine: false, isLarge: null), ")");
            case "sqrt":
                return ParseRoot();
            case "left":
                return ParseFenced();
            case "middle":
                return new MiddleNode(TakeBracket());
            case "begin":
                return ParseEnvironment();
            case "overset" or "stackrel":
                var over = ParseArgument();
                return new StackNode(ParseArgument(), null, over, IsAccent: false);
            case "underset":
                var under = ParseArgument();
                return new StackNode(ParseArgument(), under, null, IsAccent: false);
            case "substack":
                return ParseSubstack();
            case "not":
                return ParseNot();
            case "displaystyle" or "textstyle" or "scriptstyle":
                return new LargeStyleNode(ParseRow(isEnd), command.Text == "displaystyle");
            case "boxed":
                return new BoxNode(ParseArgument(), BoxKind.Framed);
            case "phantom":
                return new BoxNode(ParseArgument(), BoxKind.Invisible);
            case "overline":
                return new BoxNode(ParseArgument(), BoxKind.Overlined);
            case "underline":
                return new BoxNode(ParseArgument(), BoxKind.Underlined);
            case "operatorname" or "operatorname*":
                return new FunctionNode(TakeRawGroup().Trim(), HasLimits: command.Text.EndsWith('*'));
            case "tag" or "tag*":
                return new RowNode([new SpaceNode(2), new TextNode($"({TakeRawGroup()})", LetterStyle.Upright)]);
            case "label" or "nonumber" or "notag" or "hline":
                if (command.Text == "label")
                {
                    TakeRawGroup();
                }

                return new RowNode([]);
            default:
                return ParseStyled(command)
                    ?? ParseBracketSize(command)
                    ?? ParseAccent(command)
                    ?? TexSymbols.Command(command.Text) switch
                    {
                        LetterNode { Style: LetterStyle.Variable } letter => letter with { Style = GreekStyle() },
                        { } symbol => symbol,
                        null => new UnknownNode(_source[command.Start..command.End]),
                    };
        }
    }

    // TeX has no blackboard or script Greek: such letters stay variables
    private LetterStyle GreekStyle() =>
        _style is LetterStyle.Bold or LetterStyle.BoldVariable ? LetterStyle.BoldVariable : LetterStyle.Variable;

    private FractionNode ParseFraction(bool hasLine, bool? isLarge) =>
        new(ParseArgument(), ParseArgument(), hasLine, isLarge);

    private RootNode ParseRoot()
    {
        TexNode? index = null;
        if (Current.IsCharacter("["))
        {
            Take();
            index = ParseRow(() => Current.IsCharacter("]"));
            Take();
        }
        return new(ParseArgument(), index);
    }

    private FencedNode ParseFenced()
    {
        var left = TakeBracket();
        var body = ParseRow(() =>
            Current.IsCommand("right") || Current.Kind is TexTokenKind.CloseBrace or TexTokenKind.ColumnBreak
        );
        if (!Current.IsCommand("right"))
        {
            throw new TexException("\\left has no \\right.");
        }

        Take();
        return new(left, body, TakeBracket());
    }

    private string TakeBracket()
    {
        var token = Take();
        return TexSymbols.TryBracket(token, out var bracket)
            ? bracket
            : throw new TexException($"'{token.Text}' is not a bracket.");
    }

    private BracketNode? ParseBracketSize(TexToken command)
    {
        var name = command.Text.TrimEnd('l', 'r', 'm');
        var size = name switch
        {
            "big" => "1.2em",
            "Big" => "1.8em",
            "bigg" => "2.4em",
            "Bigg" => "3em",
            _ => null,
        };
        if (size is null || command.Text.Length > name.Length + 1)
        {
            return null;
        }

        var kind = command.Text[^1] switch
        {
            'l' => AtomKind.Open,
            'r' => AtomKind.Close,
            'm' => AtomKind.Relation,
            _ => AtomKind.Ordinary,
        };
        return new(TakeBracket(), kind, size);
    }

    private TexNode? ParseStyled(TexToken command)
    {
        switch (command.Text)
        {
            case "text" or "textrm" or "textnormal" or "mbox" or "textit":
                return new TextNode(TakeRawGroup(), LetterStyle.Upright);
            case "textbf":
                return new TextNode(TakeRawGroup(), LetterStyle.Bold);
            case "texttt":
                return new TextNode(TakeRawGroup(), LetterStyle.Monospace);
        }
        LetterStyle? style = command.Text switch
        {
            "mathrm" => LetterStyle.Upright,
            "mathit" or "mathnormal" => LetterStyle.Variable,
            "mathbf" => LetterStyle.Bold,
            "boldsymbol" or "bm" => LetterStyle.BoldVariable,
            "mathbb" => LetterStyle.Blackboard,
            "mathcal" or "mathscr" => LetterStyle.Calligraphic,
            "mathfrak" => LetterStyle.Fraktur,
            "mathtt" => LetterStyle.Monospace,
            "mathsf" => LetterStyle.SansSerif,
            _ => null,
        };
        if (style is null)
        {
            return null;
        }

        var outer = _style;
        _style = style.Value;
        var body = ParseArgument();
        _style = outer;
        return body;
    }

    private StackNode? ParseAccent(TexToken command)
    {
        (string Sign, bool Stretches, bool IsUnder)? accent = command.Text switch
        {
            "hat" => ("^", false, false),
            "widehat" => ("^", true, false),
            "bar" => ("¯", false, false),
            "tilde" => ("~", false, false),
            "widetilde" => ("~", true, false),
            "vec" => ("→", false, false),
            "dot" => ("˙", false, false),
            "ddot" => ("¨", false, false),
            "check" => ("ˇ", false, false),
            "overrightarrow" => ("→", true, false),
            "overbrace" => ("⏞", true, false),
            "underbrace" => ("⏟", true, true),
            _ => null,
        };
        if (accent is not var (sign, stretches, isUnder))
        {
            return command.Text is "xrightarrow" or "xleftarrow"
                ? new StackNode(
                    new StretchNode(command.Text == "xrightarrow" ? "→" : "←", true),
                    null,
                    ParseArgument(),
                    IsAccent: false
                )
                : null;
        }

        var body = ParseArgument();
        var mark = new StretchNode(sign, stretches);
        return new StackNode(body, isUnder ? mark : null, isUnder ? null : mark, IsAccent: sign is not ("⏞" or "⏟"));
    }

    private TexNode ParseNot() =>
        ParseArgument() switch
        {
            SignNode sign => sign with { Text = sign.Text + "\u0338" },
            var other => other,
        };

    /// <summary>The text of a group as it was written, including blanks.</summary>
    private string TakeRawGroup()
    {
        if (!TryTake(TexTokenKind.OpenBrace))
        {
            return Unescape(Take().Text);
        }

        var start = _tokens[_position - 1].End;
        for (var open = 1; ; )
        {
            var token = Take();
            open += token.Kind switch
            {
                TexTokenKind.OpenBrace => 1,
                TexTokenKind.CloseBrace => -1,
                _ => 0,
            };
            if (open == 0)
            {
                return Unescape(_source[start..token.Start]);
            }
        }
    }

    // Braces group, and a backslash before a sign makes it plain.
    private static string Unescape(string text)
    {
        var result = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && !char.IsAsciiLetter(text[i + 1]))
            {
                result.Append(text[++i] == ',' ? ' ' : text[i]);
            }
            else if (text[i] is not ('{' or '}'))
            {
                result.Append(text[i] == '~' ? ' ' : text[i]);
            }
        }

        return result.ToString();
    }
}
