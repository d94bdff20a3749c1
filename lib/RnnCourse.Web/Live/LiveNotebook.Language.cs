using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Pages;

namespace RnnCourse.Web.Live;

/// <content>Answers questions about code that is being written.</content>
internal sealed partial class LiveNotebook
{
    private async Task<ReplyTold> ReplyAsync(CodeAsk ask)
    {
        var reply = new ReplyTold(ask.Id);
        if (ask is ColoursAsk)
        {
            return reply with { Colours = CellFragments.ColoursOf(ask.Source) };
        }

        if (Language is not null)
        {
            return reply;
        }

        try
        {
            var host = _session.Wake();
            var context = ContextOf(ask);
            return ask switch
            {
                CompleteAsk complete => reply with
                {
                    Completions = context.OutOf(
                        await host.CompleteAsync(context.Code, context.Into(complete.Position)).ConfigureAwait(false)
                    ),
                },
                InspectAsk inspect => reply with
                {
                    Explanation = await host.InspectAsync(
                            context.Code,
                            context.Into(inspect.Position),
                            isDetailed: true
                        )
                        .ConfigureAwait(false)
                        is { } explanation
                        ? _fragments.Text(explanation.Markdown)
                        : null,
                },
                DiagnoseAsk => reply with
                {
                    Diagnostics = context.OutOf(await host.DiagnoseAsync(context.Code).ConfigureAwait(false)),
                },
                SignaturesAsk signatures => reply with
                {
                    Signatures = await host.FindSignaturesAsync(context.Code, context.Into(signatures.Position))
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

    private CodeContext ContextOf(CodeAsk ask)
    {
        lock (_gate)
        {
            return CodeContext.Of(
                [
                    .. _document
                        .Cells.TakeWhile(other => other.Id != ask.Cell)
                        .OfType<CodeCell>()
                        .Where(cell => IsRunnable(cell) && !_runs.Contains(cell.Id))
                        .Where(cell =>
                            CellLanguages.KernelOf(cell) is not { } kernel
                            || CellLanguages.Find(kernel) == CellLanguage.CSharp
                        )
                        .Select(cell => cell.Source),
                ],
                ask.Source
            );
        }
    }
}
