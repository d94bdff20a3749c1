using RnnCourse.Notebooks.Format;
using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Live;

/// <content>Stores changes in the file, notices changes by other programs, and ends an unused session.</content>
internal sealed partial class LiveNotebook
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LookOutside = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookUnseen = TimeSpan.FromSeconds(10);
    private static readonly string LibraryMark = "#r";

    private readonly Lock _saving = new();
    private Dictionary<string, (DateTime Written, long Length)> _libraries = [];

    private async Task WorkAsync()
    {
        var looked = DateTime.UtcNow;
        while (!_closing.IsCancellationRequested)
        {
            // No page is open and nothing needs storing, so there is no hurry.
            var isQuiet = _changedSince is null && IsUnseen && !_notes.HasUnsaved;
            await WaitAsync(isQuiet ? LookOutside : Beat).ConfigureAwait(false);
            if (_notes.Problem is null)
            {
                SaveNotes();
            }

            if (_changedSince is { } since && DateTime.UtcNow - since >= _options.SaveDelay)
            {
                Save();
            }

            if (DateTime.UtcNow - looked >= (isQuiet ? LookUnseen : LookOutside))
            {
                looked = DateTime.UtcNow;
                LookForOthersChanges();
                LookForNewLibraries();
                SaveNotes();
                if (await _session.SleepIfUnusedAsync(looked - _options.SessionIdleTime).ConfigureAwait(false))
                {
                    FallAsleep();
                }
            }
        }
    }

    private bool IsUnseen
    {
        get
        {
            lock (_gate)
            {
                return _pages.Count == 0;
            }
        }
    }

    private async Task WaitAsync(TimeSpan time)
    {
        try
        {
            await Task.Delay(time, _closing.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The notebook is being closed.
        }
    }

    private void MarkChanged() => _changedSince ??= DateTime.UtcNow;

    private void Save()
    {
        lock (_saving)
        {
            Notebook notebook;
            List<(PageConnection Page, long Sequence)> received;
            lock (_gate)
            {
                if (_changedSince is null)
                {
                    return;
                }

                _changedSince = null;
                received = [.. _pages.Select(page => (page, page.Received))];
            }

            try
            {
                TakeOthersChanges(thoroughly: true);
                lock (_gate)
                {
                    notebook = _document.Notebook;
                }

                _file.Write(notebook);
            }
            catch (NotebookFileException e)
            {
                lock (_gate)
                {
                    // It is tried again after a while, until it succeeds.
                    _changedSince = DateTime.UtcNow + TimeSpan.FromSeconds(2);
                    Unsaved = e.Message;
                    Notice(
                        "saving",
                        $"The notebook can't be saved. {e.Message} The server tries again until it works.",
                        isProblem: true
                    );
                }

                return;
            }

            lock (_gate)
            {
                Unsaved = null;
                Notice("saving", "");
                foreach (var (page, sequence) in received)
                {
                    page.SendSaved(sequence);
                }
            }
        }
    }

    private void LookForOthersChanges()
    {
        lock (_saving)
        {
            try
            {
                TakeOthersChanges(thoroughly: false);
            }
            catch (NotebookFileException e)
            {
                lock (_gate)
                {
                    Notice("outside", e.Message, isProblem: true);
                }
            }
        }
    }

    // Another program has changed the file: changes that fit are merged, and the rest is kept in a file beside it.
    private void TakeOthersChanges(bool thoroughly)
    {
        if (!_file.HasChangedOutside(thoroughly))
        {
            return;
        }

        var theirs = _file.ReadOutside();
        lock (_gate)
        {
            var merge = theirs is null ? null : NotebookMerge.Of(_file.Stored, _document.Notebook, theirs);
            var copy = merge is { Disputed.Count: 0 } ? null : _file.KeepOutside();
            _file.Accept(theirs ?? _file.Stored);
            if (merge is { ChangedAnything: true })
            {
                foreach (var cell in merge.Taken.Concat(merge.Removed))
                {
                    _shown.Remove(cell);
                }

                _document.Replace(merge.Notebook);
                SendCells();
            }

            // The file must hold what the page shows.
            MarkChanged();
            var kept = copy is null
                ? ""
                : $" What another program wrote there is kept in {System.IO.Path.GetFileName(copy)}.";
            Notice(
                "outside",
                theirs is null && copy is null
                        ? $"{Name} was deleted by another program; it is written again from this page."
                    : copy is not null
                        ? $"{Name} was changed by another program in a way that conflicts with your changes here. "
                            + $"Your text stays.{kept}"
                    : merge is { ChangedAnything: true }
                        ? $"{Name} was changed by another program; its changes are shown here."
                    : ""
            );
        }
    }

    private void FallAsleep()
    {
        lock (_gate)
        {
            _runs.Clear();
            Notice(
                "asleep",
                "The session was unused for a long time and was ended; its variables are gone. The next cell that you "
                    + "run starts a new one."
            );
            SendStates();
        }
    }

    private void RememberLibraries()
    {
        lock (_gate)
        {
            _libraries = ReadLibraries();
            _isOutdated = false;
            Notice("asleep", "");
        }
    }

    private void LookForNewLibraries()
    {
        lock (_gate)
        {
            if (_isOutdated || _runs.Last is null)
            {
                return;
            }

            // A file that is being written may be missing or incomplete for a moment.
            _isOutdated = LookAt(_libraries.Keys)
                .Any(now =>
                    _libraries.TryGetValue(now.Key, out var was)
                    && was != now.Value
                    && DateTime.UtcNow - now.Value.Written > LookOutside
                );
            if (!_isOutdated)
            {
                return;
            }
        }

        SessionChanged();
    }

    // The files that the cells' #r lines name.
    private Dictionary<string, (DateTime Written, long Length)> ReadLibraries() =>
        LookAt(
            _document
                .Cells.OfType<CodeCell>()
                .SelectMany(cell => cell.Source.Split('\n'))
                .Where(line => line.StartsWith(LibraryMark, StringComparison.Ordinal))
                .Select(line => line[LibraryMark.Length..].Trim().Trim('"'))
                .Where(path => path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
                .Where(path => !path.Contains('\0', StringComparison.Ordinal)) // the session says what is wrong with it
                .SelectMany(path =>
                    new[] { System.IO.Path.GetDirectoryName(_file.Path)!, _options.LibraryFolder }
                        .OfType<string>()
                        .Select(folder => System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, path)))
                        .Where(File.Exists)
                        .Take(1)
                )
        );

    private static Dictionary<string, (DateTime Written, long Length)> LookAt(IEnumerable<string> files) =>
        files
            .Distinct(StringComparer.Ordinal)
            .Select(path => new FileInfo(path))
            .Where(file => file.Exists)
            .ToDictionary(file => file.FullName, file => (file.LastWriteTimeUtc, file.Length), StringComparer.Ordinal);
}
