using RnnCourse.Notebooks.Session.Language;

namespace RnnCourse.Notebooks.Session.Hosting;

/// <content>Passes questions about code to the process.</content>
public sealed partial class ProcessSession
{
    /// <inheritdoc/>
    public async Task<CompletionList> CompleteAsync(
        string code,
        int position,
        CancellationToken cancellationToken = default
    ) =>
        (
            await _questions
                .AskAsync(EnsureProcess, id => new CompleteMessage(id, code, position), cancellationToken)
                .ConfigureAwait(false)
        ).Completions
        ?? new CompletionList(position, position, []);

    /// <inheritdoc/>
    public async Task<Explanation?> InspectAsync(
        string code,
        int position,
        bool isDetailed = false,
        CancellationToken cancellationToken = default
    ) =>
        (
            await _questions
                .AskAsync(EnsureProcess, id => new InspectMessage(id, code, position, isDetailed), cancellationToken)
                .ConfigureAwait(false)
        ).Explanation;

    /// <inheritdoc/>
    public async Task<SignatureHelp?> FindSignaturesAsync(
        string code,
        int position,
        CancellationToken cancellationToken = default
    ) =>
        (
            await _questions
                .AskAsync(EnsureProcess, id => new SignaturesMessage(id, code, position), cancellationToken)
                .ConfigureAwait(false)
        ).Signatures;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CodeDiagnostic>> DiagnoseAsync(
        string code,
        CancellationToken cancellationToken = default
    ) =>
        (
            await _questions
                .AskAsync(EnsureProcess, id => new DiagnoseMessage(id, code), cancellationToken)
                .ConfigureAwait(false)
        ).Diagnostics
        ?? [];

    /// <inheritdoc/>
    public async Task<Completeness> CheckCompletenessAsync(
        string code,
        CancellationToken cancellationToken = default
    ) =>
        (
            await _questions
                .AskAsync(EnsureProcess, id => new CompletenessMessage(id, code), cancellationToken)
                .ConfigureAwait(false)
        ).Completeness
        ?? new Completeness(CompletenessStatus.Complete);
}
