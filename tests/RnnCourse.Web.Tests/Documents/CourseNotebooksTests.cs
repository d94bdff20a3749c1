using RnnCourse.Notebooks.Format;
using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Tests.Documents;

public sealed class CourseNotebooksTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private CourseNotebooks Course => new("Course", _folder.Notebooks, _folder.PathOf("my"), _folder.PathOf());

    private string Mine => _folder.PathOf("my", "01-a.ipynb");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_lesson_is_copied_when_it_is_opened_first_and_then_left_alone()
    {
        var lesson = _folder.Write("01-a", "# One", "1");
        var bytes = File.ReadAllBytes(lesson);
        Assert.False(Assert.Single(Course.Entries()).IsBegun);
        var notebook = Course.Open("01-a")!;
        Assert.Equal(Mine, notebook.Path);
        Assert.Equal(_folder.Notebooks, notebook.LibraryFolder);
        Assert.Equal(bytes, File.ReadAllBytes(Mine));
        Change(Mine, "c2", "2");
        Assert.Null(Course.Open("01-a")!.Greeting);
        Assert.Equal("2", Source(Mine, "c2"));
        Assert.Equal(bytes, File.ReadAllBytes(lesson));
        Assert.True(Assert.Single(Course.Entries()).IsBegun);
        Assert.Equal("1", notebook.Original!()!.Cells[1].Source);
    }

    [Fact]
    public void When_a_lesson_is_updated_untouched_cells_follow_and_the_readers_own_stay()
    {
        var lesson = _folder.Write("01-a", "one", "two", "three");
        Course.Open("01-a");
        Change(Mine, "c2", "mine");
        Change(Mine, "c3", "mine, too");
        Change(lesson, "c1", "one, better");
        Change(lesson, "c3", "three, better");
        var greeting = Course.Open("01-a")!.Greeting;
        Assert.Equal("one, better", Source(Mine, "c1"));
        Assert.Equal("mine", Source(Mine, "c2"));
        Assert.Equal("mine, too", Source(Mine, "c3"));
        Assert.Contains("c1", greeting, StringComparison.Ordinal);
        Assert.Contains("c3", greeting, StringComparison.Ordinal);
        Assert.DoesNotContain("c2", greeting, StringComparison.Ordinal);
        Assert.Null(Course.Open("01-a")!.Greeting);
    }

    [Theory]
    [InlineData("../01-a")]
    [InlineData("02-b")]
    [InlineData("")]
    [InlineData(".originals/01-a")]
    public void There_is_no_way_to_other_files(string name)
    {
        _folder.Write("01-a", "1");
        Course.Open("01-a");
        Assert.Null(Course.Open(name));
    }

    [Fact]
    public void A_notebook_that_the_reader_put_there_is_offered_too()
    {
        _folder.Write("01-a", "1");
        Directory.CreateDirectory(_folder.PathOf("my"));
        NotebookWriter.Write(TestFolder.Make("mine"), _folder.PathOf("my", "own.ipynb"));
        Assert.Equal(["01-a", "own"], Course.Entries().Select(entry => entry.Name));
        Assert.Equal(_folder.PathOf("my", "own.ipynb"), Course.Open("own")!.Path);
    }

    [Fact]
    public void Work_in_the_lessons_own_folder_is_offered_until_the_reader_has_decided()
    {
        var lesson = _folder.Write("01-a", "published", "left alone");
        if (
            !Git("init", "-q")
            || !Git("add", ".")
            || !Git("-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "t")
        )
        {
            Assert.Skip("There is no git on this machine.");
        }

        Assert.Null(Course.Open("01-a")!.Offer);
        Change(lesson, "c1", "worked on");
        var notebook = Course.Open("01-a")!;

        // The work is neither used without asking, nor mistaken for an update of the lesson.
        Assert.Equal("published", Source(Mine, "c1"));
        Assert.Equal("published", notebook.Original!()!.Cells[0].Source);
        Assert.Null(notebook.Greeting);
        Assert.Equal("worked on", notebook.Offer!.Work()!.Cells[0].Source);
        Assert.Equal("notebooks/01-a.ipynb", notebook.Offer.Place);
        Assert.NotNull(Course.Open("01-a")!.Offer);
        notebook.Offer.Settle();
        Assert.Null(Course.Open("01-a")!.Offer);
        Change(lesson, "c1", "worked on later");
        Assert.NotNull(Course.Open("01-a")!.Offer);
    }

    [Fact]
    public void A_lesson_that_was_never_opened_is_copied_as_it_was_published()
    {
        var lesson = _folder.Write("01-a", "published");
        if (
            !Git("init", "-q")
            || !Git("add", ".")
            || !Git("-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "t")
        )
        {
            Assert.Skip("There is no git on this machine.");
        }

        Change(lesson, "c1", "worked on");
        Assert.NotNull(Course.Open("01-a")!.Offer);
        Assert.Equal("published", Source(Mine, "c1"));
    }

    private bool Git(params string[] arguments)
    {
        try
        {
            using var git = System.Diagnostics.Process.Start(
                new System.Diagnostics.ProcessStartInfo("git", arguments) { WorkingDirectory = _folder.PathOf() }
            )!;
            git.WaitForExit();
            return git.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static void Change(string path, string cell, string source)
    {
        var notebook = NotebookReader.Read(path);
        NotebookWriter.Write(
            notebook with
            {
                Cells = [.. notebook.Cells.Select(one => one.Id == cell ? one with { Source = source } : one)],
            },
            path
        );
    }

    private static string Source(string path, string cell) =>
        NotebookReader.Read(path).Cells.Single(one => one.Id == cell).Source;
}
