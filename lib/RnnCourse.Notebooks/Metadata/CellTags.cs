using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Metadata;

/// <summary>The tags of a cell that the runner or a page knows. They are stored in its metadata, under
/// <c>tags</c>.</summary>
public static class CellTags
{
    /// <summary>The cell is not executed; its stored outputs are kept.</summary>
    public const string SkipExecution = "skip-execution";

    /// <summary>
    /// The cell must fail, and the notebook continues. With <c>:</c> and a type after it, such as
    /// <c>raises-exception:DivideByZeroException</c>, it must fail with that error.
    /// </summary>
    public const string RaisesException = "raises-exception";

    /// <summary>The cell declares the parameters that <c>-p name value</c> can set, with their default
    /// values.</summary>
    public const string Parameters = "parameters";

    /// <summary>The cell was inserted by a run with <c>-p</c>; the next such run replaces it.</summary>
    public const string InjectedParameters = "injected-parameters";

    /// <summary>The cell takes long: it runs only on request; otherwise its stored outputs are kept.</summary>
    public const string Slow = "slow";

    /// <summary>The cell's outputs differ in each run, so that comparisons leave them out.</summary>
    public const string Timing = "timing";

    /// <summary>The cell is an exercise: a page keeps earlier attempts at it.</summary>
    public const string Exercise = "exercise";

    /// <summary>The cell contains the answers to a quiz, whose questions are in the text above it.</summary>
    public const string Quiz = "quiz";

    /// <summary>The cell is for trying things out: it is saved with the notebook, and left out when the notebook is
    /// handed on.</summary>
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
    /// <param name="tag">The complete tag.</param>
    /// <returns>Whether it has it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="cell"/> is null.</exception>
    public static bool Has(Cell cell, string tag) => Of(cell).Contains(tag, StringComparer.Ordinal);
}
