using System.Text.Json.Nodes;
using RnnCourse.Plotting.Hosting;

namespace RnnCourse.Plotting.Tests;

/// <summary>Controls without a host, with one that moves them, and with one that answers nonsense.</summary>
[Collection(Name)]
public sealed class ControlTests : IDisposable
{
    private const string Name = "the host's function";

    private readonly TextWriter _console = Console.Out;
    private readonly StringWriter _printed = new();
    private JsonNode? _asked;

    public ControlTests() => Console.SetOut(_printed);

    public void Dispose()
    {
        AppContext.SetData(HostControl.Key, null);
        Console.SetOut(_console);
        _printed.Dispose();
    }

    [Fact]
    public void Without_a_host_a_control_gives_the_value_in_the_code_and_says_how_to_change_it()
    {
        Assert.Equal(0.9, Control.Slider("radius", 0.5, 1.5, 0.9));
        Assert.Equal(8, Control.Slider("units", 1, 20, 8));
        Assert.Equal("Adam", Control.Choice("optimiser", ["SGD", "Adam"], "Adam"));
        Assert.Equal(3, Control.Choice("steps", [3, 4]));
        Assert.Equal(1e-3, Control.Number("rate", 1e-3));
        Assert.Equal(7, Control.Number("seed", 7));
        Assert.Equal("the cat", Control.Text("words", "the cat"));
        Assert.StartsWith(
            "radius = 0.9 (a slider from 0.5 to 1.5; where it can't be moved, change 0.9 in the cell)",
            _printed.ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains("optimiser = “Adam” (a choice of SGD, Adam;", _printed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_learns_what_the_control_is_and_its_value_counts()
    {
        Answer("1.25");
        Assert.Equal(1.25, Control.Slider("radius", 0.5, 1.5, 0.9));
        Assert.Equal("slider", (string?)_asked!["control"]);
        Assert.Equal("radius", (string?)_asked["name"]);
        Assert.Equal(
            (0.5, 1.5, 0.01, 0.9),
            ((double)_asked["min"]!, (double)_asked["max"]!, (double)_asked["step"]!, (double)_asked["default"]!)
        );
        Answer("12");
        Assert.Equal(12, Control.Slider("units", 1, 20, 8));
        Assert.Equal(1, (int)_asked["step"]!);
        Answer("\"SGD\"");
        Assert.Equal("SGD", Control.Choice("optimiser", ["SGD", "Adam"], "Adam"));
        Assert.Equal(["SGD", "Adam"], _asked["choices"]!.AsArray().Select(choice => (string)choice!));
        Answer("\"ü “quoted”\"");
        Assert.Equal("ü “quoted”", Control.Text("words", "the cat"));
        Assert.Equal("", _printed.ToString());
    }

    [Theory]
    [InlineData("99")]
    [InlineData("\"1\"")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("1.5")]
    public void What_a_host_must_not_give_is_not_taken(string answer)
    {
        Answer(answer);
        Assert.Equal(8, Control.Slider("units", 1, 20, 8));
        Assert.Equal("b", Control.Choice("of two", ["a", "b"], "b"));
    }

    [Theory]
    [InlineData(0, 100, 1)]
    [InlineData(0.5, 1.5, 0.01)]
    [InlineData(0, 3, 0.02)]
    [InlineData(-1, 1, 0.02)]
    [InlineData(0, 5e-4, 5e-6)]
    [InlineData(0, 7e6, 5e4)]
    public void A_step_is_about_a_hundredth_of_the_range_in_round_numbers(double min, double max, double step)
    {
        Answer("null");
        _ = Control.Slider("x", min, max, min);
        Assert.Equal(step, (double)_asked!["step"]!);
    }

    public static TheoryData<Action, string> Mistakes =>
        new()
        {
            {
                () => Control.Slider("r", 1.5, 0.5, 0.9),
                "Control.Slider(\"r\", …): the least value, 1.5, must be less"
            },
            { () => Control.Slider("r", 0.5, 1.5, 2.0), "the value 2 is outside the range 0.5 to 1.5." },
            { () => Control.Slider("r", 0.5, 1.5, double.NaN), "the value NaN is outside" },
            { () => Control.Slider("r", 0.5, double.PositiveInfinity, 1), "the range must be finite" },
            { () => Control.Slider("r", -1e308, 1e308, 1), "is too large" },
            { () => Control.Slider("r", 0.5, 1.5, 0.9, 0), "the step must be greater than 0, and is 0." },
            { () => Control.Slider("r", 0.5, 1.5, 0.9, 2), "a step of 2 doesn't fit the range from 0.5 to 1.5." },
            { () => Control.Slider("r", 0, 9, 3, -1), "the step must be greater than 0, and is -1." },
            { () => Control.Slider(" ", 0, 1, 0), "a control needs a name" },
            { () => Control.Slider("a\nb", 0, 1, 0), "one line of at most 80 letters" },
            { () => Control.Choice<string>("c", []), "something to choose from" },
            { () => Control.Choice("c", ["a", "b"], "d"), "“d” isn't one of the choices: a, b." },
            { () => Control.Choice("c", ["a", "a"]), "two choices are both shown as “a”" },
            { () => Control.Choice("c", ["a", ""]), "a choice has no text" },
            { () => Control.Number("n", 5, 0, 4), "the value 5 is outside the range 0 to 4." },
            { () => Control.Text("t", "two\nlines"), "the text must be one line." },
            { () => Control.Text("t", "long", 3), "the text has 4 letters, and 3 are allowed." },
        };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_in_the_arguments_is_named(Action call, string message)
    {
        var thrown = Assert.Throws<ArgumentException>(call);
        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
        Assert.Contains("Control.", thrown.Message, StringComparison.Ordinal);
    }

    private void Answer(string json) =>
        AppContext.SetData(
            HostControl.Key,
            (Func<string, string?>)(
                description =>
                {
                    _asked = JsonNode.Parse(description);
                    return json;
                }
            )
        );
}
