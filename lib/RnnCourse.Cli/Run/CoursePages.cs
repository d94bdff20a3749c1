using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages;
using RnnCourse.Notebooks.Pages.Words;

namespace RnnCourse.Cli.Run;

/// <summary>Makes the pages of a run: one for each notebook, with links to its neighbours, and an index.</summary>
/// <param name="allNotebooks">All notebooks that the pages link to, in reading order.</param>
/// <param name="output">The folder for the pages.</param>
internal sealed class CoursePages(IReadOnlyList<NotebookFile> allNotebooks, OutputFolder output)
{
    private const string CourseTitle = "Recurrent neural networks in C#, from scratch";

    private const string CourseSummary =
        "Read the lessons in order. To change cells and run them, start the live course: rnn open. Each page shows "
        + "a notebook with what its cells printed and drew when it was last run here.";

    /// <summary>Whether no further page will be written, because the run was stopped.</summary>
    public bool AreFinal { get; set; }

    /// <summary>Makes the page of a notebook that has run.</summary>
    public string Page(NotebookFile file, Notebook executed)
    {
        var edition = allNotebooks.Where(other => other.IsSolved == file.IsSolved).ToList();
        var at = edition.IndexOf(file);
        var page = output.FileFor(file.Name, ".html");
        return PageRenderer.Render(
            executed,
            new PageContext
            {
                Title = NotebookTitle.Of(executed) ?? file.Name,
                Words = (WordsBeside(file), System.IO.Path.GetFileName(file.Name)),
                Index = new PageLink("All lessons", LinkResolver.Relative(page, output.FileFor("index", ".html"))),
                Previous = Neighbour(edition.Take(at).LastOrDefault(HasPage), page),
                Next = Neighbour(edition.Skip(at + 1).FirstOrDefault(HasPage), page),
                ResolveLink = new LinkResolver(file, page, allNotebooks, output).Resolve,
            }
        );
    }

    /// <summary>
    /// Makes the index, with the result of each lesson in this run or, for a lesson that was not part of it, in an
    /// earlier run. The edition with solutions is left out: it is not meant to be read instead of the lessons.
    /// </summary>
    public string Index(IReadOnlyDictionary<NotebookFile, RunResult> results) =>
        IndexRenderer.Render(
            new IndexContext(
                CourseTitle,
                CourseSummary,
                [
                    .. allNotebooks
                        .Where(file => !file.IsSolved)
                        .Select(file => Entry(file, results.GetValueOrDefault(file))),
                ]
            )
        );

    // The edition with solutions is in a folder below the lessons, and the glossary is beside the lessons.
    private static WordBook WordsBeside(NotebookFile file)
    {
        var folder = System.IO.Path.GetDirectoryName(file.FullPath)!;
        return WordBook.InFolder(file.IsSolved ? System.IO.Path.GetDirectoryName(folder) ?? folder : folder);
    }

    private IndexEntry Entry(NotebookFile file, RunResult? result)
    {
        var number = new string([.. Path.GetFileName(file.Name).TakeWhile(char.IsAsciiDigit)]);
        var title = (file.Notebook is null ? null : NotebookTitle.Of(file.Notebook)) ?? Path.GetFileName(file.Name);
        var (state, verdicts) =
            result is null ? Earlier(file)
            : result.ExitCode == ExitCode.Success ? (LessonState.Ran, result.Verdicts)
            : (LessonState.Failed, result.Verdicts);
        return new IndexEntry(
            number,
            number.Length > 0 && title.StartsWith(number, StringComparison.Ordinal)
                ? title[number.Length..].TrimStart(' ', '·', '.', ':', '-')
                : title,
            Summary(file),
            state,
            HasPage(file)
                ? LinkResolver.Relative(output.FileFor("index", ".html"), output.FileFor(file.Name, ".html"))
                : null
        )
        {
            Exercises = Verdict.Count(verdicts),
        };
    }

    // Only whole sentences: "you will be able to:" means nothing without the list that follows it.
    private static string Summary(NotebookFile file)
    {
        var said = file.Notebook is null
            ? null
            : file.Notebook.Metadata["description"]?.ToString() ?? NotebookTitle.SummaryOf(file.Notebook);
        return said is not null && said.EndsWith('.') ? said : "";
    }

    private (LessonState State, IReadOnlyList<Verdict> Verdicts) Earlier(NotebookFile file)
    {
        try
        {
            var executed = NotebookReader.Read(output.FileFor(file.Name, ".ipynb"));
            var failed = executed.Cells.OfType<CodeCell>().Any(cell => cell.Outputs.Any(o => o is ErrorOutput));
            return !File.Exists(output.FileFor(file.Name, ".html"))
                ? (LessonState.NotRun, [])
                : (failed ? LessonState.Failed : LessonState.Ran, Verdict.ReadAll(executed));
        }
        catch (Exception e) when (e is NotebookFormatException or NotebookFileException)
        {
            return (LessonState.NotRun, []);
        }
    }

    private PageLink? Neighbour(NotebookFile? file, string page) =>
        file is null
            ? null
            : new PageLink(
                NotebookTitle.Of(file.Notebook!) ?? file.Name,
                LinkResolver.Relative(page, output.FileFor(file.Name, ".html"))
            );

    // It exists already, or will at the end of this run.
    private bool HasPage(NotebookFile file) =>
        file.Notebook is not null && ((file.RunsNow && !AreFinal) || File.Exists(output.FileFor(file.Name, ".html")));
}
