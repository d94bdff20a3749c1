using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Metadata;

/// <summary>The tags of a cell that mean something to the runner or to a page. They are in its metadata, under
/// <c>tags</c>.</summary>
public static class CellTags
{
    /// <summary>The cell is not executed; its stored outputs stay.</summary>
    public const string SkipExecution = "skip-execution";

    /// <summary>
    /// The cell must fail, and the notebook goes on. With <c>:</c> and a type after it, such as
    /// <c>raises-exception:DivideByZeroException</c>, it must fail with that error.
    /// </summary>
    public const string RaisesException = "raises-exception";

    /// <summary>The cell declares, with their usual values, what <c>-p name value</c> can set.</summary>
    public const string Parameters = "parameters";

    /// <summary>The cell was put in by a run with <c>-p</c>; the next such run replaces it.</summary>
    public const string InjectedParameters = "injected-parameters";

    /// <summary>The cell takes long: it runs only on request; its stored outputs stay.</summary>
    public const string Slow = "slow";

    /// <summary>The cell's outputs differ in each run, so that comparisons leave them out.</summary>
    public const string Timing = "timing";

    /// <summary>The cell is an exercise: a page keeps earlier attempts at it.</summary>
    public const string Exercise = "exercise";

    /// <summary>The cell holds the answers to a quiz, whose questions are in the text above it.</summary>
    public const string Quiz = "quiz";

    /// <summary>The cell is there to try things in: it is saved with the notebook, and left out where that is handed
    /// on.</summary>
    public const string Scratch = "scratch";

    /// <summary>The tags of a cell, in order.</summary>
    /// <param name="cell">The cell.</param>
    /// <returns>The tags; empty if the cell has none, or if <c>tags</c> is not a list.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="cell"/> is null.</exception>
    public static IReadOnlyList<string> Of(Cell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.Metadata["tags"] is JsonArray tags
            ?
            [
                .. tags.OfType<JsonValue>()
                    .Select(tag => tag.TryGetValue<string>(out var text) ? text : null)
                    .OfType<string>(),
            ]
            : [];
    }

    /// <summary>Whether a cell has a tag.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="tag">The tag, whole.</param>
    /// <returns>Whether it has it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="cell"/> is null.</exception>
    public static bool Has(Cell cell, string tag) => Of(cell).Contains(tag, StringComparer.Ordinal);
}
