using System.Text;
using System.Text.Json.Nodes;
using RnnCourse.Jupyter.Wire;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Hosting;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Jupyter.Execution;

/// <summary>
/// Publishes the events of the session as messages. Text is collected for a moment, so that a cell that prints line by
/// line doesn't flood the client. Safe for use by several threads at once.
/// </summary>
internal sealed class KernelOutput : IDisposable
{
    private const int Chunk = 8_192;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(40);

    private readonly Lock _gate = new();
    private readonly Messenger _messenger;
    private readonly Widgets _widgets;
    private readonly StringBuilder _printed = new();
    private readonly List<JsonNode> _pages = [];
    private readonly Timer _timer;
    private Message? _request;
    private string _stream = StreamOutput.StandardOutput;
    private bool _silent;
    private int _executionCount;
    private CellSource? _source;
    private ControlCell? _controls;
    private bool _isAgain;

    public KernelOutput(Messenger messenger, Widgets widgets)
    {
        (_messenger, _widgets) = (messenger, widgets);
        _timer = new Timer(_ => Flush());
    }

    /// <summary>The value of the cell's last expression; null if it has none.</summary>
    public MimeBundle? LastResult { get; private set; }

    /// <summary>A cell begins; outputs from now on belong to it.</summary>
    public void Begin(Message request, bool silent, int executionCount, CellSource source)
    {
        lock (_gate)
        {
            Flush();
            (_request, _silent, _executionCount) = (request, silent, executionCount);
            (_source, _controls, _isAgain) = (source, null, false);
            LastResult = null;
            _pages.Clear();
        }
    }

    /// <summary>A cell is run again because one of its controls was moved; its new outputs replace the old
    /// ones.</summary>
    public void BeginAgain(ControlCell cell)
    {
        lock (_gate)
        {
            Flush();
            (_request, _silent, _source, _controls) = (cell.Request, false, cell.Source, cell);
            LastResult = null;
            _isAgain = true;
            cell.BeginAgain();
        }
    }

    /// <summary>A cell that was run again has ended.</summary>
    public void EndAgain()
    {
        lock (_gate)
        {
            Flush();
            BlankLeftOver();
        }
    }

    /// <summary>Publishes an event.</summary>
    public void Take(SessionEvent happened)
    {
        lock (_gate)
        {
            if (happened is TextPrinted printed)
            {
                Print(printed);
                return;
            }

            if (happened is ExceptionBesideCell beside)
            {
                Print(new TextPrinted(StreamOutput.StandardError, beside.ToText()));
                return;
            }

            Flush();
            switch (happened)
            {
                case ValueShown shown when ControlDescription.Of(shown.Data) is { } control && !_silent:
                    Show(control, shown);
                    break;
                case ValueShown shown:
                    Show(shown.Data, shown.DisplayId);
                    break;
                case ValueReplaced replaced:
                    var place = _controls?.NameOf(replaced.DisplayId) ?? replaced.DisplayId;
                    Publish("update_display_data", OfData(replaced.Data, place));
                    break;
                case OutputCleared taken when _controls is { } cell:
                    cell.BeginAgain();
                    if (!taken.Wait)
                    {
                        BlankLeftOver();
                    }

                    break;
                case OutputCleared cleared:
                    Publish("clear_output", new JsonObject { ["wait"] = cleared.Wait });
                    break;
                case PageShown page:
                    _pages.Add(
                        new JsonObject
                        {
                            ["source"] = "page",
                            ["data"] = BundleJson.ToJson(page.Data),
                            ["start"] = 0,
                        }
                    );
                    break;
                case ResultGiven result:
                    LastResult = result.Data;
                    if (_controls is not null)
                    {
                        // Clients replace only what was shown as a display.
                        Show(result.Data, NewName());
                        break;
                    }

                    Publish(
                        "execute_result",
                        new JsonObject
                        {
                            ["execution_count"] = _executionCount,
                            ["data"] = BundleJson.ToJson(result.Data),
                            ["metadata"] = new JsonObject(),
                        }
                    );
                    break;
                case CellFailed { Error: var error } when _isAgain:
                    var lines = (JsonArray)ErrorContent.Of(error)["traceback"]!;
                    Show(MimeBundle.OfText(("text/plain", string.Join('\n', lines))), NewName());
                    break;
                case CellFailed failed:
                    Publish("error", ErrorContent.Of(failed.Error));
                    break;
                case InputWanted question when _request is { } request:
                    _messenger.Ask(
                        request,
                        "input_request",
                        new JsonObject { ["prompt"] = question.Prompt, ["password"] = question.IsHidden }
                    );
                    break;
            }
        }
    }

    /// <summary>Sends printed text that has not been sent yet.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_printed.Length > 0 && _controls is { } cell)
            {
                var (name, text) = cell.Printed ?? (NewName(), new StringBuilder());
                text.Append(_printed);
                var printed = MimeBundle.OfText(("text/plain", text.ToString()));
                if (cell.Printed is null)
                {
                    Show(printed, name);
                    cell.Printed = (name, text);
                }
                else
                {
                    Publish("update_display_data", OfData(printed, cell.NameOf(name)));
                }

                _printed.Clear();
            }
            else if (_printed.Length > 0)
            {
                Publish("stream", new JsonObject { ["name"] = _stream, ["text"] = _printed.ToString() });
                _printed.Clear();
            }
        }
    }

    /// <summary>Takes the pages that the cell asks to show beside the notebook.</summary>
    public JsonArray TakePages()
    {
        lock (_gate)
        {
            JsonArray pages = [.. _pages];
            _pages.Clear();
            return pages;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    // The cell's first control: from here on, all that it shows can be replaced.
    private void Show(ControlDescription control, ValueShown shown)
    {
        _controls ??= new ControlCell(_request!, _source!);
        if (!_controls.Controls.Add(control.Name))
        {
            return;
        }

        var data = OfData(shown.Data, shown.DisplayId);
        _widgets.Add(_controls, control, data["data"]!.AsObject());
        Publish("display_data", data);
    }

    private void Show(MimeBundle data, string name)
    {
        var type = "display_data";
        if (_controls is not null)
        {
            _controls.Printed = null;
            (name, var isKnown) = _controls.TakePlace(name);
            type = isKnown ? "update_display_data" : type;
        }

        Publish(type, OfData(data, name));
    }

    private void BlankLeftOver()
    {
        foreach (var place in _controls?.LeftOver ?? [])
        {
            Publish("update_display_data", OfData(MimeBundle.OfText(("text/plain", "")), place));
        }
    }

    private static string NewName() => Guid.NewGuid().ToString("N");

    private void Print(TextPrinted printed)
    {
        if (printed.Stream != _stream)
        {
            Flush();
            _stream = printed.Stream;
        }

        _printed.Append(printed.Text);
        if (_printed.Length >= Chunk)
        {
            Flush();
        }
        else
        {
            _timer.Change(LongestDelay, Timeout.InfiniteTimeSpan);
        }
    }

    private static JsonObject OfData(MimeBundle data, string displayId) =>
        new()
        {
            ["data"] = BundleJson.ToJson(data),
            ["metadata"] = new JsonObject(),
            ["transient"] = new JsonObject { ["display_id"] = displayId },
        };

    private void Publish(string type, JsonObject content)
    {
        if (!_silent)
        {
            _messenger.Publish(_request, type, content);
        }
    }
}
