using Microsoft.CodeAnalysis.CSharp;

namespace RnnCourse.Exercises.Tests.Mutants;

/// <summary>What learners write by mistake in place of a call, an operator or a number.</summary>
internal static class Replacements
{
    /// <summary>Methods, and what learners call in place of them.</summary>
    public static readonly (string From, string To)[] OtherCalls =
    [
        ("Sum", "Average"),
        ("Average", "Sum"),
        ("Max", "Min"),
        ("Min", "Max"),
        ("First", "Last"),
        ("Last", "First"),
        ("Exp", "Log"),
        ("Log", "Exp"),
        ("Any", "All"),
        ("All", "Any"),
        ("Take", "Skip"),
        ("Skip", "Take"),
        ("MaxBy", "MinBy"),
        ("PointwiseTanh", "PointwiseExp"),
        ("Softmax", "LogSoftmax"),
        ("RowSums", "ColumnSums"),
        ("Row", "Column"),
        ("Column", "Row"),
        ("RowCount", "ColumnCount"),
        ("ColumnCount", "RowCount"),
        ("OuterProduct", "PointwiseMultiply"),
        ("TransposeThisAndMultiply", "Multiply"),
        ("Append", "Prepend"),
        ("L2Norm", "L1Norm"),
        ("Zip", "Concat"),
    ];

    /// <summary>Slips that few learners would make. They are used only for short solutions, which have few places for
    /// slips.</summary>
    public static readonly (string From, string To)[] RareCalls =
    [
        ("Sum", "Max"),
        ("Average", "Max"),
        ("Average", "Min"),
        ("Exp", "Sqrt"),
        ("Log", "Log2"),
        ("Log", "Log10"),
        ("PointwiseTanh", "PointwiseSin"),
        ("PointwiseExp", "PointwiseTanh"),
        ("Maximum", "Minimum"),
        ("Maximum", "AbsoluteMaximum"),
        ("Maximum", "Sum"),
        ("Max", "Sum"),
        ("DiagonalOfDiagonalVector", "DenseOfColumnVectors"),
        ("NextNormal", "NextUniform"),
        ("PointwiseMultiply", "PointwiseDivide"),
        ("PointwiseMultiply", "DotProduct"),
        ("PointwiseMultiply", "Add"),
        ("PointwiseMultiply", "Subtract"),
    ];

    /// <summary>Operators, and what learners write in place of them.</summary>
    public static readonly (SyntaxKind From, string To, int Rank, string Kind)[] OtherOperators =
    [
        (SyntaxKind.AddExpression, "-", 1, "wrong sign"),
        (SyntaxKind.SubtractExpression, "+", 1, "wrong sign"),
        (SyntaxKind.MultiplyExpression, "/", 4, "divide for multiply"),
        (SyntaxKind.MultiplyExpression, "+", 5, "add for multiply"),
        (SyntaxKind.DivideExpression, "*", 2, "multiply for divide"),
        (SyntaxKind.LessThanExpression, "<=", 0, "off by one"),
        (SyntaxKind.LessThanOrEqualExpression, "<", 0, "off by one"),
        (SyntaxKind.GreaterThanExpression, ">=", 0, "off by one"),
        (SyntaxKind.GreaterThanOrEqualExpression, ">", 0, "off by one"),
        (SyntaxKind.LessThanExpression, ">", 4, "wrong comparison"),
        (SyntaxKind.GreaterThanExpression, "<", 2, "wrong comparison"),
        (SyntaxKind.EqualsExpression, "!=", 3, "wrong comparison"),
        (SyntaxKind.NotEqualsExpression, "==", 3, "wrong comparison"),
        (SyntaxKind.LogicalAndExpression, "||", 2, "wrong connective"),
        (SyntaxKind.LogicalOrExpression, "&&", 2, "wrong connective"),
        (SyntaxKind.AddAssignmentExpression, "=", 1, "last for sum"),
        (SyntaxKind.AddAssignmentExpression, "-=", 1, "wrong sign"),
        (SyntaxKind.SubtractAssignmentExpression, "+=", 1, "wrong sign"),
        (SyntaxKind.MultiplyAssignmentExpression, "=", 1, "last for product"),
        (SyntaxKind.DivideAssignmentExpression, "*=", 2, "multiply for divide"),
    ];

    /// <summary>The names of variables that contain whole numbers in the solutions.</summary>
    public static readonly string[] WholeNumbers =
    [
        "n",
        "k",
        "i",
        "t",
        "T",
        "B",
        "D",
        "H",
        "K",
        "size",
        "columns",
        "target",
    ];
}
