using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Web.Tests.Assets;

/// <summary>Figures take the page's colours, and stay readable on narrow screens.</summary>
public sealed class ColouredFiguresTests(Browser browser) : ServedPageTests(browser)
{
    private const string Picture =
        "<figure><img alt=\"a picture\" src=\"data:image/svg+xml;base64,"
        + "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSIxMCIgaGVpZ2h0PSIxMCIvPg==\"/></figure>";

    private const string Plot = """
        {"data": [{"type": "scatter", "name": "one", "x": [1, 2], "y": [1, 2]}, {"type": "scatter", "name": "two", "x": [1, 2], "y": [2, 1]}],
         "layout": {"paper_bgcolor": "#FFFFFF", "showlegend": true, "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
                    "title": {"text": "A title that is far too long for one line of a narrow screen"}, "xaxis": {"title": {"text": "x"}}}}
        """;

    [Theory]
    [InlineData(1280, false, "rgb(255, 255, 255)", "none")]
    [InlineData(400, true, "rgb(22, 25, 27)", "invert(0.91) hue-rotate(180deg)")]
    public async Task Still_and_live_figures_follow_the_page(int width, bool isDark, string ground, string filter)
    {
        var notebook = TestFolder.Make("1");
        var figure = new DisplayOutput(
            new MimeBundle([
                KeyValuePair.Create<string, MimeValue>(
                    "application/vnd.plotly.v1+json",
                    new MimeJson(JsonNode.Parse(Plot))
                ),
                KeyValuePair.Create<string, MimeValue>("text/html", new MimeText(Picture)),
            ])
        );
        NotebookWriter.Write(
            notebook with
            {
                Cells = [((CodeCell)notebook.Cells[0]) with { Outputs = [figure] }],
            },
            Path.Combine(Folder.Notebooks, "f.ipynb")
        );
        await using var page = await Browser.OpenAsync(Server.AddressOf("f"), width: width, isDark: isDark);
        Assert.Equal(
            filter,
            await page.ReadAsync<string>("getComputedStyle(document.querySelector('#cell-c1 figure img')).filter")
        );
        await page.ClickWordsAsync("Explore");
        var frame = await page.Page.WaitForSelectorAsync("#cell-c1 iframe");
        var inside = (await frame.ContentFrameAsync())!;
        await inside.WaitForSelectorAsync(".gtitle");
        await page.ScreenshotAsync($"figure-{width}");
        Assert.Equal(
            ground,
            await inside.EvaluateExpressionAsync<string>("getComputedStyle(document.body).backgroundColor")
        );

        // The whole title is visible, and the legend is below it.
        Assert.True(
            await inside.EvaluateExpressionAsync<bool>(
                "(([title, legend]) => title.left >= 0 && title.right <= innerWidth && title.bottom <= legend.top + 1)"
                    + "([...document.querySelectorAll('.gtitle, .legend')].sort(a => a.matches('.gtitle') ? -1 : 1)"
                    + ".map(part => part.getBoundingClientRect()))"
            )
        );
        Assert.Equal([], page.Problems);
    }
}
