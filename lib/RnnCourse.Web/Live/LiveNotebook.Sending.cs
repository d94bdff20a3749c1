using System.Globalization;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Live;

/// <content>Sends the pages their updates.</content>
internal sealed partial class LiveNotebook
{
    private bool CanReset(string cell) => _document.Find(cell) is { } mine && CanReset(mine);

    private bool CanReset(Cell mine) =>
        _originalSources.Value.TryGetValue(mine.Id, out var source) && mine.Source != source;

    private IReadOnlyList<PageCell> Describe(Func<string, string?> versionKnown) =>
        [
            .. _document.Cells.Select(cell =>
            {
                var (version, blocks) = ContentOf(cell);
                return new PageCell(cell.Id, LiveDocument.KindOf(cell), cell.Source, version)
                {
                    Language = cell is CodeCell code ? ForeignLanguage(code) : null,
                    IsScratch = CellTags.Has(cell, CellTags.Scratch),
                    CanReset = CanReset(cell),
                    Blocks = versionKnown(cell.Id) == version ? null : blocks(),
                };
            }),
        ];

    // The names of the parts of a cell that pages show, and how each is made.
    private (string Version, Func<IReadOnlyList<string>> Blocks) ContentOf(Cell cell)
    {
        if (cell is CodeCell code)
        {
            var shown = OutputsOf(code);
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

    private ShownOutputs OutputsOf(CodeCell cell)
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
            states.Add(
                new CellState(id, number + 1, activity, freshness[number++], OutputsOf((CodeCell)cells[i]).Verdict)
            );
        }

        return states;
    }

    private void SendStates()
    {
        var states = ComputeStates();
        var changed = states.Where(state => _sentStates.GetValueOrDefault(state.Cell) != state).ToList();
        foreach (var state in changed)
        {
            _sentStates[state.Cell] = state;
        }

        if (changed.Count > 0)
        {
            SendToAll(new StatesMessage(changed));
        }
    }

    private void SendCells()
    {
        foreach (var page in _pages)
        {
            SendCells(page);
        }

        SendStates();
    }

    private void SendCells(PageConnection page)
    {
        // A page that comes back must be told again what it no longer shows.
        foreach (var gone in page.Versions.Keys.Except(_document.Cells.Select(cell => cell.Id)).ToList())
        {
            page.Versions.Remove(gone);
        }

        var cells = Describe(page.Versions.GetValueOrDefault);
        foreach (var cell in cells)
        {
            page.Versions[cell.Cell] = cell.Version;
        }

        page.Send(new NotebookMessage(cells, _document.CanUndo, _document.CanRedo));
        page.Send(new LearningMessage(Learning()));
    }

    private void SendToAll(ServerMessage message)
    {
        var bytes = PageJson.Write(message);
        foreach (var page in _pages)
        {
            page.Send(bytes);
        }
    }

    private void Notice(
        string subject,
        string words,
        bool isProblem = false,
        IReadOnlyList<NoticeAction>? actions = null
    )
    {
        var notice = new NoticeMessage(words, isProblem, subject) { Actions = actions };
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

        SendToAll(notice);
    }

    private static string StableHash(string text) =>
        Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)).AsSpan(0, 8)
        );
}
