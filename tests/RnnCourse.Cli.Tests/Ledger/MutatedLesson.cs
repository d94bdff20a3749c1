using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Cli.Tests.Ledger;

/// <summary>Runs a lesson with one mutation, up to the claim that must fail.</summary>
internal static class MutatedLesson
{
    // Only to turn a hang into an error; on a busy machine a cell may take long.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>What is wrong with the mutation; null if the claim fails as it must. <c>Words</c> are the claim's own,
    /// from its exception.</summary>
    public static async Task<(string? Problem, string Words)> TryAsync(
        string folder,
        Notebook lesson,
        Mutation mutation
    )
    {
        var cells = lesson.Cells.OfType<CodeCell>().ToList();
        var (claim, changed) = (
            cells.FindIndex(cell => cell.Id == mutation.Cell),
            cells.FindIndex(cell => cell.Id == mutation.At)
        );
        if (claim < 0 || changed < 0)
        {
            return ($"there is no cell {(claim < 0 ? mutation.Cell : mutation.At)}", "");
        }

        if (changed > claim)
        {
            return ($"the cell {mutation.At} comes after {mutation.Cell}", "");
        }

        var count = cells[changed].Source.Split(mutation.Old).Length - 1;
        if (count != 1)
        {
            return ($"the text to replace stands in {mutation.At} {(count == 0 ? "nowhere" : "more than once")}", "");
        }

        using var session = new ScriptSession(new ScriptSessionOptions(folder));
        for (var i = 0; i <= claim; i++)
        {
            var source =
                i == changed
                    ? cells[i].Source.Replace(mutation.Old, mutation.New, StringComparison.Ordinal)
                    : cells[i].Source;
            // A separate thread, since a cell runs without a break.
            var run = Task.Run(() => session.ExecuteAsync(new CellSource(cells[i].Id, source)));
            if (await Task.WhenAny(run, Task.Delay(Patience)) != run)
            {
                return ($"the cell {cells[i].Id} does not come to its end", "");
            }

            var error = (await run).Error;
            if (error is null && i == claim)
            {
                return ("nothing fails: the claim holds all the same", "");
            }

            if (error is null)
            {
                continue;
            }

            var beginning = $"{mutation.Statement} does not hold: ";
            return
                i == claim
                && error.Name.EndsWith("ClaimFailedException", StringComparison.Ordinal)
                && error.Message.StartsWith(beginning, StringComparison.Ordinal)
                ? (null, error.Message[beginning.Length..].TrimEnd('.'))
                : ($"the cell {cells[i].Id} fails otherwise: {error.Name}: {error.Message}", "");
        }

        return ("there is nothing to run", "");
    }
}
