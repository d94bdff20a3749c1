using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Pages;

namespace RnnCourse.Notebooks.Tests.Pages;

public sealed class ExplorableScriptTests
{
    private const string MimeType = "application/vnd.rnncourse.explorable+json";

    private static string Page(MimeBundle data) =>
        PageRenderer.Render(
            new Notebook
            {
                Cells =
                [
                    new CodeCell
                    {
                        Id = "c",
                        Source = "1",
                        Outputs = [new DisplayOutput(data)],
                    },
                ],
            },
            new PageContext()
        );

    private static MimeBundle Data(JsonNode? json) =>
        new([
            KeyValuePair.Create<string, MimeValue>(MimeType, new MimeJson(json)),
            KeyValuePair.Create<string, MimeValue>("text/html", new MimeText("<p>still</p>")),
        ]);

    [Fact]
    public void The_script_is_small_and_depends_on_nothing()
    {
        Assert.True(Encoding.UTF8.GetByteCount(ExplorableScript.Source) <= 30_000);
        Assert.DoesNotContain("import", ExplorableScript.Source, StringComparison.Ordinal);
        Assert.DoesNotContain("</script", ExplorableScript.Source, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(
            @"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|Function\(|fetch\(|XMLHttp",
            ExplorableScript.Source
        );
    }

    [Fact]
    public void A_page_with_a_figure_that_answers_allows_this_script_and_no_other()
    {
        var page = Page(Data(new JsonObject { ["title"] = "\"><script>bad()</script>" }));
        var policy = Regex.Match(page, "http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value;
        var scripts = Regex.Matches(page, "<script type=\"module\">(.*?)</script>", RegexOptions.Singleline);
        Assert.Equal(1, Regex.Count(page, "<script"));
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(scripts[0].Groups[1].Value)));
        Assert.EndsWith($"; script-src 'sha256-{hash}'", policy, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'; img-src data:;", policy, StringComparison.Ordinal);
        Assert.Contains("<p>still</p>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_without_one_has_no_script()
    {
        foreach (
            var data in (MimeBundle[])
                [
                    MimeBundle.OfText([("text/html", "<div class='explorable' data-explorable='{}'>x</div>")]),
                    MimeBundle.OfText([("text/plain", MimeType)]),
                    Data(null),
                ]
        )
        {
            var page = Page(data);
            Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
            Assert.DoesNotContain("script-src", page, StringComparison.Ordinal);
            Assert.DoesNotContain("data-explorable", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Data_too_large_for_a_page_leave_the_still_picture()
    {
        var page = Page(Data(new JsonObject { ["title"] = new string('x', 600_000) }));
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("<p>still</p>", page, StringComparison.Ordinal);
    }
}
