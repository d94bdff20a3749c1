using System.Text.Json.Nodes;
using RnnCourse.Jupyter.Wire;

namespace RnnCourse.Jupyter.Tests.Execution;

/// <summary>Controls as a front with widgets sees them, on real sockets.</summary>
public sealed class WidgetsTests : IClassFixture<KernelProcess>, IDisposable
{
    private const string ViewType = "application/vnd.jupyter.widget-view+json";

    private const string Slider = """
        var x = double.Parse((AppContext.GetData("Notebook.Control") as Func<string, string?>)?.Invoke(
            "{\"control\":\"slider\",\"name\":\"x\",\"min\":0,\"max\":2,\"step\":0.05,\"default\":1,\"words\":\"x = 1 (a slider)\"}"));
        Console.WriteLine($"x is {x}");
        if (x > 1.5) { display("large"); }
        x * 10
        """;

    private readonly Client _client;

    public WidgetsTests(KernelProcess kernel) => _client = new Client(kernel.Connection).Ready();

    public void Dispose() => _client.Dispose();

    [Fact]
    public void A_control_is_a_widget_with_words_for_fronts_that_have_none()
    {
        var (_, published) = _client.Execute(Slider);
        var opened = published.Where(message => message.Type == "comm_open").ToList();
        Assert.Equal(3, opened.Count);
        Assert.All(opened, open => Assert.Equal("jupyter.widget", open.Text("target_name")));
        Assert.All(opened, open => Assert.Equal("2.1.0", (string?)open.Metadata["version"]));
        var shown = published.First(message => message.Type == "display_data").Content["data"]!;
        Assert.Equal("x = 1 (a slider)", (string?)shown["text/plain"]);
        var model = opened.Single(open => open.Text("comm_id") == (string?)shown[ViewType]!["model_id"]);
        var state = model.Content["data"]!["state"]!;
        Assert.Equal("FloatSliderModel", (string?)state["_model_name"]);
        Assert.Equal(
            (0, 2, 0.05, 1, ".2f"),
            (
                (double)state["min"]!,
                (double)state["max"]!,
                (double)state["step"]!,
                (double)state["value"]!,
                (string?)state["readout_format"]
            )
        );
        Assert.Contains(opened, open => "IPY_MODEL_" + open.Text("comm_id") == (string?)state["layout"]);
        Assert.Contains(opened, open => "IPY_MODEL_" + open.Text("comm_id") == (string?)state["style"]);

        var comms = _client.Ask("comm_info_request", []).Content["comms"]!.AsObject();
        Assert.True(comms.ContainsKey(model.Text("comm_id")));
    }

    // The names in @jupyter-widgets/controls 2.0.0, in which some models use the views of others. With a wrong name, an
    // error would replace the control.
    [Theory]
    [InlineData("slider", "\"min\":0,\"max\":2,\"step\":0.5,\"default\":1.5", "FloatSliderModel", "FloatSliderView")]
    [InlineData("slider", "\"min\":0,\"max\":2,\"step\":1,\"default\":1", "IntSliderModel", "IntSliderView")]
    [InlineData("number", "\"min\":0,\"max\":2,\"default\":1.5", "BoundedFloatTextModel", "FloatTextView")]
    [InlineData("number", "\"min\":0,\"max\":2,\"step\":1,\"default\":1", "BoundedIntTextModel", "IntTextView")]
    [InlineData("choice", "\"choices\":[\"a\",\"b\"],\"default\":\"a\"", "DropdownModel", "DropdownView")]
    [InlineData("text", "\"maxLength\":9,\"default\":\"a\"", "TextModel", "TextView")]
    public void Each_control_has_the_model_and_the_view_of_a_widget_that_fronts_have(
        string kind,
        string properties,
        string model,
        string view
    )
    {
        var (_, published) = _client.Execute(
            "(AppContext.GetData(\"Notebook.Control\") as Func<string, string?>)?.Invoke(\"\"\""
                + $"{{\"control\":\"{kind}\",\"name\":\"x\",{properties}}}\"\"\");"
        );
        var shown = WidgetOf(published);
        var state = published
            .Single(message => message.Type == "comm_open" && message.Text("comm_id") == shown)
            .Content["data"]!["state"]!;
        Assert.Equal((model, view), ((string?)state["_model_name"], (string?)state["_view_name"]));
    }

    [Fact]
    public void Moving_it_puts_what_the_cell_gives_in_the_place_of_what_it_gave()
    {
        var (reply, published) = _client.Execute(Slider);
        var widget = WidgetOf(published);
        var displays = published.Where(message => message.Type == "display_data").Skip(1).ToList();
        Assert.Equal(["x is 1\n", "10"], displays.Select(TextOf));
        var names = displays.Select(NameOf).ToList();

        var moved = Published(widget, new JsonObject { ["value"] = 1.25 });
        Assert.Equal(["x is 1.25\n", "12.5"], moved.Select(TextOf));
        Assert.Equal(names, moved.Select(NameOf));
        Assert.All(moved, message => Assert.Equal("update_display_data", message.Type));

        // More outputs than before: the last one is new, and belongs to the cell.
        moved = Published(widget, new JsonObject { ["value"] = 1.75 });
        Assert.Equal(["x is 1.75\n", "large", "17.5"], moved.Select(TextOf));
        Assert.Equal("display_data", moved[^1].Type);

        // Fewer outputs than before: the remaining places become blank.
        moved = Published(widget, new JsonObject { ["value"] = 0.5 });
        Assert.Equal(["x is 0.5\n", "5", ""], moved.Select(TextOf));

        var (next, value) = _client.Execute("x");
        Assert.Equal("0.5", (string?)value.Single().Content["data"]!["text/plain"]);
        Assert.Equal(reply.Number("execution_count") + 1, next.Number("execution_count"));
    }

    [Fact]
    public void What_does_not_fit_the_control_runs_nothing_and_its_state_can_be_asked_for()
    {
        var widget = WidgetOf(_client.Execute(Slider).Published);
        foreach (var value in new JsonNode?[] { 5, "1", null, new JsonObject(), new JsonArray(1) })
        {
            Assert.Empty(Published(widget, new JsonObject { ["value"] = value }));
        }

        Assert.Empty(Published("nobody", new JsonObject { ["value"] = 1 }));
        var id = _client.Send(
            "comm_msg",
            new JsonObject
            {
                ["comm_id"] = widget,
                ["data"] = new JsonObject { ["method"] = "request_state" },
            }
        );
        var state = Assert.Single(_client.Published(id));
        Assert.Equal(("comm_msg", "update"), (state.Type, (string?)state.Content["data"]!["method"]));
        Assert.Equal(1, (double)state.Content["data"]!["state"]!["value"]!);
    }

    private static string WidgetOf(IEnumerable<Message> published) =>
        (string)published.First(message => message.Type == "display_data").Content["data"]![ViewType]!["model_id"]!;

    private static string? TextOf(Message message) => (string?)message.Content["data"]!["text/plain"];

    private static string? NameOf(Message message) => (string?)message.Content["transient"]!["display_id"];

    // Moves it, and waits until the kernel has handled that. The outputs then have the cell's request as their parent.
    private IReadOnlyList<Message> Published(string widget, JsonObject state)
    {
        var id = _client.Send(
            "comm_msg",
            new JsonObject
            {
                ["comm_id"] = widget,
                ["data"] = new JsonObject { ["method"] = "update", ["state"] = state },
            }
        );
        return _client.PublishedDuring(id, message => message.Type.EndsWith("display_data", StringComparison.Ordinal));
    }
}
