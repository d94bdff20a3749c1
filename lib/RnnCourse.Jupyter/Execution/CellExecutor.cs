using System.Globalization;
using System.Text.Json.Nodes;
using RnnCourse.Jupyter.Wire;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Scripting;
using RnnCourse.Notebooks.Session.Scripting.Interrupting;

namespace RnnCourse.Jupyter.Execution;

/// <summary>Executes what <c>execute_request</c> asks for, one request after the other.</summary>
internal sealed class CellExecutor(
    ScriptSession session,
    Messenger messenger,
    KernelOutput output,
    KernelInput input,
    string notebookName
)
{
    private readonly Task _warm = Task.Run(session.WarmUpAsync);

    private volatile CellExecution _execution = new();
    private int _count;

    /// <summary>The cells executed so far.</summary>
    public History History { get; } = new();

    /// <summary>Ends the cell that is being executed, if one is.</summary>
    public void Interrupt() => _execution.Interrupt();

    /// <summary>Executes a request.</summary>
    /// <returns>Whether it succeeded, and the reply's content.</returns>
    public async Task<(bool Succeeded, JsonObject Reply)> ExecuteAsync(Message request)
    {
        var execution = new CellExecution();
        _execution = execution;
        try
        {
            return await ExecuteAsync(request, execution).ConfigureAwait(false);
        }
        finally
        {
            execution.End();
        }
    }

    private async Task<(bool Succeeded, JsonObject Reply)> ExecuteAsync(Message request, CellExecution execution)
    {
        var code = request.Text("code");
        var silent = request.Flag("silent", false);
        var stored = !silent && request.Flag("store_history", true);
        await _warm.ConfigureAwait(false);
        if (stored)
        {
            _count++;
        }

        if (!silent)
        {
            messenger.Publish(
                request,
                "execute_input",
                new JsonObject { ["code"] = code, ["execution_count"] = _count }
            );
        }

        output.Begin(request, silent);
        input.Begin(request);
        ConsoleWriter.Catch(output);
        Console.SetIn(input);

        var (error, result) = await RunAsync(CellSource.OfCell(notebookName, _count, code), execution)
            .ConfigureAwait(false);
        if (result is not null)
        {
            output.Result(result, _count);
        }

        var answers = error is null
            ? await AnswerAsync(request.Content["user_expressions"] as JsonObject, execution).ConfigureAwait(false)
            : [];
        var pages = output.End();
        input.Begin(null);
        if (error is not null)
        {
            output.Error(Describe(error));
        }

        if (stored)
        {
            History.Add(_count, code, result?.Text("text/plain"));
        }

        var reply = error is null ? new JsonObject { ["status"] = "ok" } : Describe(error);
        reply["status"] = error is null ? "ok" : "error";
        reply["execution_count"] = _count;
        reply["user_expressions"] = answers;
        reply["payload"] = pages;
        return (error is null, reply);
    }

    /// <summary>The content of the reply to a request that will not be executed, as one before it failed.</summary>
    public JsonObject Aborted() =>
        new()
        {
            ["status"] = "aborted",
            ["execution_count"] = _count,
            ["user_expressions"] = new JsonObject(),
            ["payload"] = new JsonArray(),
        };

    private async Task<(CellError? Error, MimeBundle? Result)> RunAsync(CellSource cell, CellExecution execution)
    {
        var outcome = await session.ExecuteAsync(cell, execution).ConfigureAwait(false);
        MimeBundle? result = null;

        // The handle that display(x) returns is no result that anyone wants to read.
        if (outcome is { Error: null, HasResult: true, Result: not DisplayedValue })
        {
            try
            {
                result = await session
                    .RunAsync(execution, () => DisplayFormatter.Format(outcome.Result))
                    .ConfigureAwait(false);
            }
            catch (CellInterruptedException e)
            {
                return (CellError.Interrupted(e.Message), null);
            }
#pragma warning disable CA1031 // whatever the value's own formatting code throws is the cell's error
            catch (Exception e)
#pragma warning restore CA1031
            {
                return (session.Describe(e, cell), null);
            }
        }

        if (outcome.WallTime is { } time)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"Wall time: {time.TotalMilliseconds}ms");
            DisplayHelpers.DisplayAs(text, "text/plain");
        }

        return (outcome.Error, result);
    }

    private async Task<JsonObject> AnswerAsync(JsonObject? expressions, CellExecution execution)
    {
        var answers = new JsonObject();
        foreach (var (name, expression) in expressions ?? [])
        {
            var (error, result) = await RunAsync(
                    new CellSource("user expression", expression?.ToString() ?? ""),
                    execution
                )
                .ConfigureAwait(false);
            var answer = error is null
                ? new JsonObject
                {
                    ["data"] = result is null ? new JsonObject() : BundleJson.ToJson(result),
                    ["metadata"] = new JsonObject(),
                }
                : Describe(error);
            answer["status"] = error is null ? "ok" : "error";
            answers[name] = answer;
        }

        return answers;
    }

    // People read from the end: the summary comes last.
    private static JsonObject Describe(CellError error) =>
        new()
        {
            ["ename"] = error.Name,
            ["evalue"] = error.Message,
            ["traceback"] = new JsonArray([
                .. error
                    .Traceback.Skip(HeadingLines(error))
                    .Append($"{error.Name}: {error.Message}")
                    .Select(line => (JsonNode)line),
            ]),
        };

    private static int HeadingLines(CellError error)
    {
        var heading = $"{error.Name}: {error.Message}".ReplaceLineEndings("\n").Split('\n');
        return error.Traceback.Take(heading.Length).SequenceEqual(heading) ? heading.Length : 0;
    }
}
