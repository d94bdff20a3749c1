using RnnCourse.Web.Tests.Live;

namespace RnnCourse.Web.Tests.Assets;

/// <summary>Sliders, choices and fields as a reader moves them, by mouse, keyboard and on a narrow screen.</summary>
public sealed class ControlTests(Browser browser) : ServedPageTests(browser)
{
    private const string Cell = """
        var radius = Slide("radius", 3);
        var kind = Ask("{\"control\":\"choice\",\"name\":\"kind\",\"choices\":[\"sine\",\"line\"],\"default\":\"sine\"}");
        var count = Ask("{\"control\":\"number\",\"name\":\"count\",\"min\":1,\"max\":9,\"step\":1,\"default\":5}");
        var words = Ask("{\"control\":\"text\",\"name\":\"the words to tag\",\"maxLength\":80,\"default\":\"the cat\"}");
        $"{radius} {kind} {count} {words}"
        """;

    [Theory]
    [InlineData(1280, false)]
    [InlineData(400, true)]
    public async Task Each_control_is_moved_by_the_keyboard_keeps_the_focus_and_is_followed(int width, bool isDark)
    {
        Folder.Write("a", LiveControlsTests.Library, Cell);
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"), width: width, isDark: isDark);
        await page.RunAsync("c1");
        await page.RunAsync("c2");
        await page.UntilAsync("document.querySelectorAll('#cell-c2 .control').length === 4");
        Assert.Equal(
            "radius,kind,count,the words to tag",
            await page.ReadAsync<string>(
                "[...document.querySelectorAll('#cell-c2 .control label')].map(label => "
                    + "document.getElementById(label.htmlFor) ? label.textContent : '?').join()"
            )
        );

        await page.Page.FocusAsync("#cell-c2 input[type=range]");
        foreach (var key in new[] { "ArrowRight", "ArrowRight", "ArrowRight" })
        {
            await page.PressAsync(key);
        }

        await page.UntilShownAsync("c2", "4.5 \"sine\" 5 \"the cat\"");
        await page.UntilAsync("document.activeElement.type === 'range'");
        Assert.Equal("4.5", await page.ReadAsync<string>("document.querySelector('#cell-c2 output').textContent"));

        await page.Page.SelectAsync("#cell-c2 select", "line");
        await page.UntilShownAsync("c2", "4.5 \"line\" 5");
        await page.Page.FocusAsync("#cell-c2 input[type=number]");
        await page.PressAsync("ArrowUp");
        await page.UntilShownAsync("c2", "\"line\" 6 \"the cat\"");
        await page.Page.FocusAsync("#cell-c2 input[type=text]");
        await page.PressAsync("Control", "a");
        await page.Page.Keyboard.TypeAsync("a dog barks");
        await page.UntilShownAsync("c2", "6 \"a dog barks\"");
        await page.UntilAsync(
            "document.activeElement.type === 'text' && document.activeElement.value === 'a dog barks'"
        );

        // An invalid value is marked, and nothing runs.
        await page.Page.FocusAsync("#cell-c2 input[type=number]");
        await page.PressAsync("Control", "a");
        await page.Page.Keyboard.TypeAsync("77");
        await page.UntilAsync(
            "document.querySelector('#cell-c2 input[type=number]').getAttribute('aria-invalid') === 'true'"
        );
        await page.ScreenshotAsync($"controls-{width}");
        Assert.Equal(
            0,
            await page.ReadAsync<int>(
                "Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"
            )
        );
        await page.ClickAsync("#cell-c2 .is-slider .back");
        await page.UntilShownAsync("c2", "3 \"line\"");
        Assert.Equal([], page.Problems);
    }

    [Fact]
    public async Task No_letter_is_lost_that_is_typed_before_the_running_cell_has_shown_the_field_again()
    {
        var hold = Folder.PathOf("hold");
        Folder.Write(
            "a",
            LiveControlsTests.Library,
            "var radius = Slide(\"radius\", 3);\n"
                + $"while (System.IO.File.Exists(@\"{hold}\")) {{ System.Threading.Thread.Sleep(10); }}\n"
                + """
                var words = Ask("{\"control\":\"text\",\"name\":\"words\",\"maxLength\":80,\"default\":\"cat\"}");
                var count = Ask("{\"control\":\"number\",\"name\":\"count\",\"min\":1,\"max\":9,\"step\":1,\"default\":5}");
                $"{radius} {words} {count}"
                """
        );
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"));
        await page.RunAsync("c1");
        await page.RunAsync("c2");
        await page.UntilShownAsync("c2", "3 \"cat\" 5");
        await File.WriteAllTextAsync(hold, "", TestContext.Current.CancellationToken);
        await page.Page.FocusAsync("#cell-c2 input[type=range]");
        await page.PressAsync("ArrowRight");
        await page.UntilAsync("document.querySelectorAll('#cell-c2 [data-control]').length === 1");
        await page.Page.FocusAsync("#cell-c2 input[type=text]");
        await page.PressAsync("End");
        await page.Page.Keyboard.TypeAsync("s and dogs");
        File.Delete(hold);
        await page.UntilShownAsync("c2", "3.5 \"cats and dogs\" 5");
        await page.UntilCellAsync("c2", "fresh");
        Assert.Equal("cats and dogs", await page.ReadAsync<string>("document.activeElement.value"));

        // The server refuses what the page let pass, and the field goes back.
        await page.ReadAsync<int>("document.querySelector('#cell-c2 input[type=number]').max = 99");
        await page.Page.FocusAsync("#cell-c2 input[type=number]");
        await page.PressAsync("Control", "a");
        await page.Page.Keyboard.TypeAsync("77");
        await page.UntilAsync("document.activeElement.value === '7'");
        await page.UntilShownAsync("c2", "3.5 \"cats and dogs\" 7");
        Assert.Equal([], page.Problems);
    }

    [Fact]
    public async Task A_slider_that_is_drawn_along_gives_its_last_value_and_a_second_page_follows()
    {
        Folder.Write("a", LiveControlsTests.Library, "var x = Slide(\"x\", 3);\n$\"x is {x}\"");
        await using var page = await Browser.OpenAsync(Server.AddressOf("a"));
        await page.RunAsync("c1");
        await page.RunAsync("c2");
        await page.UntilAsync("document.querySelectorAll('#cell-c2 .control').length === 1");
        var handle = await page.Page.QuerySelectorAsync("#cell-c2 input[type=range]");
        var box = await handle.BoundingBoxAsync();
        await page.Page.Mouse.MoveAsync(box.X + (box.Width * 0.3m), box.Y + (box.Height / 2));
        await page.Page.Mouse.DownAsync();
        for (var i = 0; i <= 60; i++)
        {
            await page.Page.Mouse.MoveAsync(box.X + (box.Width * (0.3m + (0.01m * i))), box.Y + (box.Height / 2));
        }

        var value = await page.ReadAsync<string>("document.querySelector('#cell-c2 input[type=range]').value");
        await page.UntilShownAsync("c2", $"x is {value}");
        await page.Page.Mouse.UpAsync();
        await page.UntilCellAsync("c2", "fresh");
        var other = await page.OpenAnotherAsync(Server.AddressOf("a"));
        await other.UntilAsync($"document.querySelector('#cell-c2 input[type=range]').value === '{value}'");
        await other.UntilShownAsync("c2", $"x is {value}");
        Assert.Equal([], page.Problems);
    }
}
