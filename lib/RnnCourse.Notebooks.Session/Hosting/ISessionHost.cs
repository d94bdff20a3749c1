using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Notebooks.Session.Language;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Session.Hosting;

/// <summary>
/// The interface to one session: every front end (the Jupyter kernel, <c>rnn run</c>, a page) executes cells through
/// it. <see cref="ProcessSession"/> runs them in a separate process and survives whatever they do;
/// <see cref="InProcessSession"/> runs them in this process.
/// </summary>
/// <remarks>Members may be called from any thread. Cells are executed one at a time, in the order of the
/// calls.</remarks>
public interface ISessionHost : IAsyncDisposable
{
    /// <summary>Waits until the session can execute a cell without delay. Cells may be sent before that; they
    /// wait.</summary>
    /// <param name="cancellationToken">Cancels the wait, and ends the session's process.</param>
    /// <returns>A task that ends when the session is ready, or when its process has ended.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    Task ReadyAsync(CancellationToken cancellationToken = default);

    /// <summary>Executes one cell.</summary>
    /// <param name="request">The cell and its options.</param>
    /// <param name="receive">Receives the events in order, one at a time. Until the next cell begins, it also receives
    /// what threads of the cell print after its end. Must not throw.</param>
    /// <param name="cancellationToken">Stops the cell in any case: if there is no other way, the session's process is
    /// ended.</param>
    /// <returns>How it ended. A failure of the cell, and the end of its process, are results, not
    /// exceptions.</returns>
    /// <exception cref="OperationCanceledException">The cell was stopped by the token; all its output has been
    /// received.</exception>
    Task<ExecutionResult> ExecuteAsync(
        ExecutionRequest request,
        Action<SessionEvent> receive,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Asks the cell that was sent last to stop, even if it hasn't begun yet; variables are kept. A second call while
    /// that cell doesn't react, or while code of an interrupted cell is still running, ends the session's process.
    /// Without such a cell nothing happens.
    /// </summary>
    void Interrupt();

    /// <summary>Answers the <see cref="InputWanted"/> event.</summary>
    /// <param name="text">One line, without its end.</param>
    void Answer(string text);

    /// <summary>Ends the session and starts an empty one. A cell that is being executed fails.</summary>
    /// <returns>A task that ends when the new session is starting.</returns>
    Task RestartAsync();

    /// <summary>Finds completions of the word at a position. While a cell runs, only the declarations made before it
    /// began are known.</summary>
    /// <param name="code">The code of the cell that is being written.</param>
    /// <param name="position">The cursor, in UTF-16 units from the start.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The completions; an empty list if there are none.</returns>
    Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellationToken = default);

    /// <summary>The signature and documentation of the symbol at a position.</summary>
    /// <param name="code">The code of the cell.</param>
    /// <param name="position">The cursor, in UTF-16 units from the start.</param>
    /// <param name="isDetailed">Whether remarks and exceptions are wanted too.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The explanation, or null if there is nothing to explain.</returns>
    Task<Explanation?> InspectAsync(
        string code,
        int position,
        bool isDetailed = false,
        CancellationToken cancellationToken = default
    );

    /// <summary>The signatures of the call whose arguments are being written at a position.</summary>
    /// <param name="code">The code of the cell.</param>
    /// <param name="position">The cursor, in UTF-16 units from the start.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The signatures, or null outside of a call's arguments.</returns>
    Task<SignatureHelp?> FindSignaturesAsync(string code, int position, CancellationToken cancellationToken = default);

    /// <summary>The compiler's errors and warnings for a cell that is being written.</summary>
    /// <param name="code">The code of the cell.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The diagnostics in the order of their positions.</returns>
    Task<IReadOnlyList<CodeDiagnostic>> DiagnoseAsync(string code, CancellationToken cancellationToken = default);

    /// <summary>Checks whether code can be executed as it is, or continues on the next line.</summary>
    /// <param name="code">The code.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The result of the check.</returns>
    Task<Completeness> CheckCompletenessAsync(string code, CancellationToken cancellationToken = default);
}

/// <summary>A cell to execute.</summary>
/// <param name="Cell">The code and its name in error messages.</param>
/// <param name="CanAsk">Whether someone can answer the cell's questions.</param>
public sealed record ExecutionRequest(CellSource Cell, bool CanAsk = false)
{
    /// <summary>The values of the cell's controls, except of controls that were never moved.</summary>
    public IReadOnlyList<ControlSetting> Controls { get; init; } = [];

    /// <summary>Whether the cell was executed before and only its controls have been moved since then. It is then run
    /// without compiling it again, unless another cell has changed the meaning of its names.</summary>
    public bool IsAgain { get; init; }
}

/// <summary>How the execution of a cell ended.</summary>
/// <param name="Error">Why it failed, or null.</param>
public sealed record ExecutionResult(CellError? Error)
{
    /// <summary>Whether the process that ran the cell has ended, and with it all variables.</summary>
    public bool HasSessionEnded { get; init; }

    /// <summary>The most memory that the session's process used during the execution, in bytes; 0 where it isn't
    /// measured.</summary>
    public long PeakMemory { get; init; }
}
