using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Pages;
using RnnCourse.Notebooks.Pages.Words;
using RnnCourse.Notebooks.Session.Hosting;
using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Live;

/// <summary>The options of an open notebook.</summary>
/// <param name="StartSession">Starts a session for it.</param>
internal sealed record LiveNotebookOptions(Func<ISessionHost> StartSession)
{
    /// <summary>Where relative links lead, as in <see cref="PageContext.ResolveLink"/>.</summary>
    public Func<string, string?>? ResolveLink { get; init; }

    /// <summary>The folder that <c>#r</c> lines start from; the notebook's own unless set.</summary>
    public string? LibraryFolder { get; init; }

    /// <summary>Reads the notebook of which this one is a copy, to reset cells to it; null if it isn't a
    /// copy.</summary>
    public Func<Notebook?>? Original { get; init; }

    /// <summary>The file of the learner's attempts and predictions; null to keep them in memory only.</summary>
    public string? Notes { get; init; }

    /// <summary>The glossary whose words are marked in texts; null for none.</summary>
    public WordBook? Words { get; init; }

    /// <summary>The longest time from a change until the file is written.</summary>
    public TimeSpan SaveDelay { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How long an unused session is kept.</summary>
    public TimeSpan SessionIdleTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A message to the reader when the notebook is opened; null for none.</summary>
    public string? Greeting { get; init; }

    /// <summary>The reader's work in another place, which the page offers to use; null if there is none.</summary>
    public EarlierWorkOffer? Offer { get; init; }
}

/// <summary>
/// A notebook that is open on any number of pages: the document, its file, its session, and the messages to each page.
/// This object writes the file; pages never do. Safe for use by several threads at once.
/// </summary>
internal sealed partial class LiveNotebook : ISessionNotebook, IAsyncDisposable
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
    private readonly Dictionary<string, CellState> _sentStates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _copies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NoticeMessage> _notices = new(StringComparer.Ordinal);
    private readonly string _life = Guid.NewGuid().ToString("N")[..8];
    private readonly CancellationTokenSource _closing = new();
    private readonly Lazy<Dictionary<string, string>> _originalSources;
    private readonly Lazy<Dictionary<string, string>> _help;
    private readonly LearnerNotes _notes;
    private readonly Task _work;
    private SessionStateMessage _sentSession = new(SessionState.Asleep);
    private InputWantedMessage _question = new(null);
    private (string Words, string? RunAbove)? _crash;
    private bool _isOutdated;
    private DateTime? _changedSince;
    private bool _isFlushing;
    private int _names;

    private LiveNotebook(DocumentFile file, LiveNotebookOptions options)
    {
        _file = file;
        _options = options;
        _fragments = new CellFragments(options.ResolveLink, options.Words is { } words ? (words, Name) : null);
        _document = new LiveDocument(file.Stored);
        _session = new LiveSession(options.StartSession, this);
        _originalSources = new(() =>
            options.Original?.Invoke()?.Cells.ToDictionary(cell => cell.Id, cell => cell.Source, StringComparer.Ordinal)
            ?? []
        );
        _help = new(ReadHelp);
        _notes = LearnerNotes.Open(options.Notes);
        ReportNotesProblem();
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
                $"You have worked on this lesson before, in {offer.Place}. Do you want to use that work in your "
                    + "copy?",
                actions:
                [
                    new NoticeAction("Take it along", new OfferRequest(IsWanted: true)),
                    new NoticeAction("Leave it there", new OfferRequest(IsWanted: false)),
                ]
            );
        }

        _work = Task.Run(WorkAsync);
    }

    /// <summary>The file in which the notebook is stored.</summary>
    public string Path => _file.Path;

    /// <summary>The file's name without folder.</summary>
    public string Name => System.IO.Path.GetFileName(_file.Path);

    /// <summary>The glossary of its words; null if there is none.</summary>
    public WordBook? Words => _options.Words;

    /// <summary>The language of the whole notebook, if it isn't C#.</summary>
    public string? Language { get; }

    /// <summary>Whether the notebook was copied from a lesson, to which it can be reset.</summary>
    public bool CanResetAll => _options.Original is not null;

    /// <summary>Why the last changes could not be stored; null if they are.</summary>
    public string? Unsaved { get; private set; }

    /// <summary>The notebook in its present state.</summary>
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
    /// <exception cref="NotebookFormatException">The file isn't a notebook.</exception>
    /// <exception cref="NotebookFileException">The file can't be read.</exception>
    public static LiveNotebook Open(string path, LiveNotebookOptions options) => new(DocumentFile.Open(path), options);

    /// <summary>The cells as a new page receives them.</summary>
    public IReadOnlyList<PageCell> Cells()
    {
        lock (_gate)
        {
            return Describe(_ => null);
        }
    }

    /// <summary>The state of each cell.</summary>
    public IReadOnlyList<CellState> States()
    {
        lock (_gate)
        {
            return ComputeStates();
        }
    }

    /// <summary>Starts the session early, so that it is ready when the reader runs a cell.</summary>
    public void WarmUp()
    {
        if (Language is null)
        {
            _ = _session.Wake();
        }
    }

    /// <summary>A page has connected and reports the versions that it already shows.</summary>
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
            SendCells(page);
            page.Send(new StatesMessage(ComputeStates()));
            page.Send(_sentSession);
            page.Send(_question);
            foreach (var notice in _notices.Values)
            {
                page.Send(notice);
            }

            foreach (var needs in _needs.Values)
            {
                page.Send(needs);
            }
        }
    }

    /// <summary>A page has disconnected.</summary>
    public void Leave(PageConnection page)
    {
        lock (_gate)
        {
            _pages.Remove(page);
        }
    }

    /// <summary>Carries out a request of a page.</summary>
    public async Task HandleAsync(PageConnection page, PageRequest request)
    {
        switch (request)
        {
            case EditRequest edit:
                Edit(page, edit);
                break;
            case RunRequest run:
                Run(run.Range, run.Cell);
                break;
            case InterruptRequest:
                _session.Interrupt();
                break;
            case RestartRequest restart:
                await RestartAsync(restart).ConfigureAwait(false);
                break;
            case AnswerRequest answer:
                Answer(answer.Text);
                break;
            case ControlRequest control:
                Move(control);
                page.Send(new ReplyMessage(control.Id));
                break;
            case ClearRequest clear:
                ClearOutputs(clear.Cell);
                break;
            case ResetRequest reset:
                Reset(reset.Cell);
                break;
            case KeepRequest keep:
                KeepPresent(keep.Cell);
                break;
            case PredictRequest predict:
                Predict(predict);
                break;
            case HelpRequest help:
                page.Send(new ReplyMessage(help.Id) { Help = _help.Value.GetValueOrDefault(help.Cell) });
                break;
            case AttemptsRequest attempts:
                page.Send(ReplyToAttempts(attempts));
                break;
            case OfferRequest offer:
                Decide(offer.IsWanted);
                break;
            case CodeRequest code:
                page.Send(await ReplyAsync(code).ConfigureAwait(false));
                break;
            default:
                Rearrange(request);
                break;
        }
    }

    /// <summary>Stores unsaved changes and ends the session.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(false);
        await _session.DisposeAsync().ConfigureAwait(false);
        Save();
        _notes.Save();
        _closing.Dispose();
    }

    private string? ForeignLanguage(CodeCell cell) =>
        Language
        ?? (
            CellLanguages.KernelOf(cell) is { } kernel && CellLanguages.Find(kernel) is not CellLanguage.CSharp
                ? kernel
                : null
        );

    // The kernel's name takes precedence over the language, which some tools leave out.
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
}
