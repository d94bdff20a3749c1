using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Edition;

/// <summary>Generates the lesson with solutions: replaces the source of each exercise and quiz, and adjusts paths to
/// the folder below.</summary>
internal static class SolvedNotebook
{
    private const string NoteId = "edition-with-solutions";

    /// <summary>Generates the lesson with solutions, without outputs; null if it has no exercises.</summary>
    /// <param name="lesson">The lesson.</param>
    /// <param name="fileName">Its file name, such as <c>06-recurrent-connection.ipynb</c>.</param>
    /// <exception cref="EditionException">The library lacks a solution, or the lesson lacks the setup cell.</exception>
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
                RelativePaths.InCode(code.Source).TrimEnd()
                    + "\nProgress.Off();   // these answers aren't yours, so they don't count as your progress"
            ),
            CodeCell code => Unrun(code, RelativePaths.InCode(code.Source)),
            MarkdownCell text => text with { Source = RelativePaths.InMarkdown(text.Source) },
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
