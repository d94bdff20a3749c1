using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Language;

namespace RnnCourse.Web.Live;

/// <content>Answers questions about code that is being written.</content>
internal sealed partial class LiveNotebook
{
    // What the compiler says of a name that a cell above declares, as long as that hasn't run.
    private static readonly HashSet<string> NotKnownYet =
    [
        "CS0103", // the name does not exist
        "CS0246", // the type or namespace could not be found
        "CS0234", // … in this namespace
        "CS0305", // a generic type by the name of another
        "CS1061", // no such member, perhaps for want of a using
        "CS7036", // no such overload, perhaps of another method of the name
        "CS0815", // what follows from these
        "CS8197",
        "CS0841",
    ];

    private async Task<ReplyTold> ReplyAsync(CodeAsk ask)
    {
        var reply = new ReplyTold(ask.Id);
        if (Language is not null)
        {
            return reply;
        }

        try
        {
            var host = _session.Wake();
            return ask switch
            {
                CompleteAsk complete => reply with
                {
                    Completions = await host.CompleteAsync(complete.Source, complete.Position).ConfigureAwait(false),
                },
                InspectAsk inspect => reply with
                {
                    Explanation = await host.InspectAsync(inspect.Source, inspect.Position, isDetailed: true)
                        .ConfigureAwait(false)
                        is { } explanation
                        ? _fragments.Text(explanation.Markdown)
                        : null,
                },
                DiagnoseAsk => reply with
                {
                    Diagnostics = Judge(ask.Cell, await host.DiagnoseAsync(ask.Source).ConfigureAwait(false)),
                },
                SignaturesAsk signatures => reply with
                {
                    Signatures = await host.FindSignaturesAsync(signatures.Source, signatures.Position)
                        .ConfigureAwait(false),
                },
                _ => reply,
            };
        }
        catch (Exception e) when (e is InvalidOperationException or ObjectDisposedException)
        {
            // The session ended meanwhile, or can't tell; the editor works without.
            return reply;
        }
    }

    private List<CodeDiagnostic> Judge(string cell, IReadOnlyList<CodeDiagnostic> found)
    {
        lock (_gate)
        {
            var allAboveRan = _document
                .Cells.TakeWhile(other => other.Id != cell)
                .OfType<CodeCell>()
                .Where(IsRunnable)
                .All(above => _runs.Contains(above.Id));
            return [.. found.Where(diagnostic => allAboveRan || !NotKnownYet.Contains(diagnostic.Id))];
        }
    }
}
