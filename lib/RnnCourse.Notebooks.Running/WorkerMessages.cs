using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace RnnCourse.Notebooks.Running;

/// <summary>What the parent asks of the process that runs the cells: execute this, which is C# unless a language is
/// named.</summary>
internal sealed record ExecuteCommand(int Number, string FilePath, string Source, string? Language = null);

/// <summary>What the process that runs the cells tells its parent. Each message is one line of JSON.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(ReadyEvent), "ready")]
[JsonDerivedType(typeof(PrintEvent), "print")]
[JsonDerivedType(typeof(ShowEvent), "show")]
[JsonDerivedType(typeof(ReplaceEvent), "replace")]
[JsonDerivedType(typeof(ClearEvent), "clear")]
[JsonDerivedType(typeof(ResultEvent), "result")]
[JsonDerivedType(typeof(ErrorEvent), "error")]
[JsonDerivedType(typeof(CrashEvent), "crash")]
[JsonDerivedType(typeof(DoneEvent), "done")]
internal abstract record WorkerEvent;

/// <summary>The process is ready for the first cell: its compiler is loaded and warm.</summary>
internal sealed record ReadyEvent : WorkerEvent;

/// <summary>The cell printed.</summary>
internal sealed record PrintEvent(string Stream, string Text) : WorkerEvent;

/// <summary>The cell showed something.</summary>
internal sealed record ShowEvent(string DisplayId, JsonObject Data) : WorkerEvent;

/// <summary>The cell replaced what it or an earlier cell had shown.</summary>
internal sealed record ReplaceEvent(string DisplayId, JsonObject Data) : WorkerEvent;

/// <summary>The cell took back what it had printed and shown; with <paramref name="Wait"/>, when something new
/// comes.</summary>
internal sealed record ClearEvent(bool Wait) : WorkerEvent;

/// <summary>The cell's last expression has this value.</summary>
internal sealed record ResultEvent(JsonObject Data) : WorkerEvent;

/// <summary>The cell failed.</summary>
internal sealed record ErrorEvent(
    string Name,
    string Message,
    IReadOnlyList<string> Traceback,
    int Line,
    string SourceLine
) : WorkerEvent;

/// <summary>An exception that no code caught is about to end the process.</summary>
internal sealed record CrashEvent(
    string Name,
    string Message,
    IReadOnlyList<string> Traceback,
    int Line,
    string SourceLine
) : WorkerEvent;

/// <summary>The cell has ended, in whatever way; nothing more of it follows.</summary>
internal sealed record DoneEvent(int Number) : WorkerEvent;

/// <summary>Reads and writes the messages; generated code, as reflection would cost each process its first tenth of a
/// second.</summary>
[JsonSerializable(typeof(ExecuteCommand))]
[JsonSerializable(typeof(WorkerEvent))]
internal sealed partial class WorkerJson : JsonSerializerContext
{
    public static WorkerJson Compact { get; } =
        new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
