using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace RnnCourse.Exercises.Tests.Mutants;

/// <summary>One change of a solution, such as a learner's slip would be.</summary>
/// <param name="Kind">The kind of slip, such as "drop a term".</param>
/// <param name="Rank">How likely learners make it: 0 for the likeliest.</param>
/// <param name="Span">The place in the solution.</param>
/// <param name="Text">The replacement.</param>
internal sealed record Slip(string Kind, int Rank, TextSpan Span, string Text);

/// <summary>Finds the slips that could have been made in a solution: in its text before the call of the
/// check.</summary>
internal sealed class SolutionMutator
{
    /// <summary>If a solution has fewer places for slips, unlikely slips are added.</summary>
    public const int Few = 50;

    /// <summary>The rank of unlikely slips.</summary>
    public const int RareRank = 6;

    private readonly string _source;
    private readonly bool _withRare;
    private readonly List<Slip> _slips = [];
    private readonly string[] _names;

    private SolutionMutator(string source, bool withRare)
    {
        _source = source;
        _withRare = withRare;
        var root = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(kind: SourceCodeKind.Script)).GetRoot();
        var end = root.ChildNodes().Last().SpanStart;
        _names =
        [
            .. root.DescendantNodes()
                .Where(node => node.SpanStart < end)
                .Select(node =>
                    node switch
                    {
                        ParameterSyntax parameter => parameter.Identifier.Text,
                        VariableDeclaratorSyntax variable => variable.Identifier.Text,
                        SingleVariableDesignationSyntax designation => designation.Identifier.Text,
                        ForEachStatementSyntax loop => loop.Identifier.Text,
                        _ => "",
                    }
                )
                .Where(name => name.Length > 0)
                .Distinct(),
        ];
        foreach (var node in root.DescendantNodes().Where(node => node.Span.End <= end))
        {
            Visit(node);
        }
    }

    /// <summary>The slips, the likeliest first; each gives another text.</summary>
    /// <param name="solution">The source of a cell whose last expression is the check.</param>
    /// <param name="few">How many there should be at least, if need be with such as few would make.</param>
    public static IReadOnlyList<Slip> SlipsIn(string solution, int few = Few)
    {
        var usual = SlipsIn(solution, withRare: false);
        return usual.Count >= few ? usual : [.. SlipsIn(solution, withRare: true).Take(few)];
    }

    private static IReadOnlyList<Slip> SlipsIn(string solution, bool withRare) =>
        [
            .. new SolutionMutator(solution, withRare)
                ._slips.DistinctBy(slip => Apply(solution, slip))
                .Where(slip => Apply(solution, slip) != solution)
                .OrderBy(slip => slip.Rank)
                .ThenBy(slip => slip.Span.Start),
        ];

    /// <summary>The solution with these slips, which must not overlap.</summary>
    public static string Apply(string solution, params Slip[] slips) =>
        SourceText
            .From(solution)
            .WithChanges(slips.OrderBy(slip => slip.Span.Start).Select(slip => new TextChange(slip.Span, slip.Text)))
            .ToString();

    private string TextOf(SyntaxNode node) => _source.Substring(node.SpanStart, node.Span.Length);

    private void Add(string kind, int rank, SyntaxNode node, string text) =>
        _slips.Add(new(kind, rank, node.Span, text));

    private void AddRare(string kind, SyntaxNode node, string text)
    {
        if (_withRare)
        {
            Add(kind, RareRank, node, text);
        }
    }

    private void Visit(SyntaxNode node)
    {
        switch (node)
        {
            case BinaryExpressionSyntax binary:
                Binary(binary);
                break;
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.IndexExpression } fromEnd:
                Add("off by one", 1, fromEnd, $"^({TextOf(fromEnd.Operand)} + 1)");
                Add("first for last", 2, fromEnd, "0");
                break;
            case AssignmentExpressionSyntax assignment:
                foreach (
                    var (from, to, rank, kind) in Replacements.OtherOperators.Where(other =>
                        assignment.IsKind(other.From)
                    )
                )
                {
                    _slips.Add(new(kind, rank, assignment.OperatorToken.Span, to));
                }

                break;
            case ParenthesizedExpressionSyntax parenthesized:
                Add("drop a bracket", 1, parenthesized, TextOf(parenthesized.Expression));
                break;
            case LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.NumericLiteralExpression):
                Number(literal);
                break;
            case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal:
                AddRare("another word", literal, "\"still\"");
                break;
            case LiteralExpressionSyntax { Token.Text: "true" } literal:
                Add("wrong truth", 3, literal, "false");
                break;
            case LiteralExpressionSyntax { Token.Text: "false" } literal:
                Add("wrong truth", 3, literal, "true");
                break;
            case InvocationExpressionSyntax invocation:
                Invocation(invocation);
                break;
            case IdentifierNameSyntax name when _names.Contains(name.Identifier.Text):
                Name(name);
                break;
            case PrefixUnaryExpressionSyntax unary
                when unary.IsKind(SyntaxKind.UnaryMinusExpression) || unary.IsKind(SyntaxKind.LogicalNotExpression):
                Add("drop a sign", 1, unary, TextOf(unary.Operand));
                break;
            case PostfixUnaryExpressionSyntax unary when unary.IsKind(SyntaxKind.PostIncrementExpression):
                Add("wrong step", 5, unary, TextOf(unary.Operand) + "--");
                break;
            case ConditionalExpressionSyntax conditional:
                Add("swap the cases", 2, conditional, Swapped(conditional));
                Add("always the first case", 2, conditional, TextOf(conditional.WhenTrue));
                Add("always the second case", 2, conditional, TextOf(conditional.WhenFalse));
                break;
            case ReturnStatementSyntax { Expression: { } value } statement:
                if (value is not TupleExpressionSyntax and not LiteralExpressionSyntax)
                {
                    Add("wrong sign", 2, value, $"-({TextOf(value)})");
                    Result(value);
                }

                if (statement.Parent is BlockSyntax block)
                {
                    foreach (var loop in block.Statements.Where(IsLoop))
                    {
                        AtTheEndOf(loop, "early return", 1, TextOf(statement));
                    }
                }

                break;
            case IfStatementSyntax condition:
                Add("a condition forgotten", 1, condition, TextOf(condition.Statement));
                Add("a condition turned round", 3, condition.Condition, $"!({TextOf(condition.Condition)})");
                break;
            case ForEachStatementSyntax each:
                AtTheEndOf(each, "leave the loop early", 3, "break;");
                Add("leave out the first", 2, each.Expression, $"{TextOf(each.Expression)}.Skip(1)");
                Add("leave out the last", 2, each.Expression, $"{TextOf(each.Expression)}.SkipLast(1)");
                Add("backwards", 3, each.Expression, $"{TextOf(each.Expression)}.Reverse()");
                break;
            case ForStatementSyntax or WhileStatementSyntax:
                AtTheEndOf((StatementSyntax)node, "leave the loop early", 3, "break;");
                break;
            case ExpressionStatementSyntax statement when statement.Parent is BlockSyntax or GlobalStatementSyntax:
                Add("forget a line", 1, statement, ";");
                break;
            case VariableDeclaratorSyntax { Initializer: { } start } declarator
                when declarator.Ancestors().Any(ancestor => ancestor is BlockSyntax):
                if (start.Value is not LiteralExpressionSyntax)
                {
                    Add("wrong start", 4, start.Value, $"0 * ({TextOf(start.Value)})");
                    Add("wrong start", 5, start.Value, "default");
                }

                break;
            case ArrowExpressionClauseSyntax arrow:
                Add("wrong sign", 2, arrow.Expression, $"-({TextOf(arrow.Expression)})");
                if (arrow.Expression is not (LiteralExpressionSyntax or ThrowExpressionSyntax))
                {
                    Result(arrow.Expression);
                }

                break;
            case MemberAccessExpressionSyntax access when access.Name.Identifier.Text == "Q":
                Add("the other factor", 1, access.Name, "R");
                break;
            case LambdaExpressionSyntax { ExpressionBody: { } body } when body is not LiteralExpressionSyntax:
                Add("wrong sign", 3, body, $"-({TextOf(body)})");
                AddRare("turned round", body, $"1 - ({TextOf(body)})");
                AddRare("turned round", body, $"!({TextOf(body)})");
                break;
        }
    }

    private void Binary(BinaryExpressionSyntax binary)
    {
        var (left, right, sign) = (TextOf(binary.Left), TextOf(binary.Right), binary.OperatorToken.Text);
        foreach (var (from, to, rank, kind) in Replacements.OtherOperators.Where(other => binary.IsKind(other.From)))
        {
            _slips.Add(new(kind, rank, binary.OperatorToken.Span, to));
        }

        if (binary.Kind() is SyntaxKind.MultiplyExpression or SyntaxKind.SubtractExpression or SyntaxKind.AddExpression)
        {
            AddRare("one operand twice", binary, $"{left} {sign} {left}");
            AddRare("one operand twice", binary, $"{right} {sign} {right}");
        }

        if (binary.Kind() is SyntaxKind.AddExpression or SyntaxKind.SubtractExpression)
        {
            Add("drop a term", 0, binary, left);
            Add("drop a term", 0, binary, sign == "-" ? $"-{right}" : right);
        }

        if (binary.Kind() is SyntaxKind.MultiplyExpression or SyntaxKind.DivideExpression)
        {
            Add("drop a factor", 0, binary, left);
            Add("drop a factor", 2, binary, right);
        }

        if (binary.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression)
        {
            Add("drop a condition", 0, binary, left);
            Add("drop a condition", 0, binary, right);
        }

        if (
            binary.Kind()
            is SyntaxKind.SubtractExpression
                or SyntaxKind.DivideExpression
                or SyntaxKind.MultiplyExpression
        )
        {
            Add("swap operands", 1, binary, $"{right} {sign} {left}");
        }

        if (binary.Left is BinaryExpressionSyntax inner)
        {
            // a * b + c → a * (b + c)
            Add(
                "move a bracket",
                1,
                binary,
                $"{TextOf(inner.Left)} {inner.OperatorToken.Text} ({TextOf(inner.Right)} {sign} {right})"
            );
        }
    }

    private void Number(LiteralExpressionSyntax literal)
    {
        var text = literal.Token.Text;
        if (int.TryParse(text, out var whole))
        {
            Add("off by one", 1, literal, $"{whole + 1}");
            Add("off by one", 1, literal, $"({whole - 1})");
            if (whole > 1)
            {
                Add("wrong number", 4, literal, "1");
            }
        }
        else if (double.TryParse(text, out var number))
        {
            Add("wrong number", 2, literal, $"({number * 2:R})");
            Add("wrong number", 3, literal, $"({number + 1:R})");
        }
    }

    private void Invocation(InvocationExpressionSyntax invocation)
    {
        var arguments = invocation.ArgumentList.Arguments;
        if (invocation.Expression is MemberAccessExpressionSyntax access)
        {
            var name = access.Name.Identifier.Text;
            Add("forget a call", 0, invocation, TextOf(access.Expression));
            if (access.Expression is IdentifierNameSyntax && arguments is [{ Expression: LambdaExpressionSyntax }])
            {
                AddRare("leave out the first", access.Expression, $"{TextOf(access.Expression)}.Skip(1)");
                AddRare("leave out the last", access.Expression, $"{TextOf(access.Expression)}.SkipLast(1)");
                AddRare("the first alone", access.Expression, $"{TextOf(access.Expression)}.Take(1)");
            }

            foreach (var (_, to) in Replacements.RareCalls.Where(other => other.From == name))
            {
                AddRare("other call", access.Name, access.Name.ToString().Replace(name, to, StringComparison.Ordinal));
            }

            foreach (var (from, to) in Replacements.OtherCalls.Where(other => other.From == name))
            {
                _slips.Add(
                    new(
                        "wrong reduction",
                        2,
                        access.Name.Span,
                        access.Name.ToString().Replace(from, to, StringComparison.Ordinal)
                    )
                );
            }
        }

        if (arguments.Count == 1 && arguments[0].Expression is not LambdaExpressionSyntax)
        {
            Add("forget a call", 0, invocation, $"({TextOf(arguments[0])})");
        }

        for (var k = 0; arguments.Count > 1 && k < arguments.Count; k++)
        {
            var others = arguments.Where((_, other) => other != k).Select(TextOf);
            Add("drop an argument", 2, invocation, $"{TextOf(invocation.Expression)}({string.Join(", ", others)})");
            if (
                arguments[k].Expression is IdentifierNameSyntax name
                && Replacements.WholeNumbers.Contains(name.Identifier.Text)
            )
            {
                Add("off by one", 1, name, $"{name} + 1");
                Add("off by one", 1, name, $"{name} - 1");
            }
        }

        for (var k = 0; k + 1 < arguments.Count; k++)
        {
            Slip[] swap =
            [
                new("", 0, arguments[k].Span, TextOf(arguments[k + 1])),
                new("", 0, arguments[k + 1].Span, TextOf(arguments[k])),
            ];
            var whole = TextOf(invocation);
            var moved = swap.Select(slip =>
                slip with
                {
                    Span = new(slip.Span.Start - invocation.SpanStart, slip.Span.Length),
                }
            );
            Add("swap arguments", 3, invocation, Apply(whole, [.. moved]));
        }
    }

    private void Name(IdentifierNameSyntax name)
    {
        if (
            name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name
            || name.Parent is MemberAccessExpressionSyntax access && access.Name == name
            || name.Parent is NameColonSyntax
            || name.Parent is ArgumentSyntax { NameColon: not null }
        )
        {
            return;
        }

        // Close together in the text, since names that learners mix up are usually near each other.
        var place = Array.IndexOf(_names, name.Identifier.Text);
        foreach (var other in _names.Where((_, k) => k != place && Math.Abs(k - place) <= 3))
        {
            Add("wrong variable", 2, name, other);
        }

        if (Replacements.WholeNumbers.Contains(name.Identifier.Text))
        {
            AddRare("off by one", name, $"({name.Identifier.Text} + 1)");
            AddRare("off by one", name, $"({name.Identifier.Text} - 1)");
            AddRare("twice", name, $"(2 * {name.Identifier.Text})");
        }

        Add("transposed", 3, name, $"{name.Identifier.Text}.Transpose()");
        if (name.Parent is BracketedArgumentListSyntax or ArgumentSyntax { Parent: BracketedArgumentListSyntax })
        {
            Add("off by one", 0, name, $"{name.Identifier.Text} - 1");
            Add("off by one", 0, name, $"{name.Identifier.Text} + 1");
        }
    }

    // Slips in the use of a result at the end, since short solutions have few other places for slips.
    private void Result(ExpressionSyntax value)
    {
        var text = TextOf(value);
        AddRare("twice", value, $"2 * ({text})");
        AddRare("half", value, $"({text}) / 2");
        AddRare("nothing", value, $"0 * ({text})");
        AddRare("transposed", value, $"({text}).Transpose()");
        AddRare("turned round", value, $"!({text})");
        AddRare("turned round", value, $"1 - ({text})");
    }

    private void AtTheEndOf(StatementSyntax loop, string kind, int rank, string text)
    {
        var body = loop switch
        {
            ForStatementSyntax f => f.Statement,
            ForEachStatementSyntax f => f.Statement,
            WhileStatementSyntax w => w.Statement,
            _ => null,
        };
        if (body is not null)
        {
            Add(kind, rank, body, $"{{ {TextOf(body)} {text} }}");
        }
    }

    private static bool IsLoop(SyntaxNode node) =>
        node is ForStatementSyntax or ForEachStatementSyntax or WhileStatementSyntax;

    private string Swapped(ConditionalExpressionSyntax conditional) =>
        $"{TextOf(conditional.Condition)} ? {TextOf(conditional.WhenFalse)} : {TextOf(conditional.WhenTrue)}";
}
