using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Exercises.Tests;

/// <summary>The texts of a check use the terms of its lesson and of earlier ones, not of later ones.</summary>
public sealed partial class HintsTests
{
    // Technical terms. Each is introduced by the lesson that first uses it.
    private static readonly string[] Terms =
    [
        "ablation",
        "accuracy",
        "attention",
        "backpropagation",
        "bag",
        "batch",
        "bias",
        "bigram",
        "candidate",
        "ceiling",
        "cell",
        "chain rule",
        "clip",
        "correlation",
        "cross-entropy",
        "decomposition",
        "derivative",
        "eigenvalue",
        "entropy",
        "epoch",
        "exponential",
        "floor",
        "gate",
        "gradient",
        "GRU",
        "hidden layer",
        "identity",
        "Jacobian",
        "lag",
        "learning rate",
        "least squares",
        "logarithm",
        "loss",
        "LSTM",
        "mask",
        "matrix",
        "nat",
        "norm",
        "one-hot",
        "orthogonal",
        "outer product",
        "overflow",
        "padding",
        "parameter",
        "perplexity",
        "probability",
        "probe",
        "QR",
        "recurrent",
        "saturated",
        "score",
        "sigmoid",
        "slope",
        "softmax",
        "spectral radius",
        "state",
        "surprise",
        "tanh",
        "target",
        "transposed",
        "truncation",
        "vanish",
        "vector",
        "weight",
        "window",
    ];

    // Words that have no special meaning in their place, or are explained there.
    private static readonly HashSet<string> Everyday = ["candidate", "cell", "floor", "target"];

    public static TheoryData<string> Lessons => [.. Solutions.Exercises.Select(id => id[..2]).Distinct()];

    [Theory]
    [MemberData(nameof(Lessons))]
    public void A_check_speaks_of_nothing_that_comes_later(string lesson)
    {
        var known = string.Join(
            '\n',
            Notebooks().Where(path => string.CompareOrdinal(Path.GetFileName(path)[..2], lesson) <= 0).Select(TextOf)
        );
        var unknown =
            from text in TextsOf(lesson)
            from term in Terms
            where !Everyday.Contains(term) && Contains(text, term) && !Contains(known, term)
            select $"“{term}”, in: {text}";
        Assert.Empty(unknown.Distinct());
    }

    [Fact]
    public void Each_term_is_introduced_somewhere_or_known_to_be_avoided()
    {
        var all = string.Join('\n', Notebooks().Select(TextOf));
        string[] nowhere = ["decomposition", "entropy", "overflow", "QR", "truncation"]; // to be avoided
        Assert.Equal(nowhere, Terms.Where(term => !Contains(all, term)));
    }

    private static bool Contains(string text, string term) =>
        Regex.IsMatch(text, $@"(?<![\p{{L}}-]){Regex.Escape(term)}(s|es|ies)?(?![\p{{L}}(])", RegexOptions.IgnoreCase);

    private static IEnumerable<string> Notebooks() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "notebooks"), "*.ipynb").Order(StringComparer.Ordinal);

    private static string TextOf(string path) =>
        string.Join('\n', NotebookReader.Read(path).Cells.Select(cell => Space().Replace(cell.Source, " ")));

    // The sentences in the sources of a lesson's checks: string literals with spaces, except solutions, names of keys,
    // and quizzes, which ask about the lesson's content.
    private static IEnumerable<string> TextsOf(string lesson)
    {
        var library = Path.Combine(Repository.Root, "lib", "RnnCourse.Exercises");
        var files = Directory
            .EnumerateFiles(library, $"Check.{lesson}.*.cs")
            .Concat(Directory.EnumerateFiles(Path.Combine(library, $"Lesson{lesson}"), "*.cs"))
            .Where(path => !Path.GetFileName(path).StartsWith("Quiz", StringComparison.Ordinal));
        foreach (var file in files)
        {
            foreach (var node in CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantNodes())
            {
                var text = node switch
                {
                    LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal
                        when !literal.Token.Text.StartsWith("\"\"\"", StringComparison.Ordinal) => literal
                        .Token
                        .ValueText,
                    InterpolatedStringTextSyntax part => part.TextToken.ValueText,
                    _ => "",
                };
                if (text.Contains(' ', StringComparison.Ordinal))
                {
                    yield return text;
                }
            }
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
