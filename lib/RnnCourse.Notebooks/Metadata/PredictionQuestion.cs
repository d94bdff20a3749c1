using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Metadata;

/// <summary>A cell may ask its reader to predict its outputs: its metadata <c>rnn</c> then have a field <c>predict</c>
/// with the question. Pages hide its outputs until the reader has thought of an answer; other hosts ignore the
/// question.</summary>
public static class PredictionQuestion
{
    /// <summary>The field of the metadata.</summary>
    public const string Field = "predict";

    /// <summary>The question of a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <returns>The question; null if there is none. A value that isn't a text is ignored, so that the notebook can
    /// still be read.</returns>
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
