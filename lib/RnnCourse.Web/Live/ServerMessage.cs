using System.Text.Json.Serialization;
using RnnCourse.Notebooks.Pages;
using RnnCourse.Notebooks.Session.Language;
using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Live;

/// <summary>A message of the server to the page.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "tell")]
[JsonDerivedType(typeof(NotebookMessage), "notebook")]
[JsonDerivedType(typeof(SourceMessage), "source")]
[JsonDerivedType(typeof(ResettableMessage), "resettable")]
[JsonDerivedType(typeof(OutputsMessage), "shown")]
[JsonDerivedType(typeof(PrintedMessage), "printed")]
[JsonDerivedType(typeof(StatesMessage), "states")]
[JsonDerivedType(typeof(InputWantedMessage), "question")]
[JsonDerivedType(typeof(SessionStateMessage), "session")]
[JsonDerivedType(typeof(SavedMessage), "saved")]
[JsonDerivedType(typeof(CopyKeptMessage), "kept")]
[JsonDerivedType(typeof(NoticeMessage), "notice")]
[JsonDerivedType(typeof(NeededCellsMessage), "needs")]
[JsonDerivedType(typeof(LearningMessage), "learning")]
[JsonDerivedType(typeof(PongMessage), "pong")]
[JsonDerivedType(typeof(ReplyMessage), "reply")]
internal abstract record ServerMessage;

/// <summary>All cells in order.</summary>
/// <param name="Cells">The cells; with outputs only where the page shows other ones.</param>
/// <param name="CanUndo">Whether a change of order or number can be undone.</param>
/// <param name="CanRedo">Whether an undone change can be redone.</param>
internal sealed record NotebookMessage(IReadOnlyList<PageCell> Cells, bool CanUndo, bool CanRedo) : ServerMessage;

/// <summary>A cell.</summary>
/// <param name="Cell">Its id.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Source">Its text.</param>
/// <param name="Version">The version of its outputs.</param>
internal sealed record PageCell(string Cell, CellKind Kind, string Source, string Version)
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
internal sealed record SourceMessage(string Cell, string Source, bool CanReset) : ServerMessage;

/// <summary>A change by the page itself made the cell's text differ from the lesson's, or equal to it again.</summary>
internal sealed record ResettableMessage(string Cell, bool CanReset) : ServerMessage;

/// <summary>The outputs of a cell have changed.</summary>
/// <param name="Cell">Its id.</param>
/// <param name="Version">The version of its present outputs.</param>
/// <param name="From">How many of the first pieces stay.</param>
/// <param name="Blocks">The pieces of HTML that follow them.</param>
internal sealed record OutputsMessage(string Cell, string Version, int From, IReadOnlyList<string> Blocks)
    : ServerMessage;

/// <summary>A cell printed more text, which is appended to its last piece.</summary>
internal sealed record PrintedMessage(string Cell, string Version, string Html) : ServerMessage;

/// <summary>What cells are doing, and how fresh their outputs are; only cells for which this has changed.</summary>
internal sealed record StatesMessage(IReadOnlyList<CellState> Cells) : ServerMessage;

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
internal sealed record InputWantedMessage(string? Cell, string Prompt = "", bool IsHidden = false) : ServerMessage;

/// <summary>The state of the session.</summary>
/// <param name="State">The state.</param>
/// <param name="Words">What happened, for the reader; null if there is nothing to say.</param>
/// <param name="RunAbove">The cell up to which the page offers to run everything again.</param>
internal sealed record SessionStateMessage(SessionState State, string? Words = null, string? RunAbove = null)
    : ServerMessage;

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
internal sealed record SavedMessage(long Sequence) : ServerMessage;

/// <summary>The text that the page sent was meant for another state of the cell, and is kept in a new cell below
/// it.</summary>
internal sealed record CopyKeptMessage(string Cell, string Copy) : ServerMessage;

/// <summary>Something that the reader should know.</summary>
/// <param name="Words">The text.</param>
/// <param name="IsProblem">Whether something doesn't work.</param>
/// <param name="Subject">Replaces an earlier notice on this subject; an empty text removes it.</param>
internal sealed record NoticeMessage(string Words, bool IsProblem = false, string? Subject = null) : ServerMessage
{
    /// <summary>The actions that the reader can choose.</summary>
    public IReadOnlyList<NoticeAction>? Actions { get; init; }
}

/// <summary>Why a cell failed: cells above it have not run in this session. If there are no names, an earlier message
/// of this kind is removed.</summary>
/// <param name="Cell">The cell that failed.</param>
/// <param name="Names">The undefined names.</param>
/// <param name="Needed">The cells to run before it, in their order.</param>
internal sealed record NeededCellsMessage(string Cell, IReadOnlyList<string> Names, IReadOnlyList<NeededCell> Needed)
    : ServerMessage;

/// <summary>A cell that another one needs.</summary>
/// <param name="Cell">Its id.</param>
/// <param name="Number">Its number.</param>
/// <param name="IsSource">Whether the names come from it.</param>
internal sealed record NeededCell(string Cell, int Number, bool IsSource);

/// <summary>A button of a notice.</summary>
/// <param name="Label">Its label.</param>
/// <param name="Request">What the page sends when it is pressed.</param>
internal sealed record NoticeAction(string Label, [property: JsonPropertyName("ask")] PageRequest Request);

/// <summary>The cells that are exercises or quizzes or ask for a prediction.</summary>
internal sealed record LearningMessage(IReadOnlyList<CellLearning> Cells) : ServerMessage;

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
    /// <summary>Whether there are hints or a solution that a <see cref="HelpRequest"/> can fetch.</summary>
    public bool HasHelp { get; init; }

    /// <summary>What the learner is to predict before the outputs are shown; null for nothing.</summary>
    public string? Question { get; init; }

    /// <summary>Whether a prediction was made, or skipped.</summary>
    public bool HasPredicted { get; init; }

    /// <summary>The prediction; null if it was skipped, or not made yet.</summary>
    public string? Prediction { get; init; }
}

/// <summary>An earlier text of a cell.</summary>
internal sealed record PageAttempt(DateTimeOffset At, string Source, KeepReason Why, string? Verdict);

/// <summary>The answer to a <see cref="PingRequest"/>.</summary>
internal sealed record PongMessage : ServerMessage;

/// <summary>The answer to a <see cref="CodeRequest"/> or another request that has an id; only the member that answers
/// it is set.</summary>
internal sealed record ReplyMessage(int Id) : ServerMessage
{
    public CompletionList? Completions { get; init; }

    /// <summary>An explanation in HTML.</summary>
    public string? Explanation { get; init; }

    public IReadOnlyList<CodeDiagnostic>? Diagnostics { get; init; }

    public SignatureHelp? Signatures { get; init; }

    public IReadOnlyList<CodeColour>? Colours { get; init; }

    public IReadOnlyList<PageAttempt>? Attempts { get; init; }

    /// <summary>The verdict on the blank of an exercise, as JSON.</summary>
    public string? Help { get; init; }
}
