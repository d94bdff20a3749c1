using System.Globalization;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Pages;
using RnnCourse.Notebooks.Session.Hosting;
using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Live;

/// <summary>How an open notebook behaves.</summary>
/// <param name="StartSession">Starts a session for it.</param>
internal sealed record LiveNotebookOptions(Func<ISessionHost> StartSession)
{
    /// <summary>Where relative links lead, as in <see cref="PageContext.ResolveLink"/>.</summary>
    public Func<string, string?>? ResolveLink { get; init; }

    /// <summary>The folder that <c>#r</c> lines start from; the notebook's own unless set.</summary>
    public string? LibraryFolder { get; init; }

    /// <summary>What the notebook was copied from, to which cells can be reset; null if from nothing.</summary>
    public Func<Notebook?>? Original { get; init; }

    /// <summary>How long after a change the file is written at the latest.</summary>
    public TimeSpan SaveDelay { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How long a session that nobody uses is kept.</summary>
    public TimeSpan SessionIdleTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What to say of the notebook when it is opened; null for nothing.</summary>
    public string? Greeting { get; init; }

    /// <summary>The reader's work in another place, which he is asked about; null if there is none.</summary>
    public ShelfOffer? Offer { get; init; }
}

/// <summary>
/// A notebook that is open on any number of pages: the document, its file, its session, and what each page must be
/// told. The file belongs to this object, not to a page. Safe for use by several threads at once.
/// </summary>
internal sealed partial class LiveNotebook : ICellBook, IAsyncDisposable
{
    private const string OfferSubject = "offer";

    private readonly Lock _gate = new();
    private readonly LiveNotebookOptions _options;
    private readonly CellFragments _fragments;
    private readonly DocumentFile _file;
    private readonly LiveDocument _document;
    private readonly LiveSession _session;
    private readonly RunRecords _runs = new();
    private readonly List<PageConnection> _pages = [];
    private readonly Dictionary<string, ShownOutputs> _shown = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CellState> _toldStates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _copies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NoticeTold> _notices = new(StringComparer.Ordinal);
    private readonly string _life = Guid.NewGuid().ToString("N")[..8];
    private readonly CancellationTokenSource _closing = new();
    private readonly Lazy<Dictionary<string, string>> _originalSources;
    private readonly Task _work;
    private SessionTold _toldSession = new(SessionState.Asleep);
    private QuestionTold _question = new(null);
    private (string Words, string? RunAbove)? _crash;
    private bool _isOutdated;
    private DateTime? _changedSince;
    private bool _isFlushing;
    private int _names;

    private LiveNotebook(DocumentFile file, LiveNotebookOptions options)
    {
        _file = file;
        _options = options;
        _fragments = new CellFragments(options.ResolveLink);
        _document = new LiveDocument(file.Stored);
        _session = new LiveSession(options.StartSession, this);
        _originalSources = new(() =>
            options.Original?.Invoke()?.Cells.ToDictionary(cell => cell.Id, cell => cell.Source, StringComparer.Ordinal)
            ?? []
        );
        Language = LanguageOf(file.Stored);
        if (Language is not null)
        {
            Notice(
                "language",
                $"The cells of this notebook are written in {Language}. They are shown, and can be changed, "
                    + "but not run: only C# runs here."
            );
        }

        if (options.Greeting is { } greeting)
        {
            Notice("greeting", greeting);
        }

        if (options.Offer is { } offer)
        {
            Notice(
                OfferSubject,
                $"You have worked on this lesson before, in {offer.Place}. Shall that work be taken along into your copy?",
                actions:
                [
                    new NoticeAction("Take it along", new OfferAsk(IsWanted: true)),
                    new NoticeAction("Leave it there", new OfferAsk(IsWanted: false)),
                ]
            );
        }

        _work = Task.Run(WorkAsync);
    }

    /// <summary>The file in which the notebook is stored.</summary>
    public string Path => _file.Path;

    /// <summary>The file's name without folder.</summary>
    public string Name => System.IO.Path.GetFileName(_file.Path);

    /// <summary>The language of the whole notebook, if it isn't C#.</summary>
    public string? Language { get; }

    /// <summary>Whether the notebook was copied from a lesson, to which it can be reset.</summary>
    public bool CanResetAll => _options.Original is not null;

    /// <summary>Why the last changes could not be stored; null if they are.</summary>
    public string? Unsaved { get; private set; }

    /// <summary>The notebook as it stands.</summary>
    public Notebook Notebook
    {
        get
        {
            lock (_gate)
            {
                return _document.Notebook;
            }
        }
    }

    /// <summary>Opens a notebook.</summary>
    /// <exception cref="NotebookFormatException">The file holds no notebook.</exception>
    /// <exception cref="NotebookFileException">The file can't be read.</exception>
    public static LiveNotebook Open(string path, LiveNotebookOptions options) => new(DocumentFile.Open(path), options);

    /// <summary>The cells as a page begins with them.</summary>
    public IReadOnlyList<CellTold> Cells()
    {
        lock (_gate)
        {
            return Describe(_ => null);
        }
    }

    /// <summary>Where each cell stands.</summary>
    public IReadOnlyList<CellState> States()
    {
        lock (_gate)
        {
            return ComputeStates();
        }
    }

    /// <summary>Starts the session, so that it is ready when the reader is.</summary>
    public void WarmUp()
    {
        if (Language is null)
        {
            _ = _session.Wake();
        }
    }

    /// <summary>A page has come, and knows what it shows already.</summary>
    public void Join(PageConnection page, IReadOnlyDictionary<string, string> versions)
    {
        WarmUp();
        lock (_gate)
        {
            foreach (var (cell, version) in versions)
            {
                page.Versions[cell] = version;
            }

            _pages.Add(page);
            TellCells(page);
            page.Tell(new StatesTold(ComputeStates()));
            page.Tell(_toldSession);
            page.Tell(_question);
            foreach (var notice in _notices.Values)
            {
                page.Tell(notice);
            }
        }
    }

    /// <summary>A page has gone.</summary>
    public void Leave(PageConnection page)
    {
        lock (_gate)
        {
            _pages.Remove(page);
        }
    }

    /// <summary>Does what a page asks.</summary>
    public async Task TakeAsync(PageConnection page, PageAsk ask)
    {
        switch (ask)
        {
            case EditAsk edit:
                Edit(page, edit);
                break;
            case RunAsk run:
                Run(run.Range, run.Cell);
                break;
            case InterruptAsk:
                _session.Interrupt();
                break;
            case RestartAsk restart:
                await RestartAsync(restart).ConfigureAwait(false);
                break;
            case AnswerAsk answer:
                Answer(answer.Text);
                break;
            case ClearAsk clear:
                ClearOutputs(clear.Cell);
                break;
            case ResetAsk reset:
                Reset(reset.Cell);
                break;
            case OfferAsk offer:
                Decide(offer.IsWanted);
                break;
            case CodeAsk code:
                page.Tell(await ReplyAsync(code).ConfigureAwait(false));
                break;
            default:
                Rearrange(ask);
                break;
        }
    }

    /// <summary>Stores what isn't stored yet, and ends the session.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(false);
        await _session.DisposeAsync().ConfigureAwait(false);
        Save();
        _closing.Dispose();
    }

    private void Edit(PageConnection page, EditAsk edit)
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
    private static bool Follows(PageConnection page, EditAsk edit, Cell cell, string source) =>
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

        _document.SetSource(cell.Id, source);
        foreach (var other in _pages.Where(other => other != page))
        {
            other.Tell(new SourceTold(cell.Id, source, CanReset(cell.Id)));
        }

        TellStates();
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
        page.Tell(new KeptTold(cell, copy));
        TellCells();
    }

    private void Rearrange(PageAsk ask)
    {
        lock (_gate)
        {
            Flush();
            var changed = ask switch
            {
                InsertAsk insert => _document.Insert(insert.Cell, insert.Kind, insert.After, insert.Source),
                DeleteAsk delete => _document.Delete(delete.Cell),
                MoveAsk move => _document.Move(move.Cell, move.After),
                SplitAsk split => _document.Split(split.Cell, split.Position, split.NewCell),
                JoinAsk join => _document.Join(join.Cell),
                KindAsk kind => _document.ChangeKind(kind.Cell, kind.Kind),
                UndoAsk { Again: false } => _document.Undo(),
                UndoAsk => _document.Redo(),
                _ => false,
            };
            if (changed)
            {
                ShowStoredOutputs();
                MarkChanged();
            }

            TellCells();
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
                Shown(code).Clear();
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
            TellCells();
        }
    }

    // After a change that brought cells with outputs of their own: what ran or runs meanwhile stays.
    private void ShowStoredOutputs()
    {
        foreach (var code in _document.Cells.OfType<CodeCell>().Where(code => code.Id != _session.Current))
        {
            if (_shown.TryGetValue(code.Id, out var shown) && !shown.Outputs.SequenceEqual(code.Outputs))
            {
                _shown.Remove(code.Id);
            }
        }
    }

    // The reader's own text wins over what is taken along; that stays where it was, too.
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
                TellCells();
                words =
                    merge.Disputed.Count == 0
                        ? $"What you did in {offer.Place} is here now."
                        : $"What you did in {offer.Place} is here now, except in cells that you have changed here, too "
                            + $"({string.Join(", ", merge.Disputed)}): those stay as they are here, and as they are there.";
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

    private bool CanReset(string cell) => _document.Find(cell) is { } mine && CanReset(mine);

    private bool CanReset(Cell mine) =>
        _originalSources.Value.TryGetValue(mine.Id, out var source) && mine.Source != source;

    private IReadOnlyList<CellTold> Describe(Func<string, string?> versionKnown) =>
        [
            .. _document.Cells.Select(cell =>
            {
                var (version, blocks) = What(cell);
                return new CellTold(cell.Id, LiveDocument.KindOf(cell), cell.Source, version)
                {
                    Language = cell is CodeCell code ? ForeignLanguage(code) : null,
                    CanReset = CanReset(cell),
                    Blocks = versionKnown(cell.Id) == version ? null : blocks(),
                };
            }),
        ];

    // The name of what a cell shows, and how to make it.
    private (string Version, Func<IReadOnlyList<string>> Blocks) What(Cell cell)
    {
        if (cell is CodeCell code)
        {
            var shown = Shown(code);
            return (shown.Version, () => shown.Blocks);
        }

        var version = string.Create(CultureInfo.InvariantCulture, $"text.{StableHash(cell.Source)}");
        return (
            version,
            () =>
                [
                    cell is MarkdownCell text
                        ? _fragments.Text(text)
                        : $"<pre class=\"raw\">{HtmlText.Escape(cell.Source)}</pre>",
                ]
        );
    }

    private ShownOutputs Shown(CodeCell cell)
    {
        if (!_shown.TryGetValue(cell.Id, out var shown))
        {
            var owner = string.Create(CultureInfo.InvariantCulture, $"{_life}.{++_names}");
            _shown[cell.Id] = shown = new ShownOutputs(owner, _fragments, cell.Outputs);
        }

        return shown;
    }

    private List<CellState> ComputeStates()
    {
        var cells = _document.Cells;
        var code = cells.OfType<CodeCell>().ToList();
        var freshness = _runs.Of(code).ToList();
        var states = new List<CellState>(cells.Count);
        var waiting = _session.Waiting;
        for (int i = 0, number = 0; i < cells.Count; i++)
        {
            var id = cells[i].Id;
            if (cells[i] is not CodeCell)
            {
                states.Add(new CellState(id, 0, CellActivity.Idle, CellFreshness.Stored));
                continue;
            }

            var activity =
                _session.Current == id ? CellActivity.Running
                : waiting.Contains(id) ? CellActivity.Waiting
                : CellActivity.Idle;
            states.Add(new CellState(id, number + 1, activity, freshness[number++]));
        }

        return states;
    }

    private void TellStates()
    {
        var states = ComputeStates();
        var changed = states.Where(state => _toldStates.GetValueOrDefault(state.Cell) != state).ToList();
        foreach (var state in changed)
        {
            _toldStates[state.Cell] = state;
        }

        if (changed.Count > 0)
        {
            TellAll(new StatesTold(changed));
        }
    }

    private void TellCells()
    {
        foreach (var page in _pages)
        {
            TellCells(page);
        }

        TellStates();
    }

    private void TellCells(PageConnection page)
    {
        // What a page no longer shows must be told anew when it comes back.
        foreach (var gone in page.Versions.Keys.Except(_document.Cells.Select(cell => cell.Id)).ToList())
        {
            page.Versions.Remove(gone);
        }

        var cells = Describe(page.Versions.GetValueOrDefault);
        foreach (var cell in cells)
        {
            page.Versions[cell.Cell] = cell.Version;
        }

        page.Tell(new NotebookTold(cells, _document.CanUndo, _document.CanRedo));
    }

    private void TellAll(PageTold message)
    {
        var bytes = PageJson.Write(message);
        foreach (var page in _pages)
        {
            page.Tell(bytes);
        }
    }

    private void Notice(
        string subject,
        string words,
        bool isProblem = false,
        IReadOnlyList<NoticeAction>? actions = null
    )
    {
        var notice = new NoticeTold(words, isProblem, subject) { Actions = actions };
        if (words.Length == 0)
        {
            if (!_notices.Remove(subject))
            {
                return;
            }
        }
        else
        {
            _notices[subject] = notice;
        }

        TellAll(notice);
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

    private string? ForeignLanguage(CodeCell cell) =>
        Language
        ?? (
            CellLanguages.KernelOf(cell) is { } kernel && CellLanguages.Find(kernel) is not CellLanguage.CSharp
                ? kernel
                : null
        );

    // A kernel's name beats what is said of the language, which some tools leave out.
    private static string? LanguageOf(Notebook notebook)
    {
        var name =
            notebook.Metadata["kernelspec"]?["language"]?.ToString()
            ?? notebook.Metadata["language_info"]?["name"]?.ToString();
        return
            name is null
            || CellLanguages.Find(name) == CellLanguage.CSharp
            || name.Contains("C#", StringComparison.Ordinal)
            ? null
            : name;
    }

    private static string Normal(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private static string StableHash(string text) =>
        Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)).AsSpan(0, 8)
        );
}
