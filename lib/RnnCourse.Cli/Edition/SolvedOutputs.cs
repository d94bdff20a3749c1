using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Edition;

/// <summary>Reads from the outputs of an executed lesson whether every exercise and the quiz came out right.</summary>
internal static class SolvedOutputs
{
    /// <summary>A line for each cell with a solution whose check did not say "correct"; none if all did.</summary>
    public static IReadOnlyList<string> Problems(Notebook executed) =>
        [
            .. executed
                .Cells.OfType<CodeCell>()
                .Where(new LessonCells("").IsAnswer)
                .Where(cell => !IsRight(cell))
                .Select(cell => $"cell {cell.Id}: {Said(cell)}"),
        ];

    private static bool IsRight(CodeCell cell) =>
        Said(cell).StartsWith(LessonCells.IsQuiz(cell) ? "✓ Quiz" : "✓ Exercise", StringComparison.Ordinal);

    // What a check shows is the cell's result, the last of its outputs.
    private static string Said(CodeCell cell) =>
        cell.Outputs.OfType<ResultOutput>().LastOrDefault()?.Data.Text("text/plain")
        ?? "the cell has no result, where the check's was expected";
}
