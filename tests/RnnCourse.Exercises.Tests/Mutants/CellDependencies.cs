using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnCourse.Exercises.Tests.Mutants;

/// <summary>Which cells of a lesson an exercise needs: those that declare what it names, what these name, and so on.
/// Trainings and figures that it doesn't need would take most of the time.</summary>
internal static class CellDependencies
{
    /// <summary>The needed cells among those before the exercise, in order.</summary>
    /// <param name="before">The sources of the cells before it.</param>
    /// <param name="exercise">The source of its cell.</param>
    public static IReadOnlyList<string> Needed(IReadOnlyList<string> before, string exercise)
    {
        var trees = before.Select(Parse).ToList();
        var declared = trees.Select(Declared).ToList();
        var needed = new bool[before.Count];
        var names = new Queue<string>(Used(Parse(exercise)));
        var seen = new HashSet<string>(names);
        while (names.TryDequeue(out var name))
        {
            for (var k = 0; k < before.Count; k++)
            {
                if (needed[k] || !declared[k].Contains(name))
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

    private static HashSet<string> Declared(CompilationUnitSyntax tree)
    {
        var names = new HashSet<string>();
        foreach (var member in tree.Members)
        {
            switch (member)
            {
                case MethodDeclarationSyntax method:
                    names.Add(method.Identifier.Text);
                    break;
                case BaseTypeDeclarationSyntax type:
                    names.Add(type.Identifier.Text);
                    break;
                case FieldDeclarationSyntax field:
                    names.UnionWith(field.Declaration.Variables.Select(variable => variable.Identifier.Text));
                    break;
                case GlobalStatementSyntax statement:
                    // Also targets of assignments, such as (U, W) = …: code that needs the name needs its value.
                    names.UnionWith(
                        statement
                            .DescendantNodes()
                            .OfType<SingleVariableDesignationSyntax>()
                            .Select(variable => variable.Identifier.Text)
                    );
                    names.UnionWith(
                        statement
                            .DescendantNodes()
                            .OfType<AssignmentExpressionSyntax>()
                            .SelectMany(assignment => assignment.Left.DescendantNodesAndSelf())
                            .OfType<IdentifierNameSyntax>()
                            .Select(name => name.Identifier.Text)
                    );
                    names.UnionWith(
                        statement.Statement is LocalFunctionStatementSyntax function ? [function.Identifier.Text] : []
                    );
                    break;
            }
        }

        return names;
    }

    private static IEnumerable<string> Used(CompilationUnitSyntax tree) =>
        tree.DescendantNodes().OfType<SimpleNameSyntax>().Select(name => name.Identifier.Text).Distinct();
}
