using System.IO.Enumeration;
using System.Text.Json.Nodes;
using RnnCourse.Jupyter.Wire;

namespace RnnCourse.Jupyter.Execution;

/// <summary>The cells that were executed since the kernel started, and answers to requests for them.</summary>
internal sealed class History
{
    // Always the same: the kernel keeps no history of earlier runs.
    private const int Session = 1;
    private const int Kept = 10_000;

    private readonly List<(int Line, string Input, string? Output)> _entries = [];

    /// <summary>Records an executed cell and the text of its result.</summary>
    public void Add(int line, string input, string? output)
    {
        if (_entries.Count == Kept)
        {
            _entries.RemoveAt(0);
        }

        _entries.Add((line, input, output));
    }

    /// <summary>Answers a <c>history_request</c>.</summary>
    public JsonObject Answer(Message request)
    {
        var withOutput = request.Flag("output", false);
        return new JsonObject
        {
            ["status"] = "ok",
            ["history"] = new JsonArray([
                .. Find(request)
                    .Select(entry =>
                        (JsonNode)
                            new JsonArray(
                                Session,
                                entry.Line,
                                withOutput ? new JsonArray(entry.Input, entry.Output) : entry.Input
                            )
                    ),
            ]),
        };
    }

    private IEnumerable<(int Line, string Input, string? Output)> Find(Message request)
    {
        var n = Math.Max(0, request.Number("n") ?? int.MaxValue);
        return request.Text("hist_access_type") switch
        {
            "tail" => _entries.TakeLast(n),
            "range" when (request.Number("session") ?? 0) is 0 or Session => _entries.Where(entry =>
                entry.Line >= (request.Number("start") ?? 0) && entry.Line < (request.Number("stop") ?? int.MaxValue)
            ),
            "search" => Search(request).TakeLast(n),
            _ => [],
        };
    }

    private IEnumerable<(int Line, string Input, string? Output)> Search(Message request)
    {
        var found = _entries.Where(entry =>
            FileSystemName.MatchesSimpleExpression(request.Text("pattern", "*"), entry.Input, ignoreCase: false)
        );

        // Of equal entries, the latest counts.
        return request.Flag("unique", false) ? found.Reverse().DistinctBy(entry => entry.Input).Reverse() : found;
    }
}
