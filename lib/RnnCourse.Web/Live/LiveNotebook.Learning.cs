using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Metadata;
using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Live;

/// <content>Keeps a learner's attempts at exercises, and predictions.</content>
internal sealed partial class LiveNotebook
{
    private const int LongestPrediction = 10_000;

    /// <summary>What pages are sent about each cell that is an exercise or a quiz or asks for a prediction.</summary>
    public IReadOnlyList<CellLearning> Learning()
    {
        lock (_gate)
        {
            return
            [
                .. _document
                    .Cells.OfType<CodeCell>()
                    .Select(cell =>
                    {
                        var attempts = _notes.AttemptsAt(cell.Id);
                        var prediction = _notes.PredictionOf(cell.Id);
                        return new CellLearning(
                            cell.Id,
                            CellTags.Has(cell, CellTags.Exercise) ? LearningRole.Exercise
                                : CellTags.Has(cell, CellTags.Quiz) ? LearningRole.Quiz
                                : LearningRole.None,
                            attempts.Count,
                            attempts.Any(attempt => attempt.Verdict == Verdicts.Correct)
                        )
                        {
                            HasHelp = _help.Value.ContainsKey(cell.Id),
                            Question = PredictionQuestion.Of(cell),
                            HasPredicted = prediction is not null,
                            Prediction = prediction?.Words,
                        };
                    })
                    .Where(cell => cell.Role != LearningRole.None || cell.Question is not null || cell.Attempts > 0),
            ];
        }
    }

    // The verdicts on the blanks, as the lesson has them stored, with all hints and the solution: a cell that fails has
    // no verdict of its own.
    private Dictionary<string, string> ReadHelp() =>
        (_options.Original?.Invoke()?.Cells.OfType<CodeCell>() ?? [])
            .Where(cell => CellTags.Has(cell, CellTags.Exercise))
            .Select(cell => (cell.Id, Verdict: Verdicts.LastIn(cell.Outputs)?.ToJsonString()))
            .Where(known => known.Verdict is not null)
            .DistinctBy(known => known.Id)
            .ToDictionary(known => known.Id, known => known.Verdict!, StringComparer.Ordinal);

    private ReplyMessage ReplyToAttempts(AttemptsRequest request)
    {
        lock (_gate)
        {
            return new ReplyMessage(request.Id)
            {
                Attempts =
                [
                    .. _notes
                        .AttemptsAt(request.Cell)
                        .Select(attempt => new PageAttempt(attempt.At, attempt.Source, attempt.Why, attempt.Verdict)),
                ],
            };
        }
    }

    // Every run counts as an attempt, whatever its result.
    private void KeepRun(CodeCell cell, string source, ShownOutputs shown)
    {
        if (CellTags.Has(cell, CellTags.Exercise))
        {
            Keep(cell.Id, source, KeepReason.Run, shown.Verdict ?? (shown.HasError ? "failed" : null));
        }
    }

    // The page is about to replace this text.
    private void KeepPresent(string cell)
    {
        lock (_gate)
        {
            if (_document.Find(cell) is CodeCell code)
            {
                Keep(code.Id, code.Source, KeepReason.Replaced, verdict: null);
            }
        }
    }

    // Called before cells are reset, so that the notes keep the text that is removed.
    private void KeepBeforeReset(IEnumerable<Cell> present, Dictionary<string, Cell> original)
    {
        foreach (var cell in present.OfType<CodeCell>())
        {
            if (original.TryGetValue(cell.Id, out var there) && there.Source != cell.Source)
            {
                Keep(cell.Id, cell.Source, KeepReason.Reset, verdict: null);
            }
        }
    }

    // The lesson's own text isn't an attempt: a reset restores it at any time.
    private void Keep(string cell, string source, KeepReason why, string? verdict)
    {
        var isLessonsOwn = _originalSources.Value.TryGetValue(cell, out var own) && own == source;
        if (
            !isLessonsOwn
            && !source.AsSpan().Trim().IsEmpty
            && _notes.Keep(cell, new Attempt(DateTimeOffset.UtcNow, source, why, verdict))
        )
        {
            NotesChanged();
        }
    }

    private void Predict(PredictRequest request)
    {
        lock (_gate)
        {
            if (_document.Find(request.Cell) is not CodeCell cell || PredictionQuestion.Of(cell) is null)
            {
                return;
            }

            var words = request.Words?.Trim();
            _notes.Predict(
                request.Cell,
                request.Again
                    ? null
                    : new Prediction(
                        string.IsNullOrEmpty(words) ? null
                        : words.Length > LongestPrediction ? words[..LongestPrediction]
                        : words
                    ),
                DateTimeOffset.UtcNow
            );
            NotesChanged();
        }
    }

    private void NotesChanged() => SendToAll(new LearningMessage(Learning()));

    // If storing fails, it is tried again until it succeeds.
    private void SaveNotes()
    {
        if (_notes.HasUnsaved)
        {
            _notes.Save();
            lock (_gate)
            {
                ReportNotesProblem();
            }
        }
    }

    private void ReportNotesProblem() =>
        Notice(
            "notes",
            _notes.Problem is { } problem
                ? $"The file of your attempts and predictions can't be used. {problem} The server tries again until it "
                    + "works."
                : "",
            isProblem: true
        );
}
