using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Live;

/// <summary>A request of the page to the server. Each message is one text frame of JSON.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "ask")]
[JsonDerivedType(typeof(HelloRequest), "hello")]
[JsonDerivedType(typeof(PingRequest), "ping")]
[JsonDerivedType(typeof(EditRequest), "edit")]
[JsonDerivedType(typeof(InsertRequest), "insert")]
[JsonDerivedType(typeof(ScratchRequest), "scratch")]
[JsonDerivedType(typeof(DeleteRequest), "delete")]
[JsonDerivedType(typeof(MoveRequest), "move")]
[JsonDerivedType(typeof(SplitRequest), "split")]
[JsonDerivedType(typeof(JoinRequest), "join")]
[JsonDerivedType(typeof(KindRequest), "kind")]
[JsonDerivedType(typeof(UndoRequest), "undo")]
[JsonDerivedType(typeof(RunRequest), "run")]
[JsonDerivedType(typeof(ControlRequest), "control")]
[JsonDerivedType(typeof(ClearRequest), "clear")]
[JsonDerivedType(typeof(ResetRequest), "reset")]
[JsonDerivedType(typeof(InterruptRequest), "interrupt")]
[JsonDerivedType(typeof(RestartRequest), "restart")]
[JsonDerivedType(typeof(AnswerRequest), "answer")]
[JsonDerivedType(typeof(OfferRequest), "offer")]
[JsonDerivedType(typeof(KeepRequest), "keep")]
[JsonDerivedType(typeof(AttemptsRequest), "attempts")]
[JsonDerivedType(typeof(HelpRequest), "help")]
[JsonDerivedType(typeof(PredictRequest), "predict")]
[JsonDerivedType(typeof(CompleteRequest), "complete")]
[JsonDerivedType(typeof(InspectRequest), "inspect")]
[JsonDerivedType(typeof(SignaturesRequest), "signatures")]
[JsonDerivedType(typeof(DiagnoseRequest), "diagnose")]
[JsonDerivedType(typeof(ColoursRequest), "colours")]
internal abstract record PageRequest;

/// <summary>The first message of a connection.</summary>
/// <param name="Versions">The versions of the outputs that the page already shows, by the cells' ids.</param>
internal sealed record HelloRequest(Dictionary<string, string> Versions) : PageRequest;

/// <summary>Asks whether the server still answers, since a lost connection may look open to the page.</summary>
internal sealed record PingRequest : PageRequest;

/// <summary>The text of a cell was changed.</summary>
/// <param name="Sequence">The number of the change on this page; the server reports this number when the change is
/// stored.</param>
/// <param name="Cell">The cell's id.</param>
/// <param name="Base">The text that was changed.</param>
/// <param name="Source">The text that it became.</param>
internal sealed record EditRequest(long Sequence, string Cell, string Base, string Source) : PageRequest;

internal sealed record InsertRequest(
    string Cell,
    CellKind Kind,
    string? After,
    string Source = "",
    bool IsScratch = false
) : PageRequest;

/// <summary>Make a cell a scratch cell, which is left out when the notebook is handed on, or an ordinary one
/// again.</summary>
internal sealed record ScratchRequest(string Cell, bool IsOn) : PageRequest;

internal sealed record DeleteRequest(string Cell) : PageRequest;

internal sealed record MoveRequest(string Cell, string? After) : PageRequest;

internal sealed record SplitRequest(string Cell, int Position, string NewCell) : PageRequest;

internal sealed record JoinRequest(string Cell) : PageRequest;

internal sealed record KindRequest(string Cell, CellKind Kind) : PageRequest;

internal sealed record UndoRequest(bool Again) : PageRequest;

/// <summary>Which cells to run.</summary>
internal enum RunRange
{
    /// <summary>The named cell.</summary>
    Cell,

    /// <summary>All cells above the named one.</summary>
    Above,

    /// <summary>All cells above the named one, and that one.</summary>
    UpTo,

    /// <summary>The named cell and all cells below it.</summary>
    Below,

    /// <summary>All cells.</summary>
    All,

    /// <summary>The named cell, and before it the cells that it needs and that have not run in this session.</summary>
    Needed,
}

internal sealed record RunRequest(RunRange Range, string? Cell = null) : PageRequest;

/// <summary>A control that a cell shows was moved: run the cell with the new value. The reply, which has the same id,
/// follows when the cell has its place in the queue; a value that the control does not allow runs nothing.</summary>
/// <param name="Id">The number of the request on this page.</param>
/// <param name="Cell">The cell's id.</param>
/// <param name="Name">The control's name.</param>
/// <param name="Value">Its value.</param>
internal sealed record ControlRequest(int Id, string Cell, string Name, JsonNode Value) : PageRequest;

/// <summary>Remove the outputs of a cell, or of all cells.</summary>
internal sealed record ClearRequest(string? Cell = null) : PageRequest;

/// <summary>Reset a cell, or all cells, to the text of the lesson.</summary>
internal sealed record ResetRequest(string? Cell = null) : PageRequest;

internal sealed record InterruptRequest : PageRequest;

/// <summary>Start a new session, and run cells in it if a range is given.</summary>
internal sealed record RestartRequest(RunRange? Range = null, string? Cell = null) : PageRequest;

internal sealed record AnswerRequest(string Text) : PageRequest;

/// <summary>The reader's decision whether to use the work from another place.</summary>
internal sealed record OfferRequest(bool IsWanted) : PageRequest;

/// <summary>Keep the present text of a cell among its attempts, since another one will replace it.</summary>
internal sealed record KeepRequest(string Cell) : PageRequest;

/// <summary>Asks for the earlier attempts at a cell; the reply has the same id.</summary>
internal sealed record AttemptsRequest(int Id, string Cell) : PageRequest;

/// <summary>Asks for the hints and the solution of an exercise whose cell shows no verdict; the reply has the same
/// id.</summary>
internal sealed record HelpRequest(int Id, string Cell) : PageRequest;

/// <summary>The learner's prediction of a cell's outputs.</summary>
/// <param name="Cell">The cell's id.</param>
/// <param name="Words">The prediction; null to skip it.</param>
/// <param name="Again">Whether the prediction is to be made again.</param>
internal sealed record PredictRequest(string Cell, string? Words = null, bool Again = false) : PageRequest;

/// <summary>A question about code that is being written; the reply has the same id.</summary>
internal abstract record CodeRequest(int Id, string Cell, string Source) : PageRequest;

internal sealed record CompleteRequest(int Id, string Cell, string Source, int Position)
    : CodeRequest(Id, Cell, Source);

internal sealed record InspectRequest(int Id, string Cell, string Source, int Position) : CodeRequest(Id, Cell, Source);

internal sealed record SignaturesRequest(int Id, string Cell, string Source, int Position)
    : CodeRequest(Id, Cell, Source);

internal sealed record DiagnoseRequest(int Id, string Cell, string Source) : CodeRequest(Id, Cell, Source);

internal sealed record ColoursRequest(int Id, string Cell, string Source) : CodeRequest(Id, Cell, Source);
