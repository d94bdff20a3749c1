using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Pages;

namespace RnnCourse.Web.Live;

/// <content>Answers questions about code that is being written.</content>
internal sealed partial class LiveNotebook
{
    private async Task<ReplyMessage> ReplyAsync(CodeRequest request)
    {
        var reply = new ReplyMessage(request.Id);
        if (request is ColoursRequest)
        {
            return reply with { Colours = CellFragments.ColoursOf(request.Source) };
        }

        if (Language is not null)
        {
            return reply;
        }

        try
        {
            var host = _session.Wake();
            var context = ContextOf(request);
            return request switch
            {
                CompleteRequest complete => reply with
                {
                    Completions = context.ToCell(
                        await host.CompleteAsync(context.Code, context.ToContext(complete.Position))
                            .ConfigureAwait(false)
                    ),
                },
                InspectRequest inspect => reply with
                {
                    Explanation = await host.InspectAsync(
                            context.Code,
                            context.ToContext(inspect.Position),
                            isDetailed: true
                        )
                        .ConfigureAwait(false)
                        is { } explanation
                        ? _fragments.Text(explanation.Markdown)
                        : null,
                },
                DiagnoseRequest => reply with
                {
                    Diagnostics = context.ToCell(await host.DiagnoseAsync(context.Code).ConfigureAwait(false)),
                },
                SignaturesRequest signatures => reply with
                {
                    Signatures = await host.FindSignaturesAsync(context.Code, context.ToContext(signatures.Position))
                        .ConfigureAwait(false),
                },
                _ => reply,
            };
        }
        catch (Exception e) when (e is InvalidOperationException or ObjectDisposedException)
        {
            // The session has ended or can't answer; the editor works without it.
            return reply;
        }
    }

    private CodeContext ContextOf(CodeRequest request)
    {
        lock (_gate)
        {
            return CodeContext.Of(
                [
                    .. _document
                        .Cells.TakeWhile(other => other.Id != request.Cell)
                        .OfType<CodeCell>()
                        .Where(cell => IsRunnable(cell) && !_runs.Contains(cell.Id))
                        .Where(cell =>
                            CellLanguages.KernelOf(cell) is not { } kernel
                            || CellLanguages.Find(kernel) == CellLanguage.CSharp
                        )
                        .Select(cell => cell.Source),
                ],
                request.Source
            );
        }
    }
}
