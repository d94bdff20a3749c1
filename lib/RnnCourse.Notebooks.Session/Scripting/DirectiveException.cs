using RnnCourse.Notebooks.Results;

namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>A <c>#r</c>, <c>#load</c> or <c>#!</c> line can't be carried out.</summary>
internal sealed class DirectiveException(CellSource source, int line, string sourceLine, string message)
    : Exception(message)
{
    public CellError ToError()
    {
        List<string> report = [$"{CellSource.Position(source.FilePath, line)}: {Message}", $"    {sourceLine.Trim()}"];
        return new CellError(CellError.Directive, Message, report, line, sourceLine);
    }
}
