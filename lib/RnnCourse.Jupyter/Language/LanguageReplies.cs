using System.Text.Json.Nodes;
using RnnCourse.Jupyter.Wire;
using RnnCourse.Notebooks.Session.Hosting;
using RnnCourse.Notebooks.Session.Language;

namespace RnnCourse.Jupyter.Language;

/// <summary>Answers requests about code that is being written, in the protocol's form.</summary>
/// <param name="session">The session whose names are known.</param>
internal sealed class LanguageReplies(ISessionHost session)
{
    /// <summary>Answers a <c>complete_request</c>.</summary>
    public async Task<JsonObject> CompleteAsync(Message request)
    {
        var code = request.Text("code");
        var found = await session.CompleteAsync(code, Position(request, code)).ConfigureAwait(false);
        var (start, end) = (CodePoints.FromIndex(code, found.Start), CodePoints.FromIndex(code, found.End));
        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. found.Entries.Select(entry => (JsonNode)entry.Text)]),
            ["cursor_start"] = start,
            ["cursor_end"] = end,
            ["metadata"] = new JsonObject
            {
                ["_jupyter_types_experimental"] = new JsonArray([
                    .. found.Entries.Select(entry =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["text"] = entry.Text,
                                ["type"] = entry.Kind,
                                ["start"] = start,
                                ["end"] = end,
                            }
                    ),
                ]),
            },
        };
    }

    /// <summary>Answers an <c>inspect_request</c>.</summary>
    public async Task<JsonObject> InspectAsync(Message request)
    {
        var code = request.Text("code");
        var isDetailed = request.Number("detail_level") > 0;
        var found = await session.InspectAsync(code, Position(request, code), isDetailed).ConfigureAwait(false);
        return new JsonObject
        {
            ["status"] = "ok",
            ["found"] = found is not null,
            ["data"] = found is null
                ? []
                : new JsonObject { ["text/plain"] = found.PlainText, ["text/markdown"] = found.Markdown },
            ["metadata"] = new JsonObject(),
        };
    }

    /// <summary>Answers an <c>is_complete_request</c>.</summary>
    public async Task<JsonObject> CheckCompletenessAsync(Message request)
    {
        var found = await session.CheckCompletenessAsync(request.Text("code")).ConfigureAwait(false);
        return found.Status switch
        {
            CompletenessStatus.Incomplete => new JsonObject { ["status"] = "incomplete", ["indent"] = found.Indent },
            CompletenessStatus.Invalid => new JsonObject { ["status"] = "invalid" },
            _ => new JsonObject { ["status"] = "complete" },
        };
    }

    private static int Position(Message request, string code) =>
        CodePoints.ToIndex(code, Math.Max(0, request.Number("cursor_pos") ?? int.MaxValue));
}
