using Microsoft.CodeAnalysis;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Session.Language;

/// <summary>The completions of a word.</summary>
/// <param name="Start">Where the word begins, in UTF-16 units.</param>
/// <param name="End">Where it ends: at the cursor.</param>
/// <param name="Entries">The completions, the best first.</param>
public sealed record CompletionList(int Start, int End, IReadOnlyList<CompletionEntry> Entries);

/// <summary>One completion.</summary>
/// <param name="Text">The text that replaces the word.</param>
/// <param name="Kind">Its kind, as JupyterLab and VS Code name it: <c>method</c>, <c>class</c>,
/// <c>variable</c>…</param>
public sealed record CompletionEntry(string Text, string Kind);

/// <summary>The signature and documentation of a symbol.</summary>
/// <param name="PlainText">As plain text.</param>
/// <param name="Markdown">As Markdown.</param>
public sealed record Explanation(string PlainText, string Markdown);

/// <summary>An error or a warning of the compiler.</summary>
/// <param name="Start">Where it begins, in UTF-16 units.</param>
/// <param name="End">Where it ends.</param>
/// <param name="IsError">Whether it is an error, with which the code can't run.</param>
/// <param name="Id">The compiler's number for it, such as <c>CS0103</c>.</param>
/// <param name="Message">What is wrong.</param>
public sealed record CodeDiagnostic(int Start, int End, bool IsError, string Id, string Message);

/// <summary>The signatures of a call whose arguments are being written.</summary>
/// <param name="Argument">The number of the argument at the cursor, from 0.</param>
/// <param name="Signatures">The signatures that the call may mean, the likeliest first.</param>
public sealed record SignatureHelp(int Argument, IReadOnlyList<Signature> Signatures);

/// <summary>One signature of a method, constructor or delegate.</summary>
/// <param name="Name">Its result and name, everything before the parenthesis.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Summary">Its description; empty if there is none.</param>
public sealed record Signature(string Name, IReadOnlyList<SignatureParameter> Parameters, string Summary);

/// <summary>A parameter.</summary>
/// <param name="Text">Its type, name and default value.</param>
/// <param name="Summary">Its description; empty if there is none.</param>
public sealed record SignatureParameter(string Text, string Summary);

/// <summary>Completes, explains and diagnoses code that is being written, even while a cell runs; it knows what the
/// executed cells had declared when the last of them ended. Safe for use by several threads at once.</summary>
/// <param name="session">The session that executes the cells.</param>
internal sealed class LanguageService(ScriptSession session) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CodeModel _model = new(session);

    public Task<CompletionList> CompleteAsync(
        string code,
        int position,
        CancellationToken cancellationToken = default
    ) =>
        MagicCompletion.Find(code, position, session.AddedCommands) is { } found
            ? Task.FromResult(found)
            : InTurnAsync(() => new Completion(_model).FindAsync(code, position, cancellationToken), cancellationToken);

    public Task<Explanation?> InspectAsync(
        string code,
        int position,
        bool isDetailed,
        CancellationToken cancellationToken = default
    ) =>
        InTurnAsync(
            () => new Inspection(_model).ExplainAsync(code, position, isDetailed, cancellationToken),
            cancellationToken
        );

    public Task<SignatureHelp?> FindSignaturesAsync(
        string code,
        int position,
        CancellationToken cancellationToken = default
    ) => InTurnAsync(() => new Signatures(_model).FindAsync(code, position, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<CodeDiagnostic>> DiagnoseAsync(
        string code,
        CancellationToken cancellationToken = default
    ) => InTurnAsync(() => FindDiagnosticsAsync(code, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _model.Dispose();
        _turn.Dispose();
    }

    private async Task<IReadOnlyList<CodeDiagnostic>> FindDiagnosticsAsync(
        string code,
        CancellationToken cancellationToken
    )
    {
        var found = await _model.Open(code).GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. found!
                .GetDiagnostics(cancellationToken: cancellationToken)
                .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
                .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                .Select(diagnostic => new CodeDiagnostic(
                    diagnostic.Location.SourceSpan.Start,
                    diagnostic.Location.SourceSpan.End,
                    diagnostic.Severity == DiagnosticSeverity.Error,
                    diagnostic.Id,
                    diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)
                )),
        ];
    }

    // The model grows with the session, so requests are answered one at a time.
    private async Task<T> InTurnAsync<T>(Func<Task<T>> find, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await find().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }
}
