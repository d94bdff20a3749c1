using System.Text.Json;
using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Tests.Assets;

/// <summary>Tests of the course's lessons in a browser, with a learner's own folder.</summary>
public abstract class LessonPageTests(Browser browser) : ServedPageTests(browser)
{
    private protected const string First = "00-start-here";

    private protected const string Quiz = "quiz-answers";

    private protected const string Predicted = "far-back";

    private protected Task<BrowserPage> OpenAsync(string lesson) => Browser.OpenAsync(Server.Server.AddressOf(lesson));

    private protected override Task<TestServer> StartAsync() =>
        TestServer.StartAsync(
            new CourseNotebooks("Course", Repository.PathOf("notebooks"), Folder.PathOf("my"), Repository.Root),
            Folder
        );

    private protected static async Task RunAllAboveAsync(BrowserPage page, string cell)
    {
        await page.MenuAsync(cell, "Run all above");
        await page.UntilAsync(
            $"[...document.querySelectorAll('#cells > .code')].filter(c => c.compareDocumentPosition("
                + $"document.querySelector('#cell-{cell}')) & 4)"
                + ".every(c => ['fresh', 'failed'].includes(c.dataset.state))"
        );
    }

    private protected static Task<int> CountAsync(BrowserPage page, string selector) =>
        page.ReadAsync<int>($"document.querySelectorAll({JsonSerializer.Serialize(selector)}).length");

    private protected static Task<string> SourceAsync(BrowserPage page, string cell) =>
        page.ReadAsync<string>(
            $"[...document.querySelectorAll('#cell-{cell} .cm-line')].map(line => line.textContent).join('\\n')"
        );
}
