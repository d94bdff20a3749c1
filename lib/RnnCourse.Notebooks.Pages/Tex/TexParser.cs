namespace RnnCourse.Notebooks.Pages.Tex;

/// <summary>The formula can't be parsed, for example because a brace is missing.</summary>
internal sealed class TexException(string message) : Exception(message);

/// <summary>
/// Reads a formula. An unknown command becomes an <see cref="UnknownNode"/>; a broken structure causes a
/// <see cref="TexException"/>. Every step consumes at least one token, and nesting is bounded, so parsing always ends
/// soon.
/// </summary>
internal sealed partial class TexParser
{
    private const int MaximumDepth = 80;

    private readonly string _source;
    private readonly List<TexToken> _tokens;
    private int _position;
    private int _depth;
    private LetterStyle _style = LetterStyle.Variable;

    private TexParser(string source)
    {
        _source = source;
        _tokens = TexTokeniser.Tokenise(source);
    }

    /// <exception cref="TexException">Braces, brackets or environments don't match, or nest too deeply.</exception>
    public static TexNode Parse(string source)
    {
        var parser = new TexParser(source);
        var row = parser.ParseTopLevel();
        return parser.Current.Kind == TexTokenKind.End
            ? row
            : throw new TexException("A closing brace has no opening one.");
    }

    private TexToken Current => _tokens[_position];

    private TexToken Take() =>
        Current.Kind == TexTokenKind.End ? throw new TexException("The formula ends too early.") : _tokens[_position++];

    private bool TryTake(TexTokenKind kind)
    {
        if (Current.Kind != kind)
        {
            return false;
        }

        _position++;
        return true;
    }

    // A formula with \\ outside every environment is read as lines under each other, as people expect.
    private TexNode ParseTopLevel()
    {
        var rows = ParseRows(() => Current.Kind is TexTokenKind.End or TexTokenKind.CloseBrace);
        return rows is [[var only]] ? only : new TableNode(rows, TableKind.Aligned, null);
    }

    private RowNode ParseRow(Func<bool> isEnd)
    {
        if (++_depth > MaximumDepth)
        {
            throw new TexException("The formula is nested too deeply.");
        }

        var style = _style;
        var items = new List<TexNode>();
        while (Current.Kind != TexTokenKind.End && !isEnd())
        {
            items.Add(ParseScripted(isEnd));
        }

        _style = style;
        _depth--;
        return new RowNode(items);
    }

    private TexNode ParseScripted(Func<bool> isEnd)
    {
        var isScript = Current.Kind is TexTokenKind.Superscript or TexTokenKind.Subscript or TexTokenKind.Prime;
        var node = isScript ? new RowNode([]) : ParseAtom(isEnd);
        while (Current.IsCommand("limits") || Current.IsCommand("nolimits"))
        {
            node = WithLimits(node, Take().Text == "limits");
        }

        return AddScripts(node);
    }

    private TexNode AddScripts(TexNode node)
    {
        TexNode? sub = null;
        TexNode? super = null;
        var primes = 0;
        while (true)
        {
            if (TryTake(TexTokenKind.Prime))
            {
                primes++;
            }
            else if (super is null && TryTake(TexTokenKind.Superscript))
            {
                super = ParseArgument();
            }
            else if (sub is null && TryTake(TexTokenKind.Subscript))
            {
                sub = ParseArgument();
            }
            else if (Current.Kind is TexTokenKind.Superscript or TexTokenKind.Subscript)
            {
                throw new TexException("There are two superscripts or two subscripts in one place.");
            }
            else
            {
                break;
            }
        }

        if (primes > 0)
        {
            super = WithPrimes(primes, super);
        }

        if (sub is null && super is null)
        {
            return node;
        }
        // A script of a brace is the brace's label.
        return
            node
                is StackNode { IsAccent: false, Under: StretchNode }
                    or StackNode { IsAccent: false, Over: StretchNode }
            ? new StackNode(node, sub, super, IsAccent: false)
            : new ScriptNode(node, sub, super);
    }

    private static TexNode WithPrimes(int count, TexNode? super)
    {
        var marks = new SignNode(
            count switch
            {
                2 => "″",
                3 => "‴",
                _ => string.Concat(Enumerable.Repeat("′", count)),
            },
            AtomKind.Ordinary
        );
        return super is null ? marks : new RowNode([marks, super]);
    }

    private static TexNode WithLimits(TexNode node, bool hasLimits) =>
        node switch
        {
            LargeOperatorNode large => large with { HasLimits = hasLimits },
            FunctionNode function => function with { HasLimits = hasLimits },
            _ => node,
        };

    /// <summary>Parses the argument of a command: a group in braces, or one token.</summary>
    private TexNode ParseArgument()
    {
        if (TryTake(TexTokenKind.OpenBrace))
        {
            return ParseGroup();
        }

        if (
            Current.Kind
            is TexTokenKind.CloseBrace
                or TexTokenKind.ColumnBreak
                or TexTokenKind.End
                or TexTokenKind.Superscript
                or TexTokenKind.Subscript
        )
        {
            throw new TexException("An argument is missing.");
        }
        // x^12 is x to the 1, then 2
        if (Current is { Kind: TexTokenKind.Number, Text.Length: > 1 } number)
        {
            _tokens[_position] = number with { Text = number.Text[1..], Start = number.Start + 1 };
            return new NumberNode(number.Text[..1], _style);
        }
        if (++_depth > MaximumDepth)
        {
            throw new TexException("The formula is nested too deeply.");
        }

        var atom = ParseAtom(() => false);
        _depth--;
        return atom;
    }

    private RowNode ParseGroup()
    {
        var row = ParseRow(() => Current.Kind == TexTokenKind.CloseBrace);
        return TryTake(TexTokenKind.CloseBrace) ? row : throw new TexException("A closing brace is missing.");
    }

    private TexNode ParseAtom(Func<bool> isEnd)
    {
        var token = Take();
        return token.Kind switch
        {
            TexTokenKind.OpenBrace => ParseGroup(),
            TexTokenKind.Number => new NumberNode(token.Text, _style),
            TexTokenKind.Character => TexSymbols.Character(token.Text, _style),
            TexTokenKind.Command => ParseCommand(token, isEnd),
            TexTokenKind.Prime => new SignNode("′", AtomKind.Ordinary),
            TexTokenKind.ColumnBreak => throw new TexException("'&' is outside a table."),
            _ => throw new TexException($"'{token.Text}' is not expected here."),
        };
    }
}
