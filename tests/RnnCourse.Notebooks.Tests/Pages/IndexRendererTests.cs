using RnnCourse.Notebooks.Pages;

namespace RnnCourse.Notebooks.Tests.Pages;

public sealed class IndexRendererTests
{
    private static readonly string Page = IndexRenderer.Render(
        new IndexContext(
            "A <course>",
            "One sentence.",
            [
                new("01", "First", "About $x_1$ & 5$.", LessonState.Ran, "01-first.html"),
                new("", "Second", "", LessonState.Failed, "02.html"),
                new("03", "Third", "", LessonState.NotRun, null),
            ]
        )
    );

    [Fact]
    public void Lessons_stand_in_order_with_number_title_sentence_and_state()
    {
        Assert.Contains(
            "<li><span class=\"number\">01</span><div><h2><a href=\"01-first.html\">First</a></h2><p>About <math>",
            Page,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "</math> &amp; 5$.</p></div><span class=\"state ran\">✓ Ran</span></li>",
            Page,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "<li><div><h2><a href=\"02.html\">Second</a></h2></div><span class=\"state failed\">✗ Failed</span></li>",
            Page,
            StringComparison.Ordinal
        );
        Assert.Contains("<h2>Third</h2>", Page, StringComparison.Ordinal);
        Assert.True(Page.IndexOf("First", StringComparison.Ordinal) < Page.IndexOf("Second", StringComparison.Ordinal));
    }

    [Fact]
    public void The_course_is_named_and_nothing_can_run()
    {
        Assert.Contains("<title>A &lt;course&gt;</title>", Page, StringComparison.Ordinal);
        Assert.Contains("<h1>A &lt;course&gt;</h1>\n<p>One sentence.</p>", Page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", Page, StringComparison.Ordinal);
    }
}
