using Microsoft.CodeAnalysis;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Session.Exporting;

/// <summary>A notebook can't be exported as a program. The message says in which cell and line, why, and what to
/// do.</summary>
public sealed class ExportException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Where, why, and what to do.</param>
    public ExportException(string message)
        : base(message) { }

    internal ExportException(CellSource source, int line, string problem)
        : base($"{CellSource.Position(source.FilePath, line)}: {problem}") { }

    internal static ExportException At(CellSource source, SyntaxNode node, string problem) =>
        new(source, node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, problem);
}
