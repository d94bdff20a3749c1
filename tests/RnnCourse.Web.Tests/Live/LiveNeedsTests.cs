namespace RnnCourse.Web.Tests.Live;

/// <summary>A cell that fails because cells above it have not run in this session.</summary>
public sealed class LiveNeedsTests : ServedFolderTests
{
    [Fact]
    public async Task The_page_is_told_which_cells_are_lacking_and_runs_them_and_no_others()
    {
        Folder.Write(
            "a",
            "var a = 1;",
            "var unrelated = 7;",
            "int Next(int n) => n + a;",
            "var b = Next(1);",
            "b * 10",
            "unrelated + 1"
        );
        await using var page = await Server.OpenAsync("a");
        await page.RunAsync("c5");
        var told = await page.WaitForAsync("needs", told => (string)told["cell"]! == "c5");
        Assert.Equal(["b"], told["names"]!.AsArray().Select(name => (string)name!));
        Assert.Equal(
            ["c1: False", "c3: False", "c4: True"],
            told["needed"]!
                .AsArray()
                .Select(cell =>
                    $"{cell!["cell"]}: {cell["isSource"]}"
                        .Replace("true", "True", StringComparison.Ordinal)
                        .Replace("false", "False", StringComparison.Ordinal)
                )
        );

        // A page that connects later gets the message, too.
        await using var other = await Server.OpenAsync("a");
        await other.WaitForAsync("needs", needs => needs["names"]!.AsArray().Count == 1);

        await page.TellAsync("run", new { range = "Needed", cell = "c5" });
        await page.WaitForAsync(() => page.Shown("c5").Contains("20", StringComparison.Ordinal));
        await page.WaitForAsync("needs", needs => needs["names"]!.AsArray().Count == 0);
        await page.WaitForIdleAsync("c5");
        Assert.Equal("Stored", page.StateOf("c2").Freshness);
        Assert.Equal("Fresh", page.StateOf("c3").Freshness);
    }

    [Theory]
    [InlineData("StringWriter writer = null; writer")]
    [InlineData("Path.GetFileName(\"a/b\")")]
    public async Task What_no_cell_declares_may_come_from_one_with_libraries_or_usings(string code)
    {
        Folder.Write("a", "using System.IO;", code);
        await using var page = await Server.OpenAsync("a");
        await page.RunAsync("c2");
        var told = await page.WaitForAsync("needs");
        Assert.Equal("c1", (string)Assert.Single(told["needed"]!.AsArray())!["cell"]!);
        await page.TellAsync("run", new { range = "Needed", cell = "c2" });
        await page.WaitForAsync(() => page.StateOf("c2").Freshness == "Fresh");
    }

    [Theory]
    [InlineData("nonsense + 1")]
    [InlineData("int.Parse(\"x\")")]
    [InlineData("var x = ;")]
    public async Task Other_mistakes_need_no_other_cell(string code)
    {
        Folder.Write("a", "var a = 1;", code, "a");
        await using var page = await Server.OpenAsync("a");
        await page.RunAsync("c2");
        await page.RunAsync("c3");
        var told = await page.WaitForAsync("needs");
        Assert.Equal("c3", (string)told["cell"]!);
    }

    [Fact]
    public async Task Moving_a_control_that_is_stored_from_another_session_runs_what_its_cell_needs()
    {
        Folder.Write(
            "a",
            LiveControlsTests.Library,
            "var factor = 10;",
            "var x = Slide(\"x\", 3);\n$\"x is {x * factor}\""
        );
        await using var page = await Server.OpenAsync("a");
        await page.TellAsync("run", new { range = "All" });
        await page.WaitForAsync(() => page.Shown("c3").Contains("x is 30", StringComparison.Ordinal));
        await page.WaitForIdleAsync("c3");
        await page.TellAsync("restart");
        await page.WaitForAsync(() => page.StateOf("c3").Freshness == "Stored");
        await page.MoveAsync("c3", "x", 4);
        await page.WaitForAsync(() => page.Shown("c3").Contains("x is 40", StringComparison.Ordinal));
    }
}
