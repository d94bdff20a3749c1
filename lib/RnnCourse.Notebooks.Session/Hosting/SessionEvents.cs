using System.Text.Json.Serialization;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Results;

namespace RnnCourse.Notebooks.Session.Hosting;

/// <summary>An event during the execution of a cell.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(CellStarted), "started")]
[JsonDerivedType(typeof(TextPrinted), "printed")]
[JsonDerivedType(typeof(ValueShown), "shown")]
[JsonDerivedType(typeof(ValueReplaced), "replaced")]
[JsonDerivedType(typeof(OutputCleared), "cleared")]
[JsonDerivedType(typeof(PageShown), "page")]
[JsonDerivedType(typeof(ResultGiven), "result")]
[JsonDerivedType(typeof(CellFailed), "failed")]
[JsonDerivedType(typeof(ExceptionBesideCell), "beside")]
[JsonDerivedType(typeof(InputWanted), "input")]
public abstract record SessionEvent
{
    private protected SessionEvent() { }
}

/// <summary>The session has begun to compile the cell, and will then run it.</summary>
public sealed record CellStarted : SessionEvent;

/// <summary>The cell printed.</summary>
/// <param name="Stream"><see cref="StreamOutput.StandardOutput"/> or <see cref="StreamOutput.StandardError"/>.</param>
/// <param name="Text">The text, line ends included.</param>
public sealed record TextPrinted(string Stream, string Text) : SessionEvent;

/// <summary>The cell showed a value.</summary>
/// <param name="DisplayId">The id by which it can be replaced.</param>
/// <param name="Data">Its representations.</param>
public sealed record ValueShown(string DisplayId, MimeBundle Data) : SessionEvent;

/// <summary>The cell replaced an output of its own or of an earlier cell.</summary>
/// <param name="DisplayId">The id of the replaced output.</param>
/// <param name="Data">The new representations.</param>
public sealed record ValueReplaced(string DisplayId, MimeBundle Data) : SessionEvent;

/// <summary>The cell removed what it had printed and shown.</summary>
/// <param name="Wait">Whether to wait until something new is shown.</param>
public sealed record OutputCleared(bool Wait) : SessionEvent;

/// <summary>The cell asks for something to be shown beside the notebook.</summary>
/// <param name="Data">Its representations.</param>
public sealed record PageShown(MimeBundle Data) : SessionEvent;

/// <summary>The value of the cell's last expression, or of a part before the last.</summary>
/// <param name="Data">Its representations.</param>
public sealed record ResultGiven(MimeBundle Data) : SessionEvent;

/// <summary>The cell failed. This event comes after all its output.</summary>
/// <param name="Error">Why.</param>
public sealed record CellFailed(CellError Error) : SessionEvent;

/// <summary>An uncaught exception occurred on a thread, a timer or a task that a cell started. The cell
/// continues.</summary>
/// <param name="Error">The exception.</param>
public sealed record ExceptionBesideCell(CellError Error) : SessionEvent
{
    /// <summary>The exception as text for the standard error, with its stack trace.</summary>
    /// <returns>Lines, each with its end.</returns>
    public string ToText() =>
        "An uncaught exception outside the cell's own run:\n"
        + string.Concat(Error.Traceback.Select(line => line + "\n"));
}

/// <summary>The cell asks its reader and waits for <see cref="ISessionHost.Answer"/>.</summary>
/// <param name="Prompt">What to ask for; may be empty.</param>
/// <param name="IsHidden">Whether to hide the answer while it is typed.</param>
public sealed record InputWanted(string Prompt, bool IsHidden) : SessionEvent;
