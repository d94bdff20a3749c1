using System.Globalization;
using System.Text.Json.Nodes;
using RnnCourse.Jupyter.Wire;
using RnnCourse.Notebooks.Session.Display;

namespace RnnCourse.Jupyter.Execution;

/// <summary>
/// Shows controls as widgets of Jupyter's front ends (<c>@jupyter-widgets</c>, version 2 of its protocol), and receives
/// their changes. A front end without widgets shows the control's text. Safe for use by several threads at once.
/// </summary>
/// <param name="messenger">Sends messages to the clients.</param>
internal sealed class Widgets(Messenger messenger)
{
    private const string Target = "jupyter.widget";
    private const string ViewType = "application/vnd.jupyter.widget-view+json";
    private const string Base = "@jupyter-widgets/base";
    private const string ControlsModule = "@jupyter-widgets/controls";
    private const string ModuleVersion = "2.0.0";

    // Clients don't tell the kernel when a cell is deleted.
    private const int MaxWidgets = 3_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Widget> _widgets = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = [];

    /// <summary>The open widgets, in the protocol's form.</summary>
    public JsonObject List()
    {
        lock (_gate)
        {
            var comms = new JsonObject();
            foreach (var id in _widgets.Keys)
            {
                comms[id] = new JsonObject { ["target_name"] = Target };
            }

            return comms;
        }
    }

    /// <summary>Makes the widget of a control.</summary>
    /// <param name="cell">The cell that shows it.</param>
    /// <param name="control">The control.</param>
    /// <param name="data">The control's representations; the widget is added to them.</param>
    public void Add(ControlCell cell, ControlDescription control, JsonObject data)
    {
        var layout = Open(cell.Request, null, null, StateOf(Base, "LayoutModel", Base, "LayoutView"));
        var style = StateOf(ControlsModule, StyleOf(control), Base, "StyleView");
        style["description_width"] = "initial";
        var state = StateOf(control);
        state["layout"] = "IPY_MODEL_" + layout;
        state["style"] = "IPY_MODEL_" + Open(cell.Request, null, null, style);
        data[ViewType] = new JsonObject
        {
            ["version_major"] = 2,
            ["version_minor"] = 0,
            ["model_id"] = Open(cell.Request, cell, control, state),
        };
    }

    /// <summary>Handles a message of a front end about a widget.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The cell whose control was moved; null if none was moved.</returns>
    public ControlCell? Take(Message message)
    {
        Widget? widget;
        lock (_gate)
        {
            if (!_widgets.TryGetValue(message.Text("comm_id"), out widget))
            {
                return null;
            }

            if (message.Type == "comm_close")
            {
                _widgets.Remove(message.Text("comm_id"));
                return null;
            }
        }

        if (message.Content["data"] is not JsonObject data)
        {
            return null;
        }

        switch (TextOf(data["method"]))
        {
            case "request_state":
                Tell(message, "comm_msg", message.Text("comm_id"), "update", widget.State);
                return null;
            case "update" when widget is { Cell: { } cell, Control: { } control } && data["state"] is JsonObject state:
                var value = ValueIn(control, state);
                if (value is null || !control.Allows(value))
                {
                    return null;
                }

                lock (_gate)
                {
                    foreach (var (name, changed) in state.Where(entry => widget.State.ContainsKey(entry.Key)).ToList())
                    {
                        widget.State[name] = changed?.DeepClone();
                    }
                }

                cell.Move(control, value.ToJsonString());
                return cell;
            default:
                return null;
        }
    }

    private static JsonNode? ValueIn(ControlDescription control, JsonObject state) =>
        control.Kind != "choice" ? state["value"]
        : state["index"] is JsonValue value
        && value.TryGetValue<int>(out var index)
        && index >= 0
        && index < control.Choices.Count
            ? JsonValue.Create(control.Choices[index])
        : null;

    private string Open(Message parent, ControlCell? cell, ControlDescription? control, JsonObject state)
    {
        var id = Guid.NewGuid().ToString("N");
        lock (_gate)
        {
            _widgets[id] = new Widget(cell, control, state);
            _order.Enqueue(id);
            if (_order.Count > MaxWidgets)
            {
                _widgets.Remove(_order.Dequeue());
            }
        }

        Tell(parent, "comm_open", id, null, state);
        return id;
    }

    private void Tell(Message parent, string type, string id, string? method, JsonObject state)
    {
        JsonObject data;
        lock (_gate)
        {
            data = new JsonObject { ["state"] = state.DeepClone(), ["buffer_paths"] = new JsonArray() };
        }

        if (method is not null)
        {
            data["method"] = method;
        }

        var content = new JsonObject { ["comm_id"] = id, ["data"] = data };
        if (type == "comm_open")
        {
            content["target_name"] = Target;
        }

        messenger.Publish(parent, type, content, new JsonObject { ["version"] = "2.1.0" });
    }

    private static JsonObject StateOf(string module, string model, string viewModule, string view) =>
        new()
        {
            ["_model_module"] = module,
            ["_model_module_version"] = ModuleVersion,
            ["_model_name"] = model,
            ["_view_count"] = null,
            ["_view_module"] = viewModule,
            ["_view_module_version"] = ModuleVersion,
            ["_view_name"] = view,
        };

    private static string StyleOf(ControlDescription control) =>
        control.Kind switch
        {
            "slider" => "SliderStyleModel",
            "text" => "TextStyleModel",
            _ => "DescriptionStyleModel",
        };

    private static JsonObject StateOf(ControlDescription control)
    {
        var kind = (control.Kind, control.IsWhole) switch
        {
            ("slider", true) => "IntSlider",
            ("slider", _) => "FloatSlider",
            ("number", true) => "BoundedIntText",
            ("number", _) => "BoundedFloatText",
            ("choice", _) => "Dropdown",
            _ => "Text",
        };
        // Bounded fields have models of their own, and the views of other fields.
        var view = kind.Replace("Bounded", "", StringComparison.Ordinal) + "View";
        var state = StateOf(ControlsModule, kind + "Model", ControlsModule, view);
        state["_dom_classes"] = new JsonArray();
        state["description"] = control.Name;
        state["description_allow_html"] = false;
        state["disabled"] = false;
        state["tabbable"] = null;
        state["tooltip"] = null;
        if (control.Kind == "choice")
        {
            state["_options_labels"] = new JsonArray([.. control.Choices.Select(choice => (JsonNode)choice)]);
            state["index"] = control.Choices.ToList().IndexOf(TextOf(control.Value) ?? "");
            return state;
        }

        state["continuous_update"] = true;
        state["value"] = control.Value.DeepClone();
        if (control.Kind == "text")
        {
            state["placeholder"] = "";
            return state;
        }

        state["min"] = control.Min;
        state["max"] = control.Max;
        state["step"] = control.IsWhole ? (JsonNode?)(int)(control.Step ?? 1) : control.Step;
        if (control.Kind == "slider")
        {
            state["orientation"] = "horizontal";
            state["behavior"] = "drag-tap";
            state["readout"] = true;
            state["readout_format"] = control.IsWhole ? "d" : $".{DecimalsOf(control.Step ?? 1)}f";
        }

        return state;
    }

    private static int DecimalsOf(double step)
    {
        var written = ((decimal)step).ToString(CultureInfo.InvariantCulture);
        return written.Contains('.', StringComparison.Ordinal) ? written.Length - written.IndexOf('.') - 1 : 0;
    }

    private static string? TextOf(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private sealed record Widget(ControlCell? Cell, ControlDescription? Control, JsonObject State);
}
