using System.Globalization;
using System.Text.Json.Nodes;

namespace RnnCourse.Plotting.Explorables;

/// <summary>What a network has made of a text.</summary>
/// <param name="Words">The words or letters that were read.</param>
/// <param name="Run">What it computed.</param>
/// <param name="Unit">The unit that was chosen, from 0.</param>
internal sealed record TypedState(IReadOnlyList<string> Words, NetworkRun Run, int Unit)
{
    /// <summary>The words, each with its number.</summary>
    public IEnumerable<string> Places =>
        Words.Select((word, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1} {word}"));
}

/// <summary>Fields of a panel, one by one.</summary>
internal static class PanelFields
{
    public static JsonObject With(this JsonObject panel, string name, JsonNode value)
    {
        panel[name] = value;
        return panel;
    }

    /// <summary>States and gates lie from −1 to 1.</summary>
    public static JsonObject Signed(this JsonObject panel) => panel.With("range", new JsonArray(-1, 1));
}
