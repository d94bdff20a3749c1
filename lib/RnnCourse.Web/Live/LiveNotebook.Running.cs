using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Notebooks.Session.Hosting;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Web.Live;

/// <content>Runs cells and collects their outputs.</content>
internal sealed partial class LiveNotebook
{
    // Output that arrives within this time is sent in one message.
    private static readonly TimeSpan FlushDelay = TimeSpan.FromMilliseconds(30);

    private void Run(RunRange range, string? cell)
    {
        if (range == RunRange.Needed)
        {
            RunNeeded(cell ?? "");
            return;
        }

        List<string> code;
        lock (_gate)
        {
            var at = cell is null ? -1 : _document.Cells.ToList().FindIndex(other => other.Id == cell);
            if (at < 0 && range != RunRange.All)
            {
                return;
            }

            var chosen = range switch
            {
                RunRange.Cell => _document.Cells.Skip(at).Take(1),
                RunRange.Above => _document.Cells.Take(at),
                RunRange.UpTo => _document.Cells.Take(at + 1),
                RunRange.Below => _document.Cells.Skip(at),
                _ => _document.Cells,
            };
            code =
            [
                .. chosen
                    .OfType<CodeCell>()
                    .Where(IsRunnable)
                    .Where(own => range == RunRange.Cell || !IsSkipped(own))
                    .Select(own => own.Id),
            ];
            foreach (var text in chosen.OfType<MarkdownCell>())
            {
                TellText(text);
            }

            ForgetControls(code);
            _crash = range == RunRange.Cell ? _crash : null;
        }

        Save();
        if (code.Count > 0)
        {
            _session.Run(code);
        }
    }

    // A text cell is rendered again when it is "run", not with each letter that is typed.
    private void TellText(MarkdownCell cell)
    {
        var (version, blocks) = ContentOf(cell);
        foreach (var page in _pages.Where(page => page.Versions.GetValueOrDefault(cell.Id) != version))
        {
            page.Versions[cell.Id] = version;
            page.Send(new OutputsMessage(cell.Id, version, 0, blocks()));
        }
    }

    private bool IsRunnable(CodeCell cell) =>
        Language is null
        && (CellLanguages.KernelOf(cell) is not { } kernel || CellLanguages.Find(kernel) is not null)
        && !cell.Source.AsSpan().Trim().IsEmpty;

    private static bool IsSkipped(CodeCell cell) =>
        CellTags.Has(cell, CellTags.SkipExecution) || CellTags.Has(cell, CellTags.Slow);

    private async Task RestartAsync(RestartRequest request)
    {
        lock (_gate)
        {
            _crash = null;
            _isOutdated = false;
        }

        await _session.RestartAsync().ConfigureAwait(false);
        lock (_gate)
        {
            _runs.Clear();
            _crash = null;
            SetQuestion(new InputWantedMessage(null));
            SendStates();
        }

        RememberLibraries();
        SessionChanged();
        if (request.Range is { } range)
        {
            Run(range, request.Cell);
        }
    }

    private void Answer(string text)
    {
        lock (_gate)
        {
            if (_question.Cell is { } cell && _document.Find(cell) is CodeCell code)
            {
                var answer = _question.IsHidden ? "•••" : text;
                var gap = _question.Prompt is [.., var last] && !char.IsWhiteSpace(last) ? " " : "";
                OutputsOf(code).Print(StreamOutput.StandardOutput, $"{_question.Prompt}{gap}{answer}\n");
                SetQuestion(new InputWantedMessage(null));
                ScheduleFlush();
            }
        }

        _session.Answer(text);
    }

    /// <inheritdoc/>
    ExecutionRequest? ISessionNotebook.Begin(string cell)
    {
        lock (_gate)
        {
            if (_document.Find(cell) is not CodeCell code)
            {
                return null;
            }

            if (_runs.Last is null)
            {
                RememberLibraries();
            }

            _runs.Begin(code);
            ForgetNeeds(cell);
            var shown = OutputsOf(code);
            shown.BeginRun();
            if (code.Outputs.Count == 0)
            {
                shown.Clear();
            }

            var source = CellSource.OfCell(Name, NumberOf(code), code.Source) with
            {
                Language = CellLanguages.KernelOf(code),
            };
            return new ExecutionRequest(source, CanAsk: true)
            {
                Controls = SettingsOf(cell),
                IsAgain = _moved.Remove(cell),
            };
        }
    }

    /// <inheritdoc/>
    void ISessionNotebook.Receive(string cell, SessionEvent happened)
    {
        lock (_gate)
        {
            if (_document.Find(cell) is not CodeCell code)
            {
                return;
            }

            var shown = OutputsOf(code);
            switch (happened)
            {
                case TextPrinted printed:
                    shown.Print(printed.Stream, printed.Text);
                    break;
                case ExceptionBesideCell beside:
                    shown.Print(StreamOutput.StandardError, beside.ToText());
                    break;
                case ValueShown value:
                    shown.Show(value);
                    break;
                case ValueReplaced replaced:
                    _ = shown.Replace(replaced) || _shown.Values.Any(other => other.Replace(replaced));
                    break;
                case OutputCleared cleared:
                    shown.Clear(cleared.Wait);
                    break;
                case PageShown page:
                    shown.Add(new DisplayOutput(page.Data));
                    break;
                case ResultGiven result:
                    shown.Add(new ResultOutput(result.Data, NumberOf(code)));
                    break;
                case CellFailed { Error: var error }:
                    shown.Add(new ErrorOutput(error.Name, error.Message, error.Traceback));
                    break;
                case InputWanted wanted:
                    SetQuestion(new InputWantedMessage(cell, wanted.Prompt, wanted.IsHidden));
                    break;
            }

            ScheduleFlush();
        }
    }

    /// <inheritdoc/>
    bool ISessionNotebook.End(string cell, ExecutionResult result)
    {
        // If one value of a control failed, the next one is still tried.
        bool mayGoOn,
            isMoved;
        lock (_gate)
        {
            isMoved = _settings.ContainsKey(cell);
            mayGoOn = result.Error is null || (isMoved && !result.HasSessionEnded);
            SetQuestion(new InputWantedMessage(null));
            if (_document.Find(cell) is CodeCell code)
            {
                // The outputs of the previous run are removed now, if no new ones have replaced them.
                OutputsOf(code).EndRun();
                Store(cell, NumberOf(code));
                KeepRun(code, _runs.SourceOf(cell) ?? code.Source, OutputsOf(code));
                mayGoOn |=
                    result.Error is { } error && ExpectedError.Of(code)?.IsMet(error, !result.HasSessionEnded) == true;
            }

            if (result.Error is not null)
            {
                _runs.Fail(cell);
            }

            if (_document.Find(cell) is CodeCell failed)
            {
                FindNeeds(failed, result.Error);
            }

            if (result.HasSessionEnded)
            {
                _crash = (result.Error?.Message ?? "The session has ended.", cell);
                _runs.Clear();
            }

            if (!isMoved)
            {
                MarkChanged();
            }

            Flush();
        }

        // Where a control was moved, the notebook is as it was, and to compare it with the file each time would take
        // longer than the cell.
        if (!isMoved)
        {
            Save();
        }

        return mayGoOn;
    }

    /// <inheritdoc/>
    void ISessionNotebook.SessionChanged() => SessionChanged();

    private void SessionChanged()
    {
        lock (_gate)
        {
            var state = _session.State;
            var told =
                _crash is { } crash && state is not SessionState.Busy
                    ? new SessionStateMessage(SessionState.Ended, crash.Words, crash.RunAbove)
                : _isOutdated
                    ? new SessionStateMessage(
                        SessionState.Outdated,
                        "A library that this notebook uses was rebuilt. Restart the session to use the new one."
                    )
                : new SessionStateMessage(state);
            if (told != _sentSession)
            {
                _sentSession = told;
                SendToAll(told);
            }

            SendStates();
        }
    }

    private void SetQuestion(InputWantedMessage question)
    {
        if (question != _question)
        {
            _question = question;
            SendToAll(question);
        }
    }

    // The document's outputs follow what is shown, including late output of threads that a cell left running.
    // If a control was moved, the file keeps the outputs for the default values.
    private void Store(string cell, int? count)
    {
        if (!_settings.ContainsKey(cell))
        {
            _document.Change(
                cell,
                stored =>
                    stored is CodeCell code
                        ? code with
                        {
                            Outputs = OutputsOf(code).Outputs,
                            ExecutionCount = count,
                        }
                        : stored
            );
        }
    }

    private int NumberOf(CodeCell cell) =>
        _document.Cells.OfType<CodeCell>().TakeWhile(other => other.Id != cell.Id).Count() + 1;

    private void ScheduleFlush()
    {
        if (_isFlushing)
        {
            return;
        }

        _isFlushing = true;
        _ = Task.Run(async () =>
        {
            await Task.Delay(FlushDelay).ConfigureAwait(false);
            lock (_gate)
            {
                _isFlushing = false;
                Flush();
            }
        });
    }

    private void Flush()
    {
        foreach (var (cell, shown) in _shown)
        {
            if (shown.TakeChange(cell) is not { } change)
            {
                continue;
            }

            if (_session.Current != cell && _document.Find(cell) is CodeCell { ExecutionCount: var count })
            {
                Store(cell, count);
                MarkChanged();
            }

            var bytes = PageJson.Write(change);
            foreach (var page in _pages)
            {
                page.Versions[cell] = shown.Version;
                page.Send(bytes);
            }
        }
    }
}
