using System.Text.Json.Nodes;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Web.Tests.Assets;

/// <summary>Notebooks that mean harm: no script runs, nothing hangs, and the page stays usable.</summary>
public sealed class HostileTests(Browser browser) : ServedPageTests(browser)
{
    private const string Attack =
        "<img src=x onerror='window.bad=1'><script>window.bad=2</script><svg onload='window.bad=3'><a "
        + "href='javascript:window.bad=4'>l</a></svg><iframe srcdoc='<script>parent.bad=5</script>'></iframe>"
        + "<form action='//evil.example'><input autofocus onfocus='window.bad=6'></form>"
        + "<style>main{display:none}</style><meta http-equiv=refresh content='0;url=//evil.example'>"
        + "<base href='//evil.example'>"
        + "<object data='javascript:window.bad=7'></object><details open ontoggle='window.bad=8'>x</details>";

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/markdown")]
    [InlineData("text/plain")]
    [InlineData("text/latex")]
    [InlineData("text/csv")]
    [InlineData("text/x-unknown")]
    [InlineData("image/svg+xml")]
    [InlineData("image/png")]
    [InlineData("application/javascript")]
    [InlineData("application/xhtml+xml")]
    [InlineData("application/pdf")]
    [InlineData("application/json")]
    [InlineData("application/vnd.plotly.v1+json")]
    [InlineData("application/vnd.rnncourse.verdict+json")]
    public async Task No_script_of_an_output_runs_whatever_its_type(string type)
    {
        MimeValue value = type.EndsWith("json", StringComparison.Ordinal)
            ? new MimeJson(
                new JsonObject
                {
                    ["data"] = new JsonArray(
                        new JsonObject
                        {
                            ["type"] = "scatter",
                            ["x"] = new JsonArray(1),
                            ["y"] = new JsonArray(1),
                            ["name"] = Attack,
                        }
                    ),
                    ["layout"] = new JsonObject
                    {
                        ["title"] = new JsonObject { ["text"] = Attack + "<a href='javascript:top.bad=9'>z</a>" },
                    },
                    ["verdict"] = Attack,
                    ["hints"] = new JsonArray(Attack),
                }
            )
            : new MimeText(Attack);
        var notebook = TestFolder.Make("1", "# " + Attack, "2");
        Output[] outputs =
        [
            new DisplayOutput(new MimeBundle([KeyValuePair.Create(type, value)])),
            new StreamOutput(StreamOutput.StandardOutput, Attack + "\u001b[31m" + Attack),
            new ErrorOutput(Attack, Attack, [Attack]),
        ];
        NotebookWriter.Write(
            notebook with
            {
                Cells = [(CodeCell)notebook.Cells[0] with { Outputs = outputs }, .. notebook.Cells.Skip(1)],
            },
            Path.Combine(Folder.Notebooks, "h.ipynb")
        );
        await using var page = await Browser.OpenAsync(Server.AddressOf("h"));
        await page.ReadAsync<object?>(
            "void [...document.querySelectorAll('main button.explore, main .verdict-panel button, main a')]"
                + ".forEach(each => each.dispatchEvent(new MouseEvent('click', { bubbles: true })))"
        );
        await page.RunAsync("c3");
        await page.UntilShownAsync("c3", "2");
        await page.UntilAsync("[...document.images].every(image => image.complete)");
        Assert.Null(await page.ReadAsync<object?>("window.bad ?? null"));
        Assert.True(await page.ReadAsync<bool>("document.querySelector('main').checkVisibility()"));
        Assert.Equal(Server.Origin, await page.ReadAsync<string>("location.origin"));
    }

    [Fact]
    public async Task Thousands_of_cells_open_and_the_last_one_runs()
    {
        const int Count = 10_000;
        Folder.Write("many", [.. Enumerable.Range(1, Count).Select(i => $"{i} + 1")]);
        await using var page = await Browser.OpenAsync(Server.AddressOf("many"));
        await page.ReadAsync<object?>($"document.querySelector('#cell-c{Count}').scrollIntoView()");
        await page.Page.WaitForSelectorAsync($"#cell-c{Count} .cm-content");
        await page.RunAsync($"c{Count}");
        await page.UntilShownAsync($"c{Count}", $"{Count + 1}");
        await page.TypeAsync($"c{Count}", "42");
        await page.UntilSavedAsync();
    }

    [Fact]
    public async Task A_name_with_quotes_and_an_output_without_end_are_only_a_name_and_an_output()
    {
        Folder.Write("a'b <b>&c", "1");
        var notebook = TestFolder.Make("1", "2");
        var text = string.Concat(Enumerable.Repeat(new string('x', 200) + "\n", 100_000));
        NotebookWriter.Write(
            notebook with
            {
                Cells =
                [
                    (CodeCell)notebook.Cells[0] with
                    {
                        Outputs = [new StreamOutput(StreamOutput.StandardOutput, text)],
                    },
                    notebook.Cells[1],
                ],
            },
            Path.Combine(Folder.Notebooks, "long.ipynb")
        );
        await using var named = await Browser.OpenAsync(Server.AddressOf("a'b <b>&c"));
        await named.RunAsync("c1");
        await named.UntilShownAsync("c1", "1");
        await using var page = await Browser.OpenAsync(Server.AddressOf("long"));
        await page.RunAsync("c2");
        await page.UntilShownAsync("c2", "2");
        await page.UntilShownAsync("c1", "xxx");
    }
}
