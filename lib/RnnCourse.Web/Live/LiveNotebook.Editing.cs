using RnnCourse.Notebooks.Format;
using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Live;

/// <content>Changes cells: edits, reorders and resets them.</content>
internal sealed partial class LiveNotebook
{
    private void Edit(PageConnection page, EditRequest edit)
    {
        lock (_gate)
        {
            page.Received = Math.Max(page.Received, edit.Sequence);
            var source = Normal(edit.Source);
            if (_document.Find(edit.Cell) is { } cell && Follows(page, edit, cell, source))
            {
                SetSource(page, cell, source);
            }
            else if (
                _copies.TryGetValue(edit.Cell, out var known)
                && _document.Find(known) is { } copied
                && Follows(page, edit, copied, source)
            )
            {
                SetSource(page, copied, source);
            }
            else
            {
                KeepCopy(page, edit.Cell, source);
            }

            MarkChanged();
        }
    }

    // Whether the page has changed the present text. It may name an older one if it was told of the cell while its last
    // change was on its way.
    private static bool Follows(PageConnection page, EditRequest edit, Cell cell, string source) =>
        cell.Source == Normal(edit.Base)
        || cell.Source == source
        || (page.Written.TryGetValue(cell.Id, out var written) && cell.Source == written);

    private void SetSource(PageConnection page, Cell cell, string source)
    {
        page.Written[cell.Id] = source;
        if (cell.Source == source)
        {
            return;
        }

        var couldReset = CanReset(cell.Id);
        _document.SetSource(cell.Id, source);
        if (CanReset(cell.Id) is var canReset && canReset != couldReset)
        {
            page.Send(new ResettableMessage(cell.Id, canReset));
        }

        foreach (var other in _pages.Where(other => other != page))
        {
            other.Send(new SourceMessage(cell.Id, source, CanReset(cell.Id)));
        }

        SendStates();
    }

    // The page has changed a text that isn't the present one: another page, or another program, was faster. Both stay.
    private void KeepCopy(PageConnection page, string cell, string source)
    {
        var present = _document.Find(cell);
        if (present is null && source.AsSpan().Trim().IsEmpty)
        {
            return;
        }

        var copy = NewId();
        var kind = present is null ? CellKind.Code : LiveDocument.KindOf(present);
        _document.Insert(copy, kind, present?.Id ?? (_document.Cells is [.., var last] ? last.Id : null), source);
        _copies[cell] = copy;
        page.Send(new CopyKeptMessage(cell, copy));
        SendCells();
    }

    private void Rearrange(PageRequest request)
    {
        lock (_gate)
        {
            Flush();
            var changed = request switch
            {
                InsertRequest insert => _document.Insert(
                    insert.Cell,
                    insert.Kind,
                    insert.After,
                    insert.Source,
                    insert.IsScratch
                ),
                ScratchRequest scratch => _document.MarkAsScratch(scratch.Cell, scratch.IsOn),
                DeleteRequest delete => _document.Delete(delete.Cell),
                MoveRequest move => _document.Move(move.Cell, move.After),
                SplitRequest split => _document.Split(split.Cell, split.Position, split.NewCell),
                JoinRequest join => _document.Join(join.Cell),
                KindRequest kind => _document.ChangeKind(kind.Cell, kind.Kind),
                UndoRequest { Again: false } => _document.Undo(),
                UndoRequest => _document.Redo(),
                _ => false,
            };
            if (changed)
            {
                ShowStoredOutputs();
                MarkChanged();
            }

            SendCells();
        }
    }

    private void ClearOutputs(string? cell)
    {
        lock (_gate)
        {
            foreach (
                var code in _document.Cells.OfType<CodeCell>().Where(code => cell is null || code.Id == cell).ToList()
            )
            {
                ForgetControls([code.Id]);
                OutputsOf(code).Clear();
                Store(code.Id, count: null);
            }

            MarkChanged();
            Flush();
        }
    }

    private void Reset(string? cell)
    {
        lock (_gate)
        {
            if (_options.Original?.Invoke() is not { } original)
            {
                return;
            }

            Flush();
            ForgetControls(cell is null ? [.. _settings.Keys] : [cell]);
            KeepBeforeReset(
                _document.Cells.Where(own => cell is null || own.Id == cell),
                original.Cells.ToDictionary(there => there.Id, StringComparer.Ordinal)
            );
            if (cell is null)
            {
                _document.Rearrange(
                    original.Cells.Select(there =>
                        _document.Find(there.Id) is { } own && NotebookMerge.IsSame(own, there) ? own : there
                    )
                );
            }
            else if (original.Cells.FirstOrDefault(there => there.Id == cell) is { } there)
            {
                _document.Rearrange(_document.Cells.Select(own => own.Id == cell ? there : own).ToList());
            }

            ShowStoredOutputs();
            MarkChanged();
            SendCells();
        }
    }

    // After a change that brought cells with stored outputs: results of runs since then are kept.
    private void ShowStoredOutputs()
    {
        foreach (
            var code in _document
                .Cells.OfType<CodeCell>()
                .Where(code => code.Id != _session.Current && !_settings.ContainsKey(code.Id))
        )
        {
            if (_shown.TryGetValue(code.Id, out var shown) && !shown.Outputs.SequenceEqual(code.Outputs))
            {
                _shown.Remove(code.Id);
            }
        }
    }

    // The reader's own text wins over the text taken over, which also stays where it was.
    private void Decide(bool takesWork)
    {
        lock (_gate)
        {
            if (_options.Offer is not { } offer || !_notices.ContainsKey(OfferSubject))
            {
                return;
            }

            var words = "";
            if (takesWork && offer.Work() is { } work)
            {
                Flush();
                var merge = NotebookMerge.Of(_options.Original?.Invoke() ?? work, _document.Notebook, work);
                _document.Rearrange(merge.Notebook.Cells);
                ShowStoredOutputs();
                MarkChanged();
                SendCells();
                words =
                    merge.Disputed.Count == 0
                        ? $"What you did in {offer.Place} is here now."
                        : $"What you did in {offer.Place} is here now, except in cells that you have changed here, too "
                            + $"({string.Join(", ", merge.Disputed)}): those stay as they are here, and as they are "
                            + "there.";
            }

            try
            {
                offer.Settle();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                words += $" This will be asked again, since the answer can't be stored: {e.Message}";
            }

            Notice(OfferSubject, "");
            Notice("decided", words.TrimStart());
        }
    }

    private string NewId()
    {
        while (true)
        {
            var id = Guid.NewGuid().ToString("N")[..8];
            if (_document.Find(id) is null)
            {
                return id;
            }
        }
    }

    private static string Normal(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
}
