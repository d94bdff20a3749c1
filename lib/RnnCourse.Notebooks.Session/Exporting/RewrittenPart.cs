namespace RnnCourse.Notebooks.Session.Exporting;

/// <summary>A piece of a cell in the form that the program needs.</summary>
/// <param name="Statements">The statements that replace it; may be empty.</param>
/// <param name="Types">The types that it declares; they come last in a program.</param>
/// <param name="Usings">Its <c>using</c> lines, which come first, each with the comment after it.</param>
internal sealed record RewrittenPart(
    string Statements,
    IReadOnlyList<string> Types,
    IReadOnlyList<(string Using, string Comment)> Usings
);
