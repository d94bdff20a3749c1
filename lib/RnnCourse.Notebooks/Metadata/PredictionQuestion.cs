using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Metadata;

/// <summary>A cell may ask its reader to predict what it gives: its metadata <c>rnn</c> have a field <c>predict</c>
/// with the question. Pages fold its outputs until the reader has thought of an answer; other hosts leave it
/// alone.</summary>
public static class PredictionQuestion
{
    /// <summary>The field of the metadata.</summary>
    public const string Field = "predict";

    /// <summary>The question of a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <returns>The question; null if the cell asks none. What is not a text counts as none: it must not keep a
    /// notebook from being read.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="cell"/> is null.</exception>
    public static string? Of(CodeCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return
            cell.Metadata[EngineMetadata.Name] is JsonObject fields
            && fields[Field] is JsonValue value
            && value.TryGetValue<string>(out var question)
            && !string.IsNullOrWhiteSpace(question)
            ? question
            : null;
    }
}
