using System.Text.Json;

namespace RnnCourse.Web.Tests.Assets;

/// <summary>Searches pages for barriers to people, with axe-core, and for content wider than the screen.</summary>
internal static class AxeCore
{
    /// <summary>Skips the test where axe-core isn't installed, or fails it where it must be.</summary>
    public static void SkipWithoutIt()
    {
        if (!File.Exists(Script))
        {
            const string Reason = "axe-core is not installed; for this test: npm ci in tests/RnnCourse.Web.Tests/Npm";
            Assert.False(Browser.IsRequired, Reason);
            Assert.Skip(Reason);
        }
    }

    /// <summary>Fails where axe-core finds something serious, the page is too wide, or it reported an error.</summary>
    /// <param name="page">The page.</param>
    /// <param name="settled">A condition on the page that holds once it has settled.</param>
    public static async Task AssertNothingSeriousAsync(BrowserPage page, string settled)
    {
        await page.Page.EvaluateExpressionAsync(
            await File.ReadAllTextAsync(Script, TestContext.Current.CancellationToken)
        );
        await page.UntilAsync(settled);
        var found = await page.Page.EvaluateFunctionAsync<JsonElement>(
            "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"
                + ".filter(v => v.impact === 'serious' || v.impact === 'critical')"
                + ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target + ' ' + n.failureSummary).join('; '))"
        );
        Assert.Equal([], found.EnumerateArray().Select(finding => finding.GetString()));
        Assert.True(
            await page.ReadAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
            "The page is wider than the screen."
        );
        Assert.Equal([], page.Problems);
    }

    private static string Script =>
        Repository.PathOf("tests", "RnnCourse.Web.Tests", "Npm", "node_modules", "axe-core", "axe.min.js");
}
