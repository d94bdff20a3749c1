using System.Text;
using System.Text.Json.Nodes;
using RnnCourse.Jupyter.Wire;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Hosting;

namespace RnnCourse.Jupyter.Execution;

/// <summary>
/// Publishes what happens in the session as messages. Text is gathered for a moment, so that a cell that prints line by
/// line doesn't flood the client. Safe for use by several threads at once.
/// </summary>
internal sealed class KernelOutput : IDisposable
{
    private const int Chunk = 8_192;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(40);

    private readonly Lock _gate = new();
    private readonly Messenger _messenger;
    private readonly StringBuilder _printed = new();
    private readonly List<JsonNode> _pages = [];
    private readonly Timer _timer;
    private Message? _request;
    private string _stream = StreamOutput.StandardOutput;
    private bool _silent;
    private int _executionCount;

    public KernelOutput(Messenger messenger)
    {
        _messenger = messenger;
        _timer = new Timer(_ => Flush());
    }

    /// <summary>The value of the cell's last expression; null if it has none.</summary>
    public MimeBundle? LastResult { get; private set; }

    /// <summary>A cell begins; outputs belong to it from now on.</summary>
    public void Begin(Message request, bool silent, int executionCount)
    {
        lock (_gate)
        {
            Flush();
            (_request, _silent, _executionCount) = (request, silent, executionCount);
            LastResult = null;
            _pages.Clear();
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
                case ValueShown shown:
                    Publish("display_data", OfData(shown.Data, shown.DisplayId));
                    break;
                case ValueReplaced replaced:
                    Publish("update_display_data", OfData(replaced.Data, replaced.DisplayId));
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

    /// <summary>Sends what was printed and not sent yet.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_printed.Length > 0)
            {
                Publish("stream", new JsonObject { ["name"] = _stream, ["text"] = _printed.ToString() });
                _printed.Clear();
            }
        }
    }

    /// <summary>The pages that the cell wants shown beside the notebook.</summary>
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
