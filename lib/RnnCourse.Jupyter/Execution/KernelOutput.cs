using System.Text;
using System.Text.Json.Nodes;
using RnnCourse.Jupyter.Wire;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Display;

namespace RnnCourse.Jupyter.Execution;

/// <summary>
/// Publishes what cells print and show while they run. Text is gathered for a blink, so that a cell that prints
/// character by character doesn't flood the client. What a cell's threads print after its end still counts as its own.
/// </summary>
internal sealed class KernelOutput : ICellOutput, IDisposable
{
    private const int Chunk = 8_192;
    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(40);

    private readonly Lock _gate = new();
    private readonly Messenger _messenger;
    private readonly OutputLimits _limits = new();
    private readonly StringBuilder _printed = new();
    private readonly List<JsonNode> _pages = [];
    private readonly Timer _timer;
    private Message? _request;
    private string _stream = StreamOutput.StandardOutput;
    private bool _silent;
    private long _printedInCell;
    private int _shownInCell;

    public KernelOutput(Messenger messenger)
    {
        _messenger = messenger;
        _timer = new Timer(_ => Flush());
    }

    /// <summary>A cell begins; outputs belong to it from now on.</summary>
    public void Begin(Message request, bool silent)
    {
        lock (_gate)
        {
            Flush();
            (_request, _silent, _printedInCell, _shownInCell) = (request, silent, 0, 0);
            _pages.Clear();
        }
    }

    /// <summary>The cell has ended; what it printed is sent, with notes on what was cut.</summary>
    /// <returns>The pages that it wants shown beside the notebook.</returns>
    public JsonArray End()
    {
        lock (_gate)
        {
            if (_printedInCell > _limits.PrintedCharacters)
            {
                _printed
                    .Append('\n')
                    .Append(OutputLimits.CutNote(_printedInCell - _limits.PrintedCharacters))
                    .Append('\n');
            }

            Flush();
            if (_shownInCell > _limits.Displays)
            {
                _stream = StreamOutput.StandardError;
                _printed.Append($"[{_shownInCell - _limits.Displays} further outputs left out]\n");
                Flush();
            }

            return [.. _pages];
        }
    }

    public void Print(string stream, string text)
    {
        lock (_gate)
        {
            if (stream != _stream)
            {
                Flush();
                _stream = stream;
            }

            var room = (int)Math.Clamp(_limits.PrintedCharacters - _printedInCell, 0, text.Length);
            _printedInCell += text.Length;
            _printed.Append(text, 0, room);
            if (_printed.Length >= Chunk)
            {
                Flush();
            }
            else if (room > 0)
            {
                _timer.Change(Blink, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Show(MimeBundle data, string displayId)
    {
        lock (_gate)
        {
            Flush();
            if (++_shownInCell <= _limits.Displays)
            {
                Publish("display_data", OfData(data, displayId));
            }
        }
    }

    public void Replace(MimeBundle data, string displayId)
    {
        lock (_gate)
        {
            Flush();
            Publish("update_display_data", OfData(data, displayId));
        }
    }

    public void Clear(bool wait)
    {
        lock (_gate)
        {
            Flush();
            Publish("clear_output", new JsonObject { ["wait"] = wait });
        }
    }

    public void Page(MimeBundle data)
    {
        lock (_gate)
        {
            _pages.Add(
                new JsonObject
                {
                    ["source"] = "page",
                    ["data"] = BundleJson.ToJson(_limits.Cut(data)),
                    ["start"] = 0,
                }
            );
        }
    }

    /// <summary>Publishes the value of the cell's last expression.</summary>
    public void Result(MimeBundle data, int executionCount)
    {
        lock (_gate)
        {
            Flush();
            Publish(
                "execute_result",
                new JsonObject
                {
                    ["execution_count"] = executionCount,
                    ["data"] = BundleJson.ToJson(_limits.Cut(data)),
                    ["metadata"] = new JsonObject(),
                }
            );
        }
    }

    /// <summary>Publishes why the cell failed.</summary>
    public void Error(JsonObject error)
    {
        lock (_gate)
        {
            Flush();
            Publish("error", error);
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

    public void Dispose() => _timer.Dispose();

    private JsonObject OfData(MimeBundle data, string displayId) =>
        new()
        {
            ["data"] = BundleJson.ToJson(_limits.Cut(data)),
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
