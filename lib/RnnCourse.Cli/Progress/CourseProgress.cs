using RnnCourse.Cli.Edition;
using RnnCourse.Cli.Ledger;
using RnnCourse.Exercises;
using RnnCourse.Exercises.Quizzes;
using RnnCourse.Exercises.Recording;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages;

namespace RnnCourse.Cli.Progress;

/// <summary>The learner's progress, computed from the recorded entries and the present lessons.</summary>
/// <param name="Lessons">All lessons, in order.</param>
/// <param name="Current">The lesson to continue with; null if all are done.</param>
internal sealed record CourseProgress(IReadOnlyList<LessonProgress> Lessons, LessonProgress? Current)
{
    /// <summary>Computes the progress.</summary>
    /// <param name="lessons">The lessons' files, in order.</param>
    /// <param name="entries">The recorded entries, in order.</param>
    /// <exception cref="NotebookFileException">A lesson cannot be read.</exception>
    /// <exception cref="NotebookFormatException">A lesson is not a notebook.</exception>
    public static CourseProgress Of(IEnumerable<string> lessons, IReadOnlyList<ProgressEntry> entries)
    {
        var traces = lessons
            .Select(path => new LessonTraces(Path.GetFileName(path), NotebookReader.Read(path)))
            .ToList();
        var lessonProgress = traces.Select(trace => trace.CourseProgress(entries)).ToList();

        // The lesson of the last entry, or the next one that is not done.
        var last = traces.Count == 0 ? 0 : traces.Index().MaxBy(trace => trace.Item.LastEntry(entries)).Index;
        return new CourseProgress(
            lessonProgress,
            lessonProgress.Skip(last).Concat(lessonProgress.Take(last)).FirstOrDefault(lesson => !lesson.IsDone)
        );
    }

    // The cells of a lesson that record an entry when they run.
    private sealed class LessonTraces(string file, Notebook lesson)
    {
        private readonly LessonCells _cells = new(file);
        private readonly List<CodeCell> _code = [.. lesson.Cells.OfType<CodeCell>()];
        private readonly IReadOnlyList<PlacedClaim> _claims = ClaimsIn(file, lesson);

        public LessonProgress CourseProgress(IReadOnlyList<ProgressEntry> entries)
        {
            var reached = entries.Select(PositionOf).DefaultIfEmpty().Max();
            var title = NotebookTitle.Of(lesson) ?? file;
            return new LessonProgress(
                _cells.Number,
                title.StartsWith(_cells.Number, StringComparison.Ordinal)
                    ? title[_cells.Number.Length..].TrimStart(' ', '·', '.', ':', '-')
                    : title,
                file,
                _code.Count,
                reached,
                reached > 0 && reached == LastPosition(),
                [.. _code.Where(cell => _cells.ExerciseOf(cell) is not null).Select(cell => Exercise(cell, entries))],
                _code.Any(LessonCells.IsQuiz) ? Quiz(entries) : []
            );
        }

        /// <summary>The index of this lesson's last entry; −1 if there is none.</summary>
        public int LastEntry(IReadOnlyList<ProgressEntry> entries) =>
            Enumerable.Range(0, entries.Count).Where(i => PositionOf(entries[i]) > 0).DefaultIfEmpty(-1).Max();

        private static IReadOnlyList<PlacedClaim> ClaimsIn(string file, Notebook lesson)
        {
            try
            {
                return ClaimsLedger.Of(file, lesson);
            }
            catch (LedgerException)
            {
                return []; // a lesson that is being edited
            }
        }

        // The number of the cell that recorded an entry, from 1; 0 if it is not in this lesson.
        private int PositionOf(ProgressEntry entry) =>
            entry switch
            {
                ExerciseEntry e => _code.FindIndex(cell => _cells.ExerciseOf(cell) == e.Exercise) + 1,
                QuizEntry e when e.Lesson == _cells.Number => _code.FindIndex(LessonCells.IsQuiz) + 1,
                ClaimEntry e => _claims
                    .FirstOrDefault(claim => (claim.Call.Statement, claim.Call.Words) == (e.Statement, e.InWords))
                    ?.Position
                    ?? 0,
                _ => 0,
            };

        private int LastPosition() =>
            Math.Max(
                _code.FindLastIndex(_cells.IsAnswer) + 1,
                _claims.Select(claim => claim.Position).DefaultIfEmpty().Max()
            );

        private ExerciseProgress Exercise(CodeCell cell, IReadOnlyList<ProgressEntry> entries)
        {
            var id = _cells.ExerciseOf(cell)!;
            var first = cell.Source.Split('\n')[0];
            var colon = first.IndexOf(": ", StringComparison.Ordinal);
            return new ExerciseProgress(
                id,
                colon < 0 ? id : first[(colon + 2)..].Trim(),
                entries
                    .OfType<ExerciseEntry>()
                    .Where(e => e.Exercise == id)
                    .Select(e => e.State)
                    .DefaultIfEmpty(FeedbackState.NotAttempted)
                    .Max()
            );
        }

        private List<QuizState> Quiz(IReadOnlyList<ProgressEntry> entries)
        {
            var answers = entries
                .OfType<QuizEntry>()
                .Where(e => e.Lesson == _cells.Number)
                .Select(e => e.Answers)
                .ToList();
            return
            [
                .. Enumerable
                    .Range(0, 3)
                    .Select(i =>
                        answers.Select(a => a.ElementAtOrDefault(i)).DefaultIfEmpty(QuizState.NotAnswered).Max()
                    ),
            ];
        }
    }
}
