using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;
using RnnCourse.Core;

namespace RnnCourse.Plotting.Tests;

public sealed class ExplorableTests
{
    private const string Data = "application/vnd.rnncourse.explorable+json";

    private static readonly Dial Radius = Dial.Slider("radius", 0.5, 1.5, 0.25, 1);

    private static Explorable Power() =>
        Explorable.Of(
            "A power",
            Radius,
            radius =>
                Figure
                    .Lines(
                        "Powers",
                        "n",
                        "radius^n",
                        new Series("power", Enumerable.Range(1, 5).Select(n => Math.Pow(radius, n)))
                    )
                    .WithCaption($"At {radius} & <b>")
        );

    private static Explorable Typed() =>
        Explorable
            .Typed(
                "Typed",
                "bits",
                "1 0",
                PageNetwork.Of(new VanillaRnn(2, 3, 2, new SeededRandom(1)), ["0", "1"]),
                PageView.States("States")
            )
            .WithFactor(Dial.Slider("W ×", 0, 1, 0.5, 1), "s.W");

    [Fact]
    public void Frames_hold_what_changes_and_give_the_figures_of_each_value_again()
    {
        var json = JsonNode.Parse(Power().ToJson())!;
        var frames = json["frames"]!.AsArray();
        Assert.Equal(5, frames.Count);
        var last = json["panels"]!;
        for (var i = 0; i < 5; i++)
        {
            last = Changed(last, frames[i]!.AsObject());
            var panel = last[0]!;
            Assert.Equal($"At {Radius.Values[i]} & <b>", (string?)panel["says"]);
            Assert.Equal(
                Enumerable.Range(1, 5).Select(n => (double)(float)Math.Pow(Radius.Values[i], n)),
                Numbers(panel["series"]![0]!["y"]!)
            );
            Assert.Equal([1, 2, 3, 4, 5], Numbers(panel["series"]![0]!["x"]!));
        }

        // The places and the names occur there once.
        Assert.DoesNotContain("name", frames[0]!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("/x", frames[0]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_inputs_give_a_frame_for_each_pair_the_second_changing_fastest()
    {
        var calls = new List<(double, double)>();
        var explorable = Explorable.Of(
            "Two",
            Dial.Slider("a", 0, 1, 0.5, 0.5),
            Dial.Choice("b", "small", "large"),
            (a, b) =>
            {
                calls.Add((a, b));
                return Figure.Bars("Bars", "x", "y", ["p"], new Series("s", [a + (10 * b)]));
            }
        );
        Assert.Equal([(0, 0), (0, 1), (0.5, 0), (0.5, 1), (1, 0), (1, 1)], calls);
        var json = JsonNode.Parse(explorable.ToJson())!;
        var (values, last) = (new List<double>(), json["panels"]!);
        foreach (var frame in json["frames"]!.AsArray())
        {
            last = Changed(last, frame!.AsObject());
            values.Add(Numbers(last[0]!["series"]![0]!["y"]!)[0]);
        }

        Assert.Equal([0, 10, 0.5, 10.5, 1, 11], values);
        Assert.StartsWith("Shown for a = 0.5, b = small. ", explorable.AltText, StringComparison.Ordinal);
    }

    [Fact]
    public void What_stands_first_is_a_still_picture_that_says_where_the_inputs_stand()
    {
        var html = Power().WithCaption("Try <it>.").ToHtml();
        Assert.StartsWith("<figure", html, StringComparison.Ordinal);
        Assert.Contains("alt=\"Shown for radius = 1. ", html, StringComparison.Ordinal);
        Assert.Contains("At 1 &amp; &lt;b&gt; Try &lt;it&gt;. Shown for radius = 1.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Contains("Shown for bits = “1 0”, W × = 1. ", Typed().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_explorable_gives_the_same_bytes()
    {
        foreach (var make in (Func<Explorable>[])[Power, Typed])
        {
            Assert.Equal(make().ToHtml(), make().ToHtml());
            Assert.Equal(make().ToJson(), make().ToJson());
            Assert.Equal(make().ToString(), make().ToString());
        }
    }

    [Fact]
    public void Hosts_get_Plotly_where_it_can_carry_the_frames_and_are_not_promised_it_elsewhere()
    {
        var plotly = "application/vnd.plotly.v1+json";
        Assert.Equal(["text/html", Data, plotly, "text/plain"], Formatter.GetPreferredMimeTypesFor(Power().GetType()));
        Assert.Equal(["text/html", Data, "text/plain"], Formatter.GetPreferredMimeTypesFor(Typed().GetType()));
        var figure = JsonNode.Parse(Power().ToDisplayString(plotly))!;
        Assert.Equal(5, figure["frames"]!.AsArray().Count);
        Assert.Equal(2, (int)figure["layout"]!["sliders"]![0]!["active"]!);
        Assert.Equal(
            (float)Math.Pow(0.5, 3),
            (float)(double)figure["frames"]![0]!["data"]![0]!["y"]![2]!,
            tolerance: 1e-4f
        );
        Assert.Equal(Power().ToJson(), Power().ToDisplayString(Data));
    }

    [Fact]
    public void Several_figures_stand_one_above_the_other_in_Plotly()
    {
        var explorable = Explorable.Of(
            "Both",
            Radius,
            radius =>
                [
                    Figure.Lines("One", "n", "y", new Series("s", [radius, 1])),
                    Figure.Bars("Two", "n", "y", ["a"], new Series("t", [radius])),
                ]
        );
        var figure = JsonNode.Parse(explorable.ToDisplayString("application/vnd.plotly.v1+json"))!;
        Assert.Equal(["x", "x2"], figure["data"]!.AsArray().Select(trace => (string?)trace!["xaxis"]));
        Assert.True(
            (double)figure["layout"]!["yaxis2"]!["domain"]![1]! < (double)figure["layout"]!["yaxis"]!["domain"]![0]!
        );
        Assert.Equal(1.5, (double)figure["frames"]![4]!["data"]![1]!["y"]![0]!);
    }

    [Fact]
    public void A_diagram_is_stored_once_and_its_frames_hold_the_elements_that_change()
    {
        var explorable = Explorable.Of(
            "Steps",
            Dial.Steps("step", 3),
            step =>
                Figure.UnrolledNetwork(
                    "Unrolled",
                    3,
                    ["a", "b", "c"],
                    Enumerable.Range(1, 3).Select(i => i <= step ? "!" : "?")
                )
        );
        var json = JsonNode.Parse(explorable.ToJson())!;
        Assert.Equal("still", (string?)json["panels"]![0]!["parts"]);
        var still = Encoding.UTF8.GetString(
            Convert.FromBase64String(explorable.ToHtml().Split("base64,")[1].Split('"')[0])
        );
        json["panels"]![0]!["parts"] = new JsonArray([.. still.Split('<').Select(part => (JsonNode)part)]);
        var last = json["frames"]!
            .AsArray()
            .Aggregate(json["panels"]!, (panels, frame) => Changed(panels, frame!.AsObject()));
        var svg = string.Join('<', last[0]!["parts"]!.AsArray().Select(part => (string)part!));
        Assert.Equal(3, svg.Split(">!").Length - 1);
        Assert.True(json["frames"]![2]!.ToJsonString().Length < 2000);
        Assert.True(explorable.GetType().Name == "PageExplorable");
    }

    [Fact]
    public void What_can_not_be_shown_is_refused_with_the_reason()
    {
        Refused("2000", () => Explorable.Of("t", Dial.Steps("a", 100), Dial.Steps("b", 30), (_, _) => Bars()));
        Refused("same number of figures", () => Explorable.Of("t", Radius, r => r < 1 ? [Bars()] : [Bars(), Bars()]));
        Refused("at least one view", () => Explorable.Typed("t", "p", "0", Network(), []));
        Refused(
            "“2”, which the network doesn't know",
            () => Explorable.Typed("t", "p", "0 2", Network(), PageView.States("s"))
        );
        Refused("must not be empty", () => Explorable.Typed("t", "p", " ", Network(), PageView.States("s")));
        Refused("shows “s.f”", () => Explorable.Typed("t", "p", "0", Network(), PageView.States("s", "s.f")));
        Refused("no weights “s.X”", () => Typed().WithFactor(Radius, "s.X"));
        Refused("greater than 0", () => Typed().WithTemperature(Dial.Slider("T", 0, 1, 0.5, 1)));
        Refused("whole and at least 1", () => Typed().WithTop(Dial.Slider("top", 0, 2, 1, 1)));
        Refused("whole and at least 1", () => Typed().WithTop(Dial.Slider("top", 1, 2, 0.5, 1)));
        Refused("less than 3", () => OneUnit().WithUnit(Dial.Choice("unit", "0", "1", "2", "3")));
        Refused("less than 3", () => OneUnit().WithUnit(Dial.Slider("unit", 0, 2, 0.5, 0)));
        Refused("less than 0", () => Typed().WithUnit(Dial.Choice("unit", "0")));
        Assert.NotNull(OneUnit().WithUnit(Dial.Choice("unit", "0", "1", "2")).ToHtml());
        foreach (var view in (PageView[])[PageView.Labels("l", ["a"]), PageView.Next("n", ["a", "b", "c"])])
        {
            Refused("2 outputs", () => Explorable.Typed("t", "p", "0", Network(), view));
        }

        Assert.Throws<InvalidOperationException>(() => Power().WithUnit(Radius));
    }

    private static Explorable OneUnit() =>
        Explorable.Typed("t", "p", "0", Network(), PageView.Coloured("c"), PageView.Unit("u", ("s", "state")));

    [Fact]
    public void Temperature_and_top_move_the_still_picture_as_they_move_the_page()
    {
        var next = Explorable.Typed(
            "t",
            "p",
            "01",
            PageNetwork.Of(new VanillaRnn(2, 3, 2, new SeededRandom(1)), ["0", "1"]),
            PageView.Next("next", ["a", "b"])
        );
        Assert.NotEqual(next.AltText, next.WithTop(Dial.Slider("top", 1, 2, 1, 1)).AltText);
        Assert.NotEqual(next.AltText, next.WithTemperature(Dial.Slider("T", 0.5, 2, 0.5, 0.5)).AltText);
        Assert.NotEqual(Typed().AltText, Typed().WithFactor(Dial.Slider("U ×", 0, 1, 0.5, 0), "s.U").AltText);
    }

    internal static double[] Numbers(JsonNode packed)
    {
        var isFloat = packed["f32"] is not null;
        var bytes = Convert.FromBase64String((string)(packed["f32"] ?? packed["f64"])!);
        return isFloat
            ? [.. Enumerable.Range(0, bytes.Length / 4).Select(i => (double)BitConverter.ToSingle(bytes, 4 * i))]
            : [.. Enumerable.Range(0, bytes.Length / 8).Select(i => BitConverter.ToDouble(bytes, 8 * i))];
    }

    internal static JsonNode Changed(JsonNode old, JsonObject change)
    {
        var made = old.DeepClone();
        foreach (var (path, value) in change)
        {
            var place = made;
            var names = path.Split('/');
            foreach (var name in names[..^1])
            {
                place = place is JsonArray list ? list[int.Parse(name, CultureInfo.InvariantCulture)]! : place[name]!;
            }

            if (place is JsonArray elements)
            {
                elements[int.Parse(names[^1], CultureInfo.InvariantCulture)] = value!.DeepClone();
            }
            else
            {
                place[names[^1]] = value!.DeepClone();
            }
        }

        return made;
    }

    private static PageNetwork Network() => PageNetwork.Of(new VanillaRnn(2, 3, 2, new SeededRandom(1)), ["0", "1"]);

    private static Figure Bars() => Figure.Bars("Bars", "x", "y", ["p"], new Series("s", [1.0]));

    private static void Refused(string reason, Func<object> make) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal);
}
