using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnCourse.Exercises.Tests.Mutants;

/// <summary>Which cells of a lesson an exercise needs: those that declare or change what it names, what these name, and
/// so on. Trainings and figures that it doesn't need would take most of the time.</summary>
internal static class CellDependencies
{
    /// <summary>The needed cells among those before the exercise, in order.</summary>
    /// <param name="before">The sources of the cells before it.</param>
    /// <param name="exercise">The source of its cell.</param>
    public static IReadOnlyList<string> Needed(IReadOnlyList<string> before, string exercise)
    {
        var trees = before.Select(Parse).ToList();
        var declared = trees.Select(Declared).ToList();
        var all = declared.SelectMany(names => names).ToHashSet();
        var given = trees
            .Zip(declared, (tree, names) => names.Union(Changed(tree).Intersect(all)).ToHashSet())
            .ToList();
        var needed = new bool[before.Count];
        var seen = Used(Parse(exercise));
        var names = new Queue<string>(seen);
        while (names.TryDequeue(out var name))
        {
            for (var k = 0; k < before.Count; k++)
            {
                if (needed[k] || !given[k].Contains(name))
                {
                    continue;
                }

                needed[k] = true;
                foreach (var other in Used(trees[k]).Where(seen.Add))
                {
                    names.Enqueue(other);
                }
            }
        }

        return [.. before.Where((source, k) => needed[k] || IsDirective(source, trees[k]))];
    }

    private static CompilationUnitSyntax Parse(string source) =>
        CSharpSyntaxTree
            .ParseText(source, new CSharpParseOptions(kind: SourceCodeKind.Script))
            .GetCompilationUnitRoot();

    private static bool IsDirective(string source, CompilationUnitSyntax tree) =>
        source.StartsWith("#r", StringComparison.Ordinal) || tree.Usings.Count > 0;

    private static HashSet<string> Declared(CompilationUnitSyntax tree) =>
        [
            .. tree.Members.SelectMany(member =>
                member switch
                {
                    MethodDeclarationSyntax method => [method.Identifier.Text],
                    BaseTypeDeclarationSyntax type => [type.Identifier.Text],
                    FieldDeclarationSyntax field => field.Declaration.Variables.Select(v => v.Identifier.Text),
                    GlobalStatementSyntax { Statement: LocalFunctionStatementSyntax function } =>
                    [
                        function.Identifier.Text,
                    ],
                    // Such as var (U, W) = …, but not within a block.
                    GlobalStatementSyntax statement => statement
                        .DescendantNodes(node => node is not (BlockSyntax or AnonymousFunctionExpressionSyntax))
                        .OfType<SingleVariableDesignationSyntax>()
                        .Select(variable => variable.Identifier.Text),
                    _ => Enumerable.Empty<string>(),
                }
            ),
        ];

    // What the cell's statements assign to, and what they call a method on or hand to one: it may change it, as a
    // training does. Code that needs the name needs what it is afterwards.
    private static IEnumerable<string> Changed(CompilationUnitSyntax tree) =>
        tree
            .Members.OfType<GlobalStatementSyntax>()
            .SelectMany(statement =>
                statement
                    .DescendantNodes()
                    .SelectMany(node =>
                        node switch
                        {
                            AssignmentExpressionSyntax { Parent: not InitializerExpressionSyntax } assignment =>
                                assignment.Left.DescendantNodesAndSelf(),
                            // Without a semicolon: the cell's result, which is only shown.
                            ExpressionStatementSyntax { SemicolonToken.IsMissing: false } called
                                when !IsPrint(called) => called
                                .DescendantNodes()
                                .OfType<InvocationExpressionSyntax>()
                                .SelectMany(Touched),
                            _ => [],
                        }
                    )
                    .OfType<IdentifierNameSyntax>()
                    .Where(IsVariable)
                    .Select(name => name.Identifier.Text)
                    .Except(Local(statement))
            );

    private static bool IsPrint(ExpressionStatementSyntax statement) =>
        statement.ToString().StartsWith(nameof(Console), StringComparison.Ordinal);

    private static IEnumerable<SyntaxNode> Touched(InvocationExpressionSyntax call) =>
        [
            .. call.ArgumentList.Arguments.Select(argument => argument.Expression),
            .. call.Expression is MemberAccessExpressionSyntax access ? [access.Expression] : Array.Empty<SyntaxNode>(),
        ];

    // The names that may be those of other cells.
    private static HashSet<string> Used(CompilationUnitSyntax tree) =>
        [
            .. tree.DescendantNodes()
                .OfType<SimpleNameSyntax>()
                .Where(IsVariable)
                .Select(name => name.Identifier.Text)
                .Except(Local(tree)),
        ];

    // Parameters and what is declared within statements, methods and blocks.
    private static IEnumerable<string> Local(SyntaxNode node) =>
        node.DescendantNodes()
            .Select(inner =>
                inner switch
                {
                    ParameterSyntax parameter => parameter.Identifier.Text,
                    ForEachStatementSyntax loop => loop.Identifier.Text,
                    FromClauseSyntax from => from.Identifier.Text,
                    LetClauseSyntax let => let.Identifier.Text,
                    SingleVariableDesignationSyntax variable => variable.Identifier.Text,
                    VariableDeclaratorSyntax { Parent.Parent: not FieldDeclarationSyntax } variable => variable
                        .Identifier
                        .Text,
                    _ => "",
                }
            );

    // A name behind a dot, before a colon or on the left in an initializer is a member's or a parameter's.
    private static bool IsVariable(SimpleNameSyntax name) =>
        name.Identifier.Text != "var"
        && name.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Name != name,
            QualifiedNameSyntax qualified => qualified.Right != name,
            MemberBindingExpressionSyntax or NameColonSyntax or NameEqualsSyntax => false,
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment => assignment.Left != name,
            _ => true,
        };
}
