using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RnnCourse.Plotting.Text;

namespace RnnCourse.Plotting.Hosting;

/// <summary>
/// A control as hosts understand it. A host that knows controls puts a function into the process's data under the name
/// <see cref="Key"/>: it takes the description of a control in JSON, shows it, and gives its value in JSON, or null for
/// the one that the description names. So neither side references the other.
/// </summary>
internal sealed class HostControl
{
    /// <summary>Under this name, the host's function is found in <see cref="AppContext"/>.</summary>
    public const string Key = "Notebook.Control";

    private readonly JsonObject _description;

    private HostControl(JsonObject description) => _description = description;

    /// <summary>Begins a description.</summary>
    /// <param name="kind">What it is: <c>slider</c>, <c>choice</c>, <c>number</c> or <c>text</c>.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">The value until the reader changes it.</param>
    /// <param name="words">What it is, in words.</param>
    public static HostControl Of<T>(string kind, string name, T value, string words)
    {
        var written = value is string text ? $"“{text}”" : Convert.ToString(value, CultureInfo.InvariantCulture);
        return new HostControl(
            new JsonObject
            {
                ["control"] = kind,
                ["name"] = name,
                ["default"] = JsonValue.Create(value),
                ["words"] = $"{name} = {written} ({words}; where it can't be moved, change {written} in the cell)",
            }
        );
    }

    /// <summary>Adds a property.</summary>
    public HostControl With<T>(string property, T value)
    {
        _description[property] = JsonSerializer.SerializeToNode(value);
        return this;
    }

    /// <summary>The present value: that of the host if it lies in the range.</summary>
    public double AskNumber(double otherwise, double min, double max, bool isWhole = false) =>
        Ask() is JsonValue value
        && value.TryGetValue<double>(out var number)
        && number >= min
        && number <= max
        && (!isWhole || number == Math.Floor(number))
            ? number
            : otherwise;

    /// <summary>The present value: that of the host if it is a text that is allowed.</summary>
    public string AskText(string otherwise, Func<string, bool> mayBe) =>
        Ask() is JsonValue value && value.TryGetValue<string>(out var text) && mayBe(text) ? text : otherwise;

    private JsonNode? Ask()
    {
        if (AppContext.GetData(Key) is not Func<string, string?> ask)
        {
            Console.WriteLine(_description["words"]);
            return null;
        }

        return ask(_description.ToJsonString(JsonText.Readable)) is { } value ? JsonNode.Parse(value) : null;
    }
}
