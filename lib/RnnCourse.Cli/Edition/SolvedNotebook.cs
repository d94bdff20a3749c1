using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Edition;

/// <summary>Makes of a lesson the same lesson with solutions: another source for each cell of an exercise or a quiz,
/// and paths from one folder further down.</summary>
internal static class SolvedNotebook
{
    private const string NoteId = "edition-with-solutions";

    /// <summary>The lesson with solutions, not executed; null if it has nothing to solve.</summary>
    /// <param name="lesson">The lesson as learners get it.</param>
    /// <param name="fileName">Its file's name, such as <c>06-recurrent-connection.ipynb</c>.</param>
    /// <exception cref="EditionException">The library has no solution for one of its cells, or there is no setup
    /// cell.</exception>
    public static Notebook? Of(Notebook lesson, string fileName)
    {
        var solver = new LessonCells(fileName);
        if (!lesson.Cells.OfType<CodeCell>().Any(solver.IsAnswer))
        {
            return null;
        }

        if (!lesson.Cells.OfType<CodeCell>().Any(LessonCells.IsSetup))
        {
            throw new EditionException(
                $"{fileName} has no code cell with the id '{LessonCells.SetupId}', which the edition with "
                    + "solutions adds a line to."
            );
        }

        return lesson with
        {
            Cells = [Note(fileName), .. lesson.Cells.Select(cell => Solved(cell, solver))],
        };
    }

    private static Cell Solved(Cell cell, LessonCells solver) =>
        cell switch
        {
            CodeCell code when solver.IsAnswer(code) => Unrun(code, solver.SolutionOf(code)),
            CodeCell code when LessonCells.IsSetup(code) => Unrun(
                code,
                FolderBelow.InCode(code.Source).TrimEnd()
                    + "\nProgress.Off();   // these answers aren't yours, so they don't count as your progress"
            ),
            CodeCell code => Unrun(code, FolderBelow.InCode(code.Source)),
            MarkdownCell text => text with { Source = FolderBelow.InText(text.Source) },
            _ => cell,
        };

    private static CodeCell Unrun(CodeCell cell, string source) =>
        cell with
        {
            Source = source,
            Outputs = [],
            ExecutionCount = null,
        };

    private static MarkdownCell Note(string fileName) =>
        new()
        {
            Id = NoteId,
            Source =
                $"> This is the edition with solutions of [this lesson](../{fileName}), made by `rnn "
                + "edition`. Every exercise is solved here, so try them there first.",
        };
}
