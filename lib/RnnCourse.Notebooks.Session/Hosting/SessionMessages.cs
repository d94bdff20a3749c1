using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Language;

namespace RnnCourse.Notebooks.Session.Hosting;

/// <summary>A message from the host to the process that runs the cells. Each message is one line of JSON.</summary>
/// <remarks>Messages are lines of JSON, without an RPC library: StreamJsonRpc 2.26 delays the first answer of a process
/// by a tenth of a second (150 ms in place of 55) for each notebook.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "ask")]
[JsonDerivedType(typeof(ExecuteMessage), "execute")]
[JsonDerivedType(typeof(InterruptMessage), "interrupt")]
[JsonDerivedType(typeof(AnswerMessage), "answer")]
[JsonDerivedType(typeof(CompleteMessage), "complete")]
[JsonDerivedType(typeof(InspectMessage), "inspect")]
[JsonDerivedType(typeof(SignaturesMessage), "signatures")]
[JsonDerivedType(typeof(DiagnoseMessage), "diagnose")]
[JsonDerivedType(typeof(CompletenessMessage), "completeness")]
internal abstract record HostMessage;

/// <summary>Execute this cell, which is C# unless a language is named.</summary>
internal sealed record ExecuteMessage(int Number, string FilePath, string Source, string? Language, bool CanAsk)
    : HostMessage
{
    public IReadOnlyList<ControlSetting>? Controls { get; init; }

    public bool IsAgain { get; init; }
}

/// <summary>Stop the cell with this number, even if it has not begun yet.</summary>
internal sealed record InterruptMessage(int Number) : HostMessage;

/// <summary>The answer to the question that the cell asks.</summary>
internal sealed record AnswerMessage(string Text) : HostMessage;

/// <summary>A question about code that is being written.</summary>
internal abstract record CodeQuestion(int Id, string Code) : HostMessage;

internal sealed record CompleteMessage(int Id, string Code, int Position) : CodeQuestion(Id, Code);

internal sealed record InspectMessage(int Id, string Code, int Position, bool IsDetailed) : CodeQuestion(Id, Code);

internal sealed record SignaturesMessage(int Id, string Code, int Position) : CodeQuestion(Id, Code);

internal sealed record DiagnoseMessage(int Id, string Code) : CodeQuestion(Id, Code);

internal sealed record CompletenessMessage(int Id, string Code) : CodeQuestion(Id, Code);

/// <summary>A message from the process that runs the cells to its host. Each message is one line of JSON.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "tell")]
[JsonDerivedType(typeof(ReadyMessage), "ready")]
[JsonDerivedType(typeof(EventMessage), "event")]
[JsonDerivedType(typeof(CrashMessage), "crash")]
[JsonDerivedType(typeof(DoneMessage), "done")]
[JsonDerivedType(typeof(ReplyMessage), "reply")]
internal abstract record SessionMessage;

/// <summary>The process is ready for the first cell: its compiler has been loaded and warmed up.</summary>
internal sealed record ReadyMessage : SessionMessage;

/// <summary>An event of the cell.</summary>
internal sealed record EventMessage(SessionEvent Event) : SessionMessage;

/// <summary>An uncaught exception is about to end the process.</summary>
internal sealed record CrashMessage(CellError Error) : SessionMessage;

/// <summary>The cell has ended, with or without an error.</summary>
/// <param name="Number">The cell's number.</param>
/// <param name="Error">Why it failed, or null.</param>
/// <param name="IsCodeLeftBehind">Whether code of an interrupted cell still runs.</param>
internal sealed record DoneMessage(int Number, CellError? Error, bool IsCodeLeftBehind) : SessionMessage;

/// <summary>The answer to a <see cref="CodeQuestion"/>: either the member that answers it is set, or the
/// error.</summary>
internal sealed record ReplyMessage(int Id) : SessionMessage
{
    public CompletionList? Completions { get; init; }

    public Explanation? Explanation { get; init; }

    public SignatureHelp? Signatures { get; init; }

    public IReadOnlyList<CodeDiagnostic>? Diagnostics { get; init; }

    public Completeness? Completeness { get; init; }

    public string? Failure { get; init; }
}

/// <summary>Reads and writes the messages; uses generated code, since reflection would delay the start of each process
/// by a tenth of a second.</summary>
[JsonSerializable(typeof(HostMessage))]
[JsonSerializable(typeof(SessionMessage))]
[JsonSourceGenerationOptions(
    Converters = [typeof(BundleConverter)],
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault
)]
internal sealed partial class SessionJson : JsonSerializerContext
{
    public static SessionJson Compact { get; } =
        new(
            new JsonSerializerOptions
            {
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
                Converters = { new BundleConverter() },
            }
        );
}

/// <summary>Writes representations as an object with a string or JSON for each MIME type.</summary>
internal sealed class BundleConverter : JsonConverter<MimeBundle>
{
    /// <inheritdoc/>
    public override MimeBundle Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonNode.Parse(ref reader) is JsonObject data
            ? BundleJson.FromJson(data)
            : throw new JsonException("Representations are written as an object.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, MimeBundle value, JsonSerializerOptions options) =>
        BundleJson.ToJson(value).WriteTo(writer);
}
