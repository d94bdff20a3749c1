using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages;

namespace RnnCourse.Cli.Run;

/// <summary>Makes the pages of a run: one for each notebook, with links to its neighbours, and the index of
/// all.</summary>
/// <param name="shelf">All lessons that the pages shall know of, in reading order.</param>
/// <param name="output">The folder that the pages go to.</param>
internal sealed class CoursePages(IReadOnlyList<Lesson> shelf, OutputFolder output)
{
    private const string CourseTitle = "Recurrent neural networks in C#, from scratch";

    private const string CourseSummary =
        "Read the lessons in order; 00 also tells how to change a cell and run it. Each page shows "
        + "a notebook with what its cells printed and drew when it was last run here.";

    /// <summary>The page of a notebook that has run.</summary>
    public string Page(Lesson lesson, Notebook executed)
    {
        var edition = shelf.Where(other => other.IsSolved == lesson.IsSolved).ToList();
        var at = edition.IndexOf(lesson);
        var page = output.FileFor(lesson.Name, ".html");
        return PageRenderer.Render(
            executed,
            new PageContext
            {
                Title = NotebookTitle.Of(executed) ?? lesson.Name,
                Index = new PageLink("All lessons", LinkResolver.Relative(page, output.FileFor("index", ".html"))),
                Previous = Neighbour(edition.Take(at).LastOrDefault(HasPage), page),
                Next = Neighbour(edition.Skip(at + 1).FirstOrDefault(HasPage), page),
                ResolveLink = new LinkResolver(lesson, page, shelf, output).Resolve,
            }
        );
    }

    /// <summary>
    /// The index, with what became of each lesson in this run or, for one that was not part of it, in an earlier one.
    /// The edition with solutions is left out: it is to be looked up beside a lesson, not read instead of it.
    /// </summary>
    public string Index(IReadOnlyDictionary<Lesson, RunResult> results) =>
        IndexRenderer.Render(
            new IndexContext(
                CourseTitle,
                CourseSummary,
                [
                    .. shelf
                        .Where(lesson => !lesson.IsSolved)
                        .Select(lesson => Entry(lesson, results.GetValueOrDefault(lesson))),
                ]
            )
        );

    private IndexEntry Entry(Lesson lesson, RunResult? result)
    {
        var number = new string([.. Path.GetFileName(lesson.Name).TakeWhile(char.IsAsciiDigit)]);
        var title =
            (lesson.Notebook is null ? null : NotebookTitle.Of(lesson.Notebook)) ?? Path.GetFileName(lesson.Name);
        var state =
            result is null ? EarlierState(lesson)
            : result.ExitCode == ExitCode.Success ? LessonState.Ran
            : LessonState.Failed;
        return new IndexEntry(
            number,
            number.Length > 0 && title.StartsWith(number, StringComparison.Ordinal)
                ? title[number.Length..].TrimStart(' ', '·', '.', ':', '-')
                : title,
            Summary(lesson),
            state,
            HasPage(lesson)
                ? LinkResolver.Relative(output.FileFor("index", ".html"), output.FileFor(lesson.Name, ".html"))
                : null
        );
    }

    // A sentence ends with a full stop; "you will be able to:" says nothing without the list that follows it.
    private static string Summary(Lesson lesson)
    {
        var said = lesson.Notebook is null
            ? null
            : lesson.Notebook.Metadata["description"]?.ToString() ?? NotebookTitle.SummaryOf(lesson.Notebook);
        return said is not null && said.EndsWith('.') ? said : "";
    }

    private LessonState EarlierState(Lesson lesson)
    {
        try
        {
            var executed = NotebookReader.Read(output.FileFor(lesson.Name, ".ipynb"));
            var failed = executed.Cells.OfType<CodeCell>().Any(cell => cell.Outputs.Any(o => o is ErrorOutput));
            return !HasPage(lesson) ? LessonState.NotRun
                : failed ? LessonState.Failed
                : LessonState.Ran;
        }
        catch (Exception e) when (e is NotebookFormatException or NotebookFileException)
        {
            return LessonState.NotRun;
        }
    }

    private PageLink? Neighbour(Lesson? lesson, string page) =>
        lesson is null
            ? null
            : new PageLink(
                NotebookTitle.Of(lesson.Notebook!) ?? lesson.Name,
                LinkResolver.Relative(page, output.FileFor(lesson.Name, ".html"))
            );

    // It has one already, or will have at the end of this run.
    private bool HasPage(Lesson lesson) =>
        lesson.Notebook is not null && (lesson.RunsNow || File.Exists(output.FileFor(lesson.Name, ".html")));
}
