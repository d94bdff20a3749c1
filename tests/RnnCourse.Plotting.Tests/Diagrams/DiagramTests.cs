using System.Xml.Linq;
using CsCheck;

namespace RnnCourse.Plotting.Tests.Diagrams;

public sealed class DiagramTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly string[] Words = ["the", "cat", "sees"];
    private static readonly string[] Tags = ["DET", "NOUN", "VERB"];

    [Fact]
    public void Unrolled_and_shared_differ_by_the_recurrent_arrows_alone()
    {
        var unrolled = Texts(Figure.UnrolledNetwork("t", 3, Words, Tags));
        var shared = Texts(Figure.SharedNetwork("t", 3, Words, Tags));
        // One W for each arrow and one in the legend.
        Assert.Equal(4, unrolled.Count(t => t == "W"));
        // Without W there is no state yet: the legend says so, too.
        Assert.Equal(
            ["s0", "W", "W", "W", "W", ": input to state", ": state to state", ": state to output"],
            Without(unrolled, shared)
        );
        Assert.Equal([": input to hidden layer", ": hidden layer to output"], Without(shared, unrolled));
        Assert.Equal(4, unrolled.Count(t => t == "U"));
        Assert.Equal(4, unrolled.Count(t => t == "V"));
    }

    [Fact]
    public void Every_step_that_fits_is_drawn_with_its_word_and_tag() =>
        Gen.Int[1, 5]
            .Sample(steps =>
            {
                var words = Enumerable.Range(1, steps).Select(i => $"w{i}").ToArray();
                var texts = Texts(Figure.UnrolledNetwork("t", steps, words, words.Select(w => w.ToUpperInvariant())));
                for (var i = 1; i <= steps; i++)
                {
                    Assert.All([$"x{i}", $"s{i}", $"y{i}", $"w{i}", $"W{i}"], text => Assert.Contains(text, texts));
                }
            });

    [Fact]
    public void Of_many_steps_the_first_ones_and_the_last_are_drawn() =>
        Gen.Int[20, 100000]
            .Sample(steps =>
            {
                var texts = Texts(Figure.UnrolledNetwork("t", steps));
                Assert.All(["s0", "s1", "s2", "s3", $"s{steps}"], text => Assert.Contains(text, texts));
                Assert.DoesNotContain($"s{steps - 1}", texts);
                Assert.InRange(texts.Count(t => t.StartsWith('x')), 3, 9);
            });

    [Fact]
    public void One_parameter_has_one_colour_at_every_step()
    {
        foreach (var letter in (string[])["U", "V", "W"])
        {
            var colours = XDocument
                .Parse(Figure.UnrolledNetwork("t", 5).ToSvg())
                .Descendants(Svg + "text")
                .Where(t => t.Value == letter)
                .Select(t => t.Attribute("fill")!.Value)
                .Distinct();
            Assert.Single(colours);
        }
    }

    [Fact]
    public void Function_k_has_k_arrows_in_its_own_colour_and_the_next_function_has_none()
    {
        var root = XDocument.Parse(Figure.FunctionPerStep("t", 4).ToSvg()).Root!;
        var lines = root.Descendants(Svg + "path")
            .Where(p => p.Attribute("stroke-width")?.Value is "2" or "2.5")
            .GroupBy(p => p.Attribute("stroke")!.Value)
            .Select(g => g.Count());
        // k arrows in and one out.
        Assert.Equal([2, 3, 4, 5], lines.Order());
        Assert.Contains("f5", Texts(root));
        Assert.Contains("does not exist", Texts(root));
    }

    [Fact]
    public void Alternative_texts_say_what_is_connected_to_what()
    {
        Assert.Equal(
            "Network diagram “T”, unrolled for 3 steps. At each step i the input x_i (the, cat, sees) goes through U "
                + "into the state s_i, and s_i goes through V to the output y_i (DET, NOUN, VERB). An arrow W leads "
                + "from each state to the next, from s_0 to s_3. The same U, W and V are used at every step.",
            Figure.UnrolledNetwork("T", 3, Words, Tags).AltText
        );
        Assert.Equal(
            "Network diagram “T”: 3 copies of one network, one for each step. At each step i the input x_i goes "
                + "through U into the hidden layer s_i, and s_i goes through V to the output y_i. No arrow joins one "
                + "step to another. The same U and V are used at every step.",
            Figure.SharedNetwork("T", 3).AltText
        );
        Assert.Contains("A loop labelled W", Figure.FoldedNetwork("T").AltText, StringComparison.Ordinal);
        Assert.Equal(
            "Network diagram “T”: 4 different functions, one for each step. f_1 reads x_1 and gives y_1, f_2 reads x_1 "
                + "and x_2 and gives y_2, and so on to f_4, which reads all 4 inputs. A further function f_5, for a "
                + "sequence of 5 inputs, is crossed out: it does not exist.",
            Figure.FunctionPerStep("T", 4).AltText
        );
    }

    [Fact]
    public void A_timeline_says_where_outputs_are_read()
    {
        Assert.Contains(
            "An output is read at every step: DET, NOUN, VERB.",
            Figure.Timeline("T", Words, Tags).AltText,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "One output is read, at the last step: good.",
            Figure.Timeline("T", Words, [null, null, "good"]).AltText,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Outputs are read at step 1 (a), step 3 (b).",
            Figure.Timeline("T", Words, ["a", "", "b"]).AltText,
            StringComparison.Ordinal
        );
        Assert.Contains("No output is read.", Figure.Timeline("T", ["a"], [null]).AltText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recurrent_timeline_draws_states_and_the_other_one_a_model()
    {
        var recurrent = Texts(Figure.Timeline("T", Words, Tags, recurrent: true));
        Assert.All(["s0", "s1", "s2", "s3", "W"], text => Assert.Contains(text, recurrent));
        Assert.DoesNotContain("model", recurrent);
        var plain = Texts(Figure.Timeline("T", Words, Tags));
        Assert.Contains("model", plain);
        Assert.DoesNotContain("W", plain);
    }

    [Fact]
    public void Frames_are_drawn_from_black_to_white_and_told_by_where_their_light_is()
    {
        var left = new double[,]
        {
            { 1, 0, 0 },
            { 0, 0, 0 },
        };
        var right = new double[,]
        {
            { 0, 0, 0.5 },
            { 0, 0, 0 },
        };
        var figure = Figure.VideoTimeline("T", [left, right], [null, "right"]);
        Assert.Contains(
            "2 grey-scale frames, the first of 2 by 3 pixels; the centre of brightness goes from row 1, column 1 in "
                + "the first to row 1, column 3 in the last.",
            figure.AltText,
            StringComparison.Ordinal
        );
        var fills = XDocument
            .Parse(figure.ToSvg())
            .Descendants(Svg + "rect")
            .Select(r => r.Attribute("fill")!.Value)
            .ToArray();
        Assert.Equal(2, fills.Count(f => f == "#000000"));
        Assert.Contains("#848484", fills);
    }

    [Fact]
    public void A_gradient_flow_tells_and_draws_every_size()
    {
        var figure = Figure.GradientFlow("T", [1, 0.51234, 0], [0.2, 0.3, 0.4], [0.25, 1.1, 0.8, 0], Words);
        Assert.Equal(
            "Gradient diagram “T”, unrolled for 3 steps (the, cat, sees): arrows lead backwards, from each loss L_i "
                + "through V to its state s_i, and from each state through W to the one before. Sizes of the "
                + "gradients: from its own output, s_1 1, s_2 0.512, s_3 0; from the next step, s_2 0.4, s_1 0.3, s_0 "
                + "0.2; together, ds_3 0, ds_2 0.8, ds_1 1.1, ds_0 0.25.",
            figure.AltText
        );
        var texts = Texts(figure);
        Assert.All(
            ["L1", "L2", "L3", "s0", "s3", "1", "0.512", "0.2", "0.3", "0.4", "0.25", "1.1", "0.8", "the"],
            text => Assert.Contains(text, texts)
        );
    }

    [Fact]
    public void The_arrow_of_the_larger_gradient_is_thicker_and_that_of_none_is_dashed()
    {
        var paths = XDocument
            .Parse(Figure.GradientFlow("T", [1, 0.5, 0], [0.2, 0.3, 0.4], [0.2, 1, 0.8, 0]).ToSvg())
            .Descendants(Svg + "path")
            .Where(p => p.Attribute("fill")?.Value == "none" && p.Attribute("stroke")?.Value != "none")
            .ToList();
        // Three arrows of V, three of W; the legend's two have the usual width.
        var widths = paths
            .Where(p => p.Attribute("stroke-dasharray") is null)
            .Select(p =>
                double.Parse(p.Attribute("stroke-width")!.Value, System.Globalization.CultureInfo.InvariantCulture)
            )
            .Where(w => w != 2.5);
        Assert.Equal([2.36, 2.94, 3.52, 4.1, 7], widths.Order());
        Assert.Single(
            paths,
            p => p.Attribute("stroke-dasharray") is not null && p.Attribute("stroke")!.Value == "#767676"
        );
    }

    [Fact]
    public void Of_a_long_gradient_flow_the_sizes_beside_the_dots_are_the_right_ones()
    {
        var texts = Texts(
            Figure.GradientFlow(
                "T",
                Enumerable.Range(1, 90).Select(i => 100.0 + i),
                Enumerable.Range(0, 90).Select(i => 200.0 + i),
                Enumerable.Range(0, 91).Select(i => 300.0 + i)
            )
        );
        Assert.All(["101", "190", "200", "289", "300", "390", "s90"], text => Assert.Contains(text, texts));
    }

    [Fact]
    public void Sizes_of_a_gradient_flow_that_do_not_fit_the_steps_are_refused()
    {
        Assert.Throws<ArgumentException>("fromOutputs", () => Figure.GradientFlow("T", [], [], [1]));
        Assert.Throws<ArgumentException>("fromNext", () => Figure.GradientFlow("T", [1], [], [1, 2]));
        Assert.Throws<ArgumentException>("states", () => Figure.GradientFlow("T", [1], [1], [1]));
        Assert.Throws<ArgumentException>("inputs", () => Figure.GradientFlow("T", [1], [1], [1, 2], Words));
    }

    private static List<string> Texts(Figure figure) => Texts(XDocument.Parse(figure.ToSvg()).Root!);

    private static List<string> Texts(XElement root) => [.. root.Descendants(Svg + "text").Select(t => t.Value)];

    private static List<string> Without(List<string> all, List<string> some)
    {
        var rest = all.ToList();
        some.ForEach(text => rest.Remove(text));
        return
        [
            .. rest.OrderBy(t =>
                t == "s0" ? 0
                : t == "W" ? 1
                : 2
            ),
        ];
    }
}
