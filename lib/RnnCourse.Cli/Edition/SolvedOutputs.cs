using RnnCourse.Cli.Run;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Cli.Edition;

/// <summary>Checks by the outputs of an executed lesson whether every exercise and the quiz are correct.</summary>
internal static class SolvedOutputs
{
    /// <summary>A line for each exercise or quiz whose check did not say "correct".</summary>
    public static IReadOnlyList<string> Problems(Notebook executed) =>
        [
            .. executed
                .Cells.OfType<CodeCell>()
                .Where(new LessonCells("").IsAnswer)
                .Where(cell => !IsRight(cell))
                .Select(cell => $"cell {cell.Id}: {TextOf(cell)}"),
        ];

    private static bool IsRight(CodeCell cell) => Verdict.Of(cell) is { Kind: VerdictKind.Correct };

    // Output other than a check's verdict is shown as it is, in the check's place.
    private static string TextOf(CodeCell cell) =>
        Verdict.Of(cell) is { } verdict
            ? string.Join(' ', verdict.Describe(page: null).Select(line => line.Trim()))
            : cell.Outputs.OfType<ResultOutput>().LastOrDefault()?.Data.Text("text/plain")
                ?? "the cell has no result, but the check's was expected";
}
