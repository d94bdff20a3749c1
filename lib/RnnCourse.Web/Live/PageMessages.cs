using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using RnnCourse.Notebooks.Pages;
using RnnCourse.Notebooks.Session.Language;
using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Live;

/// <summary>A request of the page to the server. Each message is one text frame of JSON.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "ask")]
[JsonDerivedType(typeof(HelloAsk), "hello")]
[JsonDerivedType(typeof(PingAsk), "ping")]
[JsonDerivedType(typeof(EditAsk), "edit")]
[JsonDerivedType(typeof(InsertAsk), "insert")]
[JsonDerivedType(typeof(ScratchAsk), "scratch")]
[JsonDerivedType(typeof(DeleteAsk), "delete")]
[JsonDerivedType(typeof(MoveAsk), "move")]
[JsonDerivedType(typeof(SplitAsk), "split")]
[JsonDerivedType(typeof(JoinAsk), "join")]
[JsonDerivedType(typeof(KindAsk), "kind")]
[JsonDerivedType(typeof(UndoAsk), "undo")]
[JsonDerivedType(typeof(RunAsk), "run")]
[JsonDerivedType(typeof(ControlAsk), "control")]
[JsonDerivedType(typeof(ClearAsk), "clear")]
[JsonDerivedType(typeof(ResetAsk), "reset")]
[JsonDerivedType(typeof(InterruptAsk), "interrupt")]
[JsonDerivedType(typeof(RestartAsk), "restart")]
[JsonDerivedType(typeof(AnswerAsk), "answer")]
[JsonDerivedType(typeof(OfferAsk), "offer")]
[JsonDerivedType(typeof(KeepAsk), "keep")]
[JsonDerivedType(typeof(AttemptsAsk), "attempts")]
[JsonDerivedType(typeof(HelpAsk), "help")]
[JsonDerivedType(typeof(PredictAsk), "predict")]
[JsonDerivedType(typeof(CompleteAsk), "complete")]
[JsonDerivedType(typeof(InspectAsk), "inspect")]
[JsonDerivedType(typeof(SignaturesAsk), "signatures")]
[JsonDerivedType(typeof(DiagnoseAsk), "diagnose")]
[JsonDerivedType(typeof(ColoursAsk), "colours")]
internal abstract record PageAsk;

/// <summary>The first message of a connection.</summary>
/// <param name="Versions">The versions of the outputs that the page already shows, by the cells' ids.</param>
internal sealed record HelloAsk(Dictionary<string, string> Versions) : PageAsk;

/// <summary>Asks whether the server still answers, since a lost connection may look open to the page.</summary>
internal sealed record PingAsk : PageAsk;

/// <summary>The text of a cell was changed.</summary>
/// <param name="Sequence">The number of the change on this page; the server reports this number when the change is
/// stored.</param>
/// <param name="Cell">The cell's id.</param>
/// <param name="Base">The text that was changed.</param>
/// <param name="Source">The text that it became.</param>
internal sealed record EditAsk(long Sequence, string Cell, string Base, string Source) : PageAsk;

internal sealed record InsertAsk(string Cell, CellKind Kind, string? After, string Source = "", bool IsScratch = false)
    : PageAsk;

/// <summary>Make a cell a scratch cell, which is left out when the notebook is handed on, or an ordinary one
/// again.</summary>
internal sealed record ScratchAsk(string Cell, bool IsOn) : PageAsk;

internal sealed record DeleteAsk(string Cell) : PageAsk;

internal sealed record MoveAsk(string Cell, string? After) : PageAsk;

internal sealed record SplitAsk(string Cell, int Position, string NewCell) : PageAsk;

internal sealed record JoinAsk(string Cell) : PageAsk;

internal sealed record KindAsk(string Cell, CellKind Kind) : PageAsk;

internal sealed record UndoAsk(bool Again) : PageAsk;

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

internal sealed record RunAsk(RunRange Range, string? Cell = null) : PageAsk;

/// <summary>A control that a cell shows was moved: run the cell with the new value.</summary>
/// <param name="Cell">The cell's id.</param>
/// <param name="Name">The control's name.</param>
/// <param name="Value">Its value.</param>
internal sealed record ControlAsk(string Cell, string Name, JsonNode Value) : PageAsk;

/// <summary>Remove the outputs of a cell, or of all cells.</summary>
internal sealed record ClearAsk(string? Cell = null) : PageAsk;

/// <summary>Reset a cell, or all cells, to the text of the lesson.</summary>
internal sealed record ResetAsk(string? Cell = null) : PageAsk;

internal sealed record InterruptAsk : PageAsk;

/// <summary>Start a new session, and run cells in it if a range is given.</summary>
internal sealed record RestartAsk(RunRange? Range = null, string? Cell = null) : PageAsk;

internal sealed record AnswerAsk(string Text) : PageAsk;

/// <summary>The reader's decision whether to use the work from another place.</summary>
internal sealed record OfferAsk(bool IsWanted) : PageAsk;

/// <summary>Keep the present text of a cell among its attempts, since another one will replace it.</summary>
internal sealed record KeepAsk(string Cell) : PageAsk;

/// <summary>Asks for the earlier attempts at a cell; the reply has the same id.</summary>
internal sealed record AttemptsAsk(int Id, string Cell) : PageAsk;

/// <summary>Asks for the hints and the solution of an exercise whose cell shows no verdict; the reply has the same
/// id.</summary>
internal sealed record HelpAsk(int Id, string Cell) : PageAsk;

/// <summary>The learner's prediction of a cell's outputs.</summary>
/// <param name="Cell">The cell's id.</param>
/// <param name="Words">The prediction; null to skip it.</param>
/// <param name="Again">Whether the prediction is to be made again.</param>
internal sealed record PredictAsk(string Cell, string? Words = null, bool Again = false) : PageAsk;

/// <summary>A question about code that is being written; the reply has the same id.</summary>
internal abstract record CodeAsk(int Id, string Cell, string Source) : PageAsk;

internal sealed record CompleteAsk(int Id, string Cell, string Source, int Position) : CodeAsk(Id, Cell, Source);

internal sealed record InspectAsk(int Id, string Cell, string Source, int Position) : CodeAsk(Id, Cell, Source);

internal sealed record SignaturesAsk(int Id, string Cell, string Source, int Position) : CodeAsk(Id, Cell, Source);

internal sealed record DiagnoseAsk(int Id, string Cell, string Source) : CodeAsk(Id, Cell, Source);

internal sealed record ColoursAsk(int Id, string Cell, string Source) : CodeAsk(Id, Cell, Source);

/// <summary>A message of the server to the page.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "tell")]
[JsonDerivedType(typeof(NotebookTold), "notebook")]
[JsonDerivedType(typeof(SourceTold), "source")]
[JsonDerivedType(typeof(ResettableTold), "resettable")]
[JsonDerivedType(typeof(ShownTold), "shown")]
[JsonDerivedType(typeof(PrintedTold), "printed")]
[JsonDerivedType(typeof(StatesTold), "states")]
[JsonDerivedType(typeof(QuestionTold), "question")]
[JsonDerivedType(typeof(SessionTold), "session")]
[JsonDerivedType(typeof(SavedTold), "saved")]
[JsonDerivedType(typeof(KeptTold), "kept")]
[JsonDerivedType(typeof(NoticeTold), "notice")]
[JsonDerivedType(typeof(NeedsTold), "needs")]
[JsonDerivedType(typeof(LearningTold), "learning")]
[JsonDerivedType(typeof(PongTold), "pong")]
[JsonDerivedType(typeof(ReplyTold), "reply")]
internal abstract record PageTold;

/// <summary>All cells in order.</summary>
/// <param name="Cells">The cells; with outputs only where the page shows other ones.</param>
/// <param name="CanUndo">Whether a change of order or number can be undone.</param>
/// <param name="CanRedo">Whether an undone change can be redone.</param>
internal sealed record NotebookTold(IReadOnlyList<CellTold> Cells, bool CanUndo, bool CanRedo) : PageTold;

/// <summary>A cell.</summary>
/// <param name="Cell">Its id.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Source">Its text.</param>
/// <param name="Version">The version of its outputs.</param>
internal sealed record CellTold(string Cell, CellKind Kind, string Source, string Version)
{
    /// <summary>The language of a code cell that isn't C#.</summary>
    public string? Language { get; init; }

    /// <summary>Whether it is a scratch cell, which is left out when the notebook is handed on.</summary>
    public bool IsScratch { get; init; }

    /// <summary>Whether the cell differs from the lesson's and can be reset.</summary>
    public bool CanReset { get; init; }

    /// <summary>The HTML of its outputs, in pieces.</summary>
    public IReadOnlyList<string>? Blocks { get; init; }
}

/// <summary>The text of a cell was changed elsewhere.</summary>
internal sealed record SourceTold(string Cell, string Source, bool CanReset) : PageTold;

/// <summary>A change by the page itself made the cell's text differ from the lesson's, or equal to it again.</summary>
internal sealed record ResettableTold(string Cell, bool CanReset) : PageTold;

/// <summary>The outputs of a cell have changed.</summary>
/// <param name="Cell">Its id.</param>
/// <param name="Version">The version of its present outputs.</param>
/// <param name="From">How many of the first pieces stay.</param>
/// <param name="Blocks">The pieces of HTML that follow them.</param>
internal sealed record ShownTold(string Cell, string Version, int From, IReadOnlyList<string> Blocks) : PageTold;

/// <summary>A cell printed more text, which is appended to its last piece.</summary>
internal sealed record PrintedTold(string Cell, string Version, string Html) : PageTold;

/// <summary>What cells are doing, and how fresh their outputs are; only cells for which this has changed.</summary>
internal sealed record StatesTold(IReadOnlyList<CellState> Cells) : PageTold;

/// <summary>The state of a cell.</summary>
/// <param name="Cell">Its id.</param>
/// <param name="Number">Its number among the code cells, as error messages name it; 0 for text.</param>
/// <param name="Activity">Whether it waits or runs.</param>
/// <param name="Freshness">How its outputs relate to its text and to the session.</param>
/// <param name="Verdict">The text of the last verdict that it shows, such as <c>not yet</c>; null if there is
/// none.</param>
internal sealed record CellState(
    string Cell,
    int Number,
    CellActivity Activity,
    CellFreshness Freshness,
    string? Verdict = null
);

internal enum CellActivity
{
    Idle,
    Waiting,
    Running,
}

internal enum CellFreshness
{
    /// <summary>It has not run in this session; its outputs, if any, are those stored in the file.</summary>
    Stored,

    /// <summary>It ran in this session, and nothing above it has changed since.</summary>
    Fresh,

    /// <summary>It ended with an error.</summary>
    Failed,

    /// <summary>Its own text has changed since it ran.</summary>
    Changed,

    /// <summary>A cell above it was changed or run later.</summary>
    Stale,
}

/// <summary>A cell waits for input from its reader; if the cell is null, no cell waits any longer.</summary>
internal sealed record QuestionTold(string? Cell, string Prompt = "", bool IsHidden = false) : PageTold;

/// <summary>The state of the session.</summary>
/// <param name="State">The state.</param>
/// <param name="Words">What happened, for the reader; null if there is nothing to say.</param>
/// <param name="RunAbove">The cell up to which the page offers to run everything again.</param>
internal sealed record SessionTold(SessionState State, string? Words = null, string? RunAbove = null) : PageTold;

internal enum SessionState
{
    /// <summary>No session runs; one starts when it is needed.</summary>
    Asleep,
    Starting,
    Ready,
    Busy,

    /// <summary>Its process has ended by itself; the next one has already started.</summary>
    Ended,

    /// <summary>A library that the notebook uses was rebuilt.</summary>
    Outdated,
}

/// <summary>The page's changes up to this one are stored in the file.</summary>
internal sealed record SavedTold(long Sequence) : PageTold;

/// <summary>The text that the page sent was meant for another state of the cell, and is kept in a new cell below
/// it.</summary>
internal sealed record KeptTold(string Cell, string Copy) : PageTold;

/// <summary>Something that the reader should know.</summary>
/// <param name="Words">The text.</param>
/// <param name="IsProblem">Whether something doesn't work.</param>
/// <param name="Subject">Replaces an earlier notice on this subject; an empty text removes it.</param>
internal sealed record NoticeTold(string Words, bool IsProblem = false, string? Subject = null) : PageTold
{
    /// <summary>The actions that the reader can choose.</summary>
    public IReadOnlyList<NoticeAction>? Actions { get; init; }
}

/// <summary>Why a cell failed: cells above it have not run in this session. If there are no names, an earlier message
/// of this kind is removed.</summary>
/// <param name="Cell">The cell that failed.</param>
/// <param name="Names">The undefined names.</param>
/// <param name="Needed">The cells to run before it, in their order.</param>
internal sealed record NeedsTold(string Cell, IReadOnlyList<string> Names, IReadOnlyList<NeededCell> Needed) : PageTold;

/// <summary>A cell that another one needs.</summary>
/// <param name="Cell">Its id.</param>
/// <param name="Number">Its number.</param>
/// <param name="IsSource">Whether the names come from it.</param>
internal sealed record NeededCell(string Cell, int Number, bool IsSource);

/// <summary>A button of a notice.</summary>
/// <param name="Label">Its label.</param>
/// <param name="Ask">What the page sends when it is pressed.</param>
internal sealed record NoticeAction(string Label, PageAsk Ask);

/// <summary>The cells that are exercises or quizzes or ask for a prediction.</summary>
internal sealed record LearningTold(IReadOnlyList<CellLearning> Cells) : PageTold;

/// <summary>The part that a cell plays for a learner.</summary>
internal enum LearningRole
{
    None,
    Exercise,
    Quiz,
}

/// <summary>What the page is sent about such a cell.</summary>
/// <param name="Cell">The cell's id.</param>
/// <param name="Role">Its part.</param>
/// <param name="Attempts">How many attempts are kept.</param>
/// <param name="IsSolved">Whether one of them was right.</param>
internal sealed record CellLearning(string Cell, LearningRole Role, int Attempts, bool IsSolved)
{
    /// <summary>Whether there are hints or a solution that a <see cref="HelpAsk"/> can fetch.</summary>
    public bool HasHelp { get; init; }

    /// <summary>What the learner is to predict before the outputs are shown; null for nothing.</summary>
    public string? Question { get; init; }

    /// <summary>Whether a prediction was made, or skipped.</summary>
    public bool HasPredicted { get; init; }

    /// <summary>The prediction; null if it was skipped, or not made yet.</summary>
    public string? Prediction { get; init; }
}

/// <summary>An earlier text of a cell.</summary>
internal sealed record AttemptTold(DateTimeOffset At, string Source, KeptWhy Why, string? Verdict);

/// <summary>The answer to a <see cref="PingAsk"/>.</summary>
internal sealed record PongTold : PageTold;

/// <summary>The answer to a <see cref="CodeAsk"/> or another request that has an id; only the member that answers it is
/// set.</summary>
internal sealed record ReplyTold(int Id) : PageTold
{
    public CompletionList? Completions { get; init; }

    /// <summary>An explanation in HTML.</summary>
    public string? Explanation { get; init; }

    public IReadOnlyList<CodeDiagnostic>? Diagnostics { get; init; }

    public SignatureHelp? Signatures { get; init; }

    public IReadOnlyList<CodeColour>? Colours { get; init; }

    public IReadOnlyList<AttemptTold>? Attempts { get; init; }

    /// <summary>The verdict on the blank of an exercise, as JSON.</summary>
    public string? Help { get; init; }
}

/// <summary>Reads and writes the messages.</summary>
[JsonSerializable(typeof(PageAsk))]
[JsonSerializable(typeof(PageTold))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowOutOfOrderMetadataProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
internal sealed partial class PageJson : JsonSerializerContext
{
    // Created on first use: the generated static members may be initialised after the ones here.
    private static readonly Lazy<PageJson> Shared = new(() =>
    {
        var options = new JsonSerializerOptions(Default!.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        return new PageJson(options);
    });

    private static PageJson Readable => Shared.Value;

    /// <summary>Reads a message of the page; null if it isn't one.</summary>
    public static PageAsk? Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, Readable.PageAsk);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Writes a message to the page.</summary>
    public static byte[] Write(PageTold message) => JsonSerializer.SerializeToUtf8Bytes(message, Readable.PageTold);
}
